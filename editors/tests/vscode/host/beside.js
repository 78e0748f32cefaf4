// Beside VS Code's own Markdown support, nothing is shown twice.
const assert = require("node:assert/strict");
const vscode = require("vscode");
const { SEARCH, CHECKOUT, after, codeOf, complete, end, findings, hover, labelOf, open, run, type, until } = require("./editor.js");

module.exports = {
  async "the outline has each heading once, and our fields"() {
    const { uri } = await open(CHECKOUT);
    const names = await until(async () => {
      const found = (await run("vscode.executeDocumentSymbolProvider", uri)).flatMap(allNames);
      return found.some((name) => /Symptoms/.test(name)) && found.includes("Urgency") && found;
    });
    assert.equal(names.filter((name) => /Symptoms/.test(name)).length, 1, names.join(", "));
    assert.equal(names.filter((name) => /Checkout/.test(name)).length, 1, names.join(", "));
  },

  async "a link to a file is one link"() {
    const { uri, editor } = await open(CHECKOUT);
    await type(editor, end(editor), "\nSee [the other](RUN-002-search.md).\n");
    const links = await until(async () => {
      const found = await run("vscode.executeLinkProvider", uri);
      return found.length && found;
    });
    const texts = links.map((link) => editor.document.getText(link.range));
    assert.deepEqual(texts, ["RUN-002-search.md"]);
    await run("workbench.action.files.revert");
  },

  async "link completion offers each file and each heading once"() {
    const { uri, editor } = await open(CHECKOUT);
    await type(editor, end(editor), "\nSee [the other]()");
    const offered = async (character) => {
      const place = editor.document.positionAt(editor.document.getText().lastIndexOf(character) + 1);
      return (await complete(uri, place)).map(labelOf);
    };
    const files = await offered("(");
    assert.equal(files.filter((label) => /RUN-002/.test(label)).length, 1, files.join(", "));
    assert.equal(files.filter((label) => /DEC-001/.test(label)).length, 1, files.join(", "));
    const at = editor.document.positionAt(editor.document.getText().lastIndexOf("(") + 1);
    await type(editor, at, "#");
    const headings = await offered("#");
    assert.equal(headings.filter((label) => /symptoms/i.test(label)).length, 1, headings.join(", "));
    await run("workbench.action.files.revert");
  },

  async "a hover does not repeat the problem"() {
    const { document, uri } = await open(SEARCH);
    const problem = await until(() => findings(uri).find((each) => codeOf(each) === "invalid-value"));
    const text = await hover(uri, after(document, "**Status**: "));
    assert.ok(!text.includes(problem.message), text);
    assert.match(text, /Draft/);
  },

  async "the setting shows everything"() {
    const settings = vscode.workspace.getConfiguration("spec-lsp");
    await settings.update("avoidDuplicates", false, vscode.ConfigurationTarget.Workspace);
    const { uri } = await open(CHECKOUT);
    await until(async () => {
      const found = (await run("vscode.executeDocumentSymbolProvider", uri)).flatMap(allNames);
      return found.filter((name) => /Symptoms/.test(name)).length === 2;
    });
    await settings.update("avoidDuplicates", undefined, vscode.ConfigurationTarget.Workspace);
  },
};

const allNames = (symbol) => [symbol.name, ...(symbol.children ?? []).flatMap(allNames)];
