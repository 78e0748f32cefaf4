// The language features and commands, with the whole `vscode` interface at hand.
const assert = require("node:assert/strict");
const vscode = require("vscode");
const {
  SEARCH, CHECKOUT, DECISION, active, after, codeOf, complete, end, findings, hover, labelOf, open, run, setting, type, unsaved, until, uriOf,
} = require("./editor.js");

module.exports = {
  async "findings come up by themselves, with their codes"() {
    const { uri } = await open(SEARCH);
    for (const code of ["invalid-value", "missing-section"]) {
      assert.ok(await until(() => findings(uri).find((each) => codeOf(each) === code)));
    }
  },

  async "the values of a field are completed"() {
    const { document, uri } = await open(SEARCH);
    const labels = (await complete(uri, after(document, "**Urgency**: "))).map(labelOf);
    for (const value of ["High", "Medium", "Low"]) assert.ok(labels.includes(value), labels.join(", "));
  },

  async "a missing section is completed as a snippet"() {
    const { uri, editor } = await open(SEARCH);
    await type(editor, end(editor), "\n## ");
    const item = await until(async () =>
      (await complete(uri, end(editor))).find((each) => /Steps/.test(labelOf(each))),
    );
    assert.ok(item.insertText instanceof vscode.SnippetString, String(item.insertText));
    assert.match(item.insertText.value, /\$\{\d+:/);
    await run("workbench.action.files.revert");
  },

  async "hovering an ID shows its card"() {
    const { document, uri } = await open(CHECKOUT);
    const text = await hover(uri, after(document, "DEC-0"));
    assert.match(text, /One queue for all payments/);
    assert.match(text, /Accepted/);
  },

  async "an ID leads to its document"() {
    const { document, uri } = await open(CHECKOUT);
    const [target] = await run("vscode.executeDefinitionProvider", uri, after(document, "DEC-0"));
    assert.match((target.targetUri ?? target.uri).path, /DEC-001-queue\.md$/);
  },

  async "who refers to an ID is found in all files"() {
    const { document, uri } = await open(DECISION);
    const found = await run("vscode.executeReferenceProvider", uri, after(document, "**ID**: DEC-0"));
    const names = new Set(found.map((each) => each.uri.path.split("/").at(-1)));
    assert.ok(names.has("RUN-001-checkout.md") && names.has("TASK-001-move-refunds.md"), [...names].join(", "));
  },

  async "renaming an ID changes every file that mentions it"() {
    const { document, uri } = await open(DECISION);
    const place = after(document, "**ID**: DEC-0");
    const edit = await run("vscode.executeDocumentRenameProvider", uri, place, "DEC-042");
    const names = edit.entries().map(([target]) => target.path.split("/").at(-1));
    assert.ok(names.includes("RUN-001-checkout.md") && names.includes("TASK-001-move-refunds.md"), names.join(", "));
  },

  // However soon files are saved, one file has the new name and all have the new ID.
  async "with auto save on, a renamed ID leaves one file and nothing unsaved"() {
    for (const [number, delay] of [1, 1000, 50].entries()) {
      await setting("files", "autoSave", "afterDelay");
      await setting("files", "autoSaveDelay", delay);
      await renameDecision(`DEC-00${number + 1}`, `DEC-00${number + 2}`);
      assert.deepEqual(unsaved(), []);
    }
    await setting("files", "autoSave", "off");
    await renameDecision("DEC-004", "DEC-001");
    assert.deepEqual(unsaved(), []);
    await setting("files", "autoSaveDelay", undefined);
  },

  async "renaming to an ID that is taken is refused with a reason"() {
    const { document, uri } = await open(CHECKOUT);
    const place = after(document, "**ID**: RUN-0");
    await assert.rejects(run("vscode.executeDocumentRenameProvider", uri, place, "RUN-002"), /RUN-002/);
  },

  async "a quick fix inserts the missing section at its place"() {
    const { document, uri } = await open(SEARCH);
    const missing = await until(() => findings(uri).find((each) => codeOf(each) === "missing-section"));
    const actions = await run("vscode.executeCodeActionProvider", uri, missing.range, undefined, 20);
    const fix = actions.find((each) => /Steps/.test(each.title));
    assert.ok(fix?.edit, actions.map((each) => each.title).join(", "));
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(document.getText(), /## Symptoms[^]*## Steps[^]*## Escalation/);
    await until(() => findings(uri).every((each) => codeOf(each) !== "missing-section"));
    await run("workbench.action.files.revert");
  },

  async "the outline shows sections and fields"() {
    const { uri } = await open(CHECKOUT);
    const symbols = await run("vscode.executeDocumentSymbolProvider", uri);
    assert.match(JSON.stringify(symbols.map((each) => [each.name, each.children?.map((c) => c.name)])), /Symptoms/);
  },

  async "IDs are found in the whole workspace"() {
    const found = await until(async () => {
      const symbols = await run("vscode.executeWorkspaceSymbolProvider", "RUN-00");
      return symbols.filter((each) => /RUN-00/.test(each.name)).length >= 2;
    });
    assert.ok(found);
  },

  async "the next placeholder is selected, and the one after it next"() {
    const { editor, document } = await open(SEARCH);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const selected = async (command) => {
      await run(command);
      return document.getText(editor.selection);
    };
    assert.equal(await selected("spec-lsp.nextPlaceholder"), "[Name]");
    assert.match(await selected("spec-lsp.nextPlaceholder"), /^\[Who is called/);
    assert.equal(await selected("spec-lsp.previousPlaceholder"), "[Name]");
  },

  async "the template of a document is shown, one of the team's own"() {
    await open(SEARCH);
    await run("spec-lsp.showTemplate");
    assert.match(active().uri.path, /\.spec-lsp\/templates\/runbook\.md$/);
  },

  async "a built-in template is shown, and cannot be changed"() {
    await open(DECISION);
    await run("spec-lsp.showTemplate");
    assert.equal(active().uri.scheme, "spec-lsp-builtin");
    assert.match(active().getText(), /# Decision/);
    assert.equal(active().languageId, "markdown");
  },

  async "the document that an ID should be is created, with its tab stops live"() {
    const { editor } = await open(SEARCH);
    const place = after(editor.document, "DEC-00");
    editor.selection = new vscode.Selection(place, place);
    await run("spec-lsp.createFromId");
    await until(() => /\/DEC-009[^/]*\.md$/.test(active().uri.path));
    assert.match(active().getText(), /\*\*ID\*\*: DEC-009/);
    await run("workbench.action.files.save");
    await vscode.workspace.fs.delete(active().uri);
    await run("workbench.action.closeActiveEditor");
  },

  async "all missing sections are inserted at once"() {
    const { document } = await open(SEARCH);
    await run("spec-lsp.insertMissing");
    await until(() => /## Steps/.test(document.getText()));
    await run("workbench.action.files.revert");
  },

  async "an edit in one file is seen from another before it is saved"() {
    const target = await open(CHECKOUT);
    await type(target.editor, after(target.document, "# Runbook: "), "The ");
    const { document, uri } = await open(SEARCH);
    await until(async () => /The Checkout/.test(await hover(uri, after(document, "see also RUN-0"))));
    await open(CHECKOUT);
    await run("workbench.action.files.revert");
  },

  async "what changes in a template is asked of its documents at once, saved or not"() {
    const { uri } = await open(CHECKOUT);
    const asks = () => findings(uri).some((each) => codeOf(each) === "missing-section" && /Contacts/.test(each.message));
    const template = await open(".spec-lsp/templates/runbook.md");
    await type(template.editor, end(template.editor), "\n## Contacts\n\n[Who knows more]\n");
    await until(asks);
    await run("workbench.action.files.revert");
    await until(() => !asks());
  },

  async "a fault in the configuration is reported in it"() {
    const uri = uriOf("spec-lsp.toml");
    await vscode.workspace.fs.writeFile(uri, Buffer.from('rules = { "missing-section" = "loud" }\n'));
    await vscode.window.showTextDocument(uri);
    await until(() => findings(uri).length);
    await run("workbench.action.closeActiveEditor");
    await vscode.workspace.fs.delete(uri);
  },

  async "the lens above a title leads to those who refer to it"() {
    const { uri } = await open(DECISION);
    const lens = await until(async () => {
      const lenses = await run("vscode.executeCodeLensProvider", uri, 10);
      return lenses.find((each) => each.command?.command === "specLsp.showReferences");
    });
    const [, position] = lens.command.arguments;
    const at = new vscode.Position(position.line, position.character);
    const found = await run("vscode.executeReferenceProvider", uri, at);
    const names = found.map((each) => each.uri.path.split("/").at(-1));
    assert.ok(names.includes("RUN-001-checkout.md"), names.join(", "));
    await run(lens.command.command, ...lens.command.arguments);
  },

  async "a feature can be switched off while the server runs, and on again"() {
    const { document, uri } = await open(CHECKOUT);
    const shown = async () => /One queue/.test(await hover(uri, after(document, "DEC-0")));
    assert.ok(await shown());
    const features = vscode.workspace.getConfiguration("spec-lsp.features");
    await features.update("hover", false, vscode.ConfigurationTarget.Workspace);
    await until(async () => !(await shown()));
    await features.update("hover", undefined, vscode.ConfigurationTarget.Workspace);
    await until(shown);
  },

  async "the level of a rule can be set"() {
    const { uri } = await open(SEARCH);
    const invalid = () => findings(uri).find((each) => codeOf(each) === "invalid-value");
    await until(invalid);
    const settings = vscode.workspace.getConfiguration("spec-lsp");
    await settings.update("rules", { "invalid-value": "off" }, vscode.ConfigurationTarget.Workspace);
    await until(() => !invalid());
    await settings.update("rules", undefined, vscode.ConfigurationTarget.Workspace);
    await until(invalid);
  },

  async "the server can be restarted, and answers again"() {
    await run("spec-lsp.restart");
    const { document, uri } = await open(CHECKOUT);
    await until(async () => /One queue/.test(await hover(uri, after(document, "DEC-0"))));
  },

  async "other Markdown is left alone"() {
    const document = await vscode.workspace.openTextDocument({ language: "markdown", content: "# Notes\n\nPlain.\n" });
    await vscode.window.showTextDocument(document);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepEqual(findings(document.uri).map((each) => each.message), []);
  },
};

/** What F2 does: asks for the edit, applies it as a refactoring, and lets the editor save what it saves. */
async function renameDecision(old, next) {
  const { document, uri } = await open(DECISION.replace("DEC-001", old));
  const edit = await until(async () => {
    const found = await run("vscode.executeDocumentRenameProvider", uri, after(document, "**ID**: DEC-0"), next);
    return found.size && found;
  });
  assert.ok(await vscode.workspace.applyEdit(edit, { isRefactoring: true }));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const names = (await vscode.workspace.fs.readDirectory(uriOf("docs/decisions"))).map(([name]) => name);
  assert.deepEqual(names, [`${next}-queue.md`]);
  for (const path of [`docs/decisions/${names[0]}`, CHECKOUT, "docs/tasks/TASK-001-move-refunds.md"]) {
    const text = Buffer.from(await vscode.workspace.fs.readFile(uriOf(path))).toString();
    assert.ok(text.includes(next) && !text.includes(old), `${path}: ${text.match(/DEC-.*/g)}`);
  }
}
