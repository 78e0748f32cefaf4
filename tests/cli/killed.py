"""Run a command again and again, each time killed one write step later than before.

`python -m tests.cli.killed FOLDER COMMAND...` prints, as JSON, what every killed process has left
of the folder: files by path. The last entry is that of the process which was not killed.
The program is loaded once and forked for each run, so that a run takes little time.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from spec_lsp.__main__ import main

_STEPS = frozenset({"os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod"})


def run_killed(folder: Path, command: list[str]) -> list[dict[str, str]]:
    """What is left after each step."""
    left: list[dict[str, str]] = []
    _run_once(shutil.copytree(folder, folder.with_name("whole-once")), command)
    while True:
        copy = folder.with_name(f"killed-{len(left)}")
        shutil.copytree(folder, copy)
        child = os.fork()
        if not child:
            _be_killed(copy, command, len(left))
        _, status = os.waitpid(child, 0)
        texts = (each for each in copy.rglob("*") if each.is_file())
        left.append({each.relative_to(copy).as_posix(): each.read_text() for each in texts})
        if not os.WIFSIGNALED(status):
            return left


def _run_once(folder: Path, command: list[str]) -> None:
    """Run the command to its end, so that every fork has all modules already."""
    os.chdir(folder)
    sys.argv = ["spec-lsp", *command]
    quiet = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(quiet):
        main()


def _be_killed(folder: Path, command: list[str], step: int) -> None:
    """Run the command in this process, which dies before a step."""
    steps = iter(range(step))

    def before_a_step(emptied: Path | None = None) -> None:
        if next(steps, None) is None:
            if emptied and emptied.exists():
                os.truncate(emptied, 0)  # As if killed between opening the file and writing it.
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(event: str, given: tuple[Any, ...]) -> None:
        if event in _STEPS:
            before_a_step()
        elif event == "open" and isinstance(given[0], str) and given[2] & os.O_CREAT:
            before_a_step(Path(given[0]) if given[2] & os.O_TRUNC else None)

    real = os.fsync

    def fsync(handle: int) -> None:
        before_a_step()
        real(handle)

    vars(os)["fsync"] = fsync
    sys.addaudithook(audit)
    try:
        _run_once(folder, command)
    finally:
        os._exit(0)


if __name__ == "__main__":
    json.dump(run_killed(Path(sys.argv[1]), sys.argv[2:]), sys.stdout)
