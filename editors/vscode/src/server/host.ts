// What differs between a desktop, where the server is a process, and a browser, where it is a worker.
import type * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { Server } from "./find";
import type { Problem } from "./problem";

export interface Host {
  /** Finds the server, or says why there is none. */
  locate: () => Promise<Server | Problem>;
  /** Starts nothing yet; `onEnd` is called when the server ends unexpectedly. */
  createRun: (server: Server, log: vscode.LogOutputChannel, onEnd: () => void) => Run;
  /** Why a server failed to start, from its last lines. */
  diagnose: (server: Server, output: string) => Promise<Problem>;
  /** Creates or updates the extension's own environment; returns the problem if it fails. */
  install?: () => Promise<Problem | undefined>;
  /** Runs one command in a folder, such as `["init"]`. */
  runProgram?: (server: Server, given: readonly string[], cwd: string) => Promise<Ran>;
}

export interface Run {
  client: BaseLanguageClient;
  /** The last lines of the server's stderr, available after it has ended. */
  lastLines: () => Promise<string>;
}

export interface Ran {
  /** Exit code; 1 also means that problems were found. */
  code: number;
  output: string;
  /** The last line that the program wrote to standard error. */
  said: string;
}
