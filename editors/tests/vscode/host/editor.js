// What the tests in the extension host have in common.
const assert = require("node:assert/strict");
const vscode = require("vscode");

const folder = () => vscode.workspace.workspaceFolders[0].uri;
const uriOf = (path) => vscode.Uri.joinPath(folder(), path);
const run = (command, ...args) => vscode.commands.executeCommand(command, ...args);

async function open(path) {
  const document = await vscode.workspace.openTextDocument(uriOf(path));
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  return { document, editor, uri: document.uri };
}

const setting = (section, name, value) =>
  vscode.workspace.getConfiguration(section).update(name, value, vscode.ConfigurationTarget.Workspace);
const unsaved = () => vscode.workspace.textDocuments.filter((each) => each.isDirty).map((each) => each.uri.path);

const active = () => vscode.window.activeTextEditor.document;
const findings = (uri) => vscode.languages.getDiagnostics(uri).filter((each) => each.source === "spec-lsp");
const codeOf = (diagnostic) => diagnostic.code?.value ?? diagnostic.code;
const labelOf = (item) => item.label.label ?? item.label;

function after(document, text) {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `${text} is not in ${document.uri.path}`);
  return document.positionAt(offset + text.length);
}

function end(editor) {
  return editor.document.positionAt(editor.document.getText().length);
}

async function type(editor, place, text) {
  assert.ok(await editor.edit((edit) => edit.insert(place, text)));
}

async function complete(uri, place) {
  return (await run("vscode.executeCompletionItemProvider", uri, place)).items;
}

async function hover(uri, place) {
  const hovers = await run("vscode.executeHoverProvider", uri, place);
  return hovers.flatMap((each) => each.contents).map((each) => each.value ?? each).join("\n");
}

async function until(check, milliseconds = 15_000) {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${check}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

module.exports = {
  SEARCH: "docs/runbooks/RUN-002-search.md",
  CHECKOUT: "docs/runbooks/RUN-001-checkout.md",
  DECISION: "docs/decisions/DEC-001-queue.md",
  active, after, codeOf, complete, end, findings, hover, labelOf, open, run, setting, type, unsaved, until, uriOf,
};
