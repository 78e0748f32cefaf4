// Finds the server. File system only, so that it can be tested without an editor.
import { existsSync, lstatSync, statSync } from "node:fs";
import { delimiter, isAbsolute, join, relative, resolve } from "node:path";

/** The inputs of the search. */
export interface Surroundings {
  /** The setting `spec-lsp.server.path`; empty if not set. */
  setting: string;
  /** The setting `spec-lsp.server.kind`. */
  kind: Kind;
  /** The workspace folders that are on disk. */
  folders: readonly string[];
  isTrusted: boolean;
  /** Interpreters selected in other extensions. */
  interpreters: readonly string[];
  /** The extension's own environment, which may not exist. */
  ownEnvironment: string;
  /** The server in the extension, which may not exist. */
  bundled: Server;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  isWindows: boolean;
}

export type Kind = "auto" | "native" | "bundled";
export type Origin = "setting" | "workspace" | "path" | "own" | "bundled";

export interface Server {
  command: string;
  args: readonly string[];
  origin: Origin;
}

export type Search =
  | { found: Server }
  | { wrongSetting: string }
  /** Only programs were found that Restricted Mode does not allow. */
  | { refused: readonly string[] };

/** Finds the first server, in the order of the README. */
export function findServer(around: Surroundings): Search {
  const bundled = around.kind !== "native" && exists(around.bundled) ? around.bundled : undefined;
  if (bundled && around.kind === "bundled") return { found: bundled };
  if (around.setting) {
    const path = expand(around.setting, around);
    return isFile(path) ? { found: server(path, "setting") } : { wrongSetting: path };
  }
  const inWorkspace = firstFile(workspacePrograms(around).filter((path) => isAllowed(path, around)));
  if (inWorkspace) return { found: server(inWorkspace, "workspace") };
  const onPath = firstFile(pathPrograms(around));
  if (onPath) return { found: server(onPath, "path") };
  const own = firstFile(programs(around.ownEnvironment, around));
  if (own) return { found: server(own, "own") };
  if (bundled) return { found: bundled };
  const existing = workspacePrograms(around).filter(isFile);
  return { refused: existing.filter((path) => !isAllowed(path, around)) };
}

/** The command line of a program; an interpreter runs the module. */
export function server(path: string, origin: Origin): Server {
  const isPython = /(^|[\\/])python[\d.]*w?(\.exe)?$/i.test(path);
  return { command: path, args: isPython ? ["-m", "spec_lsp", "serve"] : ["serve"], origin };
}

/** The server in an extension, which runs in the editor's own Node. */
export function bundledServer(extensionPath: string): Server {
  const program = join(extensionPath, "bundled", "npm", "bin", "spec-lsp.mjs");
  return { command: process.execPath, args: [program, "serve"], origin: "bundled" };
}

/** Whether the extension was built with its server. */
export function exists({ args }: Server): boolean {
  return isFile(args[0] ?? "");
}

/** The variables of the environment that a server needs. */
export function environmentOf({ origin }: Server): Record<string, string> {
  // Without it, the program of a desktop editor opens a window.
  if (origin === "bundled") return { ELECTRON_RUN_AS_NODE: "1" };
  // Python must not import modules from the working directory.
  return { PYTHONSAFEPATH: "1", PYTHONUTF8: "1", PYTHONUNBUFFERED: "1" };
}

/** The paths at which a Python environment may have the program. */
export function programs(environment: string, around: Pick<Surroundings, "isWindows">): string[] {
  return around.isWindows
    ? [join(environment, "Scripts", "spec-lsp.exe")]
    : [join(environment, "bin", "spec-lsp")];
}

function workspacePrograms(around: Surroundings): string[] {
  const environments = around.folders.flatMap((folder) => [join(folder, ".venv"), join(folder, "venv")]);
  const active = around.env["VIRTUAL_ENV"];
  if (active && isAbsolute(active)) environments.push(active);
  const beside = around.interpreters.flatMap((path) => besideInterpreter(path, around));
  return [...environments.flatMap((environment) => programs(environment, around)), ...beside];
}

/** `path` is an interpreter or the folder of an environment. */
function besideInterpreter(path: string, around: Surroundings): string[] {
  const name = around.isWindows ? "spec-lsp.exe" : "spec-lsp";
  const besides = [join(path, "..", name), ...programs(path, around)];
  return around.isWindows ? [...besides, join(path, "..", "Scripts", name)] : besides;
}

function pathPrograms(around: Surroundings): string[] {
  const name = around.isWindows ? "spec-lsp.exe" : "spec-lsp";
  return entries(around)
    .map((entry) => join(entry, name))
    .filter((path) => isAllowed(path, around));
}

/** Absolute entries of the PATH: relative ones depend on the working directory, which is untrusted. */
function entries(around: Pick<Surroundings, "env">): string[] {
  const path = around.env["PATH"] ?? around.env["Path"] ?? "";
  return path.split(delimiter).filter((entry) => isAbsolute(entry));
}

/** Finds a program on the PATH. Windows itself would search the working directory first. */
export function onPath(name: string, around: Pick<Surroundings, "env" | "isWindows">): string | undefined {
  if (/[\\/]/.test(name)) return name;
  const file = around.isWindows && !/\.\w+$/.test(name) ? `${name}.exe` : name;
  const files = entries(around).map((entry) => join(entry, file));
  return files.find((path) => isFile(path) || (around.isWindows && isThere(path)));
}

/** In Restricted Mode, programs inside the workspace are never run. */
function isAllowed(path: string, around: Surroundings): boolean {
  return around.isTrusted || !around.folders.some((folder) => isInside(path, folder));
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, resolve(path));
  return way === "" || (!way.startsWith("..") && !isAbsolute(way));
}

/** Expands `~` and variables; a relative path starts at the first folder. */
function expand(setting: string, around: Surroundings): string {
  const folder = around.folders[0] ?? around.home;
  const path = setting
    .trim()
    .replace(/^~(?=$|[\\/])/, () => around.home)
    .replaceAll("${workspaceFolder}", () => folder)
    .replaceAll("${userHome}", () => around.home)
    .replace(/\$\{env:(\w+)\}/g, (_, name: string) => around.env[name] ?? "");
  return resolve(folder, path);
}

function firstFile(paths: readonly string[]): string | undefined {
  return paths.find(isFile);
}

/** Like `isFile` without following links: the aliases of the Microsoft Store cannot be followed. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
