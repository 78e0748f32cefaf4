"""How the program ends: what failed on standard error, and exit code 2."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import NoReturn

from spec_lsp.cli.errors import COULD_NOT_RUN, CannotRunError, OutputError
from spec_lsp.cli.terminal import complain, finish_output, open_streams, write

_FULL = (errno.ENOSPC, errno.EIO, errno.EBADF)


def guarded(action: Callable[[], object]) -> NoReturn:
    """Run an action of the command line, report what it raises, and end the program."""
    open_streams()
    try:
        try:
            action()
        finally:
            finish_output()
    except CannotRunError as problem:
        if str(problem):
            complain(f"error: {problem}")
    except OSError as error:
        _say_what_failed(error)
    except Exception:  # noqa: BLE001 -- a crash must not exit with 1, as problems do.
        _say_what_is_wrong_with_us()
    else:
        raise SystemExit(0)
    raise SystemExit(COULD_NOT_RUN)


def show_version() -> None:
    """Write the version."""
    from spec_lsp import __version__

    write(f"spec-lsp {__version__}")


def _say_what_failed(error: OSError) -> None:
    """Report a failure of standard output while a library writes help."""
    if error.errno in _FULL and error.filename is None:
        complain(f"error: {OutputError(error)}")
    else:
        _say_what_is_wrong_with_us()


def _say_what_is_wrong_with_us() -> None:
    import traceback

    for line in traceback.format_exc().splitlines():
        complain(line)
    complain("error: This is a bug in spec-lsp; please report it with the lines above")
