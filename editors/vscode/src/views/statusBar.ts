// The status bar item: progress of the active document, or the state of the server.
import * as vscode from "vscode";
import { countFindings, type Status } from "../api";
import { explain } from "../server/problem";
import type { Session, State } from "../server/session";
import { latest } from "./latest";

const BUNDLED = "built-in, without Python";

export function createStatusBar(session: Session): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("spec-lsp.status", vscode.StatusBarAlignment.Right, 90);
  item.name = "Specification Document";
  const refresh = latest(async (isStale) => {
    const uri = activeDocument();
    if (session.state.name !== "running" || !uri) return showState(item, session.state, uri !== undefined);
    const status = await session.ask("specLsp.status", { uri: uri.toString() });
    if (isStale()) return;
    void vscode.commands.executeCommand("setContext", "spec-lsp.isSpec", Boolean(status));
    const isBundled = session.state.name === "running" && session.state.server.origin === "bundled";
    if (status) showStatus(item, status, isBundled ? BUNDLED : "");
    else item.hide();
  });
  refresh();
  return vscode.Disposable.from(
    item,
    session.onDidChangeState(refresh),
    session.onDidChangeDocuments(refresh),
    vscode.window.onDidChangeActiveTextEditor(refresh),
  );
}

function activeDocument(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === "markdown" ? document.uri : undefined;
}

/** Shows a server that is starting or has failed; hides the item otherwise. */
function showState(item: vscode.StatusBarItem, state: State, isMarkdown: boolean): void {
  item.backgroundColor = undefined;
  if (state.name === "failed") {
    item.text = "$(warning) Specs";
    item.tooltip = explain(state.problem).text;
    item.command = "spec-lsp.explainProblem";
    item.backgroundColor = new vscode.ThemeColor("statusBarItem.warningBackground");
    item.show();
  } else if (state.name === "starting" && isMarkdown) {
    item.text = "$(loading~spin) Specs";
    item.tooltip = "The spec-lsp server is starting";
    item.command = "spec-lsp.showLog";
    item.show();
  } else {
    item.hide();
  }
}

function showStatus(item: vscode.StatusBarItem, status: Status, server: string): void {
  const left = status.placeholders ? ` $(edit) ${status.placeholders}` : "";
  item.text = `$(checklist) ${status.template} ${status.percent}%${left}`;
  item.tooltip = describe(status, server);
  item.command = "spec-lsp.showOutline";
  item.backgroundColor = undefined;
  item.accessibilityInformation = {
    label: `${status.template}, ${status.percent}% complete, ${status.placeholders} placeholders left`,
  };
  item.show();
}

function describe(status: Status, server: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString(undefined, true);
  text.isTrusted = { enabledCommands: ["spec-lsp.showTemplate", "spec-lsp.showGraph", "spec-lsp.nextPlaceholder"] };
  text.appendMarkdown("**").appendText([status.id, status.title].filter(Boolean).join(" ")).appendMarkdown("**\n\n");
  const rows: [string, string][] = [
    ["Status", status.status],
    ["Sections", of(status.sections)],
    ["Tasks", of(status.tasks)],
    ["Placeholders", status.placeholders ? `${status.placeholders} left` : "none left"],
    ["Problems", countFindings(status.findings) || "none"],
    ["Server", server],
  ];
  text.appendMarkdown("| | |\n|---|---|\n");
  for (const [name, value] of rows.filter(([, value]) => value)) {
    text.appendMarkdown(`| ${name} | `).appendText(value).appendMarkdown(" |\n");
  }
  return text.appendMarkdown(
    "\n[Next placeholder](command:spec-lsp.nextPlaceholder) · " +
      "[Template](command:spec-lsp.showTemplate) · [Trace graph](command:spec-lsp.showGraph)\n\n" +
      "Click to show the outline",
  );
}

function of([done, all]: [number, number]): string {
  return all ? `${done} of ${all}` : "";
}
