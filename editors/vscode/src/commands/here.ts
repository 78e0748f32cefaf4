// Commands that act at the cursor.
import * as vscode from "vscode";
import type { Place } from "../api";
import type { Session } from "../server/session";
import { openNew } from "./write";

/** Selects the next or previous placeholder. */
export async function goToPlaceholder(session: Session, backwards: boolean): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  // Start at the far end of the selection, so that a selected placeholder is skipped.
  const from = backwards ? editor.selection.start : editor.selection.end;
  const range = await session.ask("specLsp.nextPlaceholder", { ...place(editor, from), backwards });
  if (!range) return say("No placeholders left in this document");
  const target = asRange(range);
  editor.selection = new vscode.Selection(target.start, target.end);
  say(`${range.number} of ${range.count} places to fill in`);
  editor.revealRange(target, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Creates a document for the ID under the cursor. */
export async function createFromId(session: Session): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const made = await session.ask("specLsp.createFromId", place(editor, editor.selection.active));
  if (made) return openNew(made);
  say("Place the cursor on an ID that is not defined in any document");
}

/** Opens the template of the active document at the matching line. */
export async function showTemplate(session: Session, uri?: vscode.Uri): Promise<void> {
  const document = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (!document) return;
  const location = await session.ask("specLsp.showTemplate", { uri: document.toString() });
  if (!location) return say("This document has no template");
  const there = location.range ? { selection: asRange(location.range) } : {};
  await vscode.window.showTextDocument(vscode.Uri.parse(location.uri), { ...there, preview: true });
}

export async function insertMissing(session: Session): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor) await session.ask("specLsp.insertMissing", { uri: editor.document.uri.toString() });
}

function place(editor: vscode.TextEditor, { line, character }: vscode.Position): Place {
  return { uri: editor.document.uri.toString(), position: { line, character } };
}

function asRange({ start, end }: { start: Place["position"]; end: Place["position"] }): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function say(text: string): void {
  vscode.window.setStatusBarMessage(`$(info) ${text}`, 4000);
}
