// Collects the inputs of the server search from this window.
import { homedir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { bundledServer, findServer, type Kind, type Search, type Surroundings } from "./find";

interface PythonExtension {
  environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { path: string };
    onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

export const isWindows = process.platform === "win32";

export function ownEnvironment(context: vscode.ExtensionContext): string {
  return join(context.globalStorageUri.fsPath, "server");
}

/** Finds the server. The Python extension starts slowly, so it is queried only as a fallback. */
export async function locate(context: vscode.ExtensionContext): Promise<Search> {
  const around = surroundings(context);
  const near = findServer(around);
  const origin = "found" in near ? near.found.origin : undefined;
  const isNear = origin === "setting" || origin === "workspace" || "wrongSetting" in near || kind() === "bundled";
  return isNear ? near : findServer({ ...around, interpreters: await interpreters() });
}

/** Calls back when another interpreter is selected in the Python extension. */
export async function onInterpreterChange(callback: () => void): Promise<vscode.Disposable | undefined> {
  return (await pythonExtension())?.environments?.onDidChangeActiveEnvironmentPath(callback);
}

/** The setting that chooses between the server in the extension and others. */
export function kind(): Kind {
  return vscode.workspace.getConfiguration("spec-lsp").get<Kind>("server.kind", "auto");
}

function surroundings(context: vscode.ExtensionContext): Surroundings {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return {
    setting: vscode.workspace.getConfiguration("spec-lsp").get("server.path", ""),
    kind: kind(),
    folders: folders.filter((folder) => folder.uri.scheme === "file").map((folder) => folder.uri.fsPath),
    isTrusted: vscode.workspace.isTrusted,
    interpreters: [],
    ownEnvironment: ownEnvironment(context),
    bundled: bundledServer(context.extensionPath),
    env: process.env,
    home: homedir(),
    isWindows,
  };
}

async function interpreters(): Promise<string[]> {
  const environments = (await pythonExtension())?.environments;
  if (!environments) return [];
  return (vscode.workspace.workspaceFolders ?? []).map((folder) => environments.getActiveEnvironmentPath(folder.uri).path);
}

/** The Python extension; never activated in an untrusted workspace. */
async function pythonExtension(): Promise<PythonExtension | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
  if (!extension || !vscode.workspace.isTrusted) return undefined;
  try {
    return extension.isActive ? extension.exports : await extension.activate();
  } catch {
    return undefined;
  }
}
