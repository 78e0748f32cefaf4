"""Figures of a server that is worked hard: printed to be read, since each machine has its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus.workspace import typed_paths, write
from benchmarks.driver.keys import completed, edited
from benchmarks.driver.machine import descendants
from benchmarks.driver.servers import OURS
from benchmarks.driver.session import Session
from benchmarks.driver.storm import changed

_DOCUMENTS = 6_000
_TOUCHED = 5_000
_EDITS = 20_000
_IDLE = 10.0  # seconds
_SETTLED = 20.0  # seconds after which the server has tidied up what it has read
_PATIENCE = 300.0


def figures() -> Iterator[str]:
    """Memory over many edits, completions while thousands of files change, time when idle."""
    with tempfile.TemporaryDirectory(prefix="spec-lsp-figures-") as name:
        folder, cache = Path(name) / "workspace", Path(name) / "cache"
        write(folder, _DOCUMENTS, 1)
        path = typed_paths(folder)["10 KB"]
        with Session(OURS, folder, cache) as session:
            buffer = session.open(path)
            edited(session, buffer, 2_000)
            before, after, seconds = edited(session, buffer, _EDITS)
            yield f"memory over {_EDITS} edits: {before:.1f} MB, then {after:.1f} MB"
            yield f"{_EDITS / seconds:.0f} edits a second, each with its diagnostics"
            files = sorted((folder / "docs").rglob("*.md"))[:_TOUCHED]
            with changed([each for each in files if each != folder / path]):
                session.client.inbox.clear()
                events = [{"uri": each.as_uri(), "type": 2} for each in files]
                session.client.notify("workspace/didChangeWatchedFiles", {"changes": events})
                answers = sorted(completed(buffer, 200))
                session.client.notified("specLsp/indexed", _PATIENCE)
            yield (
                f"completion while {_TOUCHED} files change: median "
                f"{1000 * answers[len(answers) // 2]:.1f} ms, worst {1000 * answers[-1]:.1f} ms"
            )
            session.client.rest(_SETTLED)
            used = _processor_seconds(session.client.process.pid)
            session.client.rest(_IDLE)
            used = _processor_seconds(session.client.process.pid) - used
            yield f"idle for {_IDLE:.0f} s: {100 * used / _IDLE:.2f} % of a processor"


def _processor_seconds(pid: int) -> float:
    """The processor time of a process and its children."""
    ticks = 0
    for each in (pid, *descendants(pid)):
        words = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")
