// The language client: its options, wherever the server runs.
import * as vscode from "vscode";
import {
  type BaseLanguageClient,
  type ClientCapabilities,
  CloseAction,
  ErrorAction,
  type LanguageClientOptions,
  type StaticFeature,
} from "vscode-languageclient";

/** `onEnd` is called when the server ends unexpectedly. */
export function clientOptions(log: vscode.LogOutputChannel, onEnd: () => void): LanguageClientOptions {
  return {
    documentSelector: schemes().flatMap((scheme) => [
      { language: "markdown", scheme },
      { scheme, pattern: "**/{spec-lsp,.spec-lsp}.toml" },
      { scheme, pattern: "**/spec-lsp-baseline.json" },
    ]),
    // As plain data: the methods of a configuration cannot be sent to a worker.
    initializationOptions: () => JSON.parse(JSON.stringify(vscode.workspace.getConfiguration("spec-lsp"))),
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
  };
}

/** Prepares a client: it logs errors without a notification, because the session explains them. */
export function prepared<C extends BaseLanguageClient>(client: C): C {
  const report = client.error.bind(client);
  client.error = (message, data) => report(message, data, false);
  client.registerFeature(OWN);
  return client;
}

/** Where documents are: on the disk, in no file yet, and in folders that other extensions offer. */
function schemes(): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [...new Set(["file", "untitled", ...folders.map(({ uri }) => uri.scheme)])];
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
