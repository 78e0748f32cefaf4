// The disk as a file system of the interpreter: every call asks the disk, no state is kept.
//
// Emscripten's own NODEFS keeps the type of every path that it has seen, so it misses what other
// programs change; it shortens times to milliseconds, numbers files by itself, and deletes the
// target before it renames.
import * as fs from "node:fs";

const MODE_WITHOUT_TYPE = 0o7777;
const OWN_FLAGS = { O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_APPEND: 0o2000 };

/** The file system type `disk`, for `FS.mount(type, { root }, mountpoint)`. */
export function diskOf(FS, errors) {
  const asked = (action) => {
    try {
      return action();
    } catch (error) {
      if (error.code === undefined) throw error;
      throw new FS.ErrnoError(errors[error.code] ?? errors.EINVAL);
    }
  };
  const node = (parent, name, mode) => {
    // Not `FS.createNode`, which would keep it under its name.
    const made = new FS.FSNode(parent, name, mode, 0);
    made.node_ops = nodeOps;
    made.stream_ops = streamOps;
    return made;
  };
  const below = (parent, name) => `${placeOf(parent)}/${name}`;
  const nodeOps = {
    getattr: (each) => asked(() => statusOf(fs.lstatSync(placeOf(each)))),
    setattr(each, attributes) {
      const place = placeOf(each);
      asked(() => change(place, attributes, fs.chmodSync, fs.truncateSync, fs.utimesSync));
    },
    lookup: (parent, name) =>
      asked(() => node(parent, name, fs.lstatSync(below(parent, name)).mode)),
    mknod(parent, name, mode) {
      const place = below(parent, name);
      asked(() => {
        if (FS.isDir(mode)) fs.mkdirSync(place, mode & MODE_WITHOUT_TYPE);
        // Private until it is opened; `FS.open` sets the mode afterwards.
        else fs.writeFileSync(place, "", { flag: "wx", mode: 0o600 });
      });
      return node(parent, name, mode);
    },
    rename(old, parent, name) {
      asked(() => fs.renameSync(placeOf(old), below(parent, name)));
      old.name = name;
    },
    unlink: (parent, name) => asked(() => fs.unlinkSync(below(parent, name))),
    rmdir: (parent, name) => asked(() => fs.rmdirSync(below(parent, name))),
    readdir: (each) => asked(() => [".", "..", ...fs.readdirSync(placeOf(each))]),
    symlink: (parent, name, target) => asked(() => fs.symlinkSync(target, below(parent, name))),
    readlink: (each) => asked(() => fs.readlinkSync(placeOf(each))),
  };
  const streamOps = {
    getattr: (stream) => asked(() => statusOf(fs.fstatSync(stream.handle))),
    setattr(stream, attributes) {
      asked(() =>
        change(stream.handle, attributes, fs.fchmodSync, fs.ftruncateSync, fs.futimesSync),
      );
    },
    open(stream) {
      stream.shared.refcount = 1;
      stream.handle = asked(() => fs.openSync(placeOf(stream.node), flagsOf(stream.flags)));
    },
    dup(stream) {
      stream.shared.refcount += 1;
    },
    close(stream) {
      stream.shared.refcount -= 1;
      if (!stream.shared.refcount) asked(() => fs.closeSync(stream.handle));
    },
    read: (stream, buffer, offset, length, position) =>
      asked(() => fs.readSync(stream.handle, buffer, offset, length, position)),
    write: (stream, buffer, offset, length, position) =>
      asked(() => fs.writeSync(stream.handle, buffer, offset, length, position)),
    fsync: (stream) => asked(() => fs.fsyncSync(stream.handle)) ?? 0,
    llseek(stream, offset, whence) {
      const starts = [0, stream.position, whence === 2 ? fs.fstatSync(stream.handle).size : 0];
      const position = starts[whence] + offset;
      if (position < 0) throw new FS.ErrnoError(errors.EINVAL);
      return position;
    },
  };
  return { mount: ({ opts }) => node(null, "/", fs.lstatSync(opts.root).mode) };
}

/** The path on the disk: the folder that was mounted, and the names below it. */
function placeOf(node) {
  const names = [];
  let each = node;
  for (; each.parent !== each; each = each.parent) names.unshift(each.name);
  return [each.mount.opts.root.replace(/[\\/]$/, ""), ...names].join("/");
}

function statusOf(status) {
  // Emscripten calls `getTime`; whole milliseconds, as `Date` has them, would be too coarse.
  const time = (milliseconds) => ({ getTime: () => milliseconds });
  const { dev, ino, mode, nlink, uid, gid, rdev, size, blocks } = status;
  return {
    dev, ino, mode, nlink, uid, gid, rdev, size,
    blocks: blocks ?? Math.ceil(size / 512),
    atime: time(status.atimeMs),
    mtime: time(status.mtimeMs),
    ctime: time(status.ctimeMs),
  };
}

function change(target, { mode, size, atime, mtime }, chmod, truncate, utimes) {
  if (mode !== undefined) chmod(target, mode & MODE_WITHOUT_TYPE);
  if (size !== undefined) truncate(target, size);
  if (typeof atime === "number" && typeof mtime === "number") {
    utimes(target, atime / 1000, mtime / 1000);
  }
}

/** The flags of this system; `FS.open` has created, emptied and followed links already. */
function flagsOf(flags) {
  const names = ["O_RDONLY", "O_WRONLY", "O_RDWR"];
  const append = flags & OWN_FLAGS.O_APPEND ? fs.constants.O_APPEND : 0;
  return fs.constants[names[flags & 3]] | append;
}
