// The tree of the Specs view as plain values, testable without an editor.
import type { SpecDocument, Stage } from "../api";

export interface Group {
  /** Unique and stable, so that the view keeps collapsed groups. */
  key: string;
  type: "root" | "kind" | "state";
  label: string;
  stage: Stage;
  documents: readonly SpecDocument[];
  children: readonly Node[];
}

export type Node = Group | { type: "document"; key: string; document: SpecDocument };

const STAGES: readonly Stage[] = ["", "draft", "active", "final", "dropped"];

/** Groups by kind and status; with several roots, first by root. */
export function arrange(documents: readonly SpecDocument[]): readonly Node[] {
  const roots = [...groupBy(documents, (document) => document.root)];
  if (roots.length < 2) return byKind(documents, "");
  return roots.map(([root, inside]) => ({
    ...group("root", root, lastName(root), inside),
    children: byKind(inside, root),
  }));
}

/** For example `62% · tasks 3/7`. */
export function describe(document: SpecDocument, findings: string): string {
  const [done, all] = document.tasks;
  const tasks = all ? `tasks ${done}/${all}` : "";
  return [`${document.percent}%`, tasks, findings].filter(Boolean).join(" · ");
}

function byKind(documents: readonly SpecDocument[], above: string): readonly Node[] {
  const kinds = [...groupBy(documents, (document) => document.kind)].map(([kind, inside]) => {
    const key = `${above}\0${kind}`;
    const label = inside[0]?.kindName || kind || "Without a template";
    return { ...group("kind", key, label, inside), children: byState(inside, key) };
  });
  return kinds.sort((a, b) => a.label.localeCompare(b.label));
}

function byState(documents: readonly SpecDocument[], above: string): readonly Node[] {
  const states = [...groupBy(documents, (document) => document.status)].map(([state, inside]) => ({
    ...group("state", `${above}\0${state}`, state || "No status", inside),
    children: inside.map(leaf).sort((a, b) => compare(a.document, b.document)),
  }));
  const rank = (node: Group) => STAGES.indexOf(node.stage);
  return states.sort((a, b) => rank(a) - rank(b) || a.label.localeCompare(b.label));
}

function group(type: Group["type"], key: string, label: string, documents: readonly SpecDocument[]) {
  return { type, key, label, documents, stage: documents[0]?.stage ?? "" } as const;
}

function leaf(document: SpecDocument) {
  return { type: "document", key: document.uri, document } as const;
}

/** Orders IDs by number. */
function compare(a: SpecDocument, b: SpecDocument): number {
  const byId = a.id.localeCompare(b.id, undefined, { numeric: true });
  return byId || a.path.localeCompare(b.path, undefined, { numeric: true });
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
