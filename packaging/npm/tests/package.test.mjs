// The packed package, installed without a network where there is no Python.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";

const BUILD = fileURLToPath(new URL("../../../build/npm/", import.meta.url));
const LARGEST = 12_000_000; // bytes, packed
const TEMPLATE = "# Note: <title>\n\n**Status**: Draft | Done\n\n## Why\n\n<reason>\n";
const NOTE = "# Note: Keys\n\n**Status**: Dnoe\n\n## Why\n\nSee [x](nowhere.md), “größer” 😀.\n";

let home;
let program;
let environment;
let packed;

before(() => {
  home = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), "spec-lsp-npm-")));
  packed = join(BUILD, fs.readdirSync(BUILD).find((name) => name.endsWith(".tgz")));
  const bin = join(home, "bin");
  fs.mkdirSync(bin);
  fs.symlinkSync(process.execPath, join(bin, "node"));
  const git = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  fs.symlinkSync(git, join(bin, "git"));
  const options = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", home];
  execFileSync("npm", ["install", ...options, packed], { stdio: "ignore" });
  program = join(home, "node_modules/.bin/spec-lsp");
  // Every call of the network fails.
  const offline = join(home, "offline.mjs");
  fs.writeFileSync(
    offline,
    `import net from "node:net";
     globalThis.fetch = net.Socket.prototype.connect = () => { throw new Error("network"); };`,
  );
  const NODE_OPTIONS = `--import=${offline}`;
  environment = { PATH: bin, HOME: home, NODE_OPTIONS, SOURCE_DATE_EPOCH: "1773446400" };
});

function project(name) {
  const folder = join(home, name);
  const files = {
    ".spec-lsp/templates/note.md": TEMPLATE,
    "spec-lsp.toml": "builtin = false\n",
    "docs/notes/NOTE-001-keys.md": NOTE,
  };
  for (const [path, text] of Object.entries(files)) {
    fs.mkdirSync(dirname(join(folder, path)), { recursive: true });
    fs.writeFileSync(join(folder, path), text);
  }
  return folder;
}

function run(folder, ...words) {
  const options = { cwd: folder, env: environment, encoding: "utf8" };
  return spawnSync(program, words, options);
}

test("the package is small, and has neither dependencies nor scripts", () => {
  assert.ok(fs.statSync(packed).size < LARGEST);
  const installed = join(home, "node_modules/spec-lsp/package.json");
  const manifest = JSON.parse(fs.readFileSync(installed, "utf8"));
  assert.equal(manifest.dependencies, undefined);
  assert.equal(manifest.scripts, undefined);
  const components = JSON.parse(fs.readFileSync(join(installed, "../sbom.cdx.json"), "utf8"));
  assert.ok(components.components.some(({ name }) => name === "pyodide"));
  assert.equal(run(home, "--version").stdout, `spec-lsp ${manifest.version}\n`);
});

test("there is no Python", () => {
  for (const name of ["python", "python3"]) {
    assert.equal(spawnSync(name, [], { env: environment }).error?.code, "ENOENT");
  }
});

test("documents are checked, twice alike, and the cache is private", () => {
  const folder = project("checked");
  const first = run(folder, "check", "--format", "json");
  assert.equal(first.stderr, "");
  assert.equal(first.status, 1);
  const rules = JSON.parse(first.stdout).diagnostics.map((each) => each.rule);
  assert.ok(rules.includes("invalid-value"), first.stdout);
  assert.ok(rules.includes("broken-link"), first.stdout);
  assert.equal(run(folder, "check", "--format", "json").stdout, first.stdout);
  const cache = join(home, ".cache/spec-lsp");
  const databases = fs.readdirSync(cache).filter((name) => name.endsWith("-wasm.sqlite"));
  assert.equal(databases.length, 1);
  assert.equal(fs.statSync(join(cache, databases[0])).mode & 0o777, 0o600);
});

test("documents are created, and files are fixed in place", () => {
  const folder = project("written");
  const created = run(folder, "new", "note", "Second key");
  assert.equal(created.status, 0, created.stderr);
  assert.match(created.stdout, /Wrote docs\/notes\/NOTE-002-second-key\.md/);
  const fixed = run(folder, "check", "--fix");
  assert.match(fs.readFileSync(join(folder, "docs/notes/NOTE-001-keys.md"), "utf8"), /: Done\n/);
  assert.equal(fixed.stderr, "Applied 1 fix in 1 file\n");
});

test("a wrong configuration is said, by the compiled module", () => {
  const folder = project("configured");
  fs.writeFileSync(join(folder, "spec-lsp.toml"), "builtin = 3\n");
  assert.match(run(folder, "check").stdout, /spec-lsp\.toml:1:\d+: error\[invalid-config\]/);
});

test("a document may come from standard input", () => {
  const folder = project("streamed");
  const options = { cwd: folder, env: environment, encoding: "utf8", input: NOTE };
  const words = ["check", "--stdin-filename", "docs/notes/NOTE-003-x.md"];
  assert.match(spawnSync(program, words, options).stdout, /NOTE-003-x\.md:3:\d+: error/);
});

test("the server ends with 130 at Ctrl+C, and without an error at the exit", async () => {
  const folder = project("served");
  for (const [how, code] of [["signal", 130], ["exit", 0]]) {
    const server = spawn(program, ["serve"], { cwd: folder, env: environment });
    const ended = new Promise((done) => server.on("exit", done));
    const send = (message) => {
      const body = JSON.stringify({ jsonrpc: "2.0", ...message });
      server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    const answer = new Promise((done) => server.stdout.once("data", done));
    send({ id: 1, method: "initialize", params: { capabilities: {}, rootUri: null } });
    assert.match(String(await answer), /"serverInfo": \{"name": "spec-lsp", "version": "[\d.]+\+wasm"/);
    if (how === "signal") {
      server.kill("SIGINT");
    } else {
      send({ id: 2, method: "shutdown" });
      send({ method: "exit" });
    }
    assert.equal(await ended, code);
  }
});
