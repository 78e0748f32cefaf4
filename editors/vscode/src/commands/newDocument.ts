// Creates a document from a template: choose the template, enter a title, fill in the snippet.
import * as vscode from "vscode";
import type { TemplateInfo } from "../api";
import type { Session } from "../server/session";
import { pickFolder } from "./folder";
import { openNew } from "./write";

interface Choice extends vscode.QuickPickItem {
  template?: TemplateInfo;
}

const SHOW: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon("eye"),
  tooltip: "Show Template",
};

/** `target` is the folder in the Explorer whose context menu was used. */
export async function newDocument(session: Session, target?: vscode.Uri): Promise<void> {
  const place = target ?? activeFile() ?? (await pickFolder("Select the folder of the new document"));
  if (!place && vscode.workspace.workspaceFolders?.length) return;
  const where = place ? { uri: place.toString() } : {};
  const templates = await session.ask("specLsp.templates", where);
  if (!templates) return;
  const template = await pickTemplate(templates);
  if (!template) return;
  const title = await vscode.window.showInputBox({
    title: `New ${template.name}`,
    prompt: "Title of the document",
    placeHolder: "A short summary of the subject",
    validateInput: (value) => (value.trim() ? undefined : "Enter a title"),
  });
  if (!title) return;
  const directory = target ? { directory: target.toString() } : {};
  const given = { kind: template.kind, title: title.trim(), ...where, ...directory };
  const made = await session.ask("specLsp.new", given);
  if (made) await openNew(made);
}

/** The active file, whose folder may be configured on its own. */
function activeFile(): vscode.Uri | undefined {
  const active = vscode.window.activeTextEditor?.document.uri;
  return active && vscode.workspace.getWorkspaceFolder(active) ? active : undefined;
}

function pickTemplate(templates: readonly TemplateInfo[]): Promise<TemplateInfo | undefined> {
  const picker = vscode.window.createQuickPick<Choice>();
  picker.title = "New Spec from Template";
  picker.placeholder = "Select a template";
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = choices(templates);
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.template);
      picker.hide();
    });
    picker.onDidTriggerItemButton(async ({ item }) => {
      if (item.template) await vscode.window.showTextDocument(vscode.Uri.parse(item.template.uri));
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

/** The team's templates first, then the built-in ones, each under a separator. */
function choices(templates: readonly TemplateInfo[]): Choice[] {
  const own = templates.filter((template) => !template.builtin);
  const builtin = templates.filter((template) => template.builtin);
  return [...group("this workspace", own), ...group("built in", builtin)];
}

function group(label: string, templates: readonly TemplateInfo[]): Choice[] {
  if (!templates.length) return [];
  const heading = { label, kind: vscode.QuickPickItemKind.Separator };
  return [heading, ...templates.map(choice)];
}

function choice(template: TemplateInfo): Choice {
  return {
    label: template.name,
    description: template.kind,
    detail: template.description,
    iconPath: new vscode.ThemeIcon("file-text"),
    buttons: [SHOW],
    template,
  };
}
