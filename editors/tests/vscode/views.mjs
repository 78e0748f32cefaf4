// The Specs view with its menu, the links of a document, the board, and the Markdown preview.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as ed from "./harness.mjs";
import { runScenes } from "./scenes.mjs";
import * as ui from "./screen.mjs";

const CHECKOUT = "docs/runbooks/RUN-001-checkout.md";
const TASK = "docs/tasks/TASK-001-move-refunds.md";
const read = (folder, path) => readFileSync(join(folder, path), "utf8");

async function openView(editor, folder, file = CHECKOUT, settings = {}) {
  ed.writeSettings(editor, { ...settings, "files.simpleDialog.enable": true, "window.dialogStyle": "custom" }, { "spec-lsp.server.path": ed.serverProgram(editor) });
  const page = await ui.openWindow(editor, { folder, file: join(folder, file) });
  await ui.statusItem(page).filter({ hasText: /\d+%/ }).waitFor();
  await ui.specsIcon(page).click();
  await row(page, "Runbook").waitFor();
  return page;
}

const row = (page, text) => page.locator(".part.sidebar .monaco-list-row", { hasText: text }).first();
const inner = (page) => page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");

/** Chooses from the menu of a document in the Specs view. */
async function menu(page, document, item) {
  const entry = page.locator(".context-view .action-item", { hasText: item }).first();
  await ui.insist(() => row(page, document).click({ button: "right" }), entry);
  await ui.shot(page, "views-menu");
  await entry.click();
}

async function groupBy(page, name) {
  await ui.command(page, "Group Documents By");
  await ui.pick(page, name).click();
}

