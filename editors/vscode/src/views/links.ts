// The view of backlinks and links of the active document.
import * as vscode from "vscode";
import type { Link, Links } from "../api";
import type { Session } from "../server/session";
import { latest } from "./latest";

type Side = "incoming" | "outgoing";
/** A direction, a further part of it that is read when it is opened, or a document. */
type Node = { side: Side } | { side: Side; from: number; uri: string } | { link: Link };

const PART = 200; // documents in one answer of the server

export function createLinksView(session: Session): vscode.Disposable {
  const change = new vscode.EventEmitter<undefined>();
  let links: Links | null = null;
  let uri = "";
  const partOf = async (side: Side, from: number, uri: string): Promise<Node[]> =>
    ((await session.ask("specLsp.links", { uri, from }))?.[side] ?? []).map((link) => ({ link }));
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: change.event,
    getChildren: (node) => {
      if (!links) return [];
      if (!node) return [{ side: "incoming" }, { side: "outgoing" }];
      if ("link" in node) return [];
      if ("from" in node) return partOf(node.side, node.from, node.uri);
      const parts = Math.ceil(countOf(links, node.side) / PART);
      const further = Array.from({ length: Math.max(parts - 1, 0) }, (_, part) => PART * (part + 1));
      return [
        ...links[node.side].map((link) => ({ link })),
        ...further.map((from) => ({ side: node.side, from, uri })),
      ];
    },
    getTreeItem: (node) =>
      "link" in node
        ? linkItem(node.link)
        : "from" in node
          ? partItem(node.from, countOf(links, node.side))
          : sideItem(node.side, countOf(links, node.side)),
  };
  const view = vscode.window.createTreeView("spec-lsp.links", { treeDataProvider: provider });
  const refresh = latest(async (isStale) => {
    const document = vscode.window.activeTextEditor?.document;
    if (!view.visible || !document) return;
    const isAsked = session.state.name === "running" && document.languageId === "markdown";
    const asked = document.uri.toString();
    const found = isAsked ? await session.ask("specLsp.links", { uri: asked }) : null;
    if (isStale()) return;
    uri = asked;
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

function countOf(links: Links | null, side: Side): number {
  return (side === "incoming" ? links?.count : links?.targets) ?? 0;
}

function sideItem(side: Side, count: number): vscode.TreeItem {
  const isIncoming = side === "incoming";
  const item = new vscode.TreeItem(isIncoming ? "Backlinks" : "Links", vscode.TreeItemCollapsibleState.Expanded);
  item.id = side;
  item.description = String(count);
  item.iconPath = new vscode.ThemeIcon(isIncoming ? "references" : "link");
  return item;
}

function partItem(from: number, count: number): vscode.TreeItem {
  const last = Math.min(from + PART, count);
  return new vscode.TreeItem(`${from + 1} to ${last} of ${count}`, vscode.TreeItemCollapsibleState.Collapsed);
}

function linkItem(link: Link): vscode.TreeItem {
  const item = new vscode.TreeItem(link.name);
  const path = vscode.workspace.asRelativePath(vscode.Uri.parse(link.uri));
  // A path tells apart files without a state, which may have the same title.
  item.description = [link.label, link.detail].filter(Boolean).join(" · ") || path;
  item.contextValue = "link";
  item.tooltip = [link.name, item.description, path].filter((each, at, all) => all.indexOf(each) === at).join("\n");
  const at = link.range?.start ?? { line: 0, character: 0 };
  const selection = new vscode.Range(at.line, at.character, at.line, at.character);
  item.command = { command: "vscode.open", title: "Open", arguments: [vscode.Uri.parse(link.at), { selection }] };
  return item;
}
