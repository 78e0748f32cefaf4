"""What keeps a command from running, said in a sentence; the program then ends with 2."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from difflib import get_close_matches

COULD_NOT_RUN = 2
_FEW = 12


class CannotRunError(Exception):
    """The command cannot do what was asked of it."""


class OutputError(CannotRunError):
    """Standard output takes no more; there is nothing to say to a reader that has gone."""

    def __init__(self, error: OSError) -> None:
        # Windows calls a pipe without a reader an invalid argument.
        is_gone = error.errno in (errno.EPIPE, errno.EINVAL)
        super().__init__("" if is_gone else f"standard output: {error.strerror}")


def unknown(what: str, name: str, known: Iterable[str]) -> CannotRunError:
    """A name that means nothing here, with the one that was probably meant."""
    known = list(known)
    near = get_close_matches(name.casefold(), [each.casefold() for each in known], n=1, cutoff=0.6)
    meant = next((each for each in known if near and each.casefold() == near[0]), "")
    listed = f"; known are {', '.join(known)}" if 0 < len(known) <= _FEW else ""
    hint = f"; did you mean “{meant}”?" if meant else listed
    return CannotRunError(f"unknown {what} “{name}”{hint}")
