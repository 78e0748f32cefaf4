// The tree of the Specs view as plain values, testable without an editor.
import type { SpecDocument, Stage } from "../api";

export interface Group {
  /** Unique and stable, so that the view keeps collapsed groups. */
  key: string;
  type: "root" | Feature;
  label: string;
  stage: Stage;
  documents: readonly SpecDocument[];
  children: readonly Node[];
}

export type Node = Group | { type: "document"; key: string; document: SpecDocument };

const STAGES: readonly Stage[] = ["", "draft", "active", "final", "dropped"];

/** How the view is arranged; `filter` holds words that must all occur. */
export interface Look {
  groups: readonly Feature[];
  sort: Order;
  filter: string;
}

export type Feature = "kind" | "state" | "owner" | "folder" | "unit";
export type Order = "id" | "title" | "progress" | "state" | "path";
export const USUAL: Look = { groups: ["kind", "state"], sort: "id", filter: "" };

const VALUES: Record<Feature, (document: SpecDocument) => string> = {
  kind: (document) => document.kindName || document.kind,
  state: (document) => document.state,
  owner: (document) => document.owner,
  folder: (document) => document.path.split("/").slice(0, -1).join("/"),
  unit: (document) => document.unit,
};
const NAMELESS: Record<Feature, string> = {
  kind: "Without a template",
  state: "No status",
  owner: "No owner",
  folder: "Top folder",
  unit: "No unit",
};
const ORDERS: Record<Order, (a: SpecDocument, b: SpecDocument) => number> = {
  id: (a, b) => text(a.id, b.id),
  title: (a, b) => text(a.title, b.title),
  progress: (a, b) => a.percent - b.percent,
  state: (a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) || text(a.state, b.state),
  path: (a, b) => text(a.path, b.path),
};

/** Filters, groups and sorts; with several roots, groups by root first. */
export function arrange(all: readonly SpecDocument[], look: Look = USUAL): readonly Node[] {
  const documents = all.filter((document) => fits(document, look.filter));
  const roots = [...groupBy(documents, (document) => document.root)];
  if (roots.length < 2) return grouped(documents, "", look, look.groups);
  return roots.map(([root, inside]) => ({
    ...group("root", root, lastName(root), inside),
    children: grouped(inside, root, look, look.groups),
  }));
}

/** For example `62% · tasks 3/7`. */
export function describe(document: SpecDocument, findings: string): string {
  const [done, all] = document.tasks;
  const tasks = all ? `tasks ${done}/${all}` : "";
  return [`${document.percent}%`, tasks, findings].filter(Boolean).join(" · ");
}

function fits(document: SpecDocument, filter: string): boolean {
  const { id, title, path, kindName, status, owner, unit } = document;
  const words = [id, title, path, kindName, status, owner, unit].join(" ").toLowerCase();
  return filter.toLowerCase().split(/\s+/).every((word) => words.includes(word));
}

function grouped(
  documents: readonly SpecDocument[],
  above: string,
  look: Look,
  [feature, ...rest]: readonly Feature[],
): readonly Node[] {
  if (!feature) return documents.map(leaf).sort((a, b) => compare(a.document, b.document, look.sort));
  const groups = [...groupBy(documents, VALUES[feature])].map(([value, inside]) => {
    const key = `${above}\0${value}`;
    const children = grouped(inside, key, look, rest);
    return { ...group(feature, key, value || NAMELESS[feature], inside), children };
  });
  const rank = (node: Group) => (feature === "state" ? STAGES.indexOf(node.stage) : 0);
  return groups.sort((a, b) => rank(a) - rank(b) || text(a.label, b.label));
}

function group(type: Group["type"], key: string, label: string, documents: readonly SpecDocument[]) {
  return { type, key, label, documents, stage: documents[0]?.stage ?? "" } as const;
}

function leaf(document: SpecDocument) {
  return { type: "document", key: document.uri, document } as const;
}

function compare(a: SpecDocument, b: SpecDocument, order: Order): number {
  return ORDERS[order](a, b) || ORDERS.id(a, b) || ORDERS.path(a, b);
}

/** Orders numbers in texts by value. */
function text(a: string, b: string): number {
  return a.localeCompare(b, undefined, { numeric: true });
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item) ?? "";
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return groups;
}

function lastName(root: string): string {
  return decodeURIComponent(root.replace(/[\\/]+$/, "").split(/[\\/]/).at(-1) ?? root);
}
