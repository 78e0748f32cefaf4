"""`spec-lsp why`: which template governs a file, by which step, and what else came near."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from spec_lsp.cli.complete import markdown_paths
from spec_lsp.cli.errors import CannotRunError
from spec_lsp.cli.formats import Format
from spec_lsp.cli.help import FORMAT_HELP
from spec_lsp.cli.terminal import shown, write, write_data
from spec_lsp.printable import printable_json

if TYPE_CHECKING:
    from spec_lsp.storage.folder import Folder

VERSION = 1


def why(
    path: Annotated[Path, typer.Argument(help="A Markdown file.", autocompletion=markdown_paths)],
    *,
    output: Annotated[Format, typer.Option("--format", help=FORMAT_HELP)] = Format.text,
) -> None:
    """Show which template governs a file, by which step, and which others came near."""
    from spec_lsp.cli.folders import here
    from spec_lsp.report.formats.as_text import table
    from spec_lsp.storage.discover import find_root
    from spec_lsp.storage.read import scan_folder

    if not path.is_file():
        raise CannotRunError(f"{path} is not a file" if path.exists() else f"{path} does not exist")
    file = path.parent.resolve() / path.name
    folder = scan_folder(find_root(file.parent, here()))
    name = file.relative_to(folder.root).as_posix()
    data = _governed(folder, name)
    if output is Format.json:
        write_data(printable_json({"version": VERSION, "path": name, **data}))
        return
    rows = [("file", shown(file)), ("kind", data["kind"] or "none")]
    rows += [(key, data[key]) for key in ("template", "step", "why")]
    rows += [("near", f"{one['kind']}, {one['template']}: {one['has']}") for one in data["near"]]
    write(table([row for row in rows if row[1]]))


def _governed(folder: Folder, path: str) -> dict[str, Any]:
    from spec_lsp.features.show import why as shown_why
    from spec_lsp.storage.left_out import why_left_out

    found: dict[str, Any] = {"kind": "", "template": "", "step": "", "near": []}
    if reason := why_left_out(folder, path):
        return {**found, "why": reason}
    document = folder.texts.document(path)
    if not document:
        return {**found, "why": f"It cannot be read: {folder.texts.read(path).reason}"}
    workspace = folder.workspace
    chosen = workspace.chosen(document)
    template = chosen.template
    return {
        "kind": template.kind if template else "",
        "template": shown_why.source(template) if template else "",
        "step": chosen.by,
        "why": shown_why.reason(document, workspace),
        "near": [
            {
                "kind": each.template.kind,
                "template": shown_why.source(each.template),
                "has": shown_why.likeness(each),
            }
            for each in shown_why.rivals(document, workspace)
        ],
    }
