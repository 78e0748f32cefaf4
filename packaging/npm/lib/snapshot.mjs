// The memory of an interpreter that has imported the program, kept for the next starts.
//
// It is memory that will run, so it is taken only from the cache of the program, which belongs to
// the user and is marked (`storage/cache_folder.py`), and only if the key there has signed it.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import * as fs from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

const SIGNATURE = 32; // bytes at the end
const KEY = 32;
const ENOUGH = 500_000_000; // bytes that have to be free on the disk
const IDENTITY = new URL("../py/identity.txt", import.meta.url);
const OURS = /^[0-9a-f]{20}\.snapshot$/;
const { O_RDONLY, O_NOFOLLOW = 0 } = fs.constants;

/** The snapshot of this version; undefined if there is none that is safe to use. */
export function readSnapshot() {
  return attempt(() => {
    const folder = checkedFolder();
    const data = readSafely(join(folder, ownName()));
    const memory = data.subarray(0, -SIGNATURE);
    return timingSafeEqual(signed(folder, memory), data.subarray(-SIGNATURE)) ? memory : undefined;
  });
}

/** Keep a snapshot, and remove those of other versions. */
export function keepSnapshot(memory) {
  const folder = checkedFolder();
  const file = join(folder, `new-${randomBytes(8).toString("hex")}`);
  try {
    fs.writeFileSync(file, memory, { flag: "wx", mode: 0o600 });
    fs.appendFileSync(file, signed(folder, memory));
    fs.renameSync(file, join(folder, ownName()));
  } catch (error) {
    fs.rmSync(file, { force: true });
    throw error;
  }
  for (const name of fs.readdirSync(folder)) {
    if (OURS.test(name) && name !== ownName()) fs.rmSync(join(folder, name), { force: true });
  }
}

/** Whether there is a place for a snapshot, and none in it. */
export function isWanted() {
  return (
    attempt(() => {
      const folder = checkedFolder();
      fs.accessSync(folder, fs.constants.W_OK);
      const { bavail, bsize } = fs.statfsSync(folder);
      const file = join(folder, ownName());
      return bavail * bsize > ENOUGH && !fs.lstatSync(file, { throwIfNoEntry: false });
    }) ?? false
  );
}

/** Remove what did not work. */
export function removeSnapshot() {
  attempt(() => fs.rmSync(join(checkedFolder(), ownName()), { force: true }));
}

/** The cache folder, as the interpreter finds it too; it must exist, because the program marks it. */
function checkedFolder() {
  const { SPEC_LSP_CACHE, XDG_CACHE_HOME } = process.env;
  const usual = XDG_CACHE_HOME?.trim() || join(homedir(), ".cache");
  const base = SPEC_LSP_CACHE || usual;
  if (!isAbsolute(base)) throw new Error("the cache is off");
  const folder = join(base, "spec-lsp");
  const status = fs.lstatSync(folder);
  if (!status.isDirectory()) throw new Error("not a folder");
  check(status, 0o022);
  readSafely(join(folder, "CACHEDIR.TAG"), 0o022);
  return folder;
}

function signed(folder, memory) {
  // Read-only, as no file of a clone is.
  const key = readSafely(join(folder, "key"), 0o277);
  if (key.length !== KEY) throw new Error("not a key");
  return createHmac("sha256", key).update(memory).digest();
}

function readSafely(file, forbidden = 0o077) {
  const handle = fs.openSync(file, O_RDONLY | O_NOFOLLOW);
  try {
    const status = fs.fstatSync(handle);
    if (!status.isFile()) throw new Error("not a file");
    check(status, forbidden);
    return fs.readFileSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Windows tells neither owners nor the permissions of others. */
function check({ uid, mode }, forbidden) {
  if (process.geteuid && (uid !== process.geteuid() || mode & forbidden)) {
    throw new Error("others can write it");
  }
}

function ownName() {
  return `${fs.readFileSync(IDENTITY, "utf8").trim()}.snapshot`;
}

function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}
