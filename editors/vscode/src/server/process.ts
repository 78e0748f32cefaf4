// One run of the server as a process.
import { once } from "node:events";
import { homedir } from "node:os";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import type * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions } from "vscode-languageclient/node";
import { clientOptions, prepared } from "./client";
import { environmentOf, type Server } from "./find";
import type { Run } from "./host";

export function createRun(server: Server, log: vscode.LogOutputChannel, onEnd: () => void): Run {
  const lines: string[] = [];
  let silent: Promise<unknown> = Promise.resolve();
  const options: LanguageClientOptions = {
    ...clientOptions(log, onEnd),
    stdioOptions: {
      stdout: () => undefined,
      stderr: (input: NodeJS.ReadableStream) => {
        const reader = createInterface({ input, crlfDelay: Infinity });
        silent = once(reader, "close");
        reader.on("line", (line) => {
          // The protocol carries log messages too; stderr covers the time before and after the connection.
          log.debug(line);
          lines.push(line);
          lines.splice(0, lines.length - 40);
        });
      },
    },
  };
  log.info(`Starting ${[server.command, ...server.args].join(" ")}`);
  const env = { ...process.env, ...environmentOf(server) };
  const run = { command: server.command, args: [...server.args], options: { cwd: homedir(), env } };
  return {
    client: prepared(new LanguageClient("spec-lsp", "spec-lsp", run, options)),
    // The connection may close before the rest of stderr has arrived.
    lastLines: async () => {
      await Promise.race([silent, setTimeout(1000)]);
      return lines.join("\n");
    },
  };
}
