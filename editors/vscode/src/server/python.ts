// Finds the Pythons that can run the server.
import { execFile } from "node:child_process";
import { closeSync, openSync, readSync } from "node:fs";
import { homedir } from "node:os";
import { onPath } from "./find";
import { OLDEST, type Python } from "./problem";

const PROBE =
  "import sys\n" +
  "try:\n import venv, ensurepip\n able = 1\n" +
  "except ImportError:\n able = 0\n" +
  "print('%d.%d.%d %d' % (tuple(sys.version_info[:3]) + (able,)))";

/** The commands to try, best first; only the preferred one if there is one. */
export function candidates(preferred: string, isWindows: boolean): string[][] {
  if (preferred) return [[preferred]];
  // The newest tested version first; a newer one only if none of these is found.
  const names = ["python3.13", "python3.12", "python3.11", "python3", "python", "python3.14"];
  return isWindows ? [["py", "-3"], ["python"], ["python3"]] : names.map((name) => [name]);
}

/** Probes all candidates; returns those that run. */
export async function probeAll(commands: readonly (readonly string[])[]): Promise<Python[]> {
  const answers = await Promise.all(commands.map(probe));
  return answers.filter((python) => python !== undefined);
}

export async function probe(command: readonly string[]): Promise<Python | undefined> {
  const [name, ...args] = command;
  const program = name && onPath(name, { env: process.env, isWindows: process.platform === "win32" });
  if (!program) return undefined;
  const answer = await output(program, [...args, "-c", PROBE]);
  const match = /^(\d+\.\d+\.\d+) ([01])/m.exec(answer);
  if (!match?.[1]) return undefined;
  return { command: program, args, version: match[1], canMakeEnvironments: match[2] === "1" };
}

export function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** The interpreter of a program: the program, or the interpreter in the shebang of a script. */
export function interpreterOf(program: string): string[] | undefined {
  if (/python[\d.]*w?(\.exe)?$/i.test(program)) return [program];
  const match = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(firstBytes(program));
  if (!match?.[1]) return undefined;
  return /[\\/]env$/.test(match[1]) && match[2] ? [match[2]] : [match[1]];
}

function firstBytes(path: string): string {
  try {
    const file = openSync(path, "r");
    const buffer = Buffer.alloc(256);
    const count = readSync(file, buffer);
    closeSync(file);
    return buffer.toString("utf8", 0, count);
  } catch {
    return "";
  }
}

function output(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    // Python imports from the working directory, which may be the workspace.
    const options = { cwd: homedir(), timeout: 10_000, windowsHide: true };
    execFile(program, args, options, (_, stdout) => resolve(stdout));
  });
}
