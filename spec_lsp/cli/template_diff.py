"""`spec-lsp template diff`: what a template has gained, lost, renamed and moved."""

from __future__ import annotations

from typing import Annotated

import typer

from spec_lsp.cli.complete import kinds_or_paths
from spec_lsp.cli.find_template import found_template
from spec_lsp.cli.formats import Format
from spec_lsp.cli.help import FORMAT_HELP
from spec_lsp.cli.terminal import write, write_data
from spec_lsp.printable import printable_json, printable_lines


def diff(
    old: Annotated[
        str, typer.Argument(help="Kind or path of a template.", autocompletion=kinds_or_paths)
    ],
    new: Annotated[
        str,
        typer.Argument(help="Kind or path of its newer version.", autocompletion=kinds_or_paths),
    ],
    *,
    output: Annotated[Format, typer.Option("--format", help=FORMAT_HELP)] = Format.text,
) -> None:
    """Compare two templates: sections, fields and choices gained, lost, renamed and moved."""
    from spec_lsp.template.match.changes import changes
    from spec_lsp.template.show.differences import difference_data, difference_lines

    found = changes(found_template(old), found_template(new))
    if output is Format.json:
        write_data(printable_json(difference_data(found)))
    else:
        write(printable_lines("\n".join(difference_lines(found) or ["No differences"])))
