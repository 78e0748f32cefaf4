// The files of a folder that the editor alone can read, as the messages that the worker gets.
import * as vscode from "vscode";

/** Beyond them, only open documents are checked. */
const MOST = { entries: 20_000, documents: 2_000, bytes: 20_000_000 };
const LOT = 50; // texts in one message
/** What the server may read; of other files it has to know that they are there. */
const READ = /\.(md|markdown|txt|toml|ya?ml|json)$|(^|\/)\.[\w.-]+$/i;
const DOCUMENT = /\.(md|markdown)$/i;
const LEFT_OUT = new Set([".git", ".hg", ".svn", "node_modules"]);

type Entry = [path: string, kind: "file" | "folder"];
type Message = [method: string, params: object];

/** What is in a folder, and its texts; nothing if it is too large, of which the user is told. */
export async function readFolder(folder: vscode.Uri): Promise<Message[]> {
  const root = folder.toString();
  const entries = await list(folder);
  const documents = entries.filter(([path]) => DOCUMENT.test(path)).length;
  const texts = entries.length > MOST.entries || documents > MOST.documents ? undefined : await read(folder, entries);
  if (!texts) {
    void vscode.window.showWarningMessage(
      `${folder.path} is too large to be read in a browser (${MOST.documents} documents, ` +
        `${MOST.bytes / 1e6} MB): only open documents are checked`,
    );
    return [["specLsp/folder", { root, entries: [] }]];
  }
  const lots = Array.from({ length: Math.ceil(texts.length / LOT) }, (_, at) => texts.slice(at * LOT, (at + 1) * LOT));
  const messages = lots.map((lot): Message => ["specLsp/texts", { root, texts: lot }]);
  return [["specLsp/folder", { root, entries }], ...messages];
}

export async function readText(uri: vscode.Uri): Promise<string | null> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null; // It is a folder, or gone again.
  }
}

/** The path of a file in a folder. */
export function pathIn(folder: vscode.Uri, uri: vscode.Uri): string {
  return uri.path.slice(folder.path.replace(/\/$/, "").length + 1);
}

/** Files and folders, breadth first, until there are too many. */
async function list(folder: vscode.Uri): Promise<Entry[]> {
  const found: Entry[] = [];
  const waiting = [""];
  for (let path = waiting.shift(); path !== undefined && found.length <= MOST.entries; path = waiting.shift()) {
    for (const [name, kind] of await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(folder, path))) {
      const inner = path ? `${path}/${name}` : name;
      const isFolder = (kind & vscode.FileType.Directory) !== 0;
      if (LEFT_OUT.has(name)) continue;
      found.push([inner, isFolder ? "folder" : "file"]);
      // A link may lead back to where it is.
      if (isFolder && !(kind & vscode.FileType.SymbolicLink)) waiting.push(inner);
    }
  }
  return found;
}

/** The texts that the server may ask for; undefined if they are too large. */
async function read(folder: vscode.Uri, entries: readonly Entry[]): Promise<[string, string][] | undefined> {
  const texts: [string, string][] = [];
  let size = 0;
  const wanted = entries.filter(([path, kind]) => kind === "file" && READ.test(path));
  for (let at = 0; at < wanted.length; at += LOT) {
    const lot = wanted.slice(at, at + LOT).map(async ([path]): Promise<[string, string | null]> =>
      [path, await readText(vscode.Uri.joinPath(folder, path))]);
    for (const [path, text] of await Promise.all(lot)) {
      if (text !== null) texts.push([path, text]);
      size += text?.length ?? 0;
    }
    if (size > MOST.bytes) return undefined;
  }
  return texts;
}
