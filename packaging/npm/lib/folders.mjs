// The folders of a client that are on no disk: their files in the memory of the interpreter.

const PLACE = "spec-lsp-folder-";

export class Folders {
  /** The messages of the client that are about files, and what handles them. */
  static methods = { "specLsp/folder": "open", "specLsp/texts": "write", "specLsp/changed": "write" };

  constructor(FS) {
    this.FS = FS;
    this.bases = []; // of each folder: the URI of what is around it, and the place inside
  }

  /** Lay out a folder with empty files; the texts of some follow. */
  open({ root, entries }) {
    let folder = this.bases.find((each) => each.root === root);
    if (!folder) {
      const inner = `${PLACE}${this.bases.length}/`;
      folder = { root, base: root.slice(0, root.lastIndexOf("/") + 1), inner };
      this.bases.push(folder);
    }
    this.FS.mkdirTree(this.pathOf(root));
    for (const [path, kind] of entries) {
      if (kind === "folder") this.FS.mkdirTree(this.pathOf(root, path));
      else this.put(this.pathOf(root, path), "");
    }
  }

  /** Write texts; null for what is gone, be it a file or a folder. */
  write({ root, texts }) {
    for (const [path, text] of texts) {
      const place = this.pathOf(root, path);
      if (text === null) this.remove(place);
      else this.put(place, text);
    }
  }

  /** A message with the places inside in its URIs; texts of documents stay as they are. */
  inside(value, key = "") {
    if (typeof value === "string") return /uri$|^directory$/i.test(key) ? this.placed(value) : value;
    if (Array.isArray(value)) return value.map((each) => this.inside(each, key));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.inside(each, name)]));
  }

  /** An answer with the client's URIs: nothing else begins as the places inside do. */
  outside(text) {
    return this.bases.reduce((found, { base, inner }) => found.replaceAll(`file:///${inner}`, base), text);
  }

  placed(uri) {
    const around = ({ root }) => uri === root || uri.startsWith(root.endsWith("/") ? root : `${root}/`);
    const folder = this.bases.find(around);
    return folder ? `file:///${folder.inner}${uri.slice(folder.base.length)}` : uri;
  }

  pathOf(root, path = "") {
    const place = decodeURIComponent(new URL(this.placed(root)).pathname).replace(/\/$/, "");
    return path ? `${place}/${path}` : place;
  }

  put(place, text) {
    this.FS.mkdirTree(place.slice(0, place.lastIndexOf("/")));
    this.FS.writeFile(place, text);
  }

  remove(place) {
    const { exists, object } = this.FS.analyzePath(place);
    if (!exists) return;
    if (!this.FS.isDir(object.mode)) return this.FS.unlink(place);
    for (const name of this.FS.readdir(place)) if (name !== "." && name !== "..") this.remove(`${place}/${name}`);
    this.FS.rmdir(place);
  }
}
