// What the Markdown preview marks, and how the Specs view and the board are arranged.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { SpecDocument } from "../../../vscode/src/api";
import { type MarkdownIt, type Marks, markSpecs } from "../../../vscode/src/views/marks";
import { arrange, type Feature, type Node, type Order } from "../../../vscode/src/views/tree";

type Token = Parameters<MarkdownIt["renderer"]["render"]>[0][number];

class PlainToken {
  content = "";
  children: Token[] | null = null;
  attrs: [string, string][] | null = null;
  constructor(readonly type: string) {}
}

const document = (changes: Partial<SpecDocument>): SpecDocument => ({
  uri: "file:///p/docs/bugs/BUG-1.md", path: "docs/bugs/BUG-1.md", root: "file:///p", kind: "bug", kindName: "Bug",
  id: "BUG-1", title: "A & B", status: "Done", stage: "final", percent: 50, tasks: [0, 0], placeholders: 0,
  findings: { error: 0, warning: 0, info: 0, hint: 0 }, unit: "", owner: "", state: changes.status ?? "Done", ...changes,
});

/** The paragraph after the plugin: texts as they are, HTML in its own tags. */
function render(tokens: [type: string, content: string][], marks: Partial<Marks>, here = "file:///p/docs/plans/P.md"): string {
  const escapeHtml = (text: string) => text.replace(/&/g, "&amp;");
  const plain = (all: Token[]): string => all.map((each) => (/^link_/.test(each.type) ? tag(each) : each.content)).join("");
  const md: MarkdownIt = { renderer: { render: (all) => plain(all[0]?.children ?? []) }, utils: { escapeHtml } };
  markSpecs(md, { documents: new Map([["BUG-1", document({})]]), pages: new Map(), ...marks });
  const inline = new PlainToken("inline") as Token;
  inline.children = tokens.map(([type, content]) => Object.assign(new PlainToken(type) as Token, { content }));
  const before = plain(inline.children);
  const rendered = md.renderer.render([inline], {}, { currentDocument: here });
  assert.equal(plain(inline.children), before, "the tokens are of use to others too");
  return rendered;
}

function tag({ type, attrs }: Token): string {
  if (type === "link_close") return "</a>";
  return `<a${(attrs ?? []).map(([name, value]) => ` ${name}="${value}"`).join("")}>`;
}

test("an ID is a link with title and state, from where the document is", () => {
  assert.equal(
    render([["text", "See BUG-1."]], {}),
    `See <a class="spec-id" href="../bugs/BUG-1.md" title="A & B · Bug · Done">BUG-1</a> ` +
      `<span class="spec-state spec-final">Done</span>.`,
  );
});

test("longer names, code and links are left alone", () => {
  const tokens: [string, string][] = [
    ["text", "BUG-12 "], ["code_inline", "BUG-1"], ["link_open", ""], ["text", "BUG-1"], ["link_close", ""],
  ];
  assert.doesNotMatch(render(tokens, {}), /spec-id/);
  assert.doesNotMatch(render([["text", "BUG-12 and XBUG-1 and BUG-1.2"]], {}), /spec-id/);
});

test("placeholders and the status are marked in their own document only", () => {
  const here = "file:///p/docs/plans/P.md";
  const pages: Marks["pages"] = new Map([[here, { status: "Draft", stage: "draft", placeholders: ["[Name]"] }]]);
  const tokens: [string, string][] = [["strong_open", ""], ["text", "Status"], ["strong_close", ""], ["text", ": Draft"], ["softbreak", "\n"], ["text", "By ["], ["text", "Name]"]];
  const marked = render(tokens, { pages }, here);
  assert.match(marked, /: <span class="spec-state spec-draft">Draft<\/span>/);
  assert.match(marked, /By <mark class="spec-placeholder">\[Name\]<\/mark>/);
  assert.doesNotMatch(render(tokens, { pages }, "file:///p/other.md"), /<mark|<span/);
});

function labels(groups: Feature[], sort: Order = "id", filter = ""): string {
  const all = [
    document({ id: "BUG-2", title: "Alpha", owner: "Jo", unit: "u1", percent: 90 }),
    document({ id: "BUG-1", title: "Beta", owner: "Mina", percent: 10, uri: "file:///p/b.md", path: "b.md" }),
  ];
  const name = (node: Node): string =>
    node.type === "document" ? node.document.id : `${node.label}(${node.children.map(name).join()})`;
  return arrange(all, { groups, sort, filter }).map(name).join(" ");
}

test("the view is grouped, sorted and filtered as chosen", () => {
  assert.equal(labels(["owner"]), "Jo(BUG-2) Mina(BUG-1)");
  assert.equal(labels(["folder"]), "docs/bugs(BUG-2) Top folder(BUG-1)");
  assert.equal(labels(["unit"]), "No unit(BUG-1) u1(BUG-2)");
  assert.equal(labels(["state"]), "Done(BUG-1,BUG-2)");
  assert.equal(labels([], "title"), "BUG-2 BUG-1");
  assert.equal(labels([], "progress"), "BUG-1 BUG-2");
  assert.equal(labels([], "id", "mina BETA"), "BUG-1");
});
