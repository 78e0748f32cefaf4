// What is offered where: no command that runs the program in a browser, where there are none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { contributes } from "../../../vscode/package.json";

const NEEDED = /(^| )spec-lsp\.hasPrograms( |$)/;
const RUN = ["initialize", "showReport", "writeBaseline", "installServer"].map((name) => `spec-lsp.${name}`);

test("commands that run the program are enabled only where there are programs", () => {
  const enabled = contributes.commands.filter(({ enablement = "" }) => NEEDED.test(enablement));
  assert.deepEqual(enabled.map(({ command }) => command), RUN);
});

test("menus and welcome pages do not show them elsewhere", () => {
  const items: { command: string; when?: string }[] = Object.values(contributes.menus).flat();
  const shown = items.filter(({ command, when = "" }) => RUN.includes(command) && !NEEDED.test(when));
  assert.deepEqual(shown, []);
  const welcome = contributes.viewsWelcome.filter(({ when }) => when.includes("running") && !NEEDED.test(when));
  assert.deepEqual(welcome.filter(({ contents }) => RUN.some((command) => contents.includes(command))), []);
});
