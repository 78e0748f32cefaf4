"""`spec-lsp explain`: the page of a rule, or the list of rules."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from spec_lsp.cli.errors import unknown
from spec_lsp.cli.terminal import has_colour, write


def explain(
    code: Annotated[
        str | None, typer.Argument(help="Code of the rule; without it, list all rules.")
    ] = None,
) -> None:
    """Explain a rule, or list all rules."""
    from spec_lsp.report.listing import rule_table
    from spec_lsp.rules.engine.pages import explain as page
    from spec_lsp.rules.engine.registry import rules

    known = rules()
    if code is None:
        write(rule_table(known.values()))
    elif code not in known:
        raise unknown("rule", code, known)
    elif has_colour() and sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(page(code)))
    else:
        write(page(code))