const scenes = {
  async "documents are grouped, sorted and filtered"(editor, folder) {
    const page = await openView(editor, folder);
    await groupBy(page, "Folder");
    await row(page, "docs/runbooks").waitFor();
    await ui.command(page, "Sort Documents By");
    await ui.pick(page, "Title").click();
    await ui.command(page, "Filter Documents");
    await page.locator(".quick-input-widget", { hasText: "Words of the ID" }).waitFor();
    await page.keyboard.type("checkout");
    await page.keyboard.press("Enter");
    await row(page, "docs/tasks").waitFor({ state: "hidden" });
    await row(page, "RUN-001").waitFor();
    await ui.shot(page, "views-filtered");
    await page.locator(".part.sidebar .pane-header", { hasText: "Documents" }).hover();
    await page.locator('.part.sidebar .action-label[aria-label*="Clear Filter"]').click();
    await row(page, "docs/tasks").waitFor();
  },

  async "a document has its backlinks and links"(editor, folder) {
    const page = await openView(editor, folder);
    await row(page, "Backlinks").waitFor();
    const link = page.locator('.part.sidebar [aria-label="Links Section"], .part.sidebar .pane', { hasText: "Backlinks" }).last();
    await link.locator(".monaco-list-row", { hasText: "DEC-001" }).first().waitFor();
    await ui.shot(page, "views-links");
    await link.locator(".monaco-list-row", { hasText: "RUN-002" }).first().click();
    await page.locator(".tab.active", { hasText: "RUN-002" }).waitFor();
  },

  async "documents are grouped by owner and by unit"(editor, folder) {
    mkdirSync(join(folder, "openspec/specs"), { recursive: true });
    writeFileSync(join(folder, "openspec/project.md"), "# Project Context\n\nA shop.\n");
    for (const unit of ["late-fees", "loans"]) {
      mkdirSync(join(folder, "openspec/changes", unit), { recursive: true });
      const text = `# Change: About ${unit}\n\n## Why\n\nBooks come back late.\n\n## What Changes\n\n- A fee for each day\n`;
      writeFileSync(join(folder, "openspec/changes", unit, "proposal.md"), text);
    }
    const page = await openView(editor, folder);
    await groupBy(page, "Owner");
    await row(page, "Jo Brandt").waitFor();
    await row(page, "No owner").waitFor();
    await ui.shot(page, "views-owners");
    await groupBy(page, "Unit");
    await row(page, /^[^ ]*late-fees\d/).waitFor();
    await row(page, "About loans").waitFor();
    await row(page, "No unit").waitFor();
    await ui.shot(page, "views-units");
  },

  async "references are found, and a document is opened to the side and revealed"(editor, folder) {
    const page = await openView(editor, folder);
    await groupBy(page, "No groups");
    await menu(page, "TASK-001", "Open to the Side");
    await page.locator(".editor-group-container .tab.active", { hasText: "TASK-001" }).waitFor();
    const groups = await page.locator(".editor-group-container").count();
    if (groups !== 2) throw new Error(`${groups} groups of editors`);
    await menu(page, "DEC-001", "Find References");
    await page.locator(".peekview-widget .monaco-list-row", { hasText: "RUN-001" }).first().waitFor();
    await ui.shot(page, "views-references");
    await page.keyboard.press("Escape");
    await menu(page, "RUN-002", "Reveal in Explorer");
    await page.locator(".explorer-folders-view .monaco-list-row.selected, .explorer-folders-view .monaco-list-row.focused", { hasText: "RUN-002" }).waitFor();
    await ui.shot(page, "views-revealed");
  },

  async "backlinks of many documents come in parts"(editor, folder) {
    for (let number = 0; number < 250; number++) {
      writeFileSync(join(folder, `docs/note-${String(number).padStart(3, "0")}.md`), "# Note\n\nSee RUN-001.\n");
    }
    const page = await openView(editor, folder);
    await row(page, "Backlinks").click();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("End");
    const part = row(page, /^201 to 251 of 251/);
    await ui.insist(() => page.keyboard.press("End"), part);
    await part.click();
    await row(page, "note-201.md").waitFor();
    await ui.shot(page, "views-parts");
  },

  async "the menu of a document advances its state, and deletes it after a check"(editor, folder) {
    const page = await openView(editor, folder);
    await groupBy(page, "No groups");
    await row(page, "RUN-002").waitFor();
    const before = /\*\*Status\*\*: (.*)/.exec(read(folder, TASK))[1];
    await menu(page, "TASK-001", "Advance State");
    await ed.until("the next state in the file", () => !read(folder, TASK).includes(`**Status**: ${before}\n`));
    await menu(page, "TASK-001", "Tick Tasks");
    await page.locator(".quick-input-widget .monaco-list-row").first().waitFor();
    await ui.shot(page, "views-tick");
    await page.locator(".quick-input-widget .monaco-list-row").last().click();
    await page.keyboard.press("Enter");
    await ed.until("ticked tasks in the file", () => (read(folder, TASK).match(/- \[x\]/g) ?? []).length > 0);
    await menu(page, "DEC-001", "Delete");
    const dialog = page.locator(".monaco-dialog-box", { hasText: "RUN-001" });
    await dialog.waitFor();
    await ui.shot(page, "views-delete");
    await dialog.locator(".monaco-button", { hasText: "Cancel" }).click();
    if (!existsSync(join(folder, "docs/decisions/DEC-001-queue.md"))) throw new Error("deleted");
    await menu(page, "RUN-002", "Delete");
    await page.locator(".monaco-dialog-box", { hasText: "No document refers" }).locator(".monaco-button", { hasText: "Delete" }).click();
    await ed.until("the deleted file", () => !existsSync(join(folder, "docs/runbooks/RUN-002-search.md")));
    await menu(page, "RUN-001", "Rename ID");
    await page.locator(".rename-box input").waitFor();
    await page.keyboard.press("Escape");
    await menu(page, "RUN-001", "Show in Graph");
    await inner(page).locator("svg .node", { hasText: "RUN-001" }).first().waitFor();
  },

  async "a kind without listed states is on the board by the states of its documents"(editor, folder) {
    mkdirSync(join(folder, ".spec-lsp/templates"), { recursive: true });
    writeFileSync(join(folder, ".spec-lsp/templates/guide.md"), "# Guide: [Title]\n\n**Status**: [status]\n\n## Use\n");
    const guide = (name, head) => writeFileSync(join(folder, `docs/${name}.md`), `# Guide: ${name}\n\n${head}## Use\n\nRead it.\n`);
    guide("Printing", "**Status**: Ready (since May)\n\n");
    guide("Scanning", "**Status**: Obsolete\n\n");
    guide("Copying", "");
    const page = await openView(editor, folder);
    await ui.command(page, "Show Board");
    const board = inner(page);
    await board.locator("#kind").selectOption({ label: "Guide" });
    await board.locator(".card", { hasText: "Copying" }).waitFor();
    const all = await board.locator(".column").evaluateAll((all) => all.map((each) => each.dataset.state));
    if (all.join() !== "Ready,Obsolete,") throw new Error(`columns: ${all}`);
    await ui.shot(page, "board-without-states");
    await board.locator(".card", { hasText: "Scanning" }).dragTo(board.locator('.column[data-state="Ready"]'));
    await ed.until("the state of the other column", () => read(folder, "docs/Scanning.md").includes("**Status**: Ready\n"));
    await board.locator(".card", { hasText: "Copying" }).dragTo(board.locator('.column[data-state="Ready"]'));
    await ui.toast(page, "no field for its status").waitFor();
    await ui.shot(page, "board-no-field");
  },

  async "a card that is dragged, or moved by a key, changes the state in the file"(editor, folder) {
    const page = await openView(editor, folder, TASK);
    await ui.command(page, "Show Board");
    const board = inner(page);
    await board.locator("#kind").selectOption({ label: "Runbook" });
    const card = board.locator(".card", { hasText: "RUN-001" });
    await card.waitFor();
    await ui.shot(page, "board");
    const all = await board.locator(".column").evaluateAll((all) => all.map((each) => each.dataset.state));
    // A state that the template does not list comes last.
    if (all.at(-1) !== "Active") throw new Error(`columns: ${all}`);
    const states = all.slice(0, -1);
    await card.dragTo(board.locator(`.column[data-state="${states.at(-1)}"]`));
    await ed.until("the state of the last column", () => read(folder, CHECKOUT).includes(`**Status**: ${states.at(-1)}\n`));
    await board.locator(`.column[data-state="${states.at(-1)}"] .card`, { hasText: "RUN-001" }).waitFor();
    await ui.shot(page, "board-dragged");
    await card.focus();
    await page.keyboard.press("Alt+ArrowLeft");
    await ed.until("the state before", () => read(folder, CHECKOUT).includes(`**Status**: ${states.at(-2)}\n`));
    await board.locator(`.column[data-state="${states.at(-2)}"] .card`, { hasText: "RUN-001" }).waitFor();
    await board.locator(".card:focus", { hasText: "RUN-001" }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".tab.active", { hasText: "RUN-001" }).waitFor();
  },

  async "the board is drawn in the colours of a High Contrast theme"(editor, folder) {
    const page = await openView(editor, folder, TASK, { "workbench.colorTheme": "Default High Contrast" });
    await ui.command(page, "Show Board");
    const card = inner(page).locator(".card").first();
    await card.waitFor();
    await card.focus();
    await ui.shot(page, "board-high-contrast");
    const colours = await card.evaluate((element) => {
      const { backgroundColor, color, borderTopColor, outlineStyle } = getComputedStyle(element);
      return [backgroundColor, color, borderTopColor, outlineStyle].join(" ");
    });
    if (colours !== "rgb(0, 0, 0) rgb(255, 255, 255) rgb(111, 195, 223) solid") throw new Error(colours);
  },

  async "the preview has links for IDs, badges for states, and marks placeholders"(editor, folder) {
    const page = await openView(editor, folder, "docs/runbooks/RUN-002-search.md");
    await page.locator(".view-lines").first().click();
    await page.keyboard.press("Control+Shift+V");
    const preview = inner(page);
    const link = preview.locator("a.spec-id", { hasText: "RUN-001" }).first();
    await link.waitFor();
    await preview.locator(".spec-placeholder", { hasText: "[Name]" }).first().waitFor();
    await preview.locator(".spec-state").first().waitFor();
    await page.mouse.move(5, 5);
    await ui.shot(page, "preview");
    const title = await link.getAttribute("title");
    if (!/Checkout.*Runbook/i.test(title)) throw new Error(`title: ${title}`);
    await link.click();
    await page.locator(".tab.active", { hasText: "RUN-001" }).waitFor();
  },
};

await runScenes("views", scenes, ed.requireFile(join(ed.extension, "spec-lsp.vsix")));
