#!/usr/bin/env node
// The program: starts the interpreter in a worker and serves it standard input.
//
// The worker blocks while Python waits, as a process does, so this thread reads the input, handles
// signals, runs git, watches the client's process and ends the program.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { MessageChannel, Worker } from "node:worker_threads";

import { InputWriter, sharedInput } from "../lib/input.mjs";
import { runPrograms } from "../lib/programs.mjs";
import { isWanted } from "../lib/snapshot.mjs";

const FATAL = 70;
const INTERRUPTED = 130;
const SIGINT = 2;
const WATCH_EVERY = 10_000; // milliseconds
// Deep calls of Python are deep calls here: a smaller stack ends before Python's own limit, which it
// reports as an error, and then the interpreter cannot go on.
const STACK = 32; // MB
const QUIET = 5_000; // milliseconds without input after which there is time for a snapshot

const words = process.argv.slice(2);
if (words.length === 1 && ["--version", "-V"].includes(words[0])) {
  // The interpreter takes most of the time that the answer would take.
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  process.stdout.write(`spec-lsp ${JSON.parse(manifest).version}\n`);
} else {
  run();
}

function run() {
  const shared = sharedInput();
  const signals = new Uint8Array(new SharedArrayBuffer(1));
  const input = new InputWriter(shared, process.stdin);
  const { port1, port2 } = new MessageChannel();
  runPrograms(port1, () => input.wake());
  const worker = new Worker(new URL("../lib/worker.mjs", import.meta.url), {
    workerData: { words, shared, signals, size: windowSize(), programs: port2 },
    transferList: [port2],
    resourceLimits: { stackSizeMb: STACK },
    // The worker writes to the descriptors itself; what Node prints there is an error.
    stdout: false,
    stderr: false,
  });
  worker.on("message", ({ exit, wanted, watch, isCold }) => {
    if (isCold && words[0] === "serve") takeSnapshotWhenIdle(input);
    if (isCold && words[0] === "check" && !process.env.CI) process.on("exit", takeSnapshot);
    if (exit !== undefined) process.exit(exit);
    if (wanted) input.resume();
    if (watch) watchProcess(watch);
  });
  worker.on("error", (error) => {
    process.stderr.write(`spec-lsp: the interpreter failed: ${error?.message ?? error}\n`);
    process.exit(FATAL);
  });
  process.on("SIGINT", () => {
    // A second Ctrl+C does not wait for the interpreter.
    if (signals[0] === SIGINT) process.exit(INTERRUPTED);
    signals[0] = SIGINT;
    input.wake();
  });
}

/** Let another process prepare the next starts, when the client has been quiet for a while. */
function takeSnapshotWhenIdle(input) {
  let before = 0;
  const timer = setInterval(() => {
    const now = input.written;
    const isQuiet = now > 0 && now === before;
    before = now;
    if (!isQuiet) return;
    clearInterval(timer);
    takeSnapshot();
  }, QUIET);
}

function takeSnapshot() {
  if (!isWanted()) return;
  const program = fileURLToPath(new URL("../lib/take.mjs", import.meta.url));
  const options = { detached: true, stdio: "ignore", windowsHide: true };
  spawn(process.execPath, [program], options).unref();
}

/** Rows and columns of the terminal, of which only this thread knows. */
function windowSize() {
  const terminal = [process.stdout, process.stderr].find((stream) => stream.isTTY);
  return terminal ? [terminal.rows, terminal.columns] : [24, 80];
}

/** End with an error when the client's process is gone. */
function watchProcess(pid) {
  const isAlive = () => {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return error.code === "EPERM";
    }
  };
  if (isAlive()) setInterval(() => isAlive() || process.exit(1), WATCH_EVERY).unref();
}
