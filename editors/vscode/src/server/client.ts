// One run of the server: the language client and its options.
import { once } from "node:events";
import { homedir } from "node:os";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import {
  type ClientCapabilities,
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type StaticFeature,
} from "vscode-languageclient/node";
import { environmentOf, type Server } from "./find";

export interface Run {
  client: LanguageClient;
  /** The last lines of the server's stderr, available after it has ended. */
  lastLines: () => Promise<string>;
}

/** `onEnd` is called when the server ends unexpectedly. */
export function createRun(server: Server, log: vscode.LogOutputChannel, onEnd: () => void): Run {
  const lines: string[] = [];
  let silent: Promise<unknown> = Promise.resolve();
  const options: LanguageClientOptions = {
    documentSelector: [
      { language: "markdown", scheme: "file" },
      { language: "markdown", scheme: "untitled" },
      { scheme: "file", pattern: "**/{spec-lsp,.spec-lsp}.toml" },
      { scheme: "file", pattern: "**/spec-lsp-baseline.json" },
    ],
    initializationOptions: () => vscode.workspace.getConfiguration("spec-lsp"),
    synchronize: { configurationSection: "spec-lsp" },
    outputChannel: log,
    markdown: { supportThemeIcons: true },
    middleware: {
      executeCommand: (command, given, next) => {
        const rule = command === "specLsp.open" && RULE_PAGE.exec(given[0]?.uri);
        return rule ? vscode.commands.executeCommand("spec-lsp.explainRule", rule[1]) : next(command, given);
      },
    },
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        onEnd();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
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
  const env = { ...process.env, ...environmentOf(server) };
  const run = { command: server.command, args: [...server.args], options: { cwd: homedir(), env } };
  const client = new QuietClient("spec-lsp", "spec-lsp", run, options);
  client.registerFeature(OWN);
  return {
    client,
    // The connection may close before the rest of stderr has arrived.
    lastLines: async () => {
      await Promise.race([silent, setTimeout(1000)]);
      return lines.join("\n");
    },
  };
}

/** Tells the server what this client shows itself: what was found, and its own documents. */
const OWN: StaticFeature = {
  fillClientCapabilities(capabilities: ClientCapabilities) {
    capabilities.experimental = { ...capabilities.experimental, specLsp: { found: true, builtin: true } };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

/** The page of a rule, which is shown as a preview. */
const RULE_PAGE = /^spec-lsp-builtin:\/rules\/(.+)\.md$/;

/** Logs errors without a notification: the session explains them to the user. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}
