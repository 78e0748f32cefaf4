// The files of a folder that the editor alone can read, as the messages that the worker gets.

/** Beyond them, only open documents are checked. */
export const MOST = { entries: 20_000, documents: 2_000, bytes: 20_000_000 };
const LOT = 50; // texts in one message
/** What the server may read; of other files it has to know that they are there. */
const READ = /\.(md|markdown|txt|toml|ya?ml|json)$|(^|\/)\.[\w.-]+$/i;
const DOCUMENT = /\.(md|markdown)$/i;
const LEFT_OUT = new Set([".git", ".hg", ".svn", "node_modules"]);

/** The files of one folder, by their paths in it. */
export interface Files {
  list: (path: string) => Promise<Named[]>;
  /** Null for what is no file. */
  read: (path: string) => Promise<string | null>;
}

export interface Named {
  name: string;
  isFolder: boolean;
  isLink: boolean;
}

type Entry = [path: string, kind: "file" | "folder"];
type Text = [path: string, text: string];
export type Message = [method: string, params: object];

/** What is in a folder, and its texts; undefined if it is too large. */
export async function readFolder(root: string, files: Files): Promise<Message[] | undefined> {
  const entries = await list(files, "");
  const documents = entries.filter(([path]) => DOCUMENT.test(path)).length;
  if (entries.length > MOST.entries || documents > MOST.documents) return undefined;
  const texts = await read(files, entries);
  if (!texts) return undefined;
  const lots = Array.from({ length: Math.ceil(texts.length / LOT) }, (_, at) => texts.slice(at * LOT, (at + 1) * LOT));
  return [["specLsp/folder", { root, entries }], ...lots.map((lot): Message => ["specLsp/texts", { root, texts: lot }])];
}

/** What is at a path now: a text, those of a whole folder, or nothing. */
export async function readChanged(root: string, files: Files, path: string): Promise<Message> {
  const text = await files.read(path);
  const entries = text === null ? await list(files, path).catch(() => []) : [];
  const empty = entries.filter(([, kind]) => kind === "file").map(([inner]) => [inner, ""]);
  const texts = entries.length ? [...empty, ...((await read(files, entries)) ?? [])] : [[path, text]];
  return ["specLsp/changed", { root, texts }];
}

/** Files and folders below a path, breadth first, until there are too many. */
async function list(files: Files, top: string): Promise<Entry[]> {
  const found: Entry[] = [];
  const waiting = [top];
  for (let path = waiting.shift(); path !== undefined && found.length <= MOST.entries; path = waiting.shift()) {
    for (const { name, isFolder, isLink } of await files.list(path)) {
      const inner = path ? `${path}/${name}` : name;
      if (LEFT_OUT.has(name)) continue;
      found.push([inner, isFolder ? "folder" : "file"]);
      // A link may lead back to where it is.
      if (isFolder && !isLink) waiting.push(inner);
    }
  }
  return found;
}

/** The texts that the server may ask for; undefined if they are too large. */
async function read(files: Files, entries: readonly Entry[]): Promise<Text[] | undefined> {
  const texts: Text[] = [];
  let size = 0;
  const wanted = entries.filter(([path, kind]) => kind === "file" && READ.test(path));
  for (let at = 0; at < wanted.length; at += LOT) {
    const lot = wanted.slice(at, at + LOT).map(async ([path]) => [path, await files.read(path)] as const);
    for (const [path, text] of await Promise.all(lot)) {
      if (text !== null) texts.push([path, text]);
      size += text?.length ?? 0;
    }
    if (size > MOST.bytes) return undefined;
  }
  return texts;
}
