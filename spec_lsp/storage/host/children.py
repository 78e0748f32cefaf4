"""Child processes: started here, so that all of them can be ended with this one."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any

from spec_lsp.storage import node

_RUNNING: set[subprocess.Popen[bytes]] = set()
# Held while a process is started, so that none escapes `end_all`.
_STARTING = Lock()
_LONGEST_START = 0.5  # seconds that `end_all` waits for a process that is being started


def start(command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:  # noqa: ANN401
    """Start a process with the options of `subprocess.Popen`."""
    with _STARTING:
        process = subprocess.Popen(command, **options)
        _RUNNING.add(process)
    return process


def forget(process: subprocess.Popen[bytes]) -> None:
    """Remove a process that has ended and was waited for."""
    _RUNNING.discard(process)


def run(
    command: Sequence[str],
    given: bytes = b"",
    timeout: float | None = None,
    env: Mapping[str, str] | None = None,
) -> tuple[int, bytes]:
    """Run a process; return its exit code and output. Raises what `subprocess.run` raises."""
    if node.IS_HERE:
        return node.run(command, given, timeout, env)
    pipe = subprocess.PIPE
    process = start(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=env)
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
    """Kill every running child process and start no more, before this process ends."""
    _STARTING.acquire(timeout=_LONGEST_START)
    for process in tuple(_RUNNING):
        with suppress(OSError):
            process.kill()
