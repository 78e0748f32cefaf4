// Programs outside, such as git and the user's editor: the main thread runs them, and the worker,
// which blocks, asks for what came of them.
import { spawn } from "node:child_process";
import { receiveMessageOnPort } from "node:worker_threads";

import { outside } from "./places.mjs";

const TIMED_OUT = -1;
const NOT_STARTED = -2;

/** The side of the main thread: runs what arrives at a port, and ends it with this process. */
export function runPrograms(port, wake) {
  const running = new Set();
  process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));
  port.on("message", ({ id, ...asked }) => {
    const child = start(asked, (code, output) => {
      running.delete(child);
      port.postMessage({ id, answer: [code, output] });
      wake();
    });
    running.add(child);
  });
}

/** `given` is the input; without one, the program shares the streams of this process. */
function start({ command, given, milliseconds, environment }, done) {
  const [program, ...words] = command.map((word) => outside(word));
  const child = spawn(program, words, {
    stdio: given ? ["pipe", "pipe", "ignore"] : "inherit",
    env: environment ?? process.env,
    windowsHide: true,
  });
  const parts = [];
  let failure;
  const end = () => {
    failure = TIMED_OUT;
    child.kill("SIGKILL");
  };
  const timer = milliseconds === undefined ? undefined : setTimeout(end, milliseconds);
  child.on("error", () => (failure ??= NOT_STARTED));
  child.on("close", (code) => {
    clearTimeout(timer);
    done(failure ?? code ?? 1, new Uint8Array(Buffer.concat(parts)));
  });
  child.stdout?.on("data", (part) => parts.push(part));
  child.stdin?.on("error", () => {}); // It ended before it had read all.
  child.stdin?.end(given);
  return child;
}

/** The side of the worker. */
export class Programs {
  constructor(port) {
    this.port = port;
    this.answers = new Map();
    this.count = 0;
  }

  /** Start a program; returns a number to ask for. The parameters are objects of Python. */
  start(command, given, milliseconds, environment) {
    const id = ++this.count;
    this.port.postMessage({
      id,
      command: command.toJs(),
      given: given?.toJs(),
      milliseconds,
      environment: environment?.toJs({ dict_converter: Object.fromEntries }),
    });
    return id;
  }

  /** Exit code and output of a program that has ended, once; the code is negative if it failed. */
  answer(id) {
    this.receive();
    const found = this.answers.get(id);
    this.answers.delete(id);
    return found;
  }

  /** Take in what has ended; whether there was anything. */
  receive() {
    const before = this.answers.size;
    for (let got; (got = receiveMessageOnPort(this.port)); ) {
      this.answers.set(got.message.id, got.message.answer);
    }
    return this.answers.size > before;
  }
}
