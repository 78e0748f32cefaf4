// The board: documents as cards in columns of states. The page in media/ draws it and asks for changes.
import * as vscode from "vscode";
import { setState } from "../commands/document";
import type { Session } from "../server/session";
import { boardOf } from "./columns";
import { latest } from "./latest";

interface Message {
  ready?: boolean;
  open?: string;
  move?: string;
  state?: string;
}

export function createBoard(session: Session): vscode.Disposable & { show: () => void } {
  let panel: vscode.WebviewPanel | undefined;
  const send = latest(async (isStale) => {
    if (!panel?.visible) return;
    const [documents, templates] = await Promise.all([
      session.ask("specLsp.documents", {}),
      session.ask("specLsp.templates", {}),
    ]);
    if (!isStale()) await panel?.webview.postMessage(boardOf(documents ?? [], templates ?? []));
  }, 100);
  const receive = async ({ ready, open, move, state }: Message): Promise<void> => {
    if (ready) return send();
    const uri = vscode.Uri.parse(open ?? move ?? "");
    if (!vscode.workspace.getWorkspaceFolder(uri)) return;
    if (open) await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    // A refused change leaves the card where it was.
    if (move && state && !(await setState(session, uri, state))) send();
  };
  const show = (): void => {
    if (panel) return panel.reveal();
    panel = openPanel(session.context);
    panel.webview.onDidReceiveMessage(receive);
    panel.onDidDispose(() => (panel = undefined));
    panel.onDidChangeViewState(send);
  };
  const listening = [session.onDidChangeDocuments(send), session.onDidChangeState(send)];
  return Object.assign(vscode.Disposable.from(...listening, { dispose: () => panel?.dispose() }), { show });
}

function openPanel({ extensionUri }: vscode.ExtensionContext): vscode.WebviewPanel {
  const media = vscode.Uri.joinPath(extensionUri, "media");
  const options = { enableScripts: true, localResourceRoots: [media] };
  const panel = vscode.window.createWebviewPanel("spec-lsp.board", "Board", vscode.ViewColumn.Active, options);
  panel.iconPath = vscode.Uri.joinPath(media, "icon.svg");
  const address = (name: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString();
  const source = panel.webview.cspSource;
  panel.webview.html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${source}; script-src ${source}">
<link rel="stylesheet" href="${address("board.css")}">
<title>Board</title>
</head>
<body>
<div class="tools">
<label>Kind <select id="kind"></select></label>
<input id="find" type="search" placeholder="ID, title, owner, unit" aria-label="Filter the board">
<small>Drag a card to set its state, or press Alt with an arrow. Enter opens it.</small>
</div>
<main id="board"></main>
<p id="said" aria-live="polite"></p>
<script src="${address("board.js")}"></script>
</body>
</html>`;
  return panel;
}
