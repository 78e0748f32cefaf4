// One run of the server, as the language client library sees it.
import { once } from "node:events";
import { homedir } from "node:os";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, type LanguageClientOptions } from "vscode-languageclient/node";
import type { Server } from "./find";

export interface Run {
  client: LanguageClient;
  /** The last lines that the server wrote to its error output, once it has ended. */
  lastLines: () => Promise<string>;
}

/** `onEnd` is called when the server ended although nobody asked it to. */
export function createRun(server: Server, log: vscode.LogOutputChannel, onEnd: () => void): Run {
  const lines: string[] = [];
  let silent: Promise<unknown> = Promise.resolve();
  const options: LanguageClientOptions = {
    documentSelector: [
      { language: "markdown", scheme: "file" },
      { language: "markdown", scheme: "untitled" },
      { scheme: "file", pattern: "**/{spec-lsp,.spec-lsp}.toml" },
    ],
    initializationOptions: () => vscode.workspace.getConfiguration("spec-lsp"),
    synchronize: { configurationSection: "spec-lsp" },
    outputChannel: log,
    markdown: { supportThemeIcons: true },
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
          // What matters comes by the protocol as well; this is for the time before and after it.
          log.debug(line);
          lines.push(line);
          lines.splice(0, lines.length - 40);
        });
      },
    },
  };
  // Python must not import from the folder that it is started in, nor from elsewhere.
  const env = { ...process.env, PYTHONSAFEPATH: "1", PYTHONUTF8: "1", PYTHONUNBUFFERED: "1" };
  const run = { command: server.command, args: [...server.args], options: { cwd: homedir(), env } };
  return {
    client: new QuietClient("spec-lsp", "spec-lsp", run, options),
    // The connection may be gone before the last words have arrived.
    lastLines: async () => {
      await Promise.race([silent, setTimeout(1000)]);
      return lines.join("\n");
    },
  };
}

/** Problems are explained by the session, in words that help; the library only logs them. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}
