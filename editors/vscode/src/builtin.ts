// The built-in templates as read-only documents.
import * as vscode from "vscode";
import { BUILTIN_SCHEME } from "./api";
import type { Session } from "./server/session";

export function serveBuiltinTemplates(session: Session): vscode.Disposable {
  const change = new vscode.EventEmitter<vscode.Uri>();
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: change.event,
    async provideTextDocumentContent(uri) {
      return (await session.ask("specLsp.templateText", { uri: uri.toString() }))?.text ?? "";
    },
  };
  // Templates that were opened before the server was running are loaded now.
  const refresh = session.onDidChangeState(({ name }) => {
    if (name !== "running") return;
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === BUILTIN_SCHEME) change.fire(uri);
  });
  const registration = vscode.workspace.registerTextDocumentContentProvider(BUILTIN_SCHEME, provider);
  return vscode.Disposable.from(change, refresh, registration);
}
