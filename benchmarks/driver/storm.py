"""Thousands of files change on the disk at once, as when a branch is checked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from benchmarks.driver.keys import typed
from benchmarks.driver.session import Buffer

EVENTS = 5_000
_ADDED = "\nThis line came with the branch.\n"
_SILENCE = 0.5
_PATIENCE = 60.0
# The messages that tell an editor to update its display.
_UPDATES = ("publishDiagnostics", "/refresh", "specLsp/changed", "specLsp/indexed")


def storm(buffer: Buffer, files: Sequence[Path], parts: int, keys: int) -> tuple[float, int, float]:
    """The slowest answer to a key meanwhile, the number of updates, and the seconds until quiet.

    The files have changed already; the server gets that many notifications of it.
    """
    client = buffer.client
    client.inbox.clear()
    began = perf_counter()
    size = -(-len(files) // parts)
    for start in range(0, len(files), size):
        events = [{"uri": file.as_uri(), "type": 2} for file in files[start : start + size]]
        client.notify("workspace/didChangeWatchedFiles", {"changes": events})
    worst = 0.0
    # The server is not done as long as it sends updates.
    while perf_counter() - began < _PATIENCE:
        worst = max(worst, *typed(buffer, keys, "word "))
        # The updates caused by typing come a little later.
        client.rest(_SILENCE)
        seen = len(client.inbox)
        client.rest(_SILENCE)
        if len(client.inbox) == seen:
            break
    quiet = max((at for at, _, _ in client.inbox), default=began)
    updates = sum(any(part in method for part in _UPDATES) for _, method, _ in client.inbox)
    return worst, updates, quiet - began


@contextmanager
def changed(files: Sequence[Path]) -> Iterator[None]:
    """Add a line to each file, and remove it at the end."""
    texts = [file.read_bytes() for file in files]
    for file, text in zip(files, texts, strict=True):
        file.write_bytes(text + _ADDED.encode())
    try:
        yield
    finally:
        for file, text in zip(files, texts, strict=True):
            file.write_bytes(text)
