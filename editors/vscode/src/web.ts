// The extension in a browser: the server is a worker, and files are read by the editor.
import * as vscode from "vscode";
import { activateWith } from "./extension";
import { createRun } from "./server/worker";

export { deactivate } from "./extension";

export function activate(context: vscode.ExtensionContext): object {
  return activateWith(context, () => ({
    locate: async () => ({ command: "spec-lsp", args: [], origin: "bundled" }),
    createRun: (_, log, onEnd) => createRun(context.extensionUri, log, onEnd),
    diagnose: async (_, reason) => ({ kind: "crash", command: "The server in the extension", reason }),
  })).api;
}
