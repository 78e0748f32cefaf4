// Opens a new document as a snippet.
import * as vscode from "vscode";
import type { NewDocument } from "../api";

/** Creates the file and inserts the snippet; without a workspace the document stays untitled. */
export async function openNew(made: NewDocument): Promise<void> {
  const uri = vscode.Uri.parse(made.uri);
  const document = vscode.workspace.workspaceFolders?.length ? await createFile(uri) : await untitled();
  if (!document) return;
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  // Keep the template's whitespace, whatever the editor's indentation settings.
  const options = { keepWhitespace: true, undoStopBefore: true, undoStopAfter: true };
  const start = new vscode.Position(0, 0);
  await editor.insertSnippet(new vscode.SnippetString(made.snippet), start, options);
}

async function createFile(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { overwrite: false });
  if (!(await vscode.workspace.applyEdit(edit))) {
    const name = vscode.workspace.asRelativePath(uri);
    void vscode.window.showErrorMessage(`Could not create ${name}; it may already exist`);
    return undefined;
  }
  return vscode.workspace.openTextDocument(uri);
}

function untitled(): Thenable<vscode.TextDocument> {
  return vscode.workspace.openTextDocument({ language: "markdown", content: "" });
}
