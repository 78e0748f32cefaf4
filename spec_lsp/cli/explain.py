"""`spec-lsp explain`: the page of a rule, or the list of rules."""

from __future__ import annotations

from typing import Annotated

import typer

from spec_lsp.cli.complete import codes
from spec_lsp.cli.errors import unknown
from spec_lsp.cli.formats import Format
from spec_lsp.cli.help import FORMAT_HELP
from spec_lsp.cli.terminal import has_colour, write, write_data


def explain(
    code: Annotated[
        str | None,
        typer.Argument(help="Code of the rule; without it, list all rules.", autocompletion=codes),
    ] = None,
    *,
    output: Annotated[Format, typer.Option("--format", help=FORMAT_HELP)] = Format.text,
) -> None:
    """Explain a rule, or list all rules."""
    from spec_lsp.printable import printable_json
    from spec_lsp.report.rule_list import rule_data, rule_table
    from spec_lsp.rules.engine.pages import explain as page
    from spec_lsp.rules.engine.registry import rules

    known = rules()
    if code is not None and code not in known:
        raise unknown("rule", code, known)
    found = known.values() if code is None else [known[code]]
    if output is Format.json:
        write_data(printable_json(rule_data(found, with_pages=code is not None)))
    elif code is None:
        write(rule_table(found, colour=has_colour()))
    elif has_colour():
        from rich.console import Console
        from rich.markdown import Markdown

        Console(force_terminal=True).print(Markdown(page(code)))
    else:
        write(page(code))
