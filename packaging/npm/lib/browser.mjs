// The server as a worker of a browser: the program in an interpreter, over files in its memory.
//
// The files of a folder are sent by the client (`specLsp/folder`, `specLsp/texts`), and lie at a
// place that no text names, so that URIs in answers can be replaced in their texts. The first
// message brings the parts of the interpreter; every other one is of the protocol.
import createModule from "../py/pyodide.asm.mjs";
import { loadPyodide } from "../py/pyodide.mjs";
import { Folders } from "./folders.mjs";

// Nothing is downloaded: the packages that Pyodide could install are none.
const NO_PACKAGES = JSON.stringify({ info: { abi_version: "2026_0", platform: "emscripten" }, packages: {} });
const SITE = "/lib/spec-lsp";
// What Node does natively: here are no programs, no other process and no waiting.
const NOT_STARTED = -2;
const HOST = {
  start: () => 0,
  answer: () => [NOT_STARTED, new Uint8Array()],
  wait: () => false,
  watch: () => undefined,
  user: 0,
};
const START = `
import sys
sys.path.insert(0, "${SITE}/site.zip")
from spec_lsp_browser import Server
Server`;

let loaded;
let failure;
let server;
let folders;
let timer;
let queue = Promise.resolve();

self.onmessage = ({ data }) => {
  // One after another: the first ones wait until the interpreter is loaded.
  queue = queue.then(() => (folders ? receive(data) : begin(data))).catch((error) => fail(error, data));
};

async function begin(parts) {
  try {
    loaded = await load(parts);
  } catch (error) {
    failure = error;
  }
  folders = new Folders(loaded?.FS);
}

async function receive(message) {
  if (failure) throw failure;
  const { method, params } = message;
  if (method in Folders.methods) {
    folders[Folders.methods[method]](params);
    return;
  }
  const text = JSON.stringify(folders.inside(message));
  if (server) server.receive(text);
  else server = loaded.runPython(START)(text, (answer) => self.postMessage(JSON.parse(folders.outside(answer))));
  turn();
}

/** Let the server work until it has nothing to do; messages come in between. */
function turn() {
  clearTimeout(timer);
  try {
    const wait = server.turn();
    if (typeof wait === "number") timer = setTimeout(turn, wait);
  } catch (error) {
    fail(error);
  }
}

async function load(parts) {
  // Pyodide asks for its parts by address, and is given what was sent.
  const indexURL = "https://parts.invalid/";
  self.fetch = async (request) => {
    const name = String(request.url ?? request).slice(indexURL.length);
    if (!(name in parts)) throw new Error(`${name} is not a part of this program`);
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(parts[name], { headers: { "content-type": type } });
  };
  const python = await loadPyodide({
    indexURL,
    lockFileContents: NO_PACKAGES,
    createPyodideModule: createModule,
    env: { HOME: "/" },
  });
  python.FS.mkdirTree(SITE);
  python.FS.writeFile(`${SITE}/site.zip`, new Uint8Array(parts["site.zip"]));
  python.registerJsModule("spec_lsp_node", HOST);
  return python;
}

/** Say why it does not go on: to a request as its answer, which a client waits for. */
function fail(error, { id } = {}) {
  failure = error;
  const reason = String(error?.message ?? error);
  if (id === undefined) self.postMessage({ jsonrpc: "2.0", method: "specLsp/failed", params: { reason } });
  else self.postMessage({ jsonrpc: "2.0", id, error: { code: -32603, message: reason } });
}
