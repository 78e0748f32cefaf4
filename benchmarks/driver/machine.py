"""Memory, processor time and children of processes."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


def descendants(pid: int) -> list[int]:
    """The children of a process and all below them, the deepest first."""
    found = []
    for child in _children(pid):
        found += [*descendants(child), child]
    return found


def memory(pid: int) -> float:
    """Resident megabytes of a process and its children."""
    return sum(_resident(each) for each in [pid, *descendants(pid)])


def busy() -> float:
    """Processor seconds that the whole machine has spent since it was started."""
    first = (_PROC / "stat").read_text().splitlines()[0].split()[1:]
    # Idle and waiting times are left out, and guests are counted among the users already.
    return sum(int(each) for place, each in enumerate(first[:8]) if place not in (3, 4)) / _TICKS


def ours() -> float:
    """Processor seconds of this process and of the children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _children(pid: int) -> list[int]:
    found = []
    for tasks in (_PROC / str(pid) / "task").glob("*/children"):
        try:
            found += [int(each) for each in tasks.read_text().split()]
        except OSError:  # It has just ended.
            continue
    return found


def _resident(pid: int) -> float:
    try:
        lines = (_PROC / str(pid) / "status").read_text().splitlines()
    except OSError:  # It has just ended.
        return 0.0
    kilobytes = next((line.split()[1] for line in lines if line.startswith("VmRSS:")), "0")
    return int(kilobytes) / 1024
