// The memory that is kept for the next starts: it is used when it is right, and never otherwise.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";

const LIB = fileURLToPath(new URL("../../../build/npm/package/lib/", import.meta.url));
const PROGRAM = join(LIB, "../bin/spec-lsp.mjs");
const cache = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), "spec-lsp-snapshot-")));
const folder = join(cache, "spec-lsp");
const env = { ...process.env, SPEC_LSP_CACHE: cache };
process.env.SPEC_LSP_CACHE = cache;
const { isWanted, keepSnapshot, readSnapshot } = await import(join(LIB, "snapshot.mjs"));

const check = () => spawnSync("node", [PROGRAM, "check", "--format", "json"], { cwd: project, env });
const files = () => fs.readdirSync(folder).filter((name) => /snapshot|^new-/.test(name));
const project = join(cache, "project");
let kept;

before(() => {
  fs.mkdirSync(project);
  fs.writeFileSync(join(project, "spec-lsp.toml"), "");
  fs.writeFileSync(join(project, "DEC-001-x.md"), "# Decision: Größe\n\n**ID**: DEC-001\n");
  assert.equal(isWanted(), false); // There is no folder that the program has marked.
  check();
});

test("a check from kept memory says what a cold one says, also where pydantic is needed", () => {
  const cold = check();
  assert.equal(spawnSync("node", [join(LIB, "take.mjs")], { env }).status, 0);
  const names = files();
  assert.equal(names.length, 1);
  kept = join(folder, names[0]);
  assert.equal(fs.statSync(kept).mode & 0o777, 0o600);
  const warm = check();
  assert.equal(String(warm.stderr), "");
  assert.equal(String(warm.stdout), String(cold.stdout));
  fs.writeFileSync(join(project, "spec-lsp.toml"), "builtin = 3\n");
  assert.match(String(check().stdout), /invalid-config/);
});

test("memory that was cut, changed, linked or is open to others is not used", () => {
  const memory = readSnapshot();
  assert.ok(memory);
  const whole = fs.readFileSync(kept);
  const changed = Buffer.from(whole);
  changed[12_345] ^= 1;
  for (const data of [whole.subarray(0, -1), whole.subarray(1), changed, Buffer.alloc(0)]) {
    fs.writeFileSync(kept, data);
    assert.equal(readSnapshot(), undefined);
  }
  fs.writeFileSync(kept, whole);
  for (const path of [kept, folder]) {
    const { mode } = fs.statSync(path);
    fs.chmodSync(path, mode | 0o022);
    assert.equal(readSnapshot(), undefined);
    fs.chmodSync(path, mode);
  }
  fs.renameSync(kept, join(cache, "elsewhere"));
  fs.symlinkSync(join(cache, "elsewhere"), kept);
  assert.equal(readSnapshot(), undefined);
  assert.equal(isWanted(), false);
  fs.rmSync(kept);
  assert.equal(isWanted(), true);
  // Another key has signed it.
  fs.renameSync(join(cache, "elsewhere"), kept);
  fs.chmodSync(join(folder, "key"), 0o600);
  fs.writeFileSync(join(folder, "key"), Buffer.alloc(32));
  assert.equal(readSnapshot(), undefined);
  fs.chmodSync(join(folder, "key"), 0o400);
  assert.equal(readSnapshot(), undefined);
});

test("memory that does not run is said, removed, and done without", () => {
  keepSnapshot(Buffer.alloc(1_000_000, 7));
  const result = check();
  assert.match(String(result.stderr), /the kept memory was not usable/);
  assert.match(String(result.stdout), /invalid-config/);
  assert.deepEqual(files(), []);
});

test("only the newest version is kept", () => {
  fs.writeFileSync(join(folder, `${"0".repeat(20)}.snapshot`), "");
  keepSnapshot(Buffer.alloc(10));
  assert.equal(files().length, 1);
  assert.equal(readSnapshot().length, 10);
});

test("without a cache there is no snapshot", () => {
  for (const value of ["off", "relative"]) {
    process.env.SPEC_LSP_CACHE = value;
    assert.equal(isWanted(), false);
    assert.equal(readSnapshot(), undefined);
  }
  fs.rmSync(cache, { recursive: true });
});
