// Runs the command line of the server's own program.
import { execFile } from "node:child_process";
import { environmentOf, type Server } from "./find";
import type { Ran } from "./host";
import { lastWords } from "./problem";

/** Runs one command in a folder, such as `["init"]`. */
export function runProgram(server: Server, given: readonly string[], cwd: string): Promise<Ran> {
  const { command, args } = server;
  // The server's arguments end with `serve`.
  const all = [...args.slice(0, -1), ...given];
  const env = { ...process.env, ...environmentOf(server), NO_COLOR: "1" };
  return new Promise((resolve) => {
    execFile(command, all, { cwd, env, maxBuffer: 2 ** 26 }, (error, output, errors) => {
      const code = typeof error?.code === "number" ? error.code : error ? 2 : 0;
      resolve({ code, output, said: lastWords(errors) || (error?.message ?? "") });
    });
  });
}
