// Shows problems of the server, with buttons for the remedies.
import * as vscode from "vscode";
import { explain, OLDEST, type Problem, type Remedy } from "./problem";
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
  const problem = await session.host.install?.();
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
    if (!session.host.install) return;
    const isSlow = state.name === "running" && state.server.origin === "bundled" && documents > MANY;
    if (!isSlow || context.globalState.get(OFFERED)) return;
    await context.globalState.update(OFFERED, true);
    const use = "Use a Native Server";
    const text = `There are ${documents} documents here. A native server reads them faster; it needs Python ${OLDEST.join(".")} or newer`;
    if ((await vscode.window.showInformationMessage(text, use)) === use) await installServer(session);
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
