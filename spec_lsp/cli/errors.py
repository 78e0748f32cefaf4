"""Errors that end a command with exit code 2."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from difflib import get_close_matches

COULD_NOT_RUN = 2
_FEW = 12


class CannotRunError(Exception):
    """The command cannot run; the message says why."""


class OutputError(CannotRunError):
    """Writing to standard output failed; empty for a closed pipe, such as of `head`."""

    def __init__(self, error: OSError) -> None:
        # Windows reports EINVAL for a closed pipe.
        is_gone = error.errno in (errno.EPIPE, errno.EINVAL)
        super().__init__("" if is_gone else f"Cannot write to standard output: {error.strerror}")


def unknown(what: str, name: str, known: Iterable[str]) -> CannotRunError:
    """An error for an unknown name, with the closest known one."""
    known = list(known)
    near = get_close_matches(name.casefold(), [each.casefold() for each in known], n=1, cutoff=0.6)
    meant = next((each for each in known if near and each.casefold() == near[0]), "")
    listed = f"; known: {', '.join(known)}" if 0 < len(known) <= _FEW else ""
    hint = f"; did you mean “{meant}”?" if meant else listed
    return CannotRunError(f"Unknown {what} “{name}”{hint}")
