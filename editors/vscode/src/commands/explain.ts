// Shows the page of a rule.
import * as vscode from "vscode";
import { BUILTIN_SCHEME } from "../api";
import type { Session } from "../server/session";

/** Without a code, the user chooses a rule; those that report something at the cursor come first. */
export async function explainRule(session: Session, code?: string): Promise<void> {
  const chosen = code ?? (await pickRule(session));
  if (!chosen) return;
  const page = vscode.Uri.from({ scheme: BUILTIN_SCHEME, path: `/rules/${chosen}.md` });
  await vscode.commands.executeCommand("markdown.showPreview", page);
}

async function pickRule(session: Session): Promise<string | undefined> {
  const here = codesHere();
  const rules = (await session.ask("specLsp.rules", {})) ?? [];
  const items = rules.map(({ code, summary }) => ({ label: code, detail: summary }));
  items.sort((a, b) => Number(here.has(b.label)) - Number(here.has(a.label)));
  const options = { title: "Explain Rule", placeHolder: "Select a rule", matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.label;
}

function codesHere(): Set<string> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return new Set();
  const found = vscode.languages.getDiagnostics(editor.document.uri);
  const here = found.filter(({ source, range }) => source === "spec-lsp" && range.contains(editor.selection.active));
  return new Set(here.map(({ code }) => String(typeof code === "object" ? code.value : code)));
}
