// One run of the server as a worker of the browser; the files of each folder are sent to it.
import * as vscode from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  FileChangeType,
  LanguageClient,
  type LanguageClientOptions,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { clientOptions, prepared } from "./client";
import type { Run } from "./host";
import { pathIn, readFolder, readText } from "./virtual";

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
      for (const [method, params] of await readFolder(folder)) tell(method, params);
    } catch (error) {
      log.warn(`${folder.toString()} could not be read, so only open documents are checked: ${String(error)}`);
    }
  };
  const options: LanguageClientOptions = {
    ...common,
    middleware: {
      ...common.middleware,
      workspace: {
        // The server has the files before it hears of them.
        didChangeWatchedFile: async (event, next) => {
          const uri = vscode.Uri.parse(event.uri);
          const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
          const text = event.type === FileChangeType.Deleted ? null : await readText(uri);
          if (folder) tell("specLsp/changed", { root: folder.toString(), texts: [[pathIn(folder, uri), text]] });
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
