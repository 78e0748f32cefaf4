// Runs web/index.js in the extension host of a browser: the extension, and a folder on no disk.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { extension, requireFile, root, withEditor, writeSettings } from "./harness.mjs";
import { pick, shot } from "./screen.mjs";

const here = join(root, "editors/tests/vscode");
const workspace = join(here, "workspace");
const { build } = createRequire(join(extension, "package.json"))("esbuild");

requireFile(join(extension, "dist/worker.js"));
const files = readdirSync(workspace, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
const texts = files.map(({ parentPath, name }) => join(parentPath, name)).map((path) => [path.slice(workspace.length + 1), readFileSync(path, "utf8")]);
await build({
  entryPoints: [join(here, "web/index.js")],
  outfile: join(here, "web/dist/index.js"),
  bundle: true,
  format: "cjs",
  platform: "browser",
  external: ["vscode"],
  alias: { "node:assert/strict": join(here, "web/assert.js") },
  define: { WORKSPACE: JSON.stringify(Object.fromEntries(texts)) },
});

/** The extension without what only desktops run: this editor has both hosts, and would choose that. */
function asInBrowser({ data }) {
  const folder = join(data, "extension");
  mkdirSync(join(folder, "bundled/npm"), { recursive: true });
  const { main, ...manifest } = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  for (const name of ["dist", "media", "bundled/npm/py"]) cpSync(join(extension, name), join(folder, name), { recursive: true });
  return folder;
}

/** Of the commands that run the program, those in the palette. */
async function offered(page) {
  const found = [];
  for (const title of ["Check All Documents", "Initialize Folder", "Show Report", "Record Problems as Known", "Use a Native Server"]) {
    await page.keyboard.press("F1");
    await page.keyboard.type(`Specs: ${title}`);
    await page.waitForTimeout(1000);
    if (await pick(page, `Specs: ${title}`).count()) found.push(title);
    await page.keyboard.press("Escape");
  }
  return found;
}

let failures = 1;
let palette = [];
await withEditor(async (editor) => {
  writeSettings(editor, {});
  const page = await editor.browser.newPage();
  const ended = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
  const foreign = [];
  page.on("request", (request) => /^(https?|wss?):/.test(request.url()) && !request.url().includes("127.0.0.1") && foreign.push(request.url()));
  const show = async (_, [line]) => {
    if (/^(ok {3}|FAIL )/.test(line)) console.log(line);
    if (line !== "note done") return;
    await shot(page, "80-web");
    palette = await offered(page);
  };
  await page.exposeFunction("codeAutomationLog", show);
  const remote = (path) => `vscode-remote://${new URL(editor.base).host}${path}`;
  const payload = [
    ["extensionDevelopmentPath", remote(asInBrowser(editor))],
    ["extensionDevelopmentKind", "web"],
    ["extensionTestsPath", remote(join(here, "web/dist/index.js"))],
    ["skipWelcome", "true"],
  ];
  await page.goto(`${editor.base}/?folder=memory:/shop&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  const late = new Promise((resolve) => setTimeout(() => resolve("no end in sight after six minutes"), 360_000));
  failures = await Promise.race([ended, late]);
  if (`${palette}` !== "Check All Documents") failures ||= `the palette offers ${palette.join(", ") || "nothing"}`;
  if (foreign.length) failures = `requests to other hosts: ${foreign.join(" ")}`;
}, { options: ["--vscode-option", "enable-smoke-test-driver"] });
if (failures) console.error(`web extension: ${failures}`);
process.exit(failures ? 1 : 0);
