// The Markdown preview: IDs as links, states as badges, placeholders that stand out.
import * as vscode from "vscode";
import type { Session } from "./server/session";
import { latest } from "./views/latest";
import { type Marks, type MarkdownIt, markSpecs } from "./views/marks";

/** Keeps what the preview needs at hand, because Markdown is rendered without waiting for the server. */
export function createPreview(session: Session) {
  const marks: Marks = { documents: new Map(), pages: new Map() };
  let isUsed = false; // a workspace without previews is asked for nothing
  const refresh = latest(async (isStale) => {
    if (!isUsed || session.state.name !== "running") return;
    const documents = (await session.ask("specLsp.documents", {})) ?? [];
    const open = vscode.workspace.textDocuments.filter(({ languageId }) => languageId === "markdown");
    const pages = await Promise.all(
      open.map(async ({ uri }) => {
        const page = await session.ask("specLsp.preview", { uri: uri.toString() });
        return [uri.toString(), page ?? null] as const;
      }),
    );
    if (isStale()) return;
    const before = JSON.stringify([...marks.documents, ...marks.pages]);
    marks.documents = new Map(documents.filter(({ id }) => id).map((each) => [each.id, each]));
    marks.pages = new Map(pages.flatMap(([uri, page]) => (page ? [[uri, page] as const] : [])));
    if (JSON.stringify([...marks.documents, ...marks.pages]) === before) return;
    await vscode.commands.executeCommand("markdown.preview.refresh");
  }, 400);
  const use = (): void => {
    if (isUsed) return;
    isUsed = true;
    refresh();
  };
  const listening = [
    session.onDidChangeState(refresh),
    session.onDidChangeDocuments(refresh),
    vscode.workspace.onDidOpenTextDocument(refresh),
  ];
  return Object.assign(vscode.Disposable.from(...listening), {
    extendMarkdownIt: (md: MarkdownIt) => markSpecs(md, marks, use),
  });
}
