"""Where the command line writes to: colours, progress, and names as the user sees them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_LONG_WORK = 50
_FAR = 4


def has_colour() -> bool:
    """Whether standard output shows colours, and nobody has asked for none."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def write(text: str, *, flush: bool = False) -> None:
    """A text on standard output."""
    sys.stdout.write(text if text.endswith("\n") or not text else f"{text}\n")
    if flush:
        sys.stdout.flush()


def clear() -> None:
    """An empty screen, where there is one."""
    if sys.stdout.isatty():
        sys.stdout.write("\x1b[2J\x1b[H")


def complain(text: str) -> None:
    """A line on standard error."""
    sys.stderr.write(f"{text}\n")


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
