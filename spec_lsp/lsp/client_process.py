"""Exit when the client's process, named in `initialize`, ends.

A killed client usually closes its pipes, but not if another process has inherited them. The wait
runs in a thread, because the event loop may be busy.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable

from spec_lsp.storage import node

logger = logging.getLogger(__name__)

_INTERVAL = 0.5  # seconds
_SYNCHRONIZE = 0x00100000
_INFINITE = 0xFFFFFFFF


def watch(pid: int, on_end: Callable[[], object]) -> None:
    """Call a function, from another thread, when a process ends.

    A process that is not visible, for example from inside a container, is not watched.
    """
    if node.IS_HERE:
        node.watch(pid)
        return

    def wait() -> None:
        if _wait(pid):
            on_end()

    threading.Thread(target=wait, name="client process", daemon=True).start()


def _wait(pid: int) -> bool:
    """Wait until a process ends; return False immediately if it cannot be watched."""
    if sys.platform == "win32":
        return _wait_on_windows(pid)
    if pid <= 0 or not _is_alive(pid):
        logger.info("Cannot watch the client process %s: it is not visible", pid)
        return False
    while _is_alive(pid):
        time.sleep(_INTERVAL)
    return True


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


def _wait_on_windows(pid: int) -> bool:
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 -- mypy knows it on Windows only.
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(kernel.OpenProcess(_SYNCHRONIZE, False, pid))  # noqa: FBT003
    return bool(handle) and kernel.WaitForSingleObject(handle, _INFINITE) == 0
