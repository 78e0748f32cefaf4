// What can keep the server from running, and what to tell the user about each.
import { OLDEST, type Python } from "./python";

export type Problem =
  | { kind: "missing" }
  | { kind: "restricted"; refused: readonly string[] }
  | { kind: "setting"; path: string }
  | { kind: "crash"; command: string; reason: string }
  | { kind: "gaveUp"; reason: string }
  | { kind: "oldPython"; python: string; version: string }
  | { kind: "noPython"; found: readonly Python[] }
  | { kind: "noVenv"; python: Python }
  | { kind: "noWheel" }
  | { kind: "install"; reason: string };

export type Remedy = "install" | "setPath" | "setPython" | "trust" | "restart" | "log" | "help";

export interface Explanation {
  text: string;
  remedies: readonly Remedy[];
  isError: boolean;
}

const NEEDED = `Python ${OLDEST.join(".")} or newer`;

/** One or two sentences for each problem: what is wrong, and what to do. */
export function explain(problem: Problem): Explanation {
  switch (problem.kind) {
    case "missing":
      return warning(
        "The spec-lsp server was found neither in this workspace's Python environment nor on the PATH. " +
          "Install it into an environment of its own?",
        ["install", "setPath", "help"],
      );
    case "restricted":
      return warning(
        "This workspace is in restricted mode, so the spec-lsp of its own environment is not run. " +
          "Trust the workspace, or install a server outside of it.",
        ["trust", "install"],
      );
    case "setting":
      return error(`The setting “spec-lsp.server.path” names ${problem.path}, and no such file exists.`, [
        "setPath",
      ]);
    case "crash":
      return error(`spec-lsp ended while starting (${problem.command}): ${sentence(problem.reason)}`, [
        "log",
        "restart",
        "setPath",
      ]);
    case "gaveUp":
      return error(
        `spec-lsp ended several times in a few minutes and is not started again: ${sentence(problem.reason)}`,
        ["restart", "log"],
      );
    case "oldPython":
      return error(
        `spec-lsp needs ${NEEDED}, but ${problem.python} is Python ${problem.version}. ` +
          "Install it with a newer Python, or let the settings name another server.",
        ["setPath", "help"],
      );
    case "noPython":
      return error(`spec-lsp needs ${NEEDED}; ${found(problem.found)}. Install one, or name one in the settings.`, [
        "setPython",
        "help",
      ]);
    case "noVenv":
      return error(
        `${problem.python.command} (Python ${problem.python.version}) cannot make environments. ` +
          "On Debian and Ubuntu install the package python3-venv, then try again.",
        ["install", "setPython", "help"],
      );
    case "noWheel":
      return error("This build of the extension carries no server. Install spec-lsp with pip, then restart.", [
        "setPath",
        "restart",
        "help",
      ]);
    case "install":
      return error(`Installing spec-lsp failed: ${sentence(problem.reason)}`, ["log", "install", "help"]);
  }
}

/** The line of an error output that says most: the last one that is no mere notice. */
export function lastWords(output: string): string {
  const lines = output
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line && !/^(\[notice\]|WARNING:|During handling)/.test(line));
  return lines.findLast((line) => /^(ERROR:|[\w.]*(Error|Exception)\b)/.test(line)) ?? lines.at(-1) ?? "";
}

function found(pythons: readonly Python[]): string {
  const names = [...new Set(pythons.map((python) => `${python.command} is ${python.version}`))];
  return names.length ? names.join(", ") : "no Python was found on the PATH";
}

function sentence(text: string): string {
  const line = text || "it gave no reason";
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

function warning(text: string, remedies: readonly Remedy[]): Explanation {
  return { text, remedies, isError: false };
}

function error(text: string, remedies: readonly Remedy[]): Explanation {
  return { text, remedies, isError: true };
}
