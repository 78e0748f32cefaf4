// The memory that is kept for the next starts: it is used when it is right, and never otherwise.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const LIB = fileURLToPath(new URL("../../../build/npm/package/lib/", import.meta.url));
const PROGRAM = join(LIB, "../bin/spec-lsp.mjs");
const cache = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), "spec-lsp-snapshot-")));
const folder = join(cache, "spec-lsp");
const env = { ...process.env, SPEC_LSP_CACHE: cache, CI: "1" }; // There, a check keeps nothing.
process.env.SPEC_LSP_CACHE = cache;
const { isWanted, keepSnapshot, readSnapshot } = await import(join(LIB, "snapshot.mjs"));

const WORDS = [PROGRAM, "check", "--format", "json"];
const check = (more = {}) => spawnSync("node", WORDS, { cwd: project, env: { ...env, ...more } });
const files = () => fs.readdirSync(folder).filter((name) => /snapshot|unfinished/.test(name));
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

test("memory that does not run is said, removed, and done without", async () => {
  fs.rmSync(kept);
  await keepSnapshot(() => Buffer.alloc(1_000_000, 7));
  const result = check();
  assert.match(String(result.stderr), /the kept memory was not usable/);
  assert.match(String(result.stdout), /invalid-config/);
  assert.deepEqual(files(), []);
});

test("memory that was not signed here is removed", () => {
  fs.writeFileSync(kept, Buffer.alloc(1000));
  assert.equal(String(check().stderr), "");
  assert.deepEqual(files(), []);
});

test("of several processes one keeps memory, and none that fails leaves anything", async () => {
  let count = 0;
  const take = async () => {
    count += 1;
    assert.equal(isWanted(), false);
    await setTimeout(10);
    return Buffer.alloc(10);
  };
  await Promise.all([keepSnapshot(take), keepSnapshot(take)]);
  assert.equal(count, 1);
  fs.rmSync(kept);
  // The one that was killed left this.
  fs.writeFileSync(join(folder, "unfinished"), "");
  await keepSnapshot(take);
  assert.equal(count, 1);
  fs.utimesSync(join(folder, "unfinished"), 0, 0);
  await keepSnapshot(take);
  assert.deepEqual(files(), [basename(kept)]);
  fs.rmSync(kept);
  const full = Object.assign(new Error(), { code: "ENOSPC" });
  await assert.rejects(keepSnapshot(() => Promise.reject(full)), full);
  assert.deepEqual(files(), []);
});

test("a check keeps memory for the next one", async () => {
  check({ CI: "" });
  while (!fs.existsSync(kept)) await setTimeout(100);
  assert.ok(readSnapshot());
});

test("a check works where the disk is full or cannot be written", (t) => {
  const mounted = (how, then) => {
    // A disk of its own, in a namespace of its own.
    const script = `mount -t tmpfs -o size=60m none '${cache}/disk' && cp -a '${folder}' '${cache}/disk' && ${how} && exec "$0" "$@"`;
    const words = ["-rm", "sh", "-c", script, ...then];
    return spawnSync("unshare", words, { cwd: project, env: { ...env, CI: "", SPEC_LSP_CACHE: join(cache, "disk") } });
  };
  fs.mkdirSync(join(cache, "disk"));
  if (mounted("true", ["true"]).status !== 0) return t.skip("nothing can be mounted here");
  const expected = String(check().stdout);
  const fill = `(head -c 100m /dev/zero > '${cache}/disk/fill' || true) 2> /dev/null`;
  const cold = `rm '${cache}/disk/spec-lsp/'*.snapshot`;
  const locked = `mount -o remount,ro '${cache}/disk'`;
  for (const how of [fill, locked, `${cold} && ${fill}`, `${cold} && ${locked}`]) {
    assert.equal(String(mounted(how, ["node", ...WORDS]).stdout), expected, how);
  }
});

test("only the newest version is kept", async () => {
  fs.rmSync(kept);
  fs.writeFileSync(join(folder, `${"0".repeat(20)}.snapshot`), "");
  await keepSnapshot(() => Buffer.alloc(10));
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
