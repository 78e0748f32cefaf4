"""`spec-lsp check`: what is wrong with documents, for people and for continuous integration."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How findings are shown."""

    text = "text"
    json = "json"
    sarif = "sarif"
    github = "github"
    gitlab = "gitlab"
    junit = "junit"


class Level(StrEnum):
    """How much a finding weighs."""

    hint = "hint"
    info = "info"
    warning = "warning"
    error = "error"


_SHOWN = "What is shown"
_FIXED = "What is fixed"
_LOOKED_AT = "What is looked at"


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders; else the current folder.")
    ] = None,
    *,
    output: Annotated[
        Format, typer.Option("--format", help="How to show findings.", rich_help_panel=_SHOWN)
    ] = Format.text,
    level: Annotated[
        Level | None,
        typer.Option(
            help="The least level that is shown; else info, in JSON hint.", rich_help_panel=_SHOWN
        ),
    ] = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Count by rule.", rich_help_panel=_SHOWN)
    ] = False,
    fail_on: Annotated[
        Level, typer.Option(help="The least level that ends with exit code 1.")
    ] = Level.error,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="CODES", help="Only these rules.", rich_help_panel=_LOOKED_AT),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="CODES", help="All but these rules.", rich_help_panel=_LOOKED_AT),
    ] = None,
    changed_since: Annotated[
        str,
        typer.Option(
            metavar="REV",
            help="Only what changed since a git revision, and what that breaks elsewhere.",
            rich_help_panel=_LOOKED_AT,
        ),
    ] = "",
    stdin_filename: Annotated[
        Path | None,
        typer.Option(
            metavar="NAME",
            help="Read the text of this file from standard input.",
            rich_help_panel=_LOOKED_AT,
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Known findings, which are not reported; else what the configuration names.",
            rich_help_panel=_LOOKED_AT,
        ),
    ] = None,
    write_baseline: Annotated[
        bool,
        typer.Option(
            "--write-baseline",
            help="Write all findings down as known; later, take out what is gone.",
            rich_help_panel=_LOOKED_AT,
        ),
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever files change.")
    ] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Apply the safe fixes.", rich_help_panel=_FIXED)
    ] = False,
    unsafe_fixes: Annotated[
        bool,
        typer.Option(
            "--unsafe-fixes", help="With --fix: apply the others too.", rich_help_panel=_FIXED
        ),
    ] = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff", help="Show what --fix would change; write nothing.", rich_help_panel=_FIXED
        ),
    ] = False,
) -> None:
    """Check documents against their templates and against each other.

    Exit codes: 0 when nothing weighs as much as --fail-on, 1 when something does, 2 when the check
    could not run.
    """
    from spec_lsp.cli.checking import Options, run

    options = Options(
        paths=tuple(paths or ()),
        output=output.value,
        level=level.value if level else None,
        fail_on=fail_on.value,
        statistics=statistics,
        select=tuple(select or ()),
        ignore=tuple(ignore or ()),
        changed_since=changed_since,
        stdin_filename=stdin_filename,
        watch=watch,
        fix=fix or diff,
        unsafe=unsafe_fixes,
        diff=diff,
        baseline=baseline,
        write_baseline=write_baseline,
    )
    raise typer.Exit(run(options))
