// The Specs view in the side bar.
import * as vscode from "vscode";
import { countFindings, type Found, type SpecDocument, type Stage } from "../api";
import type { Session } from "../server/session";
import { latest } from "./latest";
import { chooseFilter, chooseGroups, chooseOrder, describeLook } from "./look";
import { arrange, describe, type Group, type Look, type Node, USUAL } from "./tree";

const LOOK = "look"; // key in the memory of the workspace

interface SpecsView extends vscode.Disposable {
  refresh: () => void;
  commands: Record<string, () => unknown>;
}

export function createSpecsView(session: Session): SpecsView {
  const memory = session.context.workspaceState;
  let look: Look = { ...USUAL, ...memory.get<Partial<Look>>(LOOK) };
  const change = new vscode.EventEmitter<undefined>();
  let top: readonly Node[] = [];
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: change.event,
    getChildren: (node) => [...(!node ? top : node.type === "document" ? [] : node.children)],
    getTreeItem: (node) => (node.type === "document" ? documentItem(node.document) : groupItem(node)),
  };
  const view = vscode.window.createTreeView("spec-lsp.documents", { treeDataProvider: provider, showCollapseAll: true });
  // A hidden view sends no requests; it refreshes when it becomes visible.
  const refresh = latest(async (isStale) => {
    if (!view.visible) return;
    const isRunning = session.state.name === "running";
    const documents = isRunning ? await session.ask("specLsp.documents", {}) : [];
    if (isStale()) return;
    top = arrange(documents ?? [], look);
    change.fire(undefined);
  }, 300);
  const found = new Map<string, string>();
  const tell = ({ uri, message }: Found): void => {
    found.set(uri, message);
    // Without a message the view shows its welcome text while it is empty.
    view.message = [...found.values()].filter(Boolean).join("\n");
  };
  const forget = (): void => {
    found.clear();
    view.message = "";
  };
  const listening = [
    session.onDidFind(tell),
    session.onDidChangeState(({ name }) => name !== "running" && forget()),
    session.onDidChangeState(refresh),
    session.onDidChangeDocuments(refresh),
    view.onDidChangeVisibility(refresh),
  ];
  const setLook = async (next: Partial<Look> | undefined): Promise<void> => {
    if (!next) return;
    look = { ...look, ...next };
    view.description = describeLook(look);
    void vscode.commands.executeCommand("setContext", "spec-lsp.isFiltered", Boolean(look.filter));
    await memory.update(LOOK, look);
    refresh();
  };
  const commands = {
    refreshSpecs: refresh,
    groupSpecs: async () => setLook(await chooseGroups(look)),
    sortSpecs: async () => setLook(await chooseOrder(look)),
    filterSpecs: async () => setLook(await chooseFilter(look)),
    clearFilter: () => setLook({ filter: "" }),
  };
  void setLook({});
  return Object.assign(vscode.Disposable.from(change, view, ...listening), { refresh, commands });
}

const GROUP_ICONS: Partial<Record<Group["type"], string>> = {
  root: "root-folder",
  kind: "notebook-template",
  owner: "person",
  folder: "folder",
  unit: "package",
};

function groupItem(node: Group): vscode.TreeItem {
  const isOpen = node.type !== "state" || (node.stage !== "final" && node.stage !== "dropped");
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(node.label, isOpen ? Expanded : Collapsed);
  item.id = node.key;
  item.description = String(node.documents.length);
  item.contextValue = node.type;
  const name = GROUP_ICONS[node.type];
  if (name) item.iconPath = new vscode.ThemeIcon(name);
  return item;
}

function documentItem(document: SpecDocument): vscode.TreeItem {
  const label = [document.id, document.title].filter(Boolean).join(" ") || document.path;
  const uri = vscode.Uri.parse(document.uri);
  const item = new vscode.TreeItem(label);
  item.id = document.uri;
  item.description = describe(document, countFindings(document.findings));
  item.iconPath = icon(document);
  item.tooltip = tooltip(document);
  item.contextValue = "document";
  item.command = { command: "vscode.open", title: "Open", arguments: [uri] };
  item.accessibilityInformation = {
    label: `${label}, ${document.status}, ${item.description}`,
  };
  return item;
}

const STAGE_ICONS: Record<Stage, [name: string, color: string | undefined]> = {
  "": ["circle-large-outline", undefined],
  draft: ["circle-large-outline", undefined],
  active: ["circle-large-filled", "charts.blue"],
  final: ["pass-filled", "testing.iconPassed"],
  dropped: ["circle-slash", "disabledForeground"],
};

/** Problems take precedence over the stage. */
function icon({ findings, stage }: SpecDocument): vscode.ThemeIcon {
  if (findings.error) return themed("error", "problemsErrorIcon.foreground");
  if (findings.warning) return themed("warning", "problemsWarningIcon.foreground");
  return themed(...STAGE_ICONS[stage]);
}

function themed(name: string, color: string | undefined): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
}

function tooltip(document: SpecDocument): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown("**").appendText([document.id, document.title].filter(Boolean).join(" ")).appendMarkdown("**\n\n");
  const lines = [
    [document.kindName, document.status].filter(Boolean).join(", "),
    `${document.percent}% complete`,
    document.tasks[1] ? `${document.tasks[0]} of ${document.tasks[1]} tasks done` : "",
    document.placeholders ? `${document.placeholders} placeholders left` : "",
    countFindings(document.findings),
    document.path,
  ];
  for (const line of lines.filter(Boolean)) text.appendText(line).appendMarkdown("\n\n");
  return text;
}
