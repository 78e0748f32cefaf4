// Tests inside the extension host of a browser, in a folder that is on no disk.
const assert = require("node:assert/strict");
const vscode = require("vscode");
const { SEARCH, CHECKOUT, DECISION, after, codeOf, complete, findings, hover, labelOf, open, run, until, uriOf } = require("../host/editor.js");

const { offerFolder } = require("./folder.js");

const START = 240_000; // milliseconds; the interpreter is loaded meanwhile

const tests = {
  async "findings come up by themselves, of the document and between documents"() {
    const { uri } = await open(SEARCH);
    await until(() => findings(uri).some((each) => codeOf(each) === "invalid-value"), START);
    await until(() => findings(uri).some((each) => codeOf(each) === "missing-section"));
  },

  async "the values of a field are completed"() {
    const { document, uri } = await open(SEARCH);
    const labels = (await complete(uri, after(document, "**Urgency**: "))).map(labelOf);
    for (const value of ["High", "Medium", "Low"]) assert.ok(labels.includes(value), labels.join(", "));
  },

  async "hovering an ID shows the card of another file"() {
    const { document, uri } = await open(CHECKOUT);
    const text = await hover(uri, after(document, "DEC-0"));
    assert.match(text, /One queue for all payments/);
  },

  async "a problem is fixed"() {
    const { uri } = await open(SEARCH);
    const [finding] = findings(uri).filter((each) => codeOf(each) === "invalid-value");
    const actions = await run("vscode.executeCodeActionProvider", uri, finding.range, vscode.CodeActionKind.QuickFix.value, 10);
    const fix = actions.find((each) => each.edit && /Replace/.test(each.title));
    assert.ok(fix, actions.map((each) => each.title).join(", "));
    await vscode.workspace.applyEdit(fix.edit);
    await until(() => !findings(uri).some((each) => each.message === finding.message));
    await run("workbench.action.files.revert");
  },

  async "a new document has a place, the next ID and its sections"() {
    const made = await run("specLsp.new", { kind: "decision", title: "No queue", uri: uriOf(DECISION).toString() });
    assert.match(made.uri, /^memory:\/shop\/docs\/decisions\/DEC-002/);
    const { document } = await open(DECISION);
    const text = document.getText().replaceAll("DEC-001", "DEC-002").replace("Accepted", "Acepted");
    await write(vscode.Uri.parse(made.uri), text);
    const { uri } = await open(made.uri.slice("memory:/shop/".length));
    await until(() => findings(uri).some((each) => codeOf(each) === "invalid-value"));
  },

  async "renaming an ID changes every file that mentions it"() {
    const { document, uri } = await open(DECISION);
    const edit = await run("vscode.executeDocumentRenameProvider", uri, after(document, "**ID**: DEC-0"), "DEC-042");
    const names = edit.entries().map(([target]) => target.toString());
    assert.ok(names.includes(uriOf(CHECKOUT).toString()), names.join(", "));
    assert.ok(await vscode.workspace.applyEdit(edit));
    await vscode.workspace.saveAll(false);
    assert.match(await read(uriOf(CHECKOUT)), /DEC-042/);
  },

  async "links follow a file and a folder that are moved, and problems are found at the new place"() {
    const plan = uriOf("plan.md");
    await write(plan, "# Plan\n\nSee [the search](docs/runbooks/RUN-002-search.md).\n");
    await open("plan.md");
    await move(SEARCH, "docs/runbooks/RUN-002-find.md");
    await until(async () => (await read(plan)).includes("(docs/runbooks/RUN-002-find.md)"));
    await move("docs/runbooks", "guides");
    await until(async () => (await read(plan)).includes("(guides/RUN-002-find.md)"));
    const { uri } = await open("guides/RUN-002-find.md");
    await until(() => findings(uri).some((each) => codeOf(each) === "invalid-value"));
    await until(() => !findings(plan).length);
    await move("guides", "docs/runbooks");
    await move("docs/runbooks/RUN-002-find.md", SEARCH);
  },
};

const read = async (uri) => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
const write = (uri, text) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));

/** Moves a file or a folder, as the Explorer does. */
async function move(from, to) {
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(uriOf(from), uriOf(to));
  assert.ok(await vscode.workspace.applyEdit(edit));
  await vscode.workspace.saveAll(false);
}

exports.run = async () => {
  offerFolder();
  // An extension for a code host is activated before ours; this folder came later.
  await open(SEARCH);
  await run("spec-lsp.restart");
  const failed = [];
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
      console.log(`ok   ${name}`);
    } catch (error) {
      console.log(`FAIL ${name}\n${error.stack}`);
      failed.push(name);
    }
  }
  const { uri } = await open(SEARCH);
  await until(() => findings(uri).length);
  console.log("note done");
  await new Promise((resolve) => setTimeout(resolve, 15_000)); // A picture is taken, and the palette is read.
  if (failed.length) throw new Error(`${failed.length} failed`);
};
