// Commands about a whole folder: the server's program runs them, the editor shows the result.
import * as vscode from "vscode";
import type { Ran } from "../server/host";
import type { Session } from "../server/session";
import { nonce, secure } from "../views/page";

const UNUSABLE = 2; // the exit code of a command that could not run

/** Writes a configuration that lists the folder's own templates, and shows it. */
export async function initialize(session: Session): Promise<void> {
  const folder = await pickFolder();
  const ran = folder && (await run(session, folder, ["init"]));
  if (!ran) return;
  session.log.info(ran.output);
  const config = vscode.Uri.joinPath(folder, "spec-lsp.toml");
  await vscode.window.showTextDocument(config, { preview: false });
}

/** Reads everything again and shows all problems. */
export async function check(session: Session): Promise<void> {
  await session.ask("specLsp.restartIndex", {});
  await vscode.commands.executeCommand("workbench.panel.markers.view.focus");
}

/** Records today's problems as known, or removes those that are gone. */
export async function writeBaseline(session: Session, target?: vscode.Uri): Promise<void> {
  const folder = target ?? (await pickFolder());
  await vscode.workspace.saveAll(false);
  const ran = folder && (await run(session, folder, ["check", "--write-baseline"]));
  if (!ran) return;
  await session.ask("specLsp.restartIndex", {});
  void vscode.window.showInformationMessage(ran.said);
}

/** Shows the report on all documents as a page. */
export async function showReport(session: Session): Promise<void> {
  const folder = await pickFolder();
  if (!folder) return;
  const storage = session.context.globalStorageUri;
  const file = vscode.Uri.joinPath(storage, "report.html");
  await vscode.workspace.fs.createDirectory(storage);
  if (!(await run(session, folder, ["report", "--output", file.fsPath]))) return;
  const name = vscode.workspace.getWorkspaceFolder(folder)?.name ?? folder.path;
  const options = { enableScripts: true, localResourceRoots: [], enableFindWidget: true };
  const panel = vscode.window.createWebviewPanel("spec-lsp.report", `Report: ${name}`, vscode.ViewColumn.Active, options);
  panel.webview.html = secure(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)), nonce());
  panel.webview.onDidReceiveMessage(({ open }: { open?: unknown }) => typeof open === "string" && follow(storage, open));
}

/** The workspace folder of the active file; otherwise the user chooses. */
export async function pickFolder(placeHolder = "Select a folder"): Promise<vscode.Uri | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const around = active && vscode.workspace.getWorkspaceFolder(active);
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (around || folders.length < 2) return (around ?? folders[0])?.uri;
  return (await vscode.window.showWorkspaceFolderPick({ placeHolder }))?.uri;
}

/** Runs a command with progress; explains why it could not run. */
async function run(session: Session, folder: vscode.Uri, given: string[]): Promise<Ran | undefined> {
  if (session.state.name !== "running") return undefined;
  const { server } = session.state;
  const { runProgram } = session.host;
  if (!runProgram) {
    void vscode.window.showInformationMessage("This command runs a program, which a browser cannot do");
    return undefined;
  }
  const options = { location: vscode.ProgressLocation.Window, title: `spec-lsp ${given[0]}` };
  const ran = await vscode.window.withProgress(options, () => runProgram(server, given, folder.fsPath));
  if (ran.code < UNUSABLE) return ran;
  void vscode.window.showErrorMessage(ran.said);
  return undefined;
}

/** Opens a document from a link in the report, which is relative to the report. */
async function follow(storage: vscode.Uri, link: string): Promise<void> {
  const uri = vscode.Uri.joinPath(storage, decodeURIComponent(link.split("#", 1)[0] ?? ""));
  if (!vscode.workspace.getWorkspaceFolder(uri)) return;
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}
