"""Calls to Node, which does what an interpreter in WebAssembly cannot: run programs and wait.

The module that starts the program there, `spec_lsp_start`, provides them.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

IS_HERE = sys.platform == "emscripten"

_TIMED_OUT = -1
_NOT_STARTED = -2


def run(
    command: Sequence[str],
    given: bytes | None,
    timeout: float | None = None,
    environment: Mapping[str, str] | None = None,
) -> tuple[int, bytes]:
    """Run a program; return its exit code and output. Raises what `subprocess.run` raises.

    If nothing is `given`, the program shares the streams of this process.
    """
    milliseconds = None if timeout is None else timeout * 1000
    code, output = _outside().run_program(command, given, milliseconds, environment)
    if code == _TIMED_OUT and timeout is not None:
        raise subprocess.TimeoutExpired(command, timeout)
    if code == _NOT_STARTED:
        raise OSError(f"{command[0]} could not be started")
    return code, output


def watch(pid: int) -> None:
    """End this process when another one ends."""
    _outside().watch(pid)


def later(work: Callable[[], object]) -> None:
    """Do work between two rounds of the event loop, which go on while it waits for a program."""
    _outside().later(work)


@cache
def _outside() -> Any:  # noqa: ANN401 -- a module of the npm package.
    return import_module("spec_lsp_start")
