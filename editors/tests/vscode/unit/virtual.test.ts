// Folders that the editor alone can read: what is sent of them, and how large they may be.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Files, MOST, type Named, readChanged, readFolder } from "../../../vscode/src/server/virtual";

const ROOT = "memory:/shop";

interface Sent {
  entries?: [string, string][];
  texts?: [string, string | null][];
}

/** A folder with these files; a text of `null` is a link to a folder. */
function folder(texts: Record<string, string | null>): Files {
  const paths = Object.keys(texts);
  return {
    list: async (path) => {
      const start = path ? `${path}/` : "";
      const inner = paths.filter((each) => each.startsWith(start)).map((each) => each.slice(start.length));
      if (!inner.length) throw new Error(`${path} is no folder`);
      const named = inner.map((each): [string, Named] => {
        const [name = ""] = each.split("/");
        const isLink = texts[start + each] === null;
        return [name, { name, isFolder: isLink || each !== name, isLink }];
      });
      return [...new Map(named).values()];
    },
    read: async (path) => texts[path] ?? null,
  };
}

async function sent(texts: Record<string, string | null>): Promise<[string, Sent][] | undefined> {
  return (await readFolder(ROOT, folder(texts))) as [string, Sent][] | undefined;
}

function many(count: number, nameOf: (at: number) => string, text = ""): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [nameOf(at), text]));
}

test("texts that the server reads are sent, and the names of all others", async () => {
  const messages = await sent({ "spec-lsp.toml": "a", "docs/one.md": "# One", "docs/plan.png": "%", ".git/config": "b" });
  assert.deepEqual(messages?.map(([method]) => method), ["specLsp/folder", "specLsp/texts"]);
  const [[, { entries }], [, { texts }]] = messages as [[string, Sent], [string, Sent]];
  const names = [["spec-lsp.toml", "file"], ["docs", "folder"], ["docs/one.md", "file"], ["docs/plan.png", "file"]];
  assert.deepEqual(entries, names);
  assert.deepEqual(texts, [["spec-lsp.toml", "a"], ["docs/one.md", "# One"]]);
});

test("a link to a folder is not followed", async () => {
  const [[, { entries }]] = (await sent({ "one.md": "", again: null })) as [[string, Sent]];
  assert.deepEqual(entries, [["one.md", "file"], ["again", "folder"]]);
});

test("texts come in lots of fifty", async () => {
  const [, ...lots] = (await sent(many(120, (at) => `${at}.md`))) ?? [];
  assert.deepEqual(lots.map(([, { texts }]) => texts?.length), [50, 50, 20]);
});

test("two thousand documents are read, and no more", async () => {
  assert.ok(await sent(many(MOST.documents, (at) => `${at}.md`)));
  assert.equal(await sent(many(MOST.documents + 1, (at) => `${at}.md`)), undefined);
});

test("twenty megabytes are read, and no more", async () => {
  const part = "x".repeat(MOST.bytes / 100);
  assert.ok(await sent(many(100, (at) => `${at}.md`, part)));
  assert.equal(await sent({ ...many(100, (at) => `${at}.md`, part), "last.md": "x" }), undefined);
});

test("twenty thousand entries are read, and no more", async () => {
  assert.ok(await sent(many(MOST.entries, (at) => `${at}.png`)));
  assert.equal(await sent(many(MOST.entries + 1, (at) => `${at}.png`)), undefined);
});

test("of a folder without end, no more is asked than the limit", async () => {
  let asked = 0;
  const name = (at: number): Named => ({ name: `${at}`, isFolder: true, isLink: false });
  const list = async () => (asked++, Array.from({ length: 100 }, (_, at) => name(at)));
  assert.equal(await readFolder(ROOT, { list, read: async () => null }), undefined);
  assert.ok(asked <= MOST.entries / 100 + 1, `${asked} folders`);
});

test("what has changed is a text, a whole folder or nothing", async () => {
  const files = folder({ "docs/one.md": "# One", "docs/in/two.md": "# Two", "docs/plan.png": "%" });
  const textsAt = async (path: string) => ((await readChanged(ROOT, files, path))[1] as Sent).texts;
  assert.deepEqual(await textsAt("docs/one.md"), [["docs/one.md", "# One"]]);
  assert.deepEqual(await textsAt("docs/none.md"), [["docs/none.md", null]]);
  assert.deepEqual(new Map(await textsAt("docs")), new Map([["docs/one.md", "# One"], ["docs/plan.png", ""], ["docs/in/two.md", "# Two"]]));
});
