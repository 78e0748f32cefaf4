// Offers a folder in memory, `memory:/shop`, as an extension for a code host does.
const vscode = require("vscode");

const FILES = WORKSPACE; // replaced when bundled: the test workspace, path by path
const changes = new vscode.EventEmitter();
const files = new Map(Object.entries(FILES).map(([path, text]) => [`/shop/${path}`, new TextEncoder().encode(text)]));
const folders = new Set(["/", "/shop"]);
for (const path of files.keys()) addFolders(path);

function addFolders(path) {
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) folders.add(path.slice(0, at));
}

function missing(uri) {
  return vscode.FileSystemError.FileNotFound(uri);
}

/** A file or a folder, with what is in it. */
const below = ({ path }) => [...files.keys(), ...folders].filter((each) => each === path || each.startsWith(`${path}/`));

const told = (type, ...uris) => changes.fire(uris.map((uri) => ({ type, uri })));

const provider = {
  onDidChangeFile: changes.event,
  watch: () => ({ dispose() {} }),
  stat(uri) {
    const size = files.get(uri.path)?.length ?? 0;
    if (files.has(uri.path)) return { type: vscode.FileType.File, ctime: 0, mtime: Date.now(), size };
    if (folders.has(uri.path)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size };
    throw missing(uri);
  },
  readDirectory(uri) {
    const start = uri.path === "/" ? "/" : `${uri.path}/`;
    const inside = (path) => path.startsWith(start) && path !== start && !path.slice(start.length).includes("/");
    const named = (paths, type) => [...paths].filter(inside).map((path) => [path.slice(start.length), type]);
    return [...named(files.keys(), vscode.FileType.File), ...named(folders, vscode.FileType.Directory)];
  },
  readFile(uri) {
    if (!files.has(uri.path)) throw missing(uri);
    return files.get(uri.path);
  },
  writeFile(uri, content) {
    const isNew = !files.has(uri.path);
    files.set(uri.path, content);
    addFolders(uri.path);
    told(isNew ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed, uri);
  },
  createDirectory: (uri) => void folders.add(uri.path),
  delete(uri) {
    for (const path of below(uri)) files.delete(path) || folders.delete(path);
    told(vscode.FileChangeType.Deleted, uri);
  },
  rename(old, uri) {
    const moved = below(old);
    if (!moved.length) throw missing(old);
    for (const path of moved) {
      const target = uri.path + path.slice(old.path.length);
      if (files.has(path)) files.set(target, files.get(path));
      else folders.add(target);
      files.delete(path) || folders.delete(path);
      addFolders(target);
    }
    told(vscode.FileChangeType.Deleted, old);
    told(vscode.FileChangeType.Created, uri);
  },
};

exports.offerFolder = () => vscode.workspace.registerFileSystemProvider("memory", provider, { isCaseSensitive: true });
