// One window of the workbench, and what a person does in it: look, click, type, wait.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const SIZE = { width: 1360, height: 850 };
const shots = join(dirname(fileURLToPath(import.meta.url)), "shots");
mkdirSync(shots, { recursive: true });

/** Opens the workbench on a folder or a workspace file, and a file of it; all may be left out. */
export async function openWindow({ base, browser }, { folder, workspace, file } = {}) {
  const page = await browser.newPage({ viewport: SIZE });
  page.setDefaultTimeout(30_000);
  const payload = file ? [["openFile", `vscode-remote://${new URL(base).host}${file}`]] : [];
  const where = folder ? `folder=${folder}` : workspace ? `workspace=${workspace}` : "ew=true";
  await page.goto(`${base}/?${where}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  await page.waitForSelector(".monaco-workbench", { timeout: 60_000 });
  if (file) await editorOf(page).locator(".view-lines").waitFor({ timeout: 30_000 });
  return page;
}

export const editorOf = (page) => page.locator(".part.editor .monaco-editor").first();
export const rows = (page, widget, text) => page.locator(`${widget} .monaco-list-row`, { hasText: text });
export const suggestion = (page, text) => rows(page, ".suggest-widget.visible", text).first();
export const button = (toast, text) => toast.locator(".monaco-button", { hasText: text });
export const specsIcon = (page) => page.locator('.activitybar .action-label[aria-label^="Specs"]');
export const specsView = (page) => page.locator('.part.sidebar .composite.viewlet');
export const pick = (page, text) => rows(page, ".quick-input-widget", text).first();
export const toast = (page, text) => page.locator(".notification-toast", { hasText: text }).first();
export const statusItem = (page) => page.locator('.statusbar-item[id$="spec-lsp.status"]');

/** A picture for people to look at. */
export async function shot(page, name, folder = shots) {
  await page.waitForTimeout(350);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** Opens the input that a key opens; while a window is being rebuilt, keystrokes are lost. */
async function summon(page, key, tries = 3) {
  await page.keyboard.press(key);
  try {
    await page.locator(".quick-input-widget input[type=text]").waitFor({ timeout: 10_000 });
  } catch (error) {
    if (tries === 1) throw error;
    await summon(page, key, tries - 1);
  }
}

/** Runs a command of the palette by its title. */
export async function command(page, title) {
  await summon(page, "F1");
  await page.keyboard.type(title);
  await choose(page, title);
}

/** Opens a file of the workspace by its name. */
export async function openFile(page, name) {
  await summon(page, "Control+P");
  await page.keyboard.type(name);
  await choose(page, name);
  await page.locator(".tab.active", { hasText: name }).first().waitFor();
}

/** Takes what was typed for; the list is still being filled while it is shown. */
async function choose(page, text) {
  await page.locator(".quick-input-widget .monaco-list-row.focused", { hasText: text }).waitFor();
  await page.waitForTimeout(200);
  await page.keyboard.press("Enter");
}

/** Puts the cursor at a line and a column of the active editor. */
export async function goTo(page, line, column = 1) {
  await summon(page, "Control+G");
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

/** The screen position of a word: the middle of its first occurrence in the editor. */
export async function find(page, word) {
  const line = editorOf(page).locator(".view-line", { hasText: word }).first();
  await line.waitFor();
  return line.evaluate((element, word) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(word);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + word.length);
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
    return undefined;
  }, word);
}

export async function clickOn(page, word, options = {}) {
  const { x, y } = await find(page, word);
  await page.mouse.click(x, y, options);
}

/** Rests the pointer on a word until what is expected comes up. */
export async function hoverOn(page, word, expected) {
  const hover = page.locator(".monaco-hover:not(.hidden) .monaco-hover-content", { hasText: expected }).first();
  const rest = async () => {
    const { x, y } = await find(page, word);
    await page.mouse.move(x - 60, y + 60);
    await page.mouse.move(x, y, { steps: 5 });
  };
  await insist(rest, hover);
}

/** Does something several times until it has the wished effect: the screen may still be settling. */
export async function insist(act, effect, times = 4) {
  for (let time = 1; ; time++) {
    await act();
    try {
      return await effect.waitFor({ timeout: 4000 });
    } catch (error) {
      if (time === times) throw error;
    }
  }
}
