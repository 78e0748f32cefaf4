// Asks how the Specs view is to be arranged.
import * as vscode from "vscode";
import type { Feature, Look, Order } from "./tree";

const GROUPS: readonly [label: string, groups: readonly Feature[]][] = [
  ["Kind and state", ["kind", "state"]],
  ["Kind", ["kind"]],
  ["State", ["state"]],
  ["Owner", ["owner"]],
  ["Folder", ["folder"]],
  ["Unit", ["unit"]],
  ["No groups", []],
];
const ORDERS: readonly [label: string, order: Order][] = [
  ["ID", "id"],
  ["Title", "title"],
  ["Progress, least first", "progress"],
  ["State", "state"],
  ["Path", "path"],
];

export async function chooseGroups(look: Look): Promise<Partial<Look> | undefined> {
  const groups = await choose("Group documents by", GROUPS, (each) => each.join() === look.groups.join());
  return groups && { groups };
}

export async function chooseOrder(look: Look): Promise<Partial<Look> | undefined> {
  const sort = await choose("Sort documents by", ORDERS, (each) => each === look.sort);
  return sort && { sort };
}

export async function chooseFilter(look: Look): Promise<Partial<Look> | undefined> {
  const filter = await vscode.window.showInputBox({
    title: "Filter documents",
    prompt: "Words of the ID, title, path, kind, state, owner or unit. Empty shows all.",
    value: look.filter,
  });
  return filter === undefined ? undefined : { filter: filter.trim() };
}

/** What differs from the usual, beside the title of the view. */
export function describeLook(look: Look): string {
  return look.filter && `“${look.filter}”`;
}

async function choose<T>(
  title: string,
  choices: readonly [label: string, value: T][],
  isCurrent: (value: T) => boolean,
): Promise<T | undefined> {
  const items = choices.map(([label, value]) => ({ label, value, description: isCurrent(value) ? "current" : "" }));
  return (await vscode.window.showQuickPick(items, { title }))?.value;
}
