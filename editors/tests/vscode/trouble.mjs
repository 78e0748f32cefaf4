// What people meet when something is wrong: each message says what to do, and doing it helps.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as ed from "./harness.mjs";
import { runScenes } from "./scenes.mjs";
import * as ui from "./screen.mjs";

const FILE = "docs/runbooks/RUN-002-search.md";
const TRUST = { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" };
const NATIVE = { "spec-lsp.server.kind": "native" };
const isUp = (page) => ui.statusItem(page).filter({ hasText: /Runbook \d+%/ }).waitFor({ timeout: 120_000 });

/** A program in place of the server. */
function program(folder, script) {
  const path = join(folder, "broken-server");
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}

const scenes = {
  async "no server: it is said, and the setting that is then made is followed"(editor, folder) {
    ed.writeSettings(editor, {}, NATIVE);
    const page = await open(editor, folder);
    const message = ui.toast(page, "The spec-lsp server isn't installed");
    await message.waitFor();
    for (const button of ["Install", "Set Path", "Help"]) await message.getByText(button, { exact: true }).waitFor();
    await ui.statusItem(page).filter({ hasText: "Specs" }).waitFor();
    await ui.shot(page, "30-no-server");
    ed.writeSettings(editor, {}, { "spec-lsp.server.path": ed.serverProgram(editor) });
    await isUp(page);
    await ui.shot(page, "31-server-found");
  },

  async "the environment of the workspace is used as it is"(editor, folder) {
    ed.writeSettings(editor, {});
    mkdirSync(join(folder, ".venv/bin"), { recursive: true });
    writeFileSync(join(folder, ".venv/bin/spec-lsp"), `#!/bin/sh\nexec ${ed.serverProgram(editor)} "$@"\n`, { mode: 0o755 });
    const page = await open(editor, folder);
    await isUp(page);
  },

  async "restricted mode: the server of the extension serves, and nothing of the workspace is run until it is trusted"(editor, folder) {
    ed.writeSettings(editor, TRUST);
    const started = join(editor.data, "started");
    mkdirSync(join(folder, ".venv/bin"), { recursive: true });
    const script = `#!/bin/sh\ntouch ${started}\nexec ${ed.serverProgram(editor)} "$@"\n`;
    writeFileSync(join(folder, ".venv/bin/spec-lsp"), script, { mode: 0o755 });
    mkdirSync(join(folder, ".vscode"));
    writeFileSync(
      join(folder, ".vscode/settings.json"),
      JSON.stringify({ "spec-lsp.server.path": join(folder, ".venv/bin/spec-lsp") }),
    );
    const page = await open(editor, folder);
    await isUp(page);
    await ui.shot(page, "32-restricted");
    assert.throws(() => ed.requireFile(started), "the program of the workspace was run");
    await ui.command(page, "Workspaces: Manage Workspace Trust");
    await page.locator(".workspace-trust-editor").getByText("Trust", { exact: true }).first().click();
    await ui.openFile(page, "RUN-002-search.md");
    await isUp(page);
    await ui.shot(page, "33-trusted");
    await ed.until("the program of the workspace", () => existsSync(started));
  },

  async "restricted mode without the server of the extension: it is said"(editor, folder) {
    ed.writeSettings(editor, TRUST, NATIVE);
    mkdirSync(join(folder, ".venv/bin"), { recursive: true });
    writeFileSync(join(folder, ".venv/bin/spec-lsp"), "#!/bin/sh\n", { mode: 0o755 });
    const page = await open(editor, folder);
    await ui.button(ui.toast(page, "Restricted Mode"), "Manage Trust").click();
    await page.locator(".workspace-trust-editor").waitFor();
  },

  async "a server that is too old is not used"(editor, folder) {
    ed.writeSettings(editor, {});
    mkdirSync(join(folder, ".venv/bin"), { recursive: true });
    writeFileSync(join(folder, ".venv/bin/spec-lsp"), "#!/bin/sh\necho spec-lsp 0.0.9\n", { mode: 0o755 });
    const page = await open(editor, folder);
    await isUp(page);
  },

  async "restricted mode: a server outside of the workspace serves it"(editor, folder) {
    ed.writeSettings(editor, TRUST, { "spec-lsp.server.path": ed.serverProgram(editor) });
    const page = await open(editor, folder);
    await isUp(page);
  },

  async "a setting that names nothing"(editor, folder) {
    ed.writeSettings(editor, {}, { "spec-lsp.server.path": "/nowhere/spec-lsp" });
    const page = await open(editor, folder);
    const message = ui.toast(page, "names a file that does not exist: /nowhere/spec-lsp");
    await message.waitFor();
    await ui.shot(page, "34-wrong-setting");
    await message.getByText("Set Path").click();
    await page.locator(".settings-editor", { hasText: "Server: Path" }).waitFor();
    await ui.shot(page, "35-setting");
  },

  async "a server that ends while starting"(editor, folder) {
    const script = "#!/bin/sh\necho 'ModuleNotFoundError: No module named spec_lsp' >&2\nexit 1\n";
    ed.writeSettings(editor, {}, { "spec-lsp.server.path": program(editor.data, script) });
    const page = await open(editor, folder);
    const message = ui.toast(page, "failed to start");
    await message.waitFor();
    assert.match(await message.innerText(), /ModuleNotFoundError: No module named spec_lsp/);
    await ui.shot(page, "36-crash");
    // A window that is still loading may not open its panel; users are slower than this test.
    await page.waitForTimeout(1500);
    await message.getByText("Show Log").click();
    await page.locator(".panel .title", { hasText: "Output" }).first().waitFor();
    await page.locator('.panel select option:checked, .panel .monaco-select-box', { hasText: "spec-lsp" }).first().waitFor({ state: "attached" });
    await ui.shot(page, "37-log");
  },

  async "a server that is killed comes up again"(editor, folder) {
    const pid = join(editor.data, "pid");
    const script = `#!/bin/sh\necho $$ > ${pid}\nexec ${ed.serverProgram(editor)} "$@"\n`;
    ed.writeSettings(editor, {}, { "spec-lsp.server.path": program(editor.data, script) });
    const page = await open(editor, folder);
    await isUp(page);
    const first = ed.readText(pid);
    process.kill(Number(first), "SIGKILL");
    await ed.until("another server", () => ed.readText(pid) !== first);
    await isUp(page);
  },

  async "a Python that is too old"(editor, folder) {
    const python = join(editor.data, "python3");
    const script = '#!/bin/sh\ncase "$*" in -c*) echo "3.9.2 1";; *) echo "SyntaxError: invalid syntax" >&2; exit 1;; esac\n';
    writeFileSync(python, script, { mode: 0o755 });
    ed.writeSettings(editor, {}, { "spec-lsp.server.path": python });
    const page = await open(editor, folder);
    await ui.toast(page, /needs Python 3\.11 or newer, but .*python3 is Python 3\.9\.2/).waitFor();
    await ui.shot(page, "38-old-python");
  },

  async "no folder: a document can be written all the same"(editor) {
    ed.writeSettings(editor, {}, { "spec-lsp.server.path": ed.serverProgram(editor) });
    const page = await ui.openWindow(editor);
    await page.locator('.activitybar .action-label[aria-label^="Specs"]').click();
    await page.getByText("Open the folder with your specs").waitFor();
    await ui.shot(page, "39-no-folder");
    await ui.command(page, "Show Trace Graph");
    await ui.toast(page, "Open a folder to see how its documents relate").waitFor();
    await ui.command(page, "New Spec from Template");
    await ui.pick(page, "Task").click();
    await page.locator(".quick-input-widget", { hasText: "Title of the document" }).waitFor();
    await page.keyboard.type("Paint the fence");
    await page.keyboard.press("Enter");
    await ui.editorOf(page).locator(".view-line", { hasText: "Paint the fence" }).first().waitFor();
    await ui.shot(page, "40-untitled");
    await ui.statusItem(page).filter({ hasText: /Task \d+%/ }).waitFor();
  },

  /** Needs the package index; OFFLINE=1 leaves it out. */
  async "the server is installed from the wheel in the extension"(editor, folder) {
    if (process.env.OFFLINE) return;
    ed.writeSettings(editor, {}, { "spec-lsp.server.python": process.env.PYTHON ?? "" });
    const page = await open(editor, folder);
    await isUp(page);
    await ui.command(page, "Specs: Use a Native Server");
    await ui.toast(page, "Installing the spec-lsp server").waitFor();
    await ui.shot(page, "41-installing");
    await ui.toast(page, "Installing the spec-lsp server").waitFor({ state: "hidden", timeout: 180_000 });
    await isUp(page);
    await ui.shot(page, "42-installed");
  },
};

function open(editor, folder) {
  return ui.openWindow(editor, { folder, file: join(folder, FILE) });
}

await runScenes("trouble", scenes, ed.requireFile(join(ed.extension, "spec-lsp.vsix")));
