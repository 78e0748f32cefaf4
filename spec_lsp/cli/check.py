"""`spec-lsp check`: what is wrong with documents, for people and for continuous integration."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from spec_lsp.cli.terminal import has_colour, write


class Format(StrEnum):
    """How findings are shown."""

    text = "text"
    json = "json"


class Level(StrEnum):
    """How much a finding weighs."""

    hint = "hint"
    info = "info"
    warning = "warning"
    error = "error"


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders; else the current folder.")
    ] = None,
    *,
    output: Annotated[Format, typer.Option("--format", help="How to show findings.")] = Format.text,
    fail_on: Annotated[
        Level, typer.Option("--fail-on", help="The least level that fails, with exit code 1.")
    ] = Level.error,
    level: Annotated[
        Level, typer.Option("--level", help="The least level that the text output shows.")
    ] = Level.info,
    select: Annotated[
        list[str] | None, typer.Option(metavar="CODES", help="Report these rules only.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="CODES", help="Do not report these rules.")
    ] = None,
) -> None:
    """Check documents against their templates and against each other.

    Exit codes: 0 when nothing weighs as much as --fail-on, 1 when something does, 2 when the check
    could not run.
    """
    from spec_lsp.cli.judging import choice_of, judge
    from spec_lsp.cli.projects import open_asked
    from spec_lsp.report import as_json, as_text

    choice = choice_of(select or (), ignore or ())
    report = judge(open_asked(paths or [Path()]), choice)
    if output is Format.json:
        write(as_json.render(report))
    else:
        write(as_text.render(report, level.value, colour=has_colour()))
    raise typer.Exit(1 if report.at_least(fail_on.value) else 0)
