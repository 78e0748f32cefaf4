// Quick fixes for the whole team, and the pages of the rules.
const assert = require("node:assert/strict");
const vscode = require("vscode");
const { SEARCH, codeOf, findings, open, run, until, uriOf } = require("./editor.js");

const read = async (path) => Buffer.from(await vscode.workspace.fs.readFile(uriOf(path))).toString();
const problem = (uri, code) => until(() => findings(uri).find((each) => codeOf(each) === code));
const gone = (uri, code) => until(() => findings(uri).every((each) => codeOf(each) !== code));

/** Applies the quick fix of a problem with a title, and saves what it changed. */
async function fix(uri, code, title) {
  const { range } = await problem(uri, code);
  const actions = await run("vscode.executeCodeActionProvider", uri, range, undefined, 40);
  const action = actions.find((each) => title.test(each.title));
  assert.ok(action, actions.map((each) => each.title).join(", "));
  if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit));
  if (action.command) await run(action.command.command, ...(action.command.arguments ?? []));
  const isChanged = (document) => document.isDirty && document.uri.scheme === "file";
  for (const document of vscode.workspace.textDocuments.filter(isChanged)) await document.save();
}

module.exports = {
  async "every problem leads to the page of its rule"() {
    const { uri } = await open(SEARCH);
    await problem(uri, "invalid-value");
    for (const each of findings(uri)) {
      const page = await vscode.workspace.openTextDocument(each.code.target);
      assert.ok(page.getText().startsWith(`# ${each.code.value}\n`), page.getText().slice(0, 80));
    }
  },

  async "a rule is explained by a quick fix"() {
    const { uri } = await open(SEARCH);
    await fix(uri, "invalid-value", /^Explain invalid-value$/);
    await until(() => /invalid-value\.md/.test(vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? ""));
    await run("workbench.action.closeActiveEditor");
  },

  async "a section is made optional in the template"() {
    const { uri } = await open(SEARCH);
    const template = await read(".spec-lsp/templates/runbook.md");
    await fix(uri, "missing-section", /^Mark section “Steps” optional in the template$/);
    await gone(uri, "missing-section");
    assert.match(await read(".spec-lsp/templates/runbook.md"), /## Steps \(optional\)/);
    await vscode.workspace.fs.writeFile(uriOf(".spec-lsp/templates/runbook.md"), Buffer.from(template));
    await problem(uri, "missing-section");
  },

  async "a problem is recorded as known"() {
    const { uri } = await open(SEARCH);
    await fix(uri, "invalid-value", /^Record this invalid-value as known$/);
    await gone(uri, "invalid-value");
    assert.match(await read("spec-lsp-baseline.json"), /"rule": "invalid-value"/);
    await vscode.workspace.fs.delete(uriOf("spec-lsp-baseline.json"));
    await problem(uri, "invalid-value");
  },

  async "a rule is turned off in a configuration that is then opened"() {
    const { uri } = await open(SEARCH);
    await fix(uri, "invalid-value", /^Turn invalid-value off in spec-lsp.toml$/);
    await gone(uri, "invalid-value");
    await open(SEARCH);
    await fix(uri, "missing-section", /^Open spec-lsp.toml$/);
    await until(() => /spec-lsp\.toml$/.test(vscode.window.activeTextEditor?.document.uri.path ?? ""));
    // An editor keeps a closed document for a while, so it is emptied rather than deleted.
    const { document } = vscode.window.activeTextEditor;
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), "");
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await problem(uri, "invalid-value");
  },
};
