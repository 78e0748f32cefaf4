// Where the server is: pure file-system work, so that it can be tested without an editor.
import { existsSync, lstatSync, statSync } from "node:fs";
import { delimiter, isAbsolute, join, relative, resolve } from "node:path";

/** Everything the search depends on. */
export interface Surroundings {
  /** The setting `spec-lsp.server.path`; empty when it is not set. */
  setting: string;
  /** The workspace folders that are on disk. */
  folders: readonly string[];
  isTrusted: boolean;
  /** Interpreters chosen in other extensions. */
  interpreters: readonly string[];
  /** The environment that this extension may have made for itself. */
  ownEnvironment: string;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  isWindows: boolean;
}

export type Origin = "setting" | "workspace" | "path" | "own";

export interface Server {
  command: string;
  args: readonly string[];
  origin: Origin;
}

export type Search =
  | { found: Server }
  | { wrongSetting: string }
  /** Nothing was found but what restricted mode does not allow. */
  | { refused: readonly string[] };

/** The first server in the order that the user documentation promises. */
export function findServer(around: Surroundings): Search {
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
  const existing = workspacePrograms(around).filter(isFile);
  return { refused: existing.filter((path) => !isAllowed(path, around)) };
}

/** How a program is started; an interpreter runs the module. */
export function server(path: string, origin: Origin): Server {
  const isPython = /(^|[\\/])python[\d.]*w?(\.exe)?$/i.test(path);
  return { command: path, args: isPython ? ["-m", "spec_lsp", "serve"] : ["serve"], origin };
}

/** The program of a Python environment, by the places where environments keep programs. */
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

/** An interpreter may be named by its program or by the folder of its environment. */
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

/** Relative entries of the PATH depend on the current folder, which is not ours to trust. */
function entries(around: Pick<Surroundings, "env">): string[] {
  const path = around.env["PATH"] ?? around.env["Path"] ?? "";
  return path.split(delimiter).filter((entry) => isAbsolute(entry));
}

/** A program on the PATH; Windows itself would search the current folder first. */
export function onPath(name: string, around: Pick<Surroundings, "env" | "isWindows">): string | undefined {
  if (/[\\/]/.test(name)) return name;
  const file = around.isWindows && !/\.\w+$/.test(name) ? `${name}.exe` : name;
  const files = entries(around).map((entry) => join(entry, file));
  return files.find((path) => isFile(path) || (around.isWindows && isThere(path)));
}

/** In restricted mode nothing that lies in the workspace is run. */
function isAllowed(path: string, around: Surroundings): boolean {
  return around.isTrusted || !around.folders.some((folder) => isInside(path, folder));
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, resolve(path));
  return way === "" || (!way.startsWith("..") && !isAbsolute(way));
}

/** The setting may begin with `~` or `${workspaceFolder}`, or be relative to the first folder. */
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

/** Unlike `isFile` this follows no link: the aliases of the Microsoft Store cannot be followed. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
