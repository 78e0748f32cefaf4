// Load the interpreter and give it the disk, the streams and the environment of this process.
import * as fs from "node:fs";
import { fileURLToPath } from "node:url";

import createModule from "../py/pyodide.asm.mjs";
import { loadPyodide } from "../py/pyodide.mjs";
import { diskOf } from "./disk.mjs";
import { InputReader } from "./input.mjs";
import { inside, mountDisk } from "./places.mjs";
import { Programs } from "./programs.mjs";
import { readSnapshot, removeSnapshot } from "./snapshot.mjs";
import { openStreams } from "./streams.mjs";

const PY = new URL("../py/", import.meta.url);
const SITE = "/lib/spec-lsp"; // the same folder inside
const FIND_SITE = `import sys\nsys.path.insert(0, "${SITE}/site.zip")`;
const FATAL = 70;
const INTERRUPTED = 130;
// Nothing is downloaded: the packages that Pyodide could install are none.
const NO_PACKAGES = JSON.stringify({
  info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten", version: "0", python: "3.14" },
  packages: {},
});

export async function startInterpreter({ shared, signals, size, programs, tell }) {
  const { pyodide, isRestored } = await loadOrRestore();
  const outer = new Programs(programs);
  const input = new InputReader(shared, () => tell({ wanted: true }));
  input.isInterrupted = () => signals[0] !== 0;
  const { FS, ERRNO_CODES } = pyodide;
  const disk = diskOf(FS, ERRNO_CODES);
  openStreams(FS, ERRNO_CODES, input, size);
  mountSite(FS, disk);
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
  return { isRestored, run: (words) => run(pyodide, words, isRestored) };
}

/** The memory of an interpreter that has imported the program. */
export async function loadForSnapshot() {
  const pyodide = await load({ _makeSnapshot: true });
  mountSite(pyodide.FS, diskOf(pyodide.FS, pyodide.ERRNO_CODES));
  pyodide.runPython(`${FIND_SITE}\nfrom spec_lsp_start import preload\npreload()`);
  return pyodide.makeMemorySnapshot();
}

async function loadOrRestore() {
  const memory = readSnapshot();
  if (memory) {
    try {
      return { pyodide: await restore(memory), isRestored: true };
    } catch (error) {
      discard(error);
    }
  } else {
    removeSnapshot(); // What is there cannot be used, and would be in the way of another one.
  }
  return { pyodide: await load(), isRestored: false };
}

function restore(memory) {
  // Pyodide does not enlarge the memory of the module to that of the snapshot.
  const createPyodideModule = async (settings) => {
    const module = await createModule(settings);
    const { length } = module.HEAPU8;
    if (length < memory.length && !module.growMemory(memory.length)) throw new Error("no memory");
    return module;
  };
  return load({ _loadSnapshot: memory, createPyodideModule });
}

function load(options = {}) {
  return loadPyodide({
    indexURL: fileURLToPath(PY),
    lockFileContents: NO_PACKAGES,
    env: environment(),
    fullStdLib: false,
    ...options,
  });
}

function mountSite(FS, disk) {
  FS.mkdirTree(SITE);
  FS.mount(disk, { root: fileURLToPath(PY) }, SITE);
}

function discard(error) {
  removeSnapshot();
  fs.writeSync(2, `spec-lsp: the kept memory was not usable: ${error?.message ?? error}\n`);
}

/** Run the program; return its exit code. */
function run(pyodide, words, isRestored) {
  try {
    pyodide.globals.set("words", pyodide.toPy(words.map((word) => inside(word))));
    pyodide.globals.set("environment", isRestored ? pyodide.toPy(environment()) : undefined);
    const start = "from spec_lsp_start import run\nrun(words, environment)";
    return pyodide.runPython(isRestored ? start : `${FIND_SITE}\n${start}`);
  } catch (error) {
    // `os._exit` ends the interpreter with an exit status.
    if (typeof error?.status === "number") return error.status;
    if (error?.type === "KeyboardInterrupt") return INTERRUPTED;
    fs.writeSync(2, `spec-lsp: the interpreter failed: ${error?.message ?? error}\n`);
    if (isRestored) removeSnapshot(); // It may be the reason.
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
