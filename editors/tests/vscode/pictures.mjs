// Takes the pictures of the extension's README, of the project in examples/.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import * as ed from "./harness.mjs";
import * as ui from "./screen.mjs";

const BUG = "docs/bugs/BUG-002-reminder-on-the-wrong-day-across-time-zones.md";
const target = join(ed.extension, "media", "pictures");
mkdirSync(target, { recursive: true });

const vsix = ed.requireFile(join(ed.extension, "spec-lsp.vsix"));
await ed.withEditor(async (editor) => {
  const folder = ed.copyWorkspace(editor, "lantern", join(ed.root, "examples"));
  ed.writeSettings(editor, {}, { "spec-lsp.server.path": ed.serverProgram(editor) });
  const page = await ui.openWindow(editor, { folder, file: join(folder, BUG) });
  await page.setViewportSize({ width: 1180, height: 700 });
  await ui.statusItem(page).filter({ hasText: /Bug Fix \d+%/ }).waitFor();
  await page.locator('.activitybar .action-label[aria-label^="Specs"]').click();
  await page.locator(".pane-body .monaco-list-row", { hasText: "BUG-002" }).first().waitFor();

  await ui.openFile(page, "TASK-003-let-readers-set-their-quiet-hours.md");
  await ui.hoverOn(page, "SPEC-002", "Quiet");
  await ui.shot(page, "hover", target);
  await page.keyboard.press("Escape");

  await ui.command(page, "New Spec from Template");
  await ui.pick(page, "Bug Fix").click();
  await page.locator(".quick-input-widget", { hasText: "Title of the document" }).waitFor();
  await page.keyboard.type("Reminders after the book came back");
  await page.keyboard.press("Enter");
  await page.locator(".tab.active", { hasText: "BUG-004" }).waitFor();
  await ui.editorOf(page).locator(".view-line", { hasText: "came back" }).first().waitFor();
  await page.keyboard.type("Sanne de Wit");
  await ui.insist(() => page.keyboard.press("Tab"), ui.suggestion(page, "Critical"));
  await ui.shot(page, "new", target);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");

  await ui.openFile(page, "BUG-002-reminder");
  await page.keyboard.press("Control+Shift+M");
  await page.locator(".markers-panel .monaco-list-row", { hasText: "BUG-012" }).first().waitFor();
  await page.keyboard.press("Control+1");
  await ui.goTo(page, 250, 1);
  await page.mouse.move(700, 330);
  await ui.shot(page, "findings", target);

  await page.keyboard.press("Control+J");
  await page.keyboard.press("Control+B");
  await page.setViewportSize({ width: 1640, height: 560 });
  await ui.command(page, "Show Trace Graph");
  const frame = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
  await frame.locator("svg text", { hasText: "BUG-002" }).first().waitFor();
  await page.mouse.move(800, 500);
  await ui.shot(page, "graph", target);
}, { vsix });
