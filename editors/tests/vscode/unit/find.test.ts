// Where the server is looked for, in which order, and what restricted mode leaves out.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { bundledServer, findServer, onPath, type Surroundings } from "../../../vscode/src/server/find";

const home = mkdtempSync(join(tmpdir(), "find-"));
const workspace = join(home, "work");
const own = join(home, "own");

function file(...parts: string[]): string {
  const path = join(...parts);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
  return path;
}

/** What is found, as a path from the home folder. */
function find(changes: Partial<Surroundings> = {}): string {
  const search = findServer({
    setting: "",
    kind: "auto",
    folders: [workspace],
    isTrusted: true,
    interpreters: [],
    ownEnvironment: own,
    bundled: bundledServer(join(home, "extension")),
    env: {},
    home,
    isWindows: false,
    ...changes,
  });
  if ("found" in search && search.found.origin === "bundled") return "bundled";
  if ("found" in search) return `${search.found.origin}: ${relative(home, search.found.command)}`;
  if ("wrongSetting" in search) return `no such file: ${relative(home, search.wrongSetting)}`;
  return ["nothing", ...search.refused.map((path) => relative(home, path))].join(", but not run: ");
}

test("an empty machine has none", () => {
  assert.equal(find(), "nothing");
});

test("the nearest server wins, and each step further away is taken when the nearer one is gone", () => {
  file(own, "bin/spec-lsp");
  assert.equal(find(), "own: own/bin/spec-lsp");
  file(home, "tools/spec-lsp");
  const env: Record<string, string> = { PATH: `/nowhere:${join(home, "tools")}` };
  assert.equal(find({ env }), "path: tools/spec-lsp");
  const interpreter = file(home, "conda/bin/python");
  file(home, "conda/bin/spec-lsp");
  assert.equal(find({ env, interpreters: [interpreter] }), "workspace: conda/bin/spec-lsp");
  assert.equal(find({ env, interpreters: [join(home, "conda")] }), "workspace: conda/bin/spec-lsp");
  env["VIRTUAL_ENV"] = join(home, "active");
  file(home, "active/bin/spec-lsp");
  assert.equal(find({ env, interpreters: [interpreter] }), "workspace: active/bin/spec-lsp");
  file(workspace, ".venv/bin/spec-lsp");
  assert.equal(find({ env, interpreters: [interpreter] }), "workspace: work/.venv/bin/spec-lsp");
  file(home, "mine/spec-lsp");
  assert.equal(find({ env, setting: "~/mine/spec-lsp" }), "setting: mine/spec-lsp");
});

test("a folder or another program of that name is not the server", () => {
  const folder = join(home, "folder");
  mkdirSync(join(folder, ".venv/bin/spec-lsp"), { recursive: true });
  file(folder, ".venv/bin/python");
  assert.equal(find({ folders: [folder], ownEnvironment: folder }), "nothing");
});

test("a setting that names nothing is said, and nothing else is taken instead", () => {
  assert.equal(find({ setting: "~/gone/spec-lsp" }), "no such file: gone/spec-lsp");
});

test("the setting may name the home, the workspace, a variable, or a place in the first folder", () => {
  file(workspace, "tools/spec-lsp");
  const found = "setting: work/tools/spec-lsp";
  assert.equal(find({ setting: "${workspaceFolder}/tools/spec-lsp" }), found);
  assert.equal(find({ setting: "tools/spec-lsp" }), found);
  assert.equal(find({ setting: "${userHome}/work/tools/spec-lsp" }), found);
  assert.equal(find({ setting: "${env:TOOLS}/spec-lsp", env: { TOOLS: join(workspace, "tools") } }), found);
});

test("a Python runs the module", () => {
  const python = file(home, "mine/python3.12");
  const search = findServer({
    setting: python,
    kind: "auto",
    folders: [],
    isTrusted: true,
    interpreters: [],
    ownEnvironment: own,
    bundled: bundledServer(join(home, "extension")),
    env: {},
    home,
    isWindows: false,
  });
  assert.deepEqual("found" in search && search.found.args, ["-m", "spec_lsp", "serve"]);
});

test("restricted mode runs nothing that lies in the workspace, and says what it left out", () => {
  file(workspace, ".venv/bin/spec-lsp");
  file(workspace, "bin/spec-lsp");
  const nothing = join(home, "nothing");
  const inside = {
    isTrusted: false,
    ownEnvironment: nothing,
    env: { PATH: `bin:${join(workspace, "bin")}`, VIRTUAL_ENV: join(workspace, ".venv") },
    interpreters: [join(workspace, ".venv/bin/python")],
  };
  assert.match(find(inside), /^nothing, but not run: work\/\.venv\/bin\/spec-lsp/);
  assert.equal(find({ ...inside, ownEnvironment: own }), "own: own/bin/spec-lsp");
  assert.equal(find({ ...inside, env: { PATH: join(home, "tools") } }), "path: tools/spec-lsp");
});

test("a relative entry of the PATH is never taken", () => {
  const here = process.cwd();
  process.chdir(workspace);
  try {
    assert.equal(find({ folders: [], env: { PATH: "bin:." }, ownEnvironment: join(home, "none") }), "nothing");
  } finally {
    process.chdir(here);
  }
});

test("a Python is found by an absolute entry of the PATH, and not in the current folder", () => {
  const here = process.cwd();
  file(workspace, "python3");
  const python = file(home, "system/python3");
  process.chdir(workspace);
  try {
    assert.equal(onPath("python3", { env: { PATH: ":.:bin" }, isWindows: false }), undefined);
    assert.equal(onPath("python3", { env: { PATH: `.:${dirname(python)}` }, isWindows: false }), python);
  } finally {
    process.chdir(here);
  }
  assert.equal(onPath("/opt/python3", { env: {}, isWindows: false }), "/opt/python3");
});

test("Windows keeps programs in another folder", () => {
  const folder = join(home, "windows");
  file(folder, ".venv/Scripts/spec-lsp.exe");
  assert.equal(find({ folders: [folder], isWindows: true }), "workspace: windows/.venv/Scripts/spec-lsp.exe");
});

test("the server in the extension comes last, or first, or not at all, as the setting says", () => {
  file(home, "extension/bundled/npm/bin/spec-lsp.mjs");
  const bare = { folders: [], ownEnvironment: join(home, "none") };
  assert.equal(find(bare), "bundled");
  assert.equal(find(), "workspace: work/.venv/bin/spec-lsp");
  assert.equal(find({ kind: "bundled" }), "bundled");
  assert.equal(find({ ...bare, kind: "native" }), "nothing");
  assert.equal(find({ ...bare, folders: [workspace], isTrusted: false }), "bundled");
  assert.equal(find({ ...bare, setting: "/nowhere" }).slice(0, 12), "no such file");
});
