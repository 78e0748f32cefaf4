"""Kill a process at its writes to the cache: `python -m tests.storage.killed [STEP]`.

`strace` counts the calls and sends the signal. Whatever is left then, the next process finds the
same as without a cache, and the one after that has a cache again.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from spec_lsp.storage.cache import VARIABLE, cache_of
from spec_lsp.storage.project import open_project
from spec_lsp.storage.signature import signature_of
from tests.storage.cached import OTHER, SPEC, cold, told, write

# Everything that changes a file; some systems have only one of two names.
CALLS = (
    *("?mkdir", "?mkdirat", "write", "pwrite64", "ftruncate", "fsync"),
    *("?rename", "?renameat", "?renameat2", "?unlink", "?unlinkat"),
)
_OPEN = (
    "import sys; from pathlib import Path; from spec_lsp.storage.project import open_project\n"
    "open_project(Path(sys.argv[1]))"
)


def can_trace() -> bool:
    """Whether there is an `strace` that may trace."""
    strace = shutil.which("strace")
    if not strace:
        return False
    return not subprocess.run([strace, "-f", "-qqo", os.devnull, "true"], check=False).returncode


def kills(top: Path, step: int, calls: Sequence[str] = CALLS) -> Iterator[tuple[str, bool]]:
    """Each kill, and whether all was right after it; of each call, one in `step` is tried."""
    folder = top.resolve() / "project"
    write(folder / "docs/SPEC-001.md", SPEC)
    write(folder / "docs/SPEC-002.md", OTHER)
    os.environ[VARIABLE] = str(top / "cache")
    for name in ("new", "changed"):
        kept = top / name
        if name == "changed":
            open_project(folder)
            shutil.copytree(top / "cache", kept)
            write(folder / "docs/SPEC-002.md", OTHER.replace("way", "long way"))
        expected = cold(folder)
        for call in calls:
            for number in count(1, step):
                shutil.rmtree(top / "cache", ignore_errors=True)
                if kept.exists():
                    shutil.copytree(kept, top / "cache")
                if not _is_killed(folder, call, number):
                    break
                is_right = told(open_project(folder)) == expected and _is_whole(folder)
                yield f"{name}: {call} {number}", is_right


def _is_killed(folder: Path, call: str, number: int) -> bool:
    inject = f"inject={call}:signal=KILL:when={number}"
    strace = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e", inject]
    run = subprocess.run([*strace, sys.executable, "-B", "-c", _OPEN, str(folder)], check=False)
    return run.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)


def _is_whole(folder: Path) -> bool:
    """Whether the cache holds all documents."""
    project = open_project(folder)
    signature = signature_of(project.workspace.settings)
    return len(cache_of(folder).digests(signature, project.paths)) == len(project.paths)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as top:
        found = list(kills(Path(top), int(sys.argv[1]) if sys.argv[1:] else 1))
    wrong = [name for name, is_right in found if not is_right]
    sys.stdout.write(f"{len(found)} kills, {len(wrong)} wrong\n")
    sys.exit("\n".join(wrong))
