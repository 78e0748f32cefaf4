"""Child processes: started here, so that all of them can be ended with this one."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock
from typing import Any

_RUNNING: set[subprocess.Popen[bytes]] = set()
# Held while a process is started, so that none escapes `end_all`.
_STARTING = Lock()
_LONGEST_START = 0.5  # seconds


def start(command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:  # noqa: ANN401
    """Start a process with the options of `subprocess.Popen`."""
    with _STARTING:
        process = subprocess.Popen(command, **options)
        _RUNNING.add(process)
    return process


def forget(process: subprocess.Popen[bytes]) -> None:
    """A process has ended and was waited for."""
    _RUNNING.discard(process)


def run(
    command: Sequence[str],
    given: bytes = b"",
    timeout: float | None = None,
    **options: Any,  # noqa: ANN401
) -> tuple[int, bytes]:
    """The exit code of a process and what it prints; raises what `subprocess.run` raises."""
    pipe = subprocess.PIPE
    process = start(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, **options)
    with process:
        try:
            output, _ = process.communicate(given, timeout)
        except BaseException:
            process.kill()
            raise
        finally:
            forget(process)
    return process.returncode, output


def end_all() -> None:
    """Kill every process that is still running, and start no more: this one is about to end."""
    _STARTING.acquire(timeout=_LONGEST_START)
    for process in tuple(_RUNNING):
        with suppress(OSError):
            process.kill()
