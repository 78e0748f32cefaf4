// Activation and the table of commands.
import * as vscode from "vscode";
import { serveBuiltinTemplates } from "./builtin";
import { explainRule } from "./commands/explain";
import { check, initialize, showReport, writeBaseline } from "./commands/folder";
import { DOCUMENT_COMMANDS, type Target, uriOf } from "./commands/document";
import { createFromId, goToPlaceholder, insertMissing, showTemplate } from "./commands/here";
import { newDocument } from "./commands/newDocument";
import { showReferences } from "./commands/showReferences";
import type { Host } from "./server/host";
import { installServer, offerNative, present } from "./server/remedies";
import { Session } from "./server/session";
import { createPreview } from "./preview";
import { createBoard } from "./views/board";
import { announceFindings } from "./views/discovery";
import { createGraph } from "./views/graph";
import { createLinksView } from "./views/links";
import { createSpecsView } from "./views/specs";
import { createStatusBar } from "./views/statusBar";

let session: Session | undefined;

interface Activated {
  session: Session;
  /** What the extension returns, which extends the Markdown preview. */
  api: Pick<ReturnType<typeof createPreview>, "extendMarkdownIt">;
}

/** What every host has in common. */
export function activateWith(
  context: vscode.ExtensionContext,
  hostOf: (log: vscode.LogOutputChannel) => Host,
): Activated {
  const log = vscode.window.createOutputChannel("spec-lsp", { log: true });
  const current = new Session(context, log, hostOf(log));
  session = current;
  const graph = createGraph(current);
  const specs = createSpecsView(current);
  const board = createBoard(current);
  const preview = createPreview(current);
  context.subscriptions.push(
    log,
    current,
    graph,
    specs,
    board,
    preview,
    createLinksView(current),
    createStatusBar(current),
    serveBuiltinTemplates(current),
    offerNative(current),
    announceFindings(current, (folder) => writeBaseline(current, folder)),
    ...registerCommands(current, {
      ...specs.commands,
      refreshSpecs: () => readAgain(current, specs.refresh),
      showGraph: graph.show,
      showInGraph: (target?: Target) => whenUp(current, async () => graph.showAround(uriOf(target))),
      showBoard: () => whenUp(current, async () => board.show()),
    }),
    ...watchSurroundings(current),
    current.onDidChangeState((state) => {
      void vscode.commands.executeCommand("setContext", "spec-lsp.state", state.name);
      if (state.name === "failed") void present(state.problem, current);
    }),
  );
  void vscode.commands.executeCommand("setContext", "spec-lsp.hasPrograms", Boolean(current.host.runProgram));
  void current.restart();
  return { session: current, api: { extendMarkdownIt: preview.extendMarkdownIt } };
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}

function registerCommands(session: Session, views: Record<string, (target?: Target) => unknown>): vscode.Disposable[] {
  const commands: Record<string, (...args: never[]) => unknown> = {
    ...views,
    newDocument: (target?: vscode.Uri) => whenUp(session, () => newDocument(session, target)),
    nextPlaceholder: () => goToPlaceholder(session, false),
    previousPlaceholder: () => goToPlaceholder(session, true),
    createFromId: () => whenUp(session, () => createFromId(session)),
    insertMissing: () => whenUp(session, () => insertMissing(session)),
    showTemplate: (node?: { document?: { uri: string } }) =>
      whenUp(session, () => showTemplate(session, nodeUri(node))),
    showOutline: () => vscode.commands.executeCommand("workbench.action.gotoSymbol"),
    copyId: (node?: { document?: { id: string } }) => vscode.env.clipboard.writeText(node?.document?.id ?? ""),
    initialize: () => whenUp(session, () => initialize(session)),
    check: () => whenUp(session, () => check(session)),
    writeBaseline: () => whenUp(session, () => writeBaseline(session)),
    showReport: () => whenUp(session, () => showReport(session)),
    explainRule: (code?: string) => whenUp(session, () => explainRule(session, code)),
    turnOff: () => session.turn(false),
    turnOn: () => session.turn(true),
    restartIndex: () => session.ask("specLsp.restartIndex", {}),
    installServer: () => installServer(session),
    restart: () => session.restart(),
    showLog: () => session.log.show(),
    explainProblem: () => session.state.name === "failed" && present(session.state.problem, session),
  };
  for (const [name, act] of Object.entries(DOCUMENT_COMMANDS)) {
    commands[name] = (target?: Target) => {
      const uri = uriOf(target);
      return uri && whenUp(session, async () => void (await act(session, uri)));
    };
  }
  const own = Object.entries(commands).map(([name, run]) =>
    vscode.commands.registerCommand(`spec-lsp.${name}`, run),
  );
  // The server names this one in its code lenses.
  const lens = vscode.commands.registerCommand("specLsp.showReferences", showReferences(session));
  return [...own, lens];
}

/** Restarts the server when settings, workspace trust or folders change. */
function watchSurroundings(session: Session): vscode.Disposable[] {
  return [
    vscode.workspace.onDidChangeConfiguration((event) => {
      // Features are advertised at initialization only, so turning one on or off requires a restart.
      const decisive = ["spec-lsp.server.path", "spec-lsp.server.kind", "spec-lsp.features"];
      if (decisive.some((section) => event.affectsConfiguration(section))) void session.restart();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void session.restart()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      if (session.state.name === "failed") void session.restart();
    }),
  ];
}

/** Re-indexes the workspace without relying on file events, then refreshes the view. */
async function readAgain(session: Session, refresh: () => void): Promise<void> {
  await session.ask("specLsp.restartIndex", {});
  refresh();
}

/** Restarts the server when another one may be found, unless the settings name one. */
export function restartUnlessSet(session: Session): void {
  const { state } = session;
  if (state.name === "running" && state.server.origin === "setting") return;
  void session.restart();
}

/** Runs a command if the server works; otherwise explains the problem. */
async function whenUp(session: Session, run: () => Promise<void>): Promise<void> {
  if (session.state.name === "failed") return present(session.state.problem, session);
  if (session.state.name === "off") return offerToTurnOn(session);
  await run();
}

async function offerToTurnOn(session: Session): Promise<void> {
  const on = "Turn On";
  const chosen = await vscode.window.showInformationMessage("Specs is turned off in this workspace", on);
  if (chosen === on) await session.turn(true);
}

function nodeUri(node?: { document?: { uri: string } }): vscode.Uri | undefined {
  return node?.document ? vscode.Uri.parse(node.document.uri) : undefined;
}
