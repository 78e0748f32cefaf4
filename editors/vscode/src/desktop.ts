// The extension on a desktop: the server is a program, that of the user or the one in the extension.
import { homedir } from "node:os";
import * as vscode from "vscode";
import { activateWith, restartUnlessSet } from "./extension";
import { bundledServer, exists, type Server } from "./server/find";
import type { Host } from "./server/host";
import { bundledWheel, install, isUpToDate } from "./server/install";
import { isWindows, kind, locate, onInterpreterChange, ownEnvironment } from "./server/locate";
import { lastWords, type Problem } from "./server/problem";
import { createRun } from "./server/process";
import { runProgram } from "./server/program";
import { interpreterOf, isRecent, probe } from "./server/python";
import { isAtLeast, versionOf } from "./server/version";

export { deactivate } from "./extension";

export function activate(context: vscode.ExtensionContext): object {
  const { session, api } = activateWith(context, (log) => hostOf(context, log));
  void onInterpreterChange(() => restartUnlessSet(session)).then((listening) => {
    if (listening) context.subscriptions.push(listening);
  });
  return api;
}

function hostOf(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Host {
  const update = () => installWithProgress(context, log);
  return {
    createRun,
    diagnose,
    install: update,
    runProgram,
    async locate() {
      const search = await locate(context);
      if ("found" in search) return checked(search.found, context, log, update);
      if ("wrongSetting" in search) return { kind: "setting", path: search.wrongSetting };
      const { refused } = search;
      return refused.length ? { kind: "restricted", refused } : { kind: "missing" };
    },
  };
}

/** The server, if it is up to date; otherwise the one in the extension, unless that is not wanted. */
async function checked(
  found: Server,
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  update: () => Promise<Problem | undefined>,
): Promise<Server | Problem> {
  const bundled = bundledServer(context.extensionPath);
  if (found.origin === "setting" || found.origin === "bundled") return found;
  const wheel = bundledWheel(context.extensionPath);
  const isOutdated = found.origin === "own" && !isUpToDate(ownEnvironment(context), wheel);
  const problem = isOutdated ? await update() : undefined;
  if (kind() === "native" || !exists(bundled)) return problem ?? found;
  const own: string = context.extension.packageJSON.version;
  const version = problem ? "" : await versionOf(found, context.globalState, homedir());
  if (isAtLeast(version, own)) return found;
  const what = version ? `is ${version}, older than ${own}` : "does not run";
  log.warn(`${found.command} ${what}; the server in the extension is used`);
  return bundled;
}

/** Why a server failed to start: its Python is too old, otherwise its error output. */
async function diagnose(server: Server, output: string): Promise<Problem> {
  const interpreter = interpreterOf(server.command);
  const python = interpreter && (await probe(interpreter));
  if (python && !isRecent(python.version)) {
    return { kind: "oldPython", python: python.command, version: python.version };
  }
  return { kind: "crash", command: server.command, reason: lastWords(output) };
}

/** Creates the extension's own environment, with progress and a cancel button. */
async function installWithProgress(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<Problem | undefined> {
  const wheel = bundledWheel(context.extensionPath);
  if (!wheel) return { kind: "noWheel" };
  const title = "Installing the spec-lsp server";
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return install({
      environment: ownEnvironment(context),
      wheel,
      python: vscode.workspace.getConfiguration("spec-lsp").get("server.python", ""),
      isWindows,
      report: (message) => progress.report({ message }),
      log: (line) => log.info(line),
      signal: abort.signal,
    });
  });
}
