// The first minutes in a folder that nobody configured, and the commands about a whole folder.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as ed from "./harness.mjs";
import { runScenes } from "./scenes.mjs";
import * as ui from "./screen.mjs";

const OPENSPEC = {
  "openspec/project.md": "# Project Context\n\nA library.\n",
  "openspec/specs/loans/spec.md":
    "# loans Specification\n\n## Purpose\n\nReaders borrow books.\n\n## Requirements\n\n" +
    "### Requirement: A loan has an end\n\nEvery loan SHALL name the day of return.\n\n" +
    "#### Scenario: A book is borrowed\n\n- **WHEN** a reader borrows a book\n- **THEN** the day of return is shown\n",
  "openspec/changes/late-fees/proposal.md":
    "# Change: Late fees\n\n## Why\n\nBooks come back late.\n\n## What Changes\n\n- A fee for each day\n",
};

/** Replaces what is in a folder. */
function lay(folder, files) {
  rmSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function old(number) {
  const id = `BUG-${String(number).padStart(3, "0")}`;
  const head = `# Bug Fix Specification: Old ${number}\n\n**Version**: 1.0\n**Status**: Draft\n**Severity**: Awful ${number}\n`;
  return [`docs/bugs/${id}-old.md`, `${head}\nSee [the log](log-${number}.md) and [the plan](plan-${number}.md).\n`];
}

function open(editor, where) {
  ed.writeSettings(editor, {}, { "spec-lsp.server.path": ed.serverProgram(editor) });
  return ui.openWindow(editor, where);
}

const frameOf = (page) => page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");

const scenes = {
  async "what was found is said once, and shown"(editor, folder) {
    lay(folder, OPENSPEC);
    const page = await open(editor, { folder });
    const notice = ui.toast(page, "Found 3 documents of the openspec layout: 1 project, 1 proposal, 1 spec");
    await notice.waitFor();
    await ui.shot(page, "50-found");
    await ui.button(notice, "Show").click();
    await ui.specsView(page).getByText("Found 3 documents").waitFor();
    await page.locator(".pane-body .monaco-list-row", { hasText: "Late fees" }).waitFor();
    await ui.shot(page, "51-found-in-view");
    await page.reload();
    await ui.specsView(page).getByText("Found 3 documents").waitFor();
    await page.waitForTimeout(1500);
    if (await ui.toast(page, "Found 3").isVisible()) throw new Error("said twice");
  },

  async "not here: the server stays off in this folder until it is turned on"(editor, folder) {
    lay(folder, OPENSPEC);
    const page = await open(editor, { folder });
    await ui.button(ui.toast(page, "Found 3 documents"), "Not Here").click();
    await ui.specsIcon(page).click();
    await page.getByText("Specs is turned off in this workspace").waitFor();
    await ui.shot(page, "52-not-here");
    await page.reload();
    await page.getByText("Specs is turned off in this workspace").waitFor();
    await page.getByRole("button", { name: "Turn On" }).click();
    await page.locator(".pane-body .monaco-list-row", { hasText: "Late fees" }).waitFor();
  },

  async "a flood of old problems can be recorded as known"(editor, folder) {
    lay(folder, Object.fromEntries(Array.from({ length: 24 }, (_, number) => old(number + 1))));
    const page = await open(editor, { folder, file: join(folder, "docs/bugs/BUG-001-old.md") });
    const notice = ui.toast(page, "Found 24 documents of kind bug-fix");
    await notice.waitFor();
    await ui.shot(page, "53-flood");
    await notice.getByText(/\d\d+ problems in these documents can be recorded as known/).waitFor();
    await ui.button(notice, "Record as Known").click();
    await ui.toast(page, /Wrote spec-lsp-baseline.json with \d\d+ known problems/).waitFor();
    await ui.command(page, "Specs: Check All Documents");
    await page.locator(".markers-panel", { hasText: "No problems have been detected" }).waitFor();
    await ui.shot(page, "54-recorded");
  },

  async "a folder is initialized"(editor, folder) {
    lay(folder, { ...OPENSPEC, "docs/templates/runbook-template.md": "# Runbook: [Name]\n\n**Status**: Draft | Live\n\n## Steps\n\n[What to do]\n" });
    const page = await open(editor, { folder });
    await ui.toast(page, "`spec-lsp init` can put 1 template to use").waitFor();
    await ui.command(page, "Specs: Initialize Folder");
    await page.locator(".tab.active", { hasText: "spec-lsp.toml" }).waitFor();
    await ui.shot(page, "55-initialized");
    await ed.until("the template in the configuration", () => /docs\/templates/.test(readFileSync(join(folder, "spec-lsp.toml"), "utf8")));
  },

  async "the report is shown, and a document opens from it"(editor, folder) {
    const page = await open(editor, { folder, file: join(folder, "docs/runbooks/RUN-001-checkout.md") });
    await ui.statusItem(page).filter({ hasText: /Runbook \d+%/ }).waitFor();
    await ui.command(page, "Specs: Show Report");
    const link = frameOf(page).getByRole("link", { name: /RUN-002/ }).first();
    await link.waitFor();
    await ui.shot(page, "56-report");
    await link.click();
    await page.locator(".tab.active", { hasText: "RUN-002" }).waitFor();
  },

  async "a rule is explained"(editor, folder) {
    const page = await open(editor, { folder, file: join(folder, "docs/runbooks/RUN-002-search.md") });
    await ui.statusItem(page).filter({ hasText: /Runbook \d+%/ }).waitFor();
    await ui.command(page, "Specs: Explain Rule");
    await page.keyboard.type("missing-section");
    await ui.pick(page, "missing-section").click();
    await frameOf(page).getByRole("heading", { name: "missing-section" }).waitFor();
    await ui.shot(page, "57-explained");
  },
};

await runScenes("start", scenes, ed.requireFile(join(ed.extension, "spec-lsp.vsix")));
