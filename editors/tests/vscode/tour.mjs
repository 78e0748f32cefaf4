// A walk through what a person does in the first hour, with a picture of each step in shots/. With
// `--bare`, there is no Python, and the server is the one in the extension.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as ed from "./harness.mjs";
import * as ui from "./screen.mjs";

const SEARCH = "docs/runbooks/RUN-002-search.md";
const isBare = process.argv.includes("--bare");
const read = (folder, path) => readFileSync(join(folder, path), "utf8");
const saved = (what, check) => ed.until(what, check);

const scenes = {
  async "findings are underlined and listed"(page) {
    // The first start without Python takes a while on a busy machine.
    await page.waitForSelector(".squiggly-error, .squiggly-warning", { timeout: 120_000 });
    await page.keyboard.press("Control+Shift+M");
    await ui.rows(page, ".markers-panel", "Steps").first().waitFor();
    await ui.shot(page, "01-findings");
    await page.keyboard.press("Control+Shift+M");
  },

  async "the status bar tells kind, completeness and what is left"(page) {
    const item = ui.statusItem(page);
    await item.filter({ hasText: /Runbook \d+%/ }).waitFor();
    await item.hover();
    await page.locator(".monaco-hover:not(.hidden)", { hasText: "Click to show the outline" }).waitFor();
    const server = page.locator(".monaco-hover:not(.hidden)", { hasText: "without Python" });
    if (isBare) await server.waitFor();
    await ui.shot(page, "02-status");
    await page.mouse.move(600, 300);
  },

  async "choosing a value from those of the template"(page, folder) {
    await ui.clickOn(page, "Active", { clickCount: 2 });
    await page.keyboard.press("Delete");
    await ui.insist(() => page.keyboard.press("Control+Space"), ui.suggestion(page, "Live"));
    await ui.shot(page, "03-values");
    await ui.suggestion(page, "Draft").click();
    await page.keyboard.press("Control+S");
    await saved("the value in the file", () => /\*\*Status\*\*: Draft\n/.test(read(folder, SEARCH)));
  },

  async "a missing section is inserted by a quick fix"(page, folder) {
    await ui.goTo(page, 1, 5);
    const fix = page.locator(".action-widget .monaco-list-row.focused", { hasText: "Steps" });
    await ui.insist(() => page.keyboard.press("Control+."), fix);
    await ui.shot(page, "04-fixes");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+S");
    await saved("the section in the file", () => /Symptoms[^]*## Steps[^]*## Escalation/.test(read(folder, SEARCH)));
    await ui.shot(page, "05-fixed");
  },

  async "placeholders are visited one after another, and filled"(page, folder) {
    await ui.goTo(page, 1, 1);
    await page.keyboard.press("Control+Alt+.");
    await page.waitForFunction(() => document.querySelector(".selected-text"));
    await ui.shot(page, "06-placeholder");
    await page.keyboard.type("Jo Brandt");
    await page.keyboard.press("Control+S");
    await saved("the owner in the file", () => /\*\*Owner\*\*: Jo Brandt\n/.test(read(folder, SEARCH)));
  },

  async "suggestions come up while typing an ID"(page, folder) {
    await ui.clickOn(page, "DEC-009");
    await page.keyboard.press("End");
    for (let i = 0; i < "DEC-009".length; i++) await page.keyboard.press("Backspace");
    await page.keyboard.type("DEC-", { delay: 80 });
    await ui.suggestion(page, "DEC-001").waitFor();
    await ui.shot(page, "07-ids");
    await ui.suggestion(page, "DEC-001").click();
    await page.keyboard.press("Control+S");
    await saved("the decision in the file", () => /\*\*Decision\*\*: DEC-001\n/.test(read(folder, SEARCH)));
  },

  async "hovering an ID shows a card"(page) {
    await ui.hoverOn(page, "DEC-001", "One queue for all payments");
    await ui.shot(page, "08-hover");
    await page.keyboard.press("Escape");
  },

  async "going to the definition in another file, and back"(page) {
    await ui.clickOn(page, "DEC-001");
    await ui.insist(() => page.keyboard.press("F12"), page.locator(".tab.active", { hasText: "DEC-001-queue" }));
    await ui.editorOf(page).locator(".view-line", { hasText: "One queue for all" }).first().waitFor();
    await ui.shot(page, "09-definition");
    await page.keyboard.press("Control+Alt+-");
    await page.locator(".tab.active", { hasText: "RUN-002" }).waitFor();
  },

  async "references are found in every file"(page) {
    await ui.clickOn(page, "DEC-001");
    await page.keyboard.press("Shift+F12");
    await page.locator(".peekview-widget .monaco-list-row", { hasText: "TASK-001" }).first().waitFor();
    await ui.shot(page, "10-references");
    await page.keyboard.press("Escape");
  },

  async "renaming an ID changes all files, and their names"(page, folder) {
    await ui.clickOn(page, "DEC-001");
    const input = page.locator(".rename-box input");
    await ui.insist(() => page.keyboard.press("F2"), input);
    await input.fill("DEC-007");
    await ui.shot(page, "11-rename");
    await page.keyboard.press("Enter");
    await ed.until("the renamed file", () => existsSync(join(folder, "docs/decisions/DEC-007-queue.md")));
    await page.keyboard.press("Control+K");
    await page.keyboard.press("S");
    await saved("the new ID in another file", () => /DEC-007/.test(read(folder, "docs/tasks/TASK-001-move-refunds.md")));
    await ui.shot(page, "12-renamed");
  },

  async "a new document from a template, by the palette"(page, folder) {
    await ui.command(page, "New Spec from Template");
    await ui.pick(page, "Runbook").waitFor();
    await ui.shot(page, "13-templates");
    await ui.pick(page, "Runbook").click();
    await page.locator(".quick-input-widget", { hasText: "Title of the document" }).waitFor();
    await page.keyboard.type("Mail delivery");
    await ui.shot(page, "14-title");
    await page.keyboard.press("Enter");
    await page.locator(".tab.active", { hasText: "RUN-003" }).waitFor();
    await ui.editorOf(page).locator(".view-line", { hasText: "RUN-003" }).first().waitFor();
    await page.waitForTimeout(500);
    await ui.shot(page, "15-new-document");
  },

  async "its choices are offered at their tab stops, and Tab leads on"(page, folder) {
    await ui.suggestion(page, "Medium").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Mina Park");
    await ui.shot(page, "16-tab-stops");
    // While names are suggested, Tab takes one; the next Tab leads on.
    if (await ui.suggestion(page, "Mina").isVisible()) await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await ui.insist(() => page.keyboard.press("Control+Space"), ui.suggestion(page, "DEC-00"));
    await ui.shot(page, "17-id-at-tab-stop");
    await ui.suggestion(page, "DEC-00").click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+S");
    const file = "docs/runbooks/RUN-003-mail-delivery.md";
    const filled = /\*\*Urgency\*\*: Medium\n\*\*Owner\*\*: Mina Park\n\*\*Decision\*\*: DEC-00\d\n/;
    await saved("the filled fields", () => filled.test(read(folder, file)));
  },

  async "a whole template is completed in an empty file"(page, folder) {
    writeFileSync(join(folder, "docs/decisions/next.md"), "");
    await ui.openFile(page, "next.md");
    await ui.insist(() => page.keyboard.press("Control+Space"), ui.suggestion(page, "Decision"));
    await ui.shot(page, "18-whole-templates");
    await ui.suggestion(page, "Decision").click();
    await ui.editorOf(page).locator(".view-line", { hasText: "# Decision" }).first().waitFor();
    await ui.shot(page, "19-completed");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+S");
  },

  async "the Specs view lists documents by kind and state"(page) {
    await page.locator('.activitybar .action-label[aria-label^="Specs"]').click();
    const view = page.locator(".pane-body .monaco-list");
    await view.locator(".monaco-list-row", { hasText: "RUN-003" }).first().waitFor();
    await ui.shot(page, "20-specs-view");
    await view.locator(".monaco-list-row", { hasText: /^Live/ }).first().click();
    await view.locator(".monaco-list-row", { hasText: "RUN-001" }).first().click();
    await page.locator(".tab.active", { hasText: "RUN-001" }).waitFor();
  },

  async "the trace graph shows what refers to what, and opens it"(page) {
    await ui.command(page, "Show Trace Graph");
    const frame = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
    const node = frame.locator("svg text", { hasText: "TASK-001" }).first();
    await node.waitFor();
    await ui.shot(page, "21-graph");
    await node.click();
    await page.locator(".tab.active", { hasText: "TASK-001" }).first().waitFor();
    await ui.shot(page, "22-from-graph");
  },

  async "a trace graph without room for it is legible, and scrolls"(page) {
    await page.keyboard.press("Control+K");
    await page.keyboard.press("Control+W");
    const size = page.viewportSize();
    await page.setViewportSize({ width: 760, height: size.height });
    await ui.command(page, "Show Trace Graph");
    const frame = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
    const id = frame.locator("svg text", { hasText: "TASK-001" }).first();
    await id.waitFor();
    await ui.shot(page, "23-narrow-graph");
    const { height } = await id.boundingBox();
    await page.setViewportSize(size);
    if (height < 10) throw new Error(`letters of ${height} pixels`);
  },

  async "the outline shows sections and fields"(page) {
    await ui.openFile(page, "RUN-001-checkout.md");
    await page.keyboard.press("Control+Shift+O");
    await ui.pick(page, "Symptoms").waitFor();
    await ui.shot(page, "24-outline");
    await page.keyboard.press("Escape");
  },

  async "the template of a document is shown"(page) {
    await ui.openFile(page, "TASK-001-move-refunds.md");
    await ui.command(page, "Specs: Show Template");
    await page.locator(".tab.active", { hasText: "task.md" }).waitFor();
    await ui.editorOf(page).locator(".view-line", { hasText: "Task Title" }).first().waitFor();
    await ui.shot(page, "25-template");
  },

  async "the walkthrough leads the first steps"(page) {
    await ui.command(page, "Welcome: Open Walkthrough");
    await ui.pick(page, "Get Started with Specs").click();
    await page.locator(".gettingStartedContainer", { hasText: "Create a document" }).waitFor();
    await page.keyboard.press("Control+B");
    await page.locator(".gettingStartedContainer .getting-started-step", { hasText: "Create a document" }).click();
    const frame = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
    const picture = frame.locator("img").first();
    await picture.waitFor();
    await ed.until("the picture", () => picture.evaluate((image) => image.naturalWidth > 0));
    await ui.shot(page, "26-walkthrough");
    await page.keyboard.press("Control+B");
  },
};

let failed = 0;
const vsix = ed.requireFile(join(ed.extension, "spec-lsp.vsix"));
await ed.withEditor(async (editor) => {
  const folder = ed.copyWorkspace(editor);
  ed.writeSettings(editor, {}, isBare ? {} : { "spec-lsp.server.path": ed.serverProgram(editor) });
  const page = await ui.openWindow(editor, { folder, file: join(folder, SEARCH) });
  const wanted = process.argv.slice(2).filter((word) => word !== "--bare");
  for (const [name, scene] of Object.entries(scenes)) {
    if (wanted.length && !wanted.some((word) => name.includes(word))) continue;
    try {
      await scene(page, folder);
      console.log(`ok   ${name}`);
    } catch (error) {
      console.log(`FAIL ${name}\n${error.message}`);
      await ui.shot(page, `failed-${++failed}`);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
    }
  }
}, { vsix, isBare });
process.exit(failed ? 1 : 0);
