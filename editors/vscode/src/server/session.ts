// The server process and its state; the only mutable state of the extension.
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { CHANGED, FOUND, INDEXED } from "../api";
import type { Argument, CommandName, Found, Indexed, Result } from "../api";
import type { Server } from "./find";
import type { Host, Run } from "./host";
import { lastWords, type Problem } from "./problem";

export type State =
  | { name: "starting" }
  | { name: "running"; server: Server; version: string }
  | { name: "failed"; problem: Problem }
  | { name: "stopped" }
  /** The user does not want the server in this workspace. */
  | { name: "off" };

const OFF = "off"; // key in the memory of the workspace
/** After this many crashes within this time, the server is not restarted. */
const PATIENCE = { ends: 4, milliseconds: 180_000 };

export class Session implements vscode.Disposable {
  readonly #stateChange = new vscode.EventEmitter<State>();
  readonly #documentsChange = new vscode.EventEmitter<void>();
  readonly #indexed = new vscode.EventEmitter<number>();
  readonly #found = new vscode.EventEmitter<Found>();
  /** Fires when the server starts, stops or fails. */
  readonly onDidChangeState = this.#stateChange.event;
  /** Fires when documents or their diagnostics may have changed. */
  readonly onDidChangeDocuments = this.#documentsChange.event;
  /** Fires after each indexing of a folder, with the number of its documents. */
  readonly onDidIndex = this.#indexed.event;
  /** Fires after each indexing of a folder. */
  readonly onDidFind = this.#found.event;

  #state: State = { name: "stopped" };
  #run: Run | undefined;
  #queue: Promise<void> = Promise.resolve();
  #ends: number[] = [];

  constructor(
    readonly context: vscode.ExtensionContext,
    readonly log: vscode.LogOutputChannel,
    readonly host: Host,
  ) {}

  get state(): State {
    return this.#state;
  }

  get client(): BaseLanguageClient | undefined {
    return this.#state.name === "running" ? this.#run?.client : undefined;
  }

  /** Starts or restarts the server; calls are queued. */
  restart(): Promise<void> {
    this.#ends = [];
    return this.#enqueue();
  }

  /** Turns the server off or on in this workspace, and remembers it. */
  async turn(isOn: boolean): Promise<void> {
    await this.context.workspaceState.update(OFF, isOn ? undefined : true);
    await this.restart();
  }

  /** Runs a command of the server once it is running; undefined if it does not run. */
  async ask<C extends CommandName>(command: C, argument: Argument<C>): Promise<Result<C> | undefined> {
    await this.#queue;
    const params = { command, arguments: [argument] };
    return this.client?.sendRequest<Result<C>>("workspace/executeCommand", params);
  }

  async stop(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    if (!run) return;
    try {
      await run.client.dispose();
    } catch (error) {
      this.log.warn(`The server failed to stop: ${String(error)}`);
    }
  }

  dispose(): void {
    this.#stateChange.dispose();
    this.#documentsChange.dispose();
    this.#indexed.dispose();
    this.#found.dispose();
  }

  #enqueue(): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      await this.stop();
      await this.#start();
    });
    return this.#queue;
  }

  async #start(): Promise<void> {
    if (this.context.workspaceState.get(OFF)) return this.#enter({ name: "off" });
    this.#enter({ name: "starting" });
    const found = await this.host.locate();
    if ("kind" in found) return this.#enter({ name: "failed", problem: found });
    const run = this.host.createRun(found, this.log, () => void this.#ended(run));
    this.#run = run;
    run.client.onNotification(CHANGED, () => this.#documentsChange.fire());
    run.client.onNotification(INDEXED, ({ documents }: Indexed) => {
      this.#documentsChange.fire();
      this.#indexed.fire(documents);
    });
    run.client.onNotification(FOUND, (found: Found) => this.#found.fire(found));
    try {
      await run.client.start();
      const version = run.client.initializeResult?.serverInfo?.version ?? "";
      this.log.info(`The server is spec-lsp ${version}`);
      this.#enter({ name: "running", server: found, version });
    } catch (error) {
      this.#run = undefined;
      const output = (await run.lastLines()) || String(error);
      this.log.error(`The server failed to start:\n${output}`);
      this.#enter({ name: "failed", problem: await this.host.diagnose(found, output) });
    }
  }

  /** Restarts a crashed server, unless it crashes repeatedly. */
  async #ended(run: Run): Promise<void> {
    if (this.#run !== run || this.#state.name !== "running") return;
    this.#run = undefined;
    const now = Date.now();
    this.#ends = [...this.#ends.filter((time) => now - time < PATIENCE.milliseconds), now];
    const isFinal = this.#ends.length >= PATIENCE.ends;
    if (!isFinal) void this.#enqueue();
    const output = await run.lastLines();
    this.log.error(`The server crashed:\n${output}`);
    if (isFinal) this.#enter({ name: "failed", problem: { kind: "gaveUp", reason: lastWords(output) } });
  }

  #enter(state: State): void {
    this.#state = state;
    this.#stateChange.fire(state);
  }
}
