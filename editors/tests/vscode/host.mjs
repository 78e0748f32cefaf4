// Runs host/index.js inside a real extension host, where the whole `vscode` interface is at hand.
import { join } from "node:path";
import { copyWorkspace, extension, requireFile, root, serverProgram, withEditor, writeSettings } from "./harness.mjs";

requireFile(join(extension, "dist/extension.cjs"));
let failures = 1;
await withEditor(async (editor) => {
  const folder = copyWorkspace(editor);
  writeSettings(editor, {}, { "spec-lsp.server.path": serverProgram(editor) });
  const page = await editor.browser.newPage();
  const ended = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
  // Of all that a workbench writes to its console, only the tests' own lines are of interest.
  const show = (_, [line]) => /^(ok {3}|FAIL |note )/.test(line) && console.log(line);
  await page.exposeFunction("codeAutomationLog", show);
  const remote = (path) => `vscode-remote://${new URL(editor.base).host}${path}`;
  const payload = [
    ["extensionDevelopmentPath", remote(extension)],
    ["extensionTestsPath", remote(join(root, "editors/tests/vscode/host"))],
    ["skipWelcome", "true"],
  ];
  await page.goto(`${editor.base}/?folder=${folder}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  const late = new Promise((resolve) => setTimeout(() => resolve("no end in sight after four minutes"), 240_000));
  failures = await Promise.race([ended, late]);
}, { options: ["--vscode-option", "enable-smoke-test-driver"] });
if (failures) console.error(`extension host: ${failures}`);
process.exit(failures ? 1 : 0);
