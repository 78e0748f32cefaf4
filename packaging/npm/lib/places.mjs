// Where the disk is inside the interpreter: at the same paths; a drive of Windows is a folder.
import * as fs from "node:fs";

// The interpreter's own; its library is in `/lib`.
const KEPT = new Set(["dev", "lib", "proc"]);
const DRIVE = /^([a-z]):[\\/]/i;

/** A path or a value of a variable as the interpreter sees it: `C:\a` is `/c:/a`, as in URIs. */
export function inside(value, platform = process.platform) {
  if (platform !== "win32" || !DRIVE.test(value)) return value;
  return `/${value[0].toLowerCase()}${value.slice(1).replaceAll("\\", "/")}`;
}

/** The way back, for programs that are started outside. */
export function outside(value, platform = process.platform) {
  return platform === "win32" && DRIVE.test(value.slice(1)) && value[0] === "/"
    ? value.slice(1).replaceAll("/", "\\")
    : value;
}

/** Mount the disk. A link at the top, such as `/tmp` on macOS, stays a link. */
export function mountDisk(FS, disk) {
  FS.chdir("/");
  for (const [name, root] of process.platform === "win32" ? drives() : tops()) {
    const link = linkAt(root);
    removeTree(FS, `/${name}`);
    if (link) {
      FS.symlink(link, `/${name}`);
    } else {
      FS.mkdirTree(`/${name}`);
      FS.mount(disk, { root }, `/${name}`);
    }
  }
}

function tops() {
  const names = fs.readdirSync("/").filter((name) => !KEPT.has(name));
  return names.map((name) => [name, `/${name}`]).filter(([, root]) => isFolder(root));
}

function drives() {
  // Clients write them either way.
  const letters = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  return letters.map((each) => [`${each}:`, `${each}:\\`]).filter(([, root]) => isFolder(root));
}

function isFolder(place) {
  try {
    return fs.statSync(place).isDirectory();
  } catch {
    return false;
  }
}

function linkAt(place) {
  return fs.lstatSync(place).isSymbolicLink() ? fs.readlinkSync(place) : "";
}

/** Remove a folder that the interpreter has made in its own memory. */
function removeTree(FS, path) {
  if (!FS.analyzePath(path).exists) return;
  for (const name of FS.readdir(path)) {
    if (name !== "." && name !== "..") removeTree(FS, `${path}/${name}`);
  }
  FS.rmdir(path);
}
