// What users read when something keeps the server from running.
import assert from "node:assert/strict";
import { test } from "node:test";
import { explain, lastWords, type Problem } from "../../../vscode/src/server/problem";

const PYTHON = { command: "/usr/bin/python3", args: [], version: "3.11.2", canMakeEnvironments: false };

const PROBLEMS: Problem[] = [
  { kind: "missing" },
  { kind: "restricted", refused: ["/project/.venv/bin/spec-lsp"] },
  { kind: "setting", path: "/opt/spec-lsp" },
  { kind: "crash", command: "/opt/spec-lsp", reason: "ImportError: no module" },
  { kind: "gaveUp", reason: "" },
  { kind: "oldPython", python: "/usr/bin/python3", version: "3.9.2" },
  { kind: "noPython", found: [] },
  { kind: "noVenv", python: PYTHON },
  { kind: "noWheel" },
  { kind: "install", reason: "no space left on device" },
];

for (const problem of PROBLEMS) {
  test(`${problem.kind}: a message without a full stop, and a remedy`, () => {
    const { text, remedies } = explain(problem);
    assert.match(text, /^([A-Z]|spec-lsp |\/).*[^.]$/);
    assert.doesNotMatch(text, /undefined|\.\./);
    assert.ok(remedies.length > 0);
    assert.equal(new Set(remedies).size, remedies.length);
  });
}

test("the reason of a traceback is its last line", () => {
  const output = 'Traceback (most recent call last):\n  File "x.py", line 1\nValueError: bad thing\n';
  assert.equal(lastWords(output), "ValueError: bad thing");
});

test("notices after an error do not hide it", () => {
  assert.equal(lastWords("ERROR: no such package\n[notice] a new release\nsee the manual\n"), "ERROR: no such package");
});

test("silence has no last words", () => {
  assert.equal(lastWords("\n"), "");
});
