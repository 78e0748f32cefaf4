"""Where the command line writes to: colours, progress, and names as the user sees them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from spec_lsp.cli.problem import OutputError
from spec_lsp.printable import printable, printable_lines

_LONG_WORK = 50
_FAR = 4


def has_colour() -> bool:
    """Whether standard output shows colours, and nobody has asked for none."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def open_streams() -> None:
    """Make standard streams usable: closed ones (`>&-`) lead nowhere, and no character is refused.

    A file that is opened later would otherwise get the number of a closed stream, and with it what
    child processes write there.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # The lowest free number is that of the closed stream.
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # noqa: FBT003
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.stderr.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def write(text: str, *, flush: bool = False) -> None:
    """A text for people on standard output, in the encoding of the console."""
    with _output():
        sys.stdout.write(_with_end(text))
        if flush:
            sys.stdout.flush()


def write_exact(text: str, *, flush: bool = False) -> None:
    """A text for programs on standard output: UTF-8 and its own line ends, whatever the console."""
    with _output():
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        if flush:
            sys.stdout.buffer.flush()


def write_data(text: str, *, flush: bool = False) -> None:
    """A report for programs, which ends with a line end."""
    write_exact(_with_end(text), flush=flush)


def write_source(text: str) -> None:
    """A text from a workspace for programs; on a terminal without what the terminal would obey."""
    write_exact(printable_lines(text) if sys.stdout.isatty() else text)


def say(text: str) -> None:
    """One line for people on standard output; names in it may be anything."""
    write(printable(text))


def finish_output() -> None:
    """Write out what is buffered, while a failure can still be reported."""
    with _output():
        sys.stdout.flush()


def clear() -> None:
    """An empty screen, where there is one."""
    if sys.stdout.isatty():
        sys.stdout.write("\x1b[2J\x1b[H")


def complain(text: str) -> None:
    """A line on standard error; names in it may be anything."""
    try:
        sys.stderr.write(f"{printable(text)}\n")
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)


@contextmanager
def _output() -> Iterator[None]:
    """Turn a failure of standard output into the end of the command."""
    try:
        yield
    except OSError as error:
        _discard(sys.stdout)
        raise OutputError(error) from None


def _discard(stream: TextIO) -> None:
    """Lead a stream nowhere, so that what it still holds fails no more when the program ends."""
    with suppress(OSError):
        number = stream.fileno()
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def _with_end(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}\n"


def shown(file: Path) -> str:
    """A path as the user would write it: from the current folder, unless that is far away."""
    relative = Path(os.path.relpath(file))
    is_near = relative.parts[:_FAR].count("..") < _FAR
    return (relative if is_near else file).as_posix()


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error for long work, when somebody is there to see it."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, visible=False)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=total >= _LONG_WORK)

        yield advance
