"""The reference of the command line, generated from the commands themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from docs.text import NOTE, cell
from spec_lsp.cli.main import add_server, app

_HEAD = """\
# Command line

`spec-lsp COMMAND --help` prints the same in a terminal.

`check` exits with 0 if no problem is at or above `--fail-on`, with 1 if there is one, and with 2 if it could not run.
Unchanged files are read from a cache in your user cache folder; set `SPEC_LSP_CACHE` to an absolute path to move it, or to `off` to disable it.
A cache folder that other users can write to is not used; a warning says why.
`spec-lsp --install-completion` teaches your shell kinds, statuses, IDs, rules and paths.
`NO_COLOR` turns colours off, `CLICOLOR_FORCE` turns them on.\
"""
_DEFAULT = re.compile(r"\s*\\?\[default: (?P<value>[^\]]*)\]")


def files() -> dict[str, str]:
    """The generated page of commands by path."""
    add_server(_no_server)
    lines = [NOTE, "", _HEAD, *_commands("spec-lsp", get_command(app))]
    return {"docs/command-line.md": "\n".join(lines) + "\n"}


def _no_server(port: int | None = None, log_level: str = "info") -> int:  # noqa: ARG001
    """Stand in for the server, of which only the options are shown."""
    return 0


def _commands(name: str, group: Any) -> Iterator[str]:
    context = group.make_context(name, [], resilient_parsing=True)
    for each in group.list_commands(context):
        command = group.get_command(context, each)
        if hasattr(command, "list_commands"):
            yield from _commands(f"{name} {each}", command)
        else:
            yield from _command(f"{name} {each}", command)


def _command(name: str, command: Any) -> Iterator[str]:
    context = command.make_context(name, [], resilient_parsing=True)
    usage = " ".join((name, *command.collect_usage_pieces(context)))
    yield from ("", f"## {name}", "", "```sh", usage, "```", "", *_paragraphs(command.help or ""))
    rows = [_row(each, context) for each in command.get_params(context) if each.name != "help"]
    if rows:
        yield from ("", "| | |", "|---|---|", *rows)


def _row(param: Any, context: Any) -> str:
    shown, about = param.get_help_record(context)
    about = _DEFAULT.sub(r" Default: \g<value>", about)
    return f"| `{cell(shown)}` | {cell(about)} |"


def _paragraphs(text: str) -> list[str]:
    return [line.strip().replace("\\[", "[") for line in text.split("\n")]
