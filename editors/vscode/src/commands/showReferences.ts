// The command of the server's code lenses: shows the references to what is at a position.
import * as vscode from "vscode";
import type { Location, Position } from "vscode-languageclient";
import type { Session } from "../server/session";

export function showReferences(session: Session) {
  return async (uri: string, position: Position): Promise<void> => {
    const { client } = session;
    if (!client) return;
    const convert = client.protocol2CodeConverter;
    const found = await client.sendRequest<Location[] | null>("textDocument/references", {
      textDocument: { uri },
      position,
      context: { includeDeclaration: false },
    });
    await vscode.commands.executeCommand(
      "editor.action.showReferences",
      convert.asUri(uri),
      convert.asPosition(position),
      (found ?? []).filter((each) => each.uri !== uri).map((each) => convert.asLocation(each)),
    );
  };
}
