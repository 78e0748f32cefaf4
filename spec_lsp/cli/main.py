"""The commands by name; each is loaded only when it runs, or for the help page."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from spec_lsp.cli.errors import CannotRunError
from spec_lsp.cli.guard import guarded, show_version
from spec_lsp.cli.help import Command, Group

if TYPE_CHECKING:
    from typer._click.core import Command as ClickCommand
    from typer._click.core import Context

# The module and the function of each command; `app` is a group of commands.
_COMMANDS = {
    "check": ("check.command", "check"),
    "explain": ("explain", "explain"),
    "new": ("new", "new"),
    "list": ("listing", "list_documents"),
    "rename": ("rename", "rename"),
    "graph": ("graph", "graph"),
    "report": ("report", "report"),
    "init": ("init", "init"),
    "migrate": ("migrate", "migrate"),
    "doctor": ("doctor", "doctor"),
    "why": ("why", "why"),
    "template": ("template", "app"),
}


class Program(Group):
    """The group of all commands, which imports a command when it is named."""

    def list_commands(self, ctx: Context) -> list[str]:
        """The names of all commands, in the order of the help page."""
        return [*dict.fromkeys((*_COMMANDS, *super().list_commands(ctx)))]

    def get_command(self, ctx: Context, cmd_name: str) -> ClickCommand | None:
        """A command by name; for an unknown one, all are loaded, to suggest the closest."""
        if cmd_name not in self.commands:
            for name in [cmd_name] if cmd_name in _COMMANDS else _COMMANDS:
                self.add_command(_loaded(name), name)
        return super().get_command(ctx, cmd_name)


app = typer.Typer(
    name="spec-lsp",
    cls=Program,
    help="Specifications in Markdown: the template is the schema.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class LogLevel(StrEnum):
    """Log levels of the server, the highest first."""

    error = "error"
    warning = "warning"
    info = "info"
    debug = "debug"


class Serve(Protocol):
    """The language server, which only `__main__` may import."""

    def __call__(self, port: int | None = None, log_level: str = "info") -> int: ...


def run(serve: Serve) -> None:
    """Run the command line; `serve` starts the language server."""
    add_server(serve)
    guarded(partial(app, prog_name="spec-lsp"))


def add_server(serve: Serve) -> None:
    """Add the command that starts the language server."""

    @app.command("serve", cls=Command)
    def _serve(
        *,
        stdio: Annotated[
            bool, typer.Option("--stdio", help="Use standard input and output (the default).")
        ] = False,
        tcp: Annotated[
            int | None, typer.Option(metavar="PORT", help="Listen on a port of this machine.")
        ] = None,
        log_level: Annotated[
            LogLevel, typer.Option(help="Lowest level to log to standard error.")
        ] = LogLevel.info,
    ) -> None:
        """Start the language server."""
        if stdio and tcp is not None:
            raise CannotRunError("--stdio and --tcp cannot be combined")
        raise typer.Exit(serve(tcp, log_level.value))


def _loaded(name: str) -> ClickCommand:
    module, function = _COMMANDS[name]
    found = getattr(import_module(f"spec_lsp.cli.{module}"), function)
    if not isinstance(found, typer.Typer):
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        alone.command(name, cls=Command)(found)
        found = alone
    found.info.name = name
    return typer.main.get_command(found)


def _show_version(wanted: bool) -> None:
    if wanted:
        show_version()
        raise typer.Exit


@app.callback()
def _program(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", "-V", help="Show the version.", callback=_show_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Options of the program itself."""
