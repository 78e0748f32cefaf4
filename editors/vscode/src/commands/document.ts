// Commands on one document: of the Specs view, of the board, or of the active editor.
import * as vscode from "vscode";
import type { Range } from "vscode-languageclient";
import type { Session } from "../server/session";
import { showReferences } from "./showReferences";

/** A document of the Specs view or of the links view; without one, the active editor's is meant. */
export interface Target {
  document?: { uri: string };
  link?: { uri: string };
}

type Act = (session: Session, uri: vscode.Uri) => Promise<unknown>;

export const DOCUMENT_COMMANDS: Record<string, Act> = {
  advanceState: (session, uri) => setState(session, uri),
  tick: tickTasks,
  findReferences,
  renameId,
  openToSide: async (_, uri) => vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside }),
  revealDocument: async (_, uri) => vscode.commands.executeCommand("revealInExplorer", uri),
  deleteDocument,
};

export function uriOf(target?: Target): vscode.Uri | undefined {
  const uri = target?.document?.uri ?? target?.link?.uri;
  return uri === undefined ? vscode.window.activeTextEditor?.document.uri : vscode.Uri.parse(uri);
}

/** Writes a state, or the next one of the life cycle, and saves a document that was not being edited. */
export async function setState(session: Session, uri: vscode.Uri, status?: string): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  const isEdited = document.isDirty;
  const done = await session.ask("specLsp.setStatus", { uri: uri.toString(), ...(status ? { status } : {}) });
  if (!done?.status) {
    void vscode.window.showInformationMessage(done?.message ?? "This document follows no template");
    return false;
  }
  if (!isEdited) await document.save();
  return true;
}

async function tickTasks(session: Session, uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const tasks = (await session.ask("specLsp.tasks", { uri: uri.toString() })) ?? [];
  if (!tasks.length) return void vscode.window.showInformationMessage("This document has no check boxes");
  const items = tasks.map((task) => ({ label: task.text, picked: task.done, task }));
  const picked = await vscode.window.showQuickPick(items, { title: "Tasks that are done", canPickMany: true });
  if (!picked) return;
  const isEdited = document.isDirty;
  const edit = new vscode.WorkspaceEdit();
  for (const item of items) {
    const isDone = picked.includes(item);
    if (isDone !== item.task.done) edit.replace(uri, asRange(item.task.range), isDone ? "x" : " ");
  }
  await vscode.workspace.applyEdit(edit);
  if (!isEdited) await document.save();
}

async function findReferences(session: Session, uri: vscode.Uri): Promise<void> {
  const editor = await vscode.window.showTextDocument(uri);
  const links = await session.ask("specLsp.links", { uri: uri.toString() });
  if (links?.place) await showReferences(session)(editor.document.uri.toString(), links.place.start);
}

/** Starts the editor's own renaming at the ID. */
async function renameId(session: Session, uri: vscode.Uri): Promise<void> {
  const editor = await vscode.window.showTextDocument(uri);
  const links = await session.ask("specLsp.links", { uri: uri.toString() });
  if (!links?.place) return;
  const { start } = asRange(links.place);
  editor.selection = new vscode.Selection(start, start);
  editor.revealRange(new vscode.Range(start, start));
  await vscode.commands.executeCommand("editor.action.rename");
}

async function deleteDocument(session: Session, uri: vscode.Uri): Promise<void> {
  const links = await session.ask("specLsp.links", { uri: uri.toString() });
  const count = links?.count ?? 0;
  const names = (links?.incoming ?? []).slice(0, 8).map(({ name }) => name);
  const others = count > names.length ? [`and ${count - names.length} more`] : [];
  const detail = count
    ? `${count === 1 ? "A document refers" : `${count} documents refer`} to it, and would refer to nothing:\n${[...names, ...others].join("\n")}`
    : "No document refers to it.";
  const remove = "Delete";
  const question = `Delete ${vscode.workspace.asRelativePath(uri)}?`;
  const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail }, remove);
  if (chosen !== remove) return;
  // An edit can be undone, and moves the file to the trash where there is one.
  const edit = new vscode.WorkspaceEdit();
  edit.deleteFile(uri);
  await vscode.workspace.applyEdit(edit);
}

function asRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
