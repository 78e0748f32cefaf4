// Start programs outside, such as git and the user's editor, and wait for them.
import { spawnSync } from "node:child_process";

import { outside } from "./places.mjs";

const LARGEST = 256_000_000; // bytes of output

/**
 * Run a program; `given` is its input, null to share the streams of this process. Returns its exit
 * code, -1 after the time limit, -2 if it could not be started; and its output.
 */
export function runProgram(command, given, milliseconds, environment) {
  const [program, ...words] = command.toJs().map((word) => outside(word));
  const { status, error, stdout } = spawnSync(program, words, {
    input: given === null ? undefined : given.toJs(),
    stdio: given === null ? "inherit" : ["pipe", "pipe", "ignore"],
    timeout: milliseconds,
    env: environment === null ? process.env : environment.toJs({ dict_converter: Object.fromEntries }),
    killSignal: "SIGKILL",
    maxBuffer: LARGEST,
    windowsHide: true,
  });
  const code = error ? (error.code === "ETIMEDOUT" ? -1 : -2) : (status ?? 1);
  // Pyodide knows plain arrays only, not the buffers of Node.
  return [code, new Uint8Array(stdout ?? [])];
}
