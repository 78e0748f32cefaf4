// The memory of an interpreter that has imported the program, kept for the next starts.
//
// It is memory that will run, so it is taken only from the cache of the program, which belongs to
// the user and is marked (`storage/cache_folder.py`), and only if the key there has signed it.
import { createHmac, timingSafeEqual } from "node:crypto";
import * as fs from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

const SIGNATURE = 32; // bytes at the end
const KEY = 32;
const ENOUGH = 500_000_000; // bytes that have to be free on the disk
const UNFINISHED = "unfinished"; // also the lock of the process that writes it
const STALE = 60_000; // milliseconds after which that process is taken for dead
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

/** Keep the snapshot that `take` returns, if one is wanted, and remove those of other versions. */
export async function keepSnapshot(take) {
  if (!isWanted()) return;
  const folder = checkedFolder();
  const file = join(folder, UNFINISHED);
  fs.rmSync(file, { force: true }); // It is stale.
  // Where several processes come this far, all but one fail here.
  const handle = fs.openSync(file, "wx", 0o600);
  try {
    const memory = await take();
    fs.writeFileSync(handle, memory);
    fs.writeFileSync(handle, signed(folder, memory));
    fs.renameSync(file, join(folder, ownName()));
  } catch (error) {
    fs.rmSync(file, { force: true });
    throw error;
  } finally {
    fs.closeSync(handle);
  }
  for (const name of fs.readdirSync(folder)) {
    if (OURS.test(name) && name !== ownName()) fs.rmSync(join(folder, name), { force: true });
  }
}

/** Whether there is a place for a snapshot, none in it, and no process that is taking one. */
export function isWanted() {
  return (
    attempt(() => {
      const folder = checkedFolder();
      fs.accessSync(folder, fs.constants.W_OK);
      const { bavail, bsize } = fs.statfsSync(folder);
      const found = (name) => fs.lstatSync(join(folder, name), { throwIfNoEntry: false });
      const isTaken = Date.now() - (found(UNFINISHED)?.mtimeMs ?? 0) < STALE;
      return bavail * bsize > ENOUGH && !found(ownName()) && !isTaken;
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
