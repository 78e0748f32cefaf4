"""Worker processes that read files side by side; without them everything is read here."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, BinaryIO, cast

import spec_lsp
from spec_lsp.storage import children
from spec_lsp.storage.worker import Answer, receive, send

logger = logging.getLogger(__name__)

# As many files as one worker reads at a time, and from how many on workers are worth their start.
_LOT = 48
_WORTH_IT = 240
_MOST = 8
_POLITE = 10


def read_beside(
    task: Any,  # noqa: ANN401 -- plain values.
    paths: Sequence[str],
    *,
    is_polite: bool = False,
) -> Iterator[list[Answer]]:
    """What workers read, in no order; what they fail to read is missing.

    Polite ones give way to whoever else has something to do.
    """
    count = min(_MOST, os.cpu_count() or 1, len(paths) // _WORTH_IT + 1)
    if len(paths) < _WORTH_IT or count < 2:
        return
    lots = SimpleQueue[list[str]]()
    for at in range(0, len(paths), _LOT):
        lots.put(list(paths[at : at + _LOT]))
    answers = SimpleQueue[list[Answer] | None]()
    workers = [worker for _ in range(count) if (worker := start())]
    if is_polite:
        for worker in workers:
            _let_others_go_first(worker)
    for worker in workers:
        Thread(target=_drive, args=(worker, task, lots, answers), daemon=True).start()
    try:
        busy = len(workers)
        while busy:
            answer = answers.get()
            if answer is None:
                busy -= 1
            else:
                yield answer
    finally:
        for worker in workers:
            _end(worker)


def start() -> subprocess.Popen[bytes] | None:
    """A worker of the same program.

    `-P` keeps it from importing what lies in the folder it is started in.
    """
    command = [sys.executable, "-P", "-m", "spec_lsp.storage.worker"]
    home = str(Path(spec_lsp.__file__).parent.parent)
    paths = filter(None, (home, os.environ.get("PYTHONPATH")))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    try:
        return children.start(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
    except OSError as error:
        logger.info("no worker could be started: %s", error)
        return None


def _let_others_go_first(worker: subprocess.Popen[bytes]) -> None:
    """Only some systems can be asked for it."""
    if hasattr(os, "setpriority"):
        with suppress(OSError):
            niceness = os.getpriority(os.PRIO_PROCESS, worker.pid)
            os.setpriority(os.PRIO_PROCESS, worker.pid, niceness + _POLITE)


def _drive(
    worker: subprocess.Popen[bytes],
    task: Any,  # noqa: ANN401 -- plain values.
    lots: SimpleQueue[list[str]],
    answers: SimpleQueue[list[Answer] | None],
) -> None:
    """Hand lots to a worker while there are any; one that dies leaves its lot to the asker."""
    target, source = cast("BinaryIO", worker.stdin), cast("BinaryIO", worker.stdout)
    with suppress(OSError, ValueError, EOFError, TypeError):
        send(target, task)
        while not lots.empty():
            with suppress(Empty):
                send(target, lots.get_nowait())
                answer = receive(source)
                if answer is None:
                    logger.warning("a worker ended early")
                    break
                answers.put(answer)
    answers.put(None)


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    for stream in (worker.stdin, worker.stdout):
        with suppress(OSError):
            if stream:
                stream.close()
    worker.wait()
    children.forget(worker)
