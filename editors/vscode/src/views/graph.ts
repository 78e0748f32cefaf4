// The trace graph in a webview panel: the server renders the page, this file isolates it.
import * as vscode from "vscode";
import type { GraphChoice } from "../api";
import type { Session } from "../server/session";
import { latest } from "./latest";
import { nonce, secure } from "./page";

/** `show` opens the graph, `showAround` that around a document. */
interface GraphView extends vscode.Disposable {
  show: () => Promise<void>;
  showAround: (document: vscode.Uri | undefined) => Promise<void>;
}

export function createGraph(session: Session): GraphView {
  let panel: vscode.WebviewPanel | undefined;
  let origin: vscode.Uri | undefined;
  let choice: GraphChoice = {};
  let drawn = "";
  const draw = async (): Promise<void> => {
    const about = origin ? { uri: origin.toString() } : {};
    const answer = await session.ask("specLsp.graph", { ...choice, ...about, format: "html" });
    if (!panel || !answer || answer.html === drawn) return;
    drawn = answer.html;
    panel.webview.html = secure(drawn, nonce());
  };
  const refresh = latest(async () => (panel?.visible ? draw() : undefined), 500);
  const forget = (): void => {
    panel = undefined;
    drawn = "";
    choice = {};
  };
  const receive = async (message: Message): Promise<void> => {
    if (typeof message.open === "string") await follow(message.open);
    if (!message.choose) return;
    choice = message.choose;
    await draw();
  };
  const show = async (document?: vscode.Uri): Promise<void> => {
    if (!vscode.workspace.workspaceFolders?.length) return offerFolder();
    if (session.state.name === "failed") return void vscode.commands.executeCommand("spec-lsp.explainProblem");
    origin = document ?? vscode.window.activeTextEditor?.document.uri ?? origin;
    if (panel) panel.reveal();
    else panel = open(session.context, forget, refresh, receive);
    await draw();
  };
  const showAround = async (document: vscode.Uri | undefined): Promise<void> => {
    const documents = (await session.ask("specLsp.documents", {})) ?? [];
    const found = documents.find(({ uri }) => uri === document?.toString());
    choice = found ? { around: found.path, depth: 1 } : {};
    await show(document);
  };
  return Object.assign(
    vscode.Disposable.from(session.onDidChangeDocuments(refresh), { dispose: () => panel?.dispose() }),
    { show: () => show(), showAround },
  );
}

interface Message {
  open?: unknown;
  choose?: GraphChoice;
}

function open(
  context: vscode.ExtensionContext,
  onClose: () => void,
  onShow: () => void,
  onMessage: (message: Message) => void,
): vscode.WebviewPanel {
  const options = { enableScripts: true, localResourceRoots: [], enableFindWidget: true };
  const panel = vscode.window.createWebviewPanel("spec-lsp.graph", "Trace Graph", vscode.ViewColumn.Active, options);
  panel.iconPath = vscode.Uri.joinPath(context.extensionUri, "media", "icon.svg");
  panel.onDidDispose(onClose);
  panel.onDidChangeViewState(({ webviewPanel }) => webviewPanel.visible && onShow());
  panel.webview.onDidReceiveMessage(onMessage);
  return panel;
}

/** Opens a document that was clicked in the page beside it; only documents of this workspace. */
async function follow(target: string): Promise<void> {
  const uri = vscode.Uri.parse(target);
  if (!vscode.workspace.getWorkspaceFolder(uri)) return;
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

async function offerFolder(): Promise<void> {
  const open = "Open Folder";
  const chosen = await vscode.window.showInformationMessage("Open a folder to see how its documents relate", open);
  if (chosen === open) await vscode.commands.executeCommand("vscode.openFolder");
}
