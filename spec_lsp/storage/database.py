"""Open a database of the cache for one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from spec_lsp.storage import node
from spec_lsp.storage.cache_folder import put

_WAIT = 0.5  # seconds for another process that writes


def opened(file: Path) -> AbstractContextManager[sqlite3.Connection]:
    """A connection to a database, which is an empty file if it is new."""
    return in_memory(file) if node.IS_HERE else closing(sqlite3.connect(file, timeout=_WAIT))


@contextmanager
def in_memory(file: Path) -> Iterator[sqlite3.Connection]:
    """A copy of a database, written back whole if it is changed: the last writer wins.

    For systems where locks have no effect, so that two processes would damage a shared file.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        if data := file.read_bytes():
            connection.deserialize(data)
        before = connection.total_changes
        yield connection
        if connection.total_changes > before:
            put(file, connection.serialize(), 0o600)
