// The arrangement of the Specs view, and the pages of the trace graph.
import assert from "node:assert/strict";
import { test } from "node:test";
import { countFindings, type SpecDocument } from "../../../vscode/src/api";
import { boardOf } from "../../../vscode/src/views/columns";
import { secure } from "../../../vscode/src/views/page";
import { arrange, describe, type Node } from "../../../vscode/src/views/tree";

const NONE = { error: 0, warning: 0, info: 0, hint: 0 };

function spec(id: string, status: string, changes: Partial<SpecDocument> = {}): SpecDocument {
  const stages = { Draft: "draft", Approved: "active", Implemented: "final", Rejected: "dropped" } as const;
  return {
    uri: `file:///project/${id}.md`,
    path: `${id}.md`,
    root: "file:///project",
    kind: "bug-fix",
    kindName: "Bug Fix",
    id,
    title: "",
    status,
    stage: stages[status as keyof typeof stages] ?? "",
    percent: 50,
    tasks: [0, 0],
    placeholders: 0,
    findings: NONE,
    unit: "",
    owner: "",
    state: status,
    ...changes,
  };
}

function outline(nodes: readonly Node[], depth = 0): string {
  return nodes
    .map((node) =>
      node.type === "document"
        ? `${"  ".repeat(depth)}${node.document.id}\n`
        : `${"  ".repeat(depth)}${node.label} (${node.documents.length})\n${outline(node.children, depth + 1)}`,
    )
    .join("");
}

test("documents are grouped by kind and status, in life-cycle order, and sorted by number", () => {
  const documents = [
    spec("BUG-10", "Draft"),
    spec("BUG-3", "Rejected"),
    spec("BUG-2", "Draft"),
    spec("BUG-1", "Implemented"),
    spec("BUG-4", "Approved"),
    spec("NOTE-1", "", { kind: "", kindName: "" }),
    spec("DEC-1", "Draft", { kind: "decision", kindName: "Decision" }),
  ];
  assert.equal(
    outline(arrange(documents)),
    `Bug Fix (5)
  Draft (2)
    BUG-2
    BUG-10
  Approved (1)
    BUG-4
  Implemented (1)
    BUG-1
  Rejected (1)
    BUG-3
Decision (1)
  Draft (1)
    DEC-1
Without a template (1)
  No status (1)
    NOTE-1
`,
  );
});

test("several roots are parents of the kinds", () => {
  const documents = [spec("BUG-1", "Draft"), spec("BUG-2", "Draft", { root: "file:///other%20one/" })];
  assert.match(outline(arrange(documents)), /^project \(1\)\n {2}Bug Fix \(1\)[^]*\nother one \(1\)\n {2}Bug Fix/);
});

test("groups keep their keys when documents come and go", () => {
  const keys = (documents: SpecDocument[]) => arrange(documents).map((node) => node.key);
  assert.deepEqual(keys([spec("BUG-1", "Draft")]), keys([spec("BUG-2", "Approved"), spec("BUG-1", "Draft")]));
});

test("nothing is arranged when there is nothing", () => {
  assert.deepEqual(arrange([]), []);
});

test("a document is described by how far it has come and what is wrong", () => {
  const findings = { ...NONE, error: 1, warning: 2 };
  assert.equal(describe(spec("A", "Draft", { tasks: [3, 7] }), countFindings(findings)), "50% · tasks 3/7 · 1 error, 2 warnings");
  assert.equal(describe(spec("A", "Draft"), countFindings(NONE)), "50%");
});

test("a page runs its own scripts and the bridge, under a policy that allows no others", () => {
  const page = secure('<!doctype html><html><head><title>T</title></head><body><script>draw()</script></body></html>', "abc");
  assert.match(page, /<head><meta http-equiv="Content-Security-Policy" content="default-src 'none';[^"]*script-src 'nonce-abc'/);
  assert.match(page, /<script nonce="abc">draw\(\)<\/script>/);
  assert.match(page, /postMessage[^]*<\/script><\/body><\/html>$/);
});

test("the policy of the page itself gives way: it would not let the bridge run", () => {
  const own = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-x'">`;
  const page = secure(`<html><head>${own}</head><body></body></html>`, "abc");
  assert.doesNotMatch(page, /sha256-x/);
  assert.match(page, /script-src 'nonce-abc'/);
});

test("a page without head and body has the policy first all the same", () => {
  assert.match(secure("<svg></svg>", "abc"), /^<meta http-equiv="Content-Security-Policy"[^]*<svg><\/svg><script nonce="abc">/);
});

test("text in a page that looks like a pattern of replacement stays as it is", () => {
  assert.match(secure("<head></head><body>$& costs $1</body>", "abc"), /\$& costs \$1/);
});

function board(documents: SpecDocument[], states: string[] = []): string {
  const template = { kind: "bug-fix", name: "Bug Fix", description: "", builtin: false, uri: "", states };
  return boardOf(documents, [template]).kinds.map((each) => `${each.name}: ${each.states.join(", ")}`).join("; ");
}

test("the board has a column for each state of the template, then for others that documents have", () => {
  assert.equal(board([]), "");
  assert.equal(board([spec("A", "Draft")], ["Draft", "Done"]), "Bug Fix: Draft, Done");
  const others = [spec("A", "Someday"), spec("B", "Rejected"), spec("C", "Draft"), spec("D", "")];
  assert.equal(board(others, ["Draft", "Done"]), "Bug Fix: Draft, Done, Rejected, Someday, ");
});

test("kinds without states are on the board too, by the states that documents have", () => {
  const documents = [spec("A", ""), spec("B", "Rejected"), spec("C", "Approved"), spec("D", "Draft")];
  assert.equal(board(documents), "Bug Fix: Draft, Approved, Rejected, ");
  const note = spec("E", "", { kind: "note", kindName: "Note" });
  assert.equal(board([note, ...documents]), "Bug Fix: Draft, Approved, Rejected, ; Note: ");
});
