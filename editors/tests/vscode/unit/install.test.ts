// Making the extension's own environment, with Pythons played by small shell scripts.
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { bundledWheel, install, isUpToDate, type Installation } from "../../../vscode/src/server/install";
import { explain } from "../../../vscode/src/server/problem";
import { interpreterOf, isRecent } from "../../../vscode/src/server/python";

const WHEEL = "/wheels/spec_lsp-1.2.3-py3-none-any.whl";

/** A program that answers the probe with `answer` and runs `pip` when asked to install. */
function python(folder: string, answer: string, pip = "true"): string {
  const path = join(folder, "python3");
  const script = `#!/bin/sh
case "$*" in
  -c*) echo "${answer}" ;;
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  *pip*) ${pip} ;;
esac
`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return path;
}

function job(changes: Partial<Installation> = {}): Installation & { steps: string[]; lines: string[] } {
  const folder = mkdtempSync(join(tmpdir(), "install-"));
  const steps: string[] = [];
  const lines: string[] = [];
  return {
    environment: join(folder, "storage", "server"),
    wheel: WHEEL,
    python: python(folder, "3.12.1 1", 'touch "$(dirname "$0")/spec-lsp"'),
    isWindows: false,
    report: (step) => steps.push(step),
    log: (line) => lines.push(line),
    signal: new AbortController().signal,
    steps,
    lines,
    ...changes,
  };
}

function folder(): string {
  return mkdtempSync(join(tmpdir(), "python-"));
}

test("an environment is made, filled and marked with what it holds", async () => {
  const work = job();
  assert.equal(await install(work), undefined);
  assert.ok(existsSync(join(work.environment, "bin", "spec-lsp")));
  assert.deepEqual(work.steps, [
    "Searching for Python",
    "Creating an environment with Python 3.12.1",
    "Installing the server and its dependencies",
  ]);
  assert.ok(isUpToDate(work.environment, WHEEL));
  assert.ok(!isUpToDate(work.environment, WHEEL.replace("1.2.3", "1.2.4")));
});

test("the log shows each command as it was run", async () => {
  const work = job();
  await install(work);
  assert.ok(work.lines.some((line) => line.endsWith(`--no-input ${WHEEL}`)), work.lines.join("\n"));
});

test("no Python at all is said", async () => {
  const problem = await install(job({ python: "/nowhere/python3" }));
  assert.deepEqual(problem, { kind: "noPython", found: [] });
});

test("an old Python is named with its version", async () => {
  const problem = await install(job({ python: python(folder(), "3.10.14 1") }));
  assert.ok(problem);
  assert.match(explain(problem).text, /needs Python 3\.11 or newer; .*python3 is 3\.10\.14\. Install one/);
});

test("a Python without venv is told from an old one", async () => {
  const problem = await install(job({ python: python(folder(), "3.13.0 0") }));
  assert.equal(problem?.kind, "noVenv");
});

test("what pip says is passed on, and nothing half made is left", async () => {
  const complaint = "echo 'ERROR: No matching distribution found for pygls' >&2; echo '[notice] x' >&2; exit 1";
  const work = job({ python: python(folder(), "3.12.1 1", complaint) });
  const problem = await install(work);
  assert.ok(problem);
  assert.equal(explain(problem).text, "Installing spec-lsp failed: ERROR: No matching distribution found for pygls");
  assert.ok(!existsSync(work.environment));
});

test("a package without the program is no success", async () => {
  const problem = await install(job({ python: python(folder(), "3.12.1 1", "true") }));
  assert.equal(problem?.kind, "install");
});

test("it can be cancelled", async () => {
  const abort = new AbortController();
  const work = job({ python: python(folder(), "3.12.1 1", "exec sleep 30"), signal: abort.signal });
  const report = work.report;
  const done = install({
    ...work,
    report: (step) => {
      report(step);
      if (step.startsWith("Installing")) setTimeout(() => abort.abort(), 50);
    },
  });
  assert.deepEqual(await done, { kind: "install", reason: "cancelled" });
});

test("the wheel is the one in the extension's folder", () => {
  const extension = folder();
  assert.equal(bundledWheel(extension), undefined);
  mkdirSync(join(extension, "bundled"));
  writeFileSync(join(extension, "bundled", "spec_lsp-1.2.3-py3-none-any.whl"), "");
  assert.equal(bundledWheel(extension), join(extension, "bundled", "spec_lsp-1.2.3-py3-none-any.whl"));
});

test("versions are compared as numbers", () => {
  const versions = ["2.7.18", "3.9.0", "3.10.9", "3.11.0", "3.14.0", "4.0.0"];
  assert.deepEqual(versions.filter(isRecent), ["3.11.0", "3.14.0", "4.0.0"]);
});

test("the interpreter of a script is in its first line", () => {
  const script = (first: string) => {
    const path = join(folder(), "spec-lsp");
    writeFileSync(path, `${first}\nprint()\n`);
    return path;
  };
  assert.deepEqual(interpreterOf(script("#!/opt/env/bin/python3")), ["/opt/env/bin/python3"]);
  assert.deepEqual(interpreterOf(script("#!/usr/bin/env python3")), ["python3"]);
  assert.deepEqual(interpreterOf("/usr/bin/python3.12"), ["/usr/bin/python3.12"]);
  assert.equal(interpreterOf(script("no script")), undefined);
  assert.equal(interpreterOf("/nowhere/spec-lsp"), undefined);
});
