// Shows problems of the server, with buttons for the remedies.
import * as vscode from "vscode";
import { bundledWheel, install } from "./install";
import { isWindows, ownEnvironment } from "./locate";
import { explain, type Problem, type Remedy } from "./problem";
import { OLDEST } from "./python";
import type { Session } from "./session";

const TITLES: Record<Remedy, string> = {
  install: "Install",
  setPath: "Set Path",
  setPython: "Choose Python",
  trust: "Manage Trust",
  restart: "Restart",
  log: "Show Log",
  help: "Help",
};

/** Shows a problem and applies the remedy that the user chooses. */
export async function present(problem: Problem, session: Session): Promise<void> {
  const { text, remedies, isError } = explain(problem);
  const show = isError ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
  const titles = remedies.map((remedy) => TITLES[remedy]);
  const chosen = await show(text, ...titles);
  const remedy = remedies.find((each) => TITLES[each] === chosen);
  if (remedy) await apply(remedy, session);
}

async function apply(remedy: Remedy, session: Session): Promise<void> {
  switch (remedy) {
    case "install":
      return installServer(session);
    case "setPath":
      return openSettings("spec-lsp.server.path");
    case "setPython":
      return openSettings("spec-lsp.server.python");
    case "trust":
      return void (await vscode.commands.executeCommand("workbench.trust.manage"));
    case "restart":
      return session.restart();
    case "log":
      return session.log.show(true);
    case "help":
      return openHelp(session.context);
  }
}

/** Installs the included server and starts it. */
export async function installServer(session: Session): Promise<void> {
  const problem = await installWithProgress(session.context, session.log);
  if (problem) return present(problem, session);
  await session.restart();
}

/** From this many documents on, it is felt that the server in the extension is slower. */
const MANY = 3_000;
const OFFERED = "offeredNative"; // key in the memory of the extension

/** Offers a native server, once, where there is much to read. */
export function offerNative(session: Session): vscode.Disposable {
  return session.onDidIndex(async (documents) => {
    const { state, context } = session;
    const isSlow = state.name === "running" && state.server.origin === "bundled" && documents > MANY;
    if (!isSlow || context.globalState.get(OFFERED)) return;
    await context.globalState.update(OFFERED, true);
    const use = "Use a Native Server";
    const text = `There are ${documents} documents here. A native server reads them faster; it needs Python ${OLDEST.join(".")} or newer`;
    if ((await vscode.window.showInformationMessage(text, use)) === use) await installServer(session);
  });
}

/** Creates the extension's own environment, with progress and a cancel button. */
export async function installWithProgress(
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

/** Opens a setting; in remote windows the remote settings, because paths are on that machine. */
async function openSettings(id: string): Promise<void> {
  const command = vscode.env.remoteName ? "openRemoteSettings" : "openSettings";
  await vscode.commands.executeCommand(`workbench.action.${command}`, { query: `@id:${id}` });
}

/** Opens the extension's README, which explains how the server is found. */
async function openHelp(context: vscode.ExtensionContext): Promise<void> {
  await vscode.commands.executeCommand("extension.open", context.extension.id);
}
