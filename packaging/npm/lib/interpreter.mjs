// Load the interpreter and give it the disk, the streams and the environment of this process.
import * as fs from "node:fs";
import { fileURLToPath } from "node:url";

import { loadPyodide } from "../py/pyodide.mjs";
import { diskOf } from "./disk.mjs";
import { InputReader } from "./input.mjs";
import { inside, mountDisk } from "./places.mjs";
import { Programs } from "./programs.mjs";
import { openStreams } from "./streams.mjs";

const PY = new URL("../py/", import.meta.url);
const SITE = "/lib/spec-lsp"; // the same folder inside
const FATAL = 70;
const INTERRUPTED = 130;
// Nothing is downloaded: the packages that Pyodide could install are none.
const NO_PACKAGES = JSON.stringify({
  info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten", version: "0", python: "3.14" },
  packages: {},
});

export async function startInterpreter({ shared, signals, size, programs, tell }) {
  const pyodide = await loadPyodide({
    indexURL: fileURLToPath(PY),
    lockFileContents: NO_PACKAGES,
    env: environment(),
    fullStdLib: false,
  });
  const outer = new Programs(programs);
  const input = new InputReader(shared, () => tell({ wanted: true }));
  input.isInterrupted = () => signals[0] !== 0;
  const { FS, ERRNO_CODES } = pyodide;
  const disk = diskOf(FS, ERRNO_CODES);
  openStreams(FS, ERRNO_CODES, input, size);
  FS.mkdirTree(SITE);
  FS.mount(disk, { root: fileURLToPath(PY) }, SITE);
  mountDisk(FS, disk);
  enterFolder(FS);
  pyodide.setInterruptBuffer(signals);
  pyodide.registerJsModule("spec_lsp_node", {
    start: (...given) => outer.start(...given),
    answer: (id) => outer.answer(id),
    wait(milliseconds) {
      input.wait(milliseconds, () => outer.receive());
      return input.isInterrupted();
    },
    watch: (pid) => tell({ watch: pid }),
    user: process.geteuid?.() ?? 0,
  });
  return { run: (words) => run(pyodide, words) };
}

/** Run the program; return its exit code. */
function run(pyodide, words) {
  try {
    pyodide.globals.set("words", pyodide.toPy(words.map((word) => inside(word))));
    return pyodide.runPython(`
import sys
sys.path.insert(0, "${SITE}/site.zip")
from spec_lsp_start import run
run(words)
`);
  } catch (error) {
    // `os._exit` ends the interpreter with an exit status.
    if (typeof error?.status === "number") return error.status;
    if (error?.type === "KeyboardInterrupt") return INTERRUPTED;
    fs.writeSync(2, `spec-lsp: the interpreter failed: ${error?.message ?? error}\n`);
    return FATAL;
  }
}

function enterFolder(FS) {
  try {
    FS.chdir(inside(process.cwd()));
  } catch {
    FS.chdir("/"); // The current folder was deleted.
  }
}

function environment() {
  const values = Object.entries(process.env).map(([name, value]) => [name, inside(value)]);
  return { HOME: inside(process.env.USERPROFILE ?? "/"), ...Object.fromEntries(values) };
}
