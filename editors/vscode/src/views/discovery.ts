// Says once what was found in a folder that nothing configures, and offers what to do with it.
import * as vscode from "vscode";
import type { Found } from "../api";
import type { Session } from "../server/session";

const TOLD = "told"; // key in the memory of the workspace: folders whose documents were announced
/** From this many errors and warnings on, the problems are old ones that hide new ones. */
const FLOOD = 20;

const SHOW = "Show";
const NOT_HERE = "Not Here";
const BASELINE = "Record as Known";

export function announceFindings(session: Session, baseline: (folder: vscode.Uri) => unknown): vscode.Disposable {
  return session.onDidFind(async (found) => {
    const memory = session.context.workspaceState;
    const told = memory.get<string[]>(TOLD, []);
    if (!found.message || told.includes(found.uri)) return;
    await memory.update(TOLD, [...told, found.uri]);
    const problems = await countProblems(session, found);
    const isFlood = problems >= FLOOD && session.host.runProgram !== undefined;
    const flood = `. ${problems} problems in these documents can be recorded as known, so that only new ones are shown`;
    const buttons = isFlood ? [SHOW, BASELINE, NOT_HERE] : [SHOW, NOT_HERE];
    const chosen = await vscode.window.showInformationMessage(found.message + (isFlood ? flood : ""), ...buttons);
    if (chosen === SHOW) await vscode.commands.executeCommand("spec-lsp.documents.focus");
    if (chosen === BASELINE) await baseline(vscode.Uri.parse(found.uri));
    if (chosen === NOT_HERE) await session.turn(false);
  });
}

async function countProblems(session: Session, { uri }: Found): Promise<number> {
  const documents = (await session.ask("specLsp.documents", {})) ?? [];
  const inside = documents.filter((document) => document.uri.startsWith(`${uri}/`));
  return inside.reduce((sum, { findings }) => sum + findings.error + findings.warning, 0);
}
