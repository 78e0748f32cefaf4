// The command behind the server's code lenses: a list of places, shown in the editor's own way.
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
