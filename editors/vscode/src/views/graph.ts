// The trace graph in a webview panel: the server renders the page, this file isolates it.
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Session } from "../server/session";
import { latest } from "./latest";
import { secure } from "./page";

export function createGraph(session: Session): vscode.Disposable & { show: () => Promise<void> } {
  let panel: vscode.WebviewPanel | undefined;
  let origin: vscode.Uri | undefined;
  let drawn = "";
  const draw = async (): Promise<void> => {
    const about = origin ? { uri: origin.toString() } : {};
    const answer = await session.ask("specLsp.graph", { ...about, format: "html" });
    if (!panel || !answer || answer.html === drawn) return;
    drawn = answer.html;
    panel.webview.html = secure(drawn, randomBytes(16).toString("hex"));
  };
  const refresh = latest(async () => (panel?.visible ? draw() : undefined), 500);
  const forget = (): void => {
    panel = undefined;
    drawn = "";
  };
  const show = async (): Promise<void> => {
    if (!vscode.workspace.workspaceFolders?.length) return offerFolder();
    if (session.state.name === "failed") return void vscode.commands.executeCommand("spec-lsp.explainProblem");
    origin = vscode.window.activeTextEditor?.document.uri ?? origin;
    if (panel) panel.reveal();
    else panel = open(session.context, forget, refresh);
    await draw();
  };
  return Object.assign(
    vscode.Disposable.from(session.onDidChangeDocuments(refresh), { dispose: () => panel?.dispose() }),
    { show },
  );
}

function open(context: vscode.ExtensionContext, onClose: () => void, onShow: () => void): vscode.WebviewPanel {
  const options = { enableScripts: true, localResourceRoots: [], enableFindWidget: true };
  const panel = vscode.window.createWebviewPanel("spec-lsp.graph", "Trace Graph", vscode.ViewColumn.Active, options);
  panel.iconPath = vscode.Uri.joinPath(context.extensionUri, "media", "icon.svg");
  panel.onDidDispose(onClose);
  panel.onDidChangeViewState(({ webviewPanel }) => webviewPanel.visible && onShow());
  panel.webview.onDidReceiveMessage(follow);
  return panel;
}

/** Opens a document that was clicked in the page beside it; only documents of this workspace. */
async function follow(message: { open?: unknown }): Promise<void> {
  if (typeof message.open !== "string") return;
  const uri = vscode.Uri.parse(message.open);
  if (!vscode.workspace.getWorkspaceFolder(uri)) return;
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

async function offerFolder(): Promise<void> {
  const open = "Open Folder";
  const chosen = await vscode.window.showInformationMessage("Open a folder to see how its documents relate", open);
  if (chosen === open) await vscode.commands.executeCommand("vscode.openFolder");
}
