// One run of the server as a worker of the browser; the files of each folder are sent to it.
import * as vscode from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type LanguageClientOptions,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { clientOptions, prepared } from "./client";
import type { Run } from "./host";
import { type Files, type Message, MOST, readChanged, readFolder } from "./virtual";

const PARTS = ["pyodide.asm.wasm", "python_stdlib.zip", "site.zip"];
/** Sent by the worker when the interpreter has failed. */
const FAILED = "specLsp/failed";

export function createRun(extension: vscode.Uri, log: vscode.LogOutputChannel, onEnd: () => void): Run {
  const common = clientOptions(log, onEnd);
  let worker: Worker | undefined;
  let failure = "";
  // Not through the client, which sends nothing before `initialize`.
  const tell = (method: string, params: object): void => worker?.postMessage({ jsonrpc: "2.0", method, params });
  const open = async (folder: vscode.Uri): Promise<void> => {
    try {
      for (const [method, params] of await messagesOf(folder)) tell(method, params);
    } catch (error) {
      log.warn(`${folder.toString()} could not be read, so only open documents are checked: ${String(error)}`);
    }
  };
  const update = async (...uris: vscode.Uri[]): Promise<void> => {
    for (const uri of uris) {
      const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
      if (folder) tell(...(await readChanged(folder.toString(), filesOf(folder), pathIn(folder, uri))));
    }
  };
  const options: LanguageClientOptions = {
    ...common,
    middleware: {
      ...common.middleware,
      workspace: {
        // The server has the files before it hears of them.
        didChangeWatchedFile: async (event, next) => {
          await update(vscode.Uri.parse(event.uri));
          return next(event);
        },
        didRenameFiles: async (event, next) => {
          for (const { oldUri, newUri } of event.files) await update(oldUri, newUri);
          return next(event);
        },
        didChangeWorkspaceFolders: async (event, next) => {
          for (const { uri } of event.added) await open(uri);
          return next(event);
        },
      },
    },
  };
  const start = async (): Promise<MessageTransports> => {
    worker = await createWorker(extension);
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) await open(uri);
    // The worker of an extension host is of a class of its own, which the client would not know.
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  const client = prepared(new LanguageClient("spec-lsp", "spec-lsp", start, options));
  client.onNotification(FAILED, ({ reason }: { reason: string }) => {
    failure = reason;
    worker?.terminate();
    onEnd();
  });
  client.onDidChangeState(({ newState }) => newState === 1 && worker?.terminate());
  return { client, lastLines: async () => failure };
}

/** What the server is told of a folder; of one that is too large, only that it is there. */
async function messagesOf(folder: vscode.Uri): Promise<Message[]> {
  const root = folder.toString();
  const messages = await readFolder(root, filesOf(folder));
  if (messages) return messages;
  void vscode.window.showWarningMessage(
    `${folder.path} is too large to be read in a browser (${MOST.documents} documents, ` +
      `${MOST.bytes / 1e6} MB): only open documents are checked`,
  );
  return [["specLsp/folder", { root, entries: [] }]];
}

function filesOf(folder: vscode.Uri): Files {
  const uriOf = (path: string) => vscode.Uri.joinPath(folder, path);
  return {
    list: async (path) =>
      (await vscode.workspace.fs.readDirectory(uriOf(path))).map(([name, kind]) => ({
        name,
        isFolder: (kind & vscode.FileType.Directory) !== 0,
        isLink: (kind & vscode.FileType.SymbolicLink) !== 0,
      })),
    read: async (path) => {
      try {
        return new TextDecoder().decode(await vscode.workspace.fs.readFile(uriOf(path)));
      } catch {
        return null; // It is a folder, or gone again.
      }
    },
  };
}

/** The path of a file in a folder. */
function pathIn(folder: vscode.Uri, uri: vscode.Uri): string {
  return uri.path.slice(folder.path.replace(/\/$/, "").length + 1);
}

/** The worker with the interpreter in it; its parts are those of the extension. */
async function createWorker(extension: vscode.Uri): Promise<Worker> {
  const read = (...path: string[]) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, ...path));
  const [script, ...parts] = await Promise.all([
    read("dist", "worker.js"),
    ...PARTS.map((name) => read("bundled", "npm", "py", name)),
  ]);
  // A script of the extension may be on another host, from which no worker starts.
  const address = URL.createObjectURL(new Blob([script as BlobPart], { type: "text/javascript" }));
  const worker = new Worker(address);
  worker.postMessage(Object.fromEntries(PARTS.map((name, index) => [name, parts[index]])));
  return worker;
}
