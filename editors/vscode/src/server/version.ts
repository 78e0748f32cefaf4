// The version of a server, which must be as new as the one in the extension.
import { statSync } from "node:fs";
import type { Memento } from "vscode";
import type { Server } from "./find";
import { runProgram } from "./program";

const KEY = "versions"; // in the memory of the extension

/** The version of a program, asked once for each file; empty if it does not run. */
export async function versionOf(server: Server, memory: Memento, home: string): Promise<string> {
  const file = `${server.command} ${statSync(server.command).mtimeMs}`;
  const known = memory.get<Record<string, string>>(KEY, {});
  if (known[file] !== undefined) return known[file];
  const { output } = await runProgram(server, ["--version"], home);
  const version = /^spec-lsp (\d\S*)/.exec(output)?.[1] ?? "";
  // What fails today, such as an environment that is being built, may work at the next start.
  if (version) await memory.update(KEY, { ...known, [file]: version });
  return version;
}

/** Whether a version is another one or newer, by its numbers. */
export function isAtLeast(version: string, other: string): boolean {
  const [ours, theirs] = [version, other].map((each) => each.split(/[.+-]/, 3).map(Number));
  if (!ours || !theirs || ours.some(Number.isNaN)) return false;
  const decisive = ours.findIndex((number, at) => number !== theirs[at]);
  return decisive < 0 || (ours[decisive] ?? 0) > (theirs[decisive] ?? 0);
}
