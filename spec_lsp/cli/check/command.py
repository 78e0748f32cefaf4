"""`spec-lsp check`: problems in documents, for people and for continuous integration."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from spec_lsp.cli.complete import codes, markdown_paths
from spec_lsp.cli.help import PATHS_HELP


class CheckFormat(StrEnum):
    """Output formats."""

    text = "text"
    compact = "compact"
    markdown = "markdown"
    json = "json"
    sarif = "sarif"
    github = "github"
    gitlab = "gitlab"
    junit = "junit"
    rdjson = "rdjson"


class LevelOption(StrEnum):
    """Levels of severity, the lowest first."""

    hint = "hint"
    info = "info"
    warning = "warning"
    error = "error"


_OUTPUT = "Output"
_SELECTION = "Selection"
_FIXING = "Fixing"


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help=PATHS_HELP, autocompletion=markdown_paths)
    ] = None,
    *,
    output: Annotated[
        CheckFormat, typer.Option("--format", help="Output format.", rich_help_panel=_OUTPUT)
    ] = CheckFormat.text,
    files: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            metavar="FORMAT=PATH",
            help="Also write a file in another format; may be repeated.",
            rich_help_panel=_OUTPUT,
        ),
    ] = None,
    level: Annotated[
        LevelOption | None,
        typer.Option(
            help=r"Lowest level to show. \[default: info; hint in JSON]", rich_help_panel=_OUTPUT
        ),
    ] = None,
    statistics: Annotated[
        bool,
        typer.Option(
            "--statistics", help="Show the number of problems per rule.", rich_help_panel=_OUTPUT
        ),
    ] = False,
    every: Annotated[
        bool,
        typer.Option("--all", help="Show every problem, however many.", rich_help_panel=_OUTPUT),
    ] = False,
    fail_on: Annotated[
        LevelOption, typer.Option(help="Lowest level that fails the run.")
    ] = LevelOption.error,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODES",
            help="Run only these rules (comma-separated).",
            rich_help_panel=_SELECTION,
            autocompletion=codes,
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODES",
            help="Skip these rules (comma-separated).",
            rich_help_panel=_SELECTION,
            autocompletion=codes,
        ),
    ] = None,
    changed_since: Annotated[
        str,
        typer.Option(
            metavar="REV",
            help="Check only changes since a git revision, and what they break elsewhere.",
            rich_help_panel=_SELECTION,
        ),
    ] = "",
    stdin_filename: Annotated[
        Path | None,
        typer.Option(
            metavar="NAME",
            help="Read the text of this file from standard input instead of from disk.",
            rich_help_panel=_SELECTION,
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=r"File of known problems to hide. \[default: from the configuration, else "
            r"spec-lsp-baseline.json]",
            rich_help_panel=_SELECTION,
        ),
    ] = None,
    write_baseline: Annotated[
        bool,
        typer.Option(
            "--write-baseline",
            help="Record all problems as known; later, remove those that are gone.",
            rich_help_panel=_SELECTION,
        ),
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever files change.")
    ] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Apply safe fixes.", rich_help_panel=_FIXING)
    ] = False,
    unsafe_fixes: Annotated[
        bool,
        typer.Option(
            "--unsafe-fixes",
            help="With --fix or --diff: include unsafe fixes.",
            rich_help_panel=_FIXING,
        ),
    ] = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff",
            help="Show the changes of --fix as a diff; write nothing.",
            rich_help_panel=_FIXING,
        ),
    ] = False,
) -> None:
    """Check documents against their templates and against each other.

    Exit code 0: no problem at or above --fail-on. 1: at least one. 2: the check could not run.
    """
    from spec_lsp.cli.check.options import Options, files_of
    from spec_lsp.cli.check.run import run

    options = Options(
        paths=tuple(paths or ()),
        output=output.value,
        files=files_of(files or (), [each.value for each in CheckFormat]),
        level=level.value if level else None,
        fail_on=fail_on.value,
        statistics=statistics,
        every=every,
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
