// Writing: prose stays as it was typed, and new documents come to lie where the user wants them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as ed from "./harness.mjs";
import { runScenes } from "./scenes.mjs";
import * as ui from "./screen.mjs";

// Each line ends with a word that VS Code's own Markdown snippets have as a prefix.
const PROSE = [
  "Now we look at the code",
  "and follow the link",
  "to see the image.",
  "",
  "The answer comes with a quote",
  "which is set in bold",
  "",
  "This is no heading",
  "and - as a list - it has code",
].join("\n");

async function open(editor, where) {
  ed.writeSettings(editor, {}, { "spec-lsp.server.path": ed.serverProgram(editor) });
  return ui.openWindow(editor, where);
}

async function typeProse(page, file) {
  const before = readFileSync(file, "utf8");
  await page.keyboard.press("Control+End");
  for (const line of PROSE.split("\n")) {
    await page.keyboard.type(line, { delay: 40 });
    await page.waitForTimeout(400);
    await page.keyboard.press("Enter");
  }
  await page.keyboard.press("Control+S");
  await ed.until("what was typed in the file", () => readFileSync(file, "utf8") === `${before}${PROSE}\n`);
}

async function title(page, name) {
  await page.locator(".quick-input-widget", { hasText: "Title of the document" }).waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
}

const scenes = {
  async "prose in a README stays as it was typed"(editor, folder) {
    const file = join(folder, "README.md");
    writeFileSync(file, "# Shop\n\n");
    const page = await open(editor, { folder, file });
    await page.waitForTimeout(3000);
    await ui.editorOf(page).click();
    await typeProse(page, file);
    await ui.shot(page, "60-prose");
  },

  async "prose in a spec stays as it was typed"(editor, folder) {
    const file = join(folder, "docs/runbooks/RUN-001-checkout.md");
    writeFileSync(file, `${readFileSync(file, "utf8").trimEnd()}\n\n`);
    const page = await open(editor, { folder, file });
    await ui.statusItem(page).filter({ hasText: /Runbook \d+%/ }).waitFor();
    await ui.editorOf(page).click();
    await typeProse(page, file);
    await ui.shot(page, "61-prose-in-spec");
  },

  async "a file under another name is completed, and then named like its kind"(editor, folder) {
    const file = join(folder, "docs/decisions/next.md");
    writeFileSync(file, "");
    const page = await open(editor, { folder, file });
    await ui.editorOf(page).click();
    await ui.insist(() => page.keyboard.press("Control+Space"), ui.suggestion(page, "Decision"));
    await ui.suggestion(page, "Decision").click();
    await ui.editorOf(page).locator(".view-line", { hasText: "# Decision" }).first().waitFor();
    await page.keyboard.type("A cache for prices");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+S");
    await ed.until("the document", () => readFileSync(file, "utf8").includes("# Decision: A cache for prices"));
    await ui.goTo(page, 1, 5);
    await page.locator(".codicon-light-bulb, .codicon-gutter-lightbulb, .lightBulbWidget").first().waitFor();
    await ui.shot(page, "67-light-bulb");
    const offer = page.locator(".action-widget .monaco-list-row", { hasText: "Rename file to DEC-002-a-cache-for-prices.md" });
    await ui.insist(() => page.keyboard.press("Control+."), offer);
    await ui.shot(page, "68-offered-name");
    await offer.click();
    await page.locator(".tab.active", { hasText: "DEC-002-a-cache-for-prices.md" }).waitFor();
    await ed.until("the renamed file", () => existsSync(join(folder, "docs/decisions/DEC-002-a-cache-for-prices.md")) && !existsSync(file));
  },

  async "without an open file, the workspace's own templates are offered"(editor, folder) {
    const page = await open(editor, { folder });
    await ui.specsIcon(page).click();
    await page.locator(".pane-body .monaco-list-row", { hasText: "RUN-002" }).first().waitFor();
    await ui.command(page, "New Spec from Template");
    await ui.pick(page, "Runbook").waitFor();
    await ui.shot(page, "62-own-templates");
    await ui.pick(page, "Runbook").click();
    await title(page, "Mail delivery");
    await page.locator(".tab.active", { hasText: "RUN-003-mail-delivery.md" }).waitFor();
    await ed.until("the file", () => existsSync(join(folder, "docs/runbooks/RUN-003-mail-delivery.md")));
  },

  async "from the menu of a folder, the document comes to lie there"(editor, folder) {
    mkdirSync(join(folder, "docs/night"));
    writeFileSync(join(folder, "docs/night/notes.txt"), "Nothing yet\n");
    const page = await open(editor, { folder, file: join(folder, "docs/runbooks/RUN-001-checkout.md") });
    await ui.statusItem(page).filter({ hasText: /Runbook \d+%/ }).waitFor();
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "night" }).click({ button: "right" });
    await ui.shot(page, "63-folder-menu");
    await page.locator(".context-view .action-label", { hasText: "New Spec from Template" }).click();
    await ui.pick(page, "Runbook").click();
    await title(page, "Night shift");
    await page.locator(".tab.active", { hasText: "RUN-003-night-shift.md" }).waitFor();
    await ed.until("the file", () => existsSync(join(folder, "docs/night/RUN-003-night-shift.md")));
    await ui.shot(page, "64-in-folder");
  },

  async "with several roots, the chosen one's templates are offered"(editor, folder) {
    const other = ed.copyWorkspace(editor, "bakery");
    writeFileSync(join(other, ".spec-lsp/templates/recipe.md"), "# Recipe: [Name]\n\n## Steps\n\n[What to do]\n");
    const workspace = join(editor.data, "both.code-workspace");
    writeFileSync(workspace, JSON.stringify({ folders: [{ path: folder }, { path: other }] }));
    const page = await open(editor, { workspace });
    await ui.specsIcon(page).click();
    await page.locator(".pane-body .monaco-list-row", { hasText: "bakery" }).first().waitFor();
    await ui.shot(page, "65-roots");
    await ui.command(page, "New Spec from Template");
    await ui.pick(page, "bakery").click();
    await ui.pick(page, "Recipe").click();
    await title(page, "Rye bread");
    await ed.until("the file", () => existsSync(join(other, "rye-bread.md")) || existsSync(join(other, "docs/rye-bread.md")));
    await ui.shot(page, "66-in-root");
  },
};

await runScenes("writing", scenes, ed.requireFile(join(ed.extension, "spec-lsp.vsix")));
