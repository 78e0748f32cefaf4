// The view of backlinks and links of the active document.
import * as vscode from "vscode";
import type { Link, Links } from "../api";
import type { Session } from "../server/session";
import { latest } from "./latest";

type Node = { side: "incoming" | "outgoing" } | { link: Link };

export function createLinksView(session: Session): vscode.Disposable {
  const change = new vscode.EventEmitter<undefined>();
  let links: Links | null = null;
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: change.event,
    getChildren: (node) => {
      if (!links) return [];
      if (!node) return [{ side: "incoming" }, { side: "outgoing" }];
      return "side" in node ? links[node.side].map((link) => ({ link })) : [];
    },
    getTreeItem: (node) => ("link" in node ? linkItem(node.link) : sideItem(node.side, links)),
  };
  const view = vscode.window.createTreeView("spec-lsp.links", { treeDataProvider: provider });
  const refresh = latest(async (isStale) => {
    const document = vscode.window.activeTextEditor?.document;
    if (!view.visible || !document) return;
    const isAsked = session.state.name === "running" && document.languageId === "markdown";
    const found = isAsked ? await session.ask("specLsp.links", { uri: document.uri.toString() }) : null;
    if (isStale()) return;
    links = found ?? null;
    view.message = links ? "" : "No specification document is open.";
    change.fire(undefined);
  }, 200);
  refresh();
  return vscode.Disposable.from(
    change,
    view,
    session.onDidChangeState(refresh),
    session.onDidChangeDocuments(refresh),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    view.onDidChangeVisibility(refresh),
  );
}

function sideItem(side: "incoming" | "outgoing", links: Links | null): vscode.TreeItem {
  const isIncoming = side === "incoming";
  const item = new vscode.TreeItem(isIncoming ? "Backlinks" : "Links", vscode.TreeItemCollapsibleState.Expanded);
  item.id = side;
  item.description = String(links?.[side].length ?? 0);
  item.iconPath = new vscode.ThemeIcon(isIncoming ? "references" : "link");
  return item;
}

function linkItem(link: Link): vscode.TreeItem {
  const item = new vscode.TreeItem(link.name);
  item.description = [link.label, link.detail].filter(Boolean).join(" · ");
  item.contextValue = "link";
  item.tooltip = `${link.name}\n${item.description}`;
  const at = link.range?.start ?? { line: 0, character: 0 };
  const selection = new vscode.Range(at.line, at.character, at.line, at.character);
  item.command = { command: "vscode.open", title: "Open", arguments: [vscode.Uri.parse(link.at), { selection }] };
  return item;
}
