// The trace graph: what it shows, how it is chosen, its colours, and a workspace of 500 documents.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as ed from "./harness.mjs";
import { runScenes } from "./scenes.mjs";
import * as ui from "./screen.mjs";

const CHECKOUT = "docs/runbooks/RUN-001-checkout.md";

async function openGraph(editor, folder, settings = {}) {
  ed.writeSettings(editor, settings, { "spec-lsp.server.path": ed.serverProgram(editor) });
  const page = await ui.openWindow(editor, { folder, file: join(folder, CHECKOUT) });
  await ui.statusItem(page).filter({ hasText: /Runbook \d+%/ }).waitFor();
  await ui.command(page, "Show Trace Graph");
  const frame = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
  await frame.locator("svg .node").first().waitFor();
  return { page, frame, node: (text) => frame.locator("svg .node", { hasText: text }).first() };
}

/** Fails unless the whole drawing is inside its frame. */
async function requireFitted(frame) {
  const canvas = await frame.locator(".canvas").boundingBox();
  const drawing = await frame.locator(".canvas svg").boundingBox();
  const isInside = drawing.width <= canvas.width && drawing.height <= canvas.height;
  if (!isInside) throw new Error(`${JSON.stringify(drawing)} is not in ${JSON.stringify(canvas)}`);
}

/** Adds 500 runbooks in five folders, each referring to another one. */
function grow(folder) {
  for (let number = 100; number < 600; number++) {
    const path = join(folder, "docs/runbooks", `team-${number % 5}`);
    mkdirSync(path, { recursive: true });
    const state = number % 2 ? "Draft" : "Live";
    const text = `# Runbook: What to do when part number ${number} of the shop does not answer\n\n**ID**: RUN-${number}\n**Status**: ${state}\n\n## Symptoms\n\nSee RUN-${100 + ((number * 7) % 500)}.\n`;
    writeFileSync(join(path, `RUN-${number}-part.md`), text);
  }
}

const scenes = {
  async "it opens fitted, with labels, a legend and wrapped titles"(editor, folder) {
    const { page, frame, node } = await openGraph(editor, folder);
    await node("TASK-001").waitFor();
    await requireFitted(frame);
    await frame.locator(".label", { hasText: "Decision" }).first().waitFor();
    await frame.locator(".legend", { hasText: "mention in the text" }).waitFor();
    await ui.shot(page, "graph-fitted");
    const arrows = await frame.locator(".canvas .edge").evaluateAll((all) => all.map((each) => each.querySelectorAll(".tip").length));
    if (!arrows.length || arrows.some((tips) => tips !== 1)) throw new Error(`arrow heads: ${arrows}`);
  },

  async "a kind is chosen, and the surroundings of the open document"(editor, folder) {
    const { page, frame, node } = await openGraph(editor, folder);
    await frame.locator("select[name=kind]").selectOption("task");
    await node("RUN-001").waitFor({ state: "hidden" });
    await node("TASK-001").waitFor();
    await frame.locator("select[name=kind]").selectOption("");
    await node("RUN-001").waitFor();
    await frame.locator("select[name=around]").selectOption({ index: 1 });
    await frame.locator("select[name=depth]").waitFor();
    await node("RUN-001").waitFor();
    await ui.shot(page, "graph-around");
  },

  async "it has the colours of a High Contrast theme"(editor, folder) {
    const { page, frame } = await openGraph(editor, folder, { "workbench.colorTheme": "Default High Contrast" });
    const colour = await frame.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
    await ui.shot(page, "graph-high-contrast");
    if (colour !== "rgb(0, 0, 0)") throw new Error(`the background is ${colour}`);
  },

  async "500 documents are grouped, opened by group and searched"(editor, folder) {
    grow(folder);
    const { page, frame, node } = await openGraph(editor, folder);
    await node(/50\d documents/).waitFor({ timeout: 60_000 });
    await requireFitted(frame);
    await ui.shot(page, "graph-500");
    await node(/50\d documents/).click();
    await node("100 documents").waitFor();
    await ui.shot(page, "graph-500-folders");
    await frame.locator("input[data-find]").fill("RUN-123");
    const hit = await frame.locator("#graph-documents option").evaluateAll((all) => all.find((each) => each.value.startsWith("RUN-123")).value);
    await frame.locator("input[data-find]").fill(hit);
    await page.keyboard.press("Enter");
    await node("RUN-123").waitFor();
    await requireFitted(frame);
    await ui.shot(page, "graph-500-around");
    await frame.locator("select[name=around]").selectOption("");
    await frame.locator("select[name=group]").selectOption("document");
    await frame.locator("svg .node").nth(400).waitFor({ state: "attached" });
    await frame.locator("input[data-find]").fill("number 345 ");
    await ed.until("the hit in view", async () => {
      const box = await frame.locator(".node.hit").boundingBox();
      const canvas = await frame.locator(".canvas").boundingBox();
      return box && box.y > canvas.y && box.y < canvas.y + canvas.height && box.x > canvas.x;
    });
    await ui.shot(page, "graph-500-search");
  },
};

await runScenes("graph", scenes, ed.requireFile(join(ed.extension, "spec-lsp.vsix")));
