"""The commands by name, and the handling of errors."""

from __future__ import annotations

import errno
import traceback
from enum import StrEnum
from typing import Annotated, Protocol

import typer

from spec_lsp import __version__
from spec_lsp.cli.check.command import check
from spec_lsp.cli.doctor import doctor
from spec_lsp.cli.errors import COULD_NOT_RUN, CannotRunError, OutputError
from spec_lsp.cli.explain import explain
from spec_lsp.cli.graph import graph
from spec_lsp.cli.help import Command, Group
from spec_lsp.cli.init import init
from spec_lsp.cli.listing import list_documents
from spec_lsp.cli.migrate import migrate
from spec_lsp.cli.new import new
from spec_lsp.cli.rename import rename
from spec_lsp.cli.report import report
from spec_lsp.cli.template import app as template
from spec_lsp.cli.terminal import complain, finish_output, open_streams
from spec_lsp.cli.why import why

_FULL = (errno.ENOSPC, errno.EIO, errno.EBADF)

app = typer.Typer(
    name="spec-lsp",
    cls=Group,
    help="Specifications in Markdown: the template is the schema.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(cls=Command)(check)
app.command(cls=Command)(explain)
app.command(cls=Command)(new)
app.command("list", cls=Command)(list_documents)
app.command(cls=Command)(rename)
app.command(cls=Command)(graph)
app.command(cls=Command)(report)
app.command(cls=Command)(init)
app.command(cls=Command)(migrate)
app.add_typer(template, name="template")
app.command(cls=Command)(doctor)
app.command(cls=Command)(why)


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
    open_streams()
    _add_server(serve)
    try:
        try:
            app(prog_name="spec-lsp")
        finally:
            finish_output()
    except CannotRunError as problem:
        if str(problem):
            complain(f"error: {problem}")
    except OSError as error:
        _say_what_failed(error)
    except Exception:  # noqa: BLE001 -- a crash must not exit with 1, as problems do.
        _say_what_is_wrong_with_us()
    raise SystemExit(COULD_NOT_RUN)


def _say_what_failed(error: OSError) -> None:
    """Report a failure of standard output while a library writes help or version."""
    if error.errno in _FULL and error.filename is None:
        complain(f"error: {OutputError(error)}")
    else:
        _say_what_is_wrong_with_us()


def _say_what_is_wrong_with_us() -> None:
    for line in traceback.format_exc().splitlines():
        complain(line)
    complain("error: This is a bug in spec-lsp; please report it with the lines above")


def _add_server(serve: Serve) -> None:
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


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"spec-lsp {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Options of the program itself."""
