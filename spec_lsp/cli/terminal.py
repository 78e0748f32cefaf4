"""Output to the terminal: streams, colours, progress and shown paths."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import TextIO

from spec_lsp.cli.errors import OutputError
from spec_lsp.printable import printable, printable_lines

_LONG_WORK = 50  # files from which a progress bar is shown
_REDRAWN = 0.1  # seconds after which a progress bar is drawn again
_FAR = 4  # `..` parts from which a path is shown as absolute


def has_colour() -> bool:
    """Whether to use colours: on a terminal, unless a variable decides."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    forced = (os.environ.get(name, "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE"))
    return any(value not in ("", "0") for value in forced) or sys.stdout.isatty()


def open_streams() -> None:
    """Open closed standard streams (`>&-`) on the null device, and escape unencodable characters.

    Otherwise a file opened later would get the number of a closed stream, and with it the output of
    child processes.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # `os.open` returns the lowest free number: that of the closed stream.
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # noqa: FBT003
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.stderr.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def write(text: str, *, flush: bool = False) -> None:
    """Write text for people to standard output, in the encoding of the console."""
    with _output():
        sys.stdout.write(_with_end(text))
        if flush:
            sys.stdout.flush()


def write_exact(text: str, *, flush: bool = False) -> None:
    """Write text for programs to standard output: UTF-8, line ends unchanged."""
    with _output():
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        if flush:
            sys.stdout.buffer.flush()


def write_data(text: str, *, flush: bool = False) -> None:
    """Write a report for programs, with a final line end."""
    write_exact(_with_end(text), flush=flush)


def write_source(text: str) -> None:
    """Write text of a document; on a terminal, escape control characters."""
    write_exact(printable_lines(text) if sys.stdout.isatty() else text)


def say(text: str) -> None:
    """Write one line for people to standard output, control characters escaped."""
    write(printable(text))


def prompt(text: str) -> None:
    """Write the start of a line on which the user answers."""
    with _output():
        sys.stdout.write(printable(text))
        sys.stdout.flush()


def finish_output() -> None:
    """Flush standard output while a failure can still be reported."""
    with _output():
        sys.stdout.flush()


def clear() -> None:
    """Clear the screen of a terminal."""
    if sys.stdout.isatty():
        sys.stdout.write("\x1b[2J\x1b[H")


def complain(text: str) -> None:
    """Write one line to standard error, control characters escaped."""
    try:
        sys.stderr.write(f"{printable(text)}\n")
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)


@contextmanager
def _output() -> Iterator[None]:
    """Turn a failure of standard output into an `OutputError`."""
    try:
        yield
    except OSError as error:
        _discard(sys.stdout)
        raise OutputError(error) from None


def _discard(stream: TextIO) -> None:
    """Redirect a stream to the null device, so that flushing it at exit succeeds."""
    with suppress(OSError):
        number = stream.fileno()
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def _with_end(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}\n"


def shown(file: Path) -> str:
    """A path relative to the current folder; absolute if that would need many `..`."""
    relative = Path(os.path.relpath(file))
    is_near = relative.parts[:_FAR].count("..") < _FAR
    return (relative if is_near else file).as_posix()


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar for long work on standard error, if it is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    # Drawn here, because WebAssembly has no thread for it.
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task = bar.add_task(what, total=None, visible=False)
        due = 0.0

        def advance(done: int, total: int) -> None:
            nonlocal due
            bar.update(task, completed=done, total=total, visible=total >= _LONG_WORK)
            if monotonic() > due:
                bar.refresh()
                due = monotonic() + _REDRAWN

        yield advance
