"""The commands by name, and how the program ends."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Callable
from typing import Annotated

import typer

from spec_lsp import __version__
from spec_lsp.cli.check import check
from spec_lsp.cli.explain import explain
from spec_lsp.cli.graph import graph
from spec_lsp.cli.init import init
from spec_lsp.cli.listing import list_documents
from spec_lsp.cli.new import new
from spec_lsp.cli.problem import COULD_NOT_RUN, CannotRunError, OutputError
from spec_lsp.cli.rename import rename
from spec_lsp.cli.report import report
from spec_lsp.cli.template import app as template
from spec_lsp.cli.terminal import complain, finish_output, open_streams

Serve = Callable[[list[str]], int]
_FULL = (errno.ENOSPC, errno.EIO, errno.EBADF)

app = typer.Typer(
    name="spec-lsp",
    help="Specifications in Markdown: the template is the schema.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(check)
app.command()(explain)
app.command()(new)
app.command("list")(list_documents)
app.command()(rename)
app.command()(graph)
app.command()(report)
app.command()(init)
app.add_typer(template, name="template")


def run(serve: Serve) -> None:
    """Run the command line; `serve` is the language server, which only the help names here."""
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
    except Exception:  # noqa: BLE001 -- a fault of ours must not look like findings.
        _say_what_is_wrong_with_us()
    raise SystemExit(COULD_NOT_RUN)


def _say_what_failed(error: OSError) -> None:
    """Help and version are written by libraries; where no file is named, the output has failed."""
    if error.errno in _FULL and error.filename is None:
        complain(f"error: {OutputError(error)}")
    else:
        _say_what_is_wrong_with_us()


def _say_what_is_wrong_with_us() -> None:
    for line in traceback.format_exc().splitlines():
        complain(line)
    complain("error: this is a fault in spec-lsp; please report it with the lines above")


def _add_server(serve: Serve) -> None:
    @app.command(
        "serve",
        help="Start the language server.",
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
        add_help_option=False,
    )
    def _serve(context: typer.Context) -> None:
        raise typer.Exit(serve(context.args))


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
    """Only options of the program as a whole stand here."""
