// A VS Code to test with: code-server on this machine only, seen through a headless Chromium.
// Every run has folders of its own; nothing of the user's is read or written.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, "..", "..", "..");
export const extension = join(root, "editors", "vscode");
const editors = process.env.SPEC_LSP_EDITORS ?? join(homedir(), ".cache/spec-lsp-editors");
const server = process.env.CODE_SERVER ?? "cs"; // the folder of the code-server, or of the oldest
const { chromium } = createRequire(join(editors, "drive", "package.json"))("playwright-core");

const SETTINGS = JSON.parse(readFileSync(join(here, "settings.json"), "utf8"));
const CHROMIUM = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** Runs `tests` against a fresh editor, which ends with them however they end; a bare one finds no Python. */
export async function withEditor(tests, { vsix, options = [], isBare = false } = {}) {
  const data = mkdtempSync(join(tmpdir(), "spec-lsp-vscode-"));
  for (const folder of ["user/User", "user/Machine", "home"]) mkdirSync(join(data, folder), { recursive: true });
  writeFileSync(join(data, "config.yaml"), "auth: none\ncert: false\n");
  const port = await freePort();
  const args = ["--config", join(data, "config.yaml"), "--user-data-dir", join(data, "user")];
  args.push("--extensions-dir", join(data, "ext"), "--bind-addr", `127.0.0.1:${port}`);
  const env = {
    ...process.env,
    PATH: isBare ? barePath(data) : process.env.PATH,
    HOME: join(data, "home"),
    XDG_CONFIG_HOME: join(data, "home"),
    XDG_DATA_HOME: join(data, "home"),
    XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
    EXTENSIONS_GALLERY: '{"serviceUrl":"","itemUrl":""}',
  };
  delete env.VIRTUAL_ENV;
  const program = join(editors, server, "bin/code-server");
  if (vsix) await finished(spawn(program, [...args, "--install-extension", vsix], { env, stdio: "ignore" }));
  const quiet = ["--disable-telemetry", "--disable-update-check"];
  // The oldest does not know the others, and does without.
  if (server === "cs") quiet.push("--reconnection-grace-time", "5", ...options);
  const code = spawn(program, [...args, ...quiet], { env, stdio: "ignore" });
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: CHROMIUM });
  try {
    const editor = { base: `http://127.0.0.1:${port}`, data, browser };
    await until(`code-server on port ${port}`, () => answers(`${editor.base}/healthz`), 60_000);
    await tests(editor);
  } finally {
    await browser.close();
    code.kill();
    await finished(code);
    rmSync(data, { recursive: true, force: true });
  }
}

/** A PATH with git, and Node for code-server itself. */
function barePath(data) {
  mkdirSync(join(data, "bin"));
  for (const name of ["git", "node"]) {
    const file = process.env.PATH.split(delimiter).map((entry) => join(entry, name)).find(existsSync);
    symlinkSync(requireFile(file), join(data, "bin", name));
  }
  return join(data, "bin");
}

/** Settings of the user, and those of the machine, which remote windows read elsewhere. */
export function writeSettings({ data }, settings, machine = {}) {
  writeFileSync(join(data, "user/User/settings.json"), JSON.stringify({ ...SETTINGS, ...settings }));
  writeFileSync(join(data, "user/Machine/settings.json"), JSON.stringify(machine));
}

/** A copy of a workspace, at a place whose name is pleasant on pictures. */
export function copyWorkspace({ data }, name = "shop", source = join(here, "workspace")) {
  const folder = join(data, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(source, folder, { recursive: true });
  return folder;
}

/** The server of this checkout, as a program that can be named in the settings; SPEC_LSP names another. */
export function serverProgram({ data }) {
  if (process.env.SPEC_LSP) return process.env.SPEC_LSP;
  const program = join(data, "spec-lsp");
  const python = process.env.PYTHON ?? join(root, ".venv/bin/python");
  writeFileSync(program, `#!/bin/sh\nPYTHONPATH=${root} exec ${python} -m spec_lsp "$@"\n`, { mode: 0o755 });
  return program;
}

/** Waits for something to become true, and says what it waited for when it does not. */
export async function until(what, check, milliseconds = 15_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function requireFile(path) {
  if (!existsSync(path)) throw new Error(`${path} is missing: run editors/tests/vscode/run.sh`);
  return path;
}

/** The text of a file, or nothing as long as there is none. */
export function readText(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function finished(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", resolve));
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
