// The reasons why the server does not run, with a message and remedies for each.

export interface Python {
  command: string;
  args: readonly string[];
  /** Such as `3.12.4`. */
  version: string;
  /** Whether `venv` works; Debian packages it separately. */
  canMakeEnvironments: boolean;
}

/** The oldest Python that a server needs. */
export const OLDEST = [3, 11] as const;

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

/** The message of a problem: what failed, why, what to do. */
export function explain(problem: Problem): Explanation {
  switch (problem.kind) {
    case "missing":
      return warning(
        "The spec-lsp server isn't installed. Install it now? " +
          `(uses Python ${OLDEST.join(".")}+, separate from your projects)`,
        ["install", "setPath", "help"],
      );
    case "restricted":
      return warning(
        "This workspace is in Restricted Mode, so the spec-lsp in its environment is not run. " +
          "Trust the workspace, or install a server outside it",
        ["trust", "install"],
      );
    case "setting":
      return error(`The setting “spec-lsp.server.path” names a file that does not exist: ${problem.path}`, [
        "setPath",
      ]);
    case "crash":
      return error(`spec-lsp failed to start (${problem.command}): ${reason(problem.reason)}`, [
        "log",
        "restart",
        "setPath",
      ]);
    case "gaveUp":
      return error(
        `spec-lsp crashed repeatedly and is not restarted: ${reason(problem.reason)}`,
        ["restart", "log"],
      );
    case "oldPython":
      return error(
        `spec-lsp needs ${NEEDED}, but ${problem.python} is Python ${problem.version}. ` +
          "Install it with a newer Python, or choose another server in the settings",
        ["setPath", "help"],
      );
    case "noPython":
      return error(`spec-lsp needs ${NEEDED}; ${found(problem.found)}. Install one, or choose one in the settings`, [
        "setPython",
        "help",
      ]);
    case "noVenv":
      return error(
        `${problem.python.command} (Python ${problem.python.version}) cannot create virtual environments. ` +
          "On Debian and Ubuntu, install the package python3-venv, then try again",
        ["install", "setPython", "help"],
      );
    case "noWheel":
      return error("This build of the extension does not include the server. Install spec-lsp with pip, then restart the server", [
        "setPath",
        "restart",
        "help",
      ]);
    case "install":
      return error(`Installing spec-lsp failed: ${reason(problem.reason)}`, ["log", "install", "help"]);
  }
}

/** The most informative line of an error output: the last error, otherwise the last line that is not a notice. */
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

function reason(text: string): string {
  return text.replace(/\.$/, "") || "no error output";
}

function warning(text: string, remedies: readonly Remedy[]): Explanation {
  return { text, remedies, isError: false };
}

function error(text: string, remedies: readonly Remedy[]): Explanation {
  return { text, remedies, isError: true };
}
