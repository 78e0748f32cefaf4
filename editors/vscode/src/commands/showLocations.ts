// The command of the server's code lenses: shows locations in the editor's references view.
import * as vscode from "vscode";
import type { Location, Position } from "vscode-languageclient/node";
import type { Session } from "../server/session";

export function showLocations(session: Session) {
  return async (uri: string, position: Position, locations: Location[]): Promise<void> => {
    const convert = session.client?.protocol2CodeConverter;
    if (!convert) return;
    await vscode.commands.executeCommand(
      "editor.action.showReferences",
      convert.asUri(uri),
      convert.asPosition(position),
      locations.map((location) => convert.asLocation(location)),
    );
  };
}
