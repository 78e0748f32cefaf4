// Proxy between an editor and vscode-markdown-languageserver; does what VS Code does for the server:
// finds, reads and parses files. All other messages pass through.
// Usage: node markdown_host.cjs FOLDER-WITH-NODE-MODULES

"use strict";

const { spawn } = require("node:child_process");
const fs = require("node:fs/promises");
const { createRequire } = require("node:module");
const path = require("node:path");
const { fileURLToPath, pathToFileURL } = require("node:url");

const installed = path.resolve(process.argv[2]);
const load = createRequire(path.join(installed, "package.json"));
const { StreamMessageReader, StreamMessageWriter } = load("vscode-jsonrpc/node");
const markdown = load("markdown-it")({ html: true });
const program = "node_modules/vscode-markdown-languageserver/dist/node/workerMain.js";

const server = spawn(process.execPath, [path.join(installed, program), "--stdio"], {
  stdio: ["pipe", "pipe", "inherit"],
});
const toServer = new StreamMessageWriter(server.stdin);
const toEditor = new StreamMessageWriter(process.stdout);
let folders = [];

const answers = {
  "markdown/parse": async ({ uri, text }) => markdown.parse(text ?? (await read(uri)), {}),
  "markdown/fs/readFile": async ({ uri }) => [...(await fs.readFile(fileURLToPath(uri)))],
  "markdown/fs/readDirectory": async ({ uri }) => {
    const entries = await fs.readdir(fileURLToPath(uri), { withFileTypes: true });
    return entries.map((entry) => [entry.name, { isDirectory: entry.isDirectory() }]);
  },
  "markdown/fs/stat": async ({ uri }) => {
    const found = await fs.stat(fileURLToPath(uri)).catch(() => undefined);
    return found && { isDirectory: found.isDirectory() };
  },
  "markdown/fs/watcher/create": async () => null,
  "markdown/fs/watcher/delete": async () => null,
  "markdown/findMarkdownFilesInWorkspace": async () => (await Promise.all(folders.map(find))).flat(),
};

function read(uri) {
  return fs.readFile(fileURLToPath(uri), "utf8");
}

async function find(folder) {
  const names = await fs.readdir(fileURLToPath(folder), { recursive: true });
  const base = fileURLToPath(folder);
  const wanted = names.filter((name) => name.endsWith(".md"));
  return wanted.map((name) => pathToFileURL(path.join(base, name)).href);
}

new StreamMessageReader(process.stdin).listen((message) => {
  if (message.method === "initialize") {
    folders = message.params.workspaceFolders.map((folder) => folder.uri);
  }
  toServer.write(message);
});

new StreamMessageReader(server.stdout).listen(async (message) => {
  const answer = message.id !== undefined && answers[message.method];
  if (!answer) {
    toEditor.write(message);
    return;
  }
  const reply = { jsonrpc: "2.0", id: message.id };
  try {
    reply.result = (await answer(message.params)) ?? null;
  } catch (error) {
    reply.error = { code: -32603, message: String(error) };
  }
  toServer.write(reply);
});

server.on("exit", (code) => process.exit(code ?? 1));
