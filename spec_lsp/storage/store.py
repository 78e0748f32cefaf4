"""What was read last time, in the user's cache folder: only what changed since is read anew.

It is never in the workspace, where a cloned repository could plant one. Nothing depends on it: a
cache that is damaged, locked, of another version or on a full disk is as good as an empty one.
Every row carries what its content depends on, so that several servers may share a cache.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from platformdirs import user_cache_path

logger = logging.getLogger(__name__)

VARIABLE = "SPEC_LSP_CACHE"
_OFF = ("off", "0", "no", "false")
_FORMAT = 2
_WAIT = 0.5
_FORGOTTEN_AFTER = 60 * 86_400
# Clocks of file systems move in steps of a few milliseconds, in nanoseconds here.
_TICK = 20_000_000
# Of each path the mark of its text, and the commit it was born with.
Marks = dict[str, tuple[bytes, str]]
_T = TypeVar("_T")
_TABLES = """
create table if not exists files (
  path text primary key, signature text, born text,
  changed integer, renewed integer, size integer, mark blob, checksum integer, digest blob
) without rowid;
create table if not exists facts (name text primary key, checksum integer, value blob);
"""


class Stamp(NamedTuple):
    """What the file system says of a file, which differs when its content does."""

    changed: int
    renewed: int
    size: int


# Of a file that might change further without its stamp showing it: only its text tells.
UNSURE = Stamp(0, 0, -1)


class Row(NamedTuple):
    """What is known of a file: how it stood, the commit it was born with, and its digest.

    The `mark` of its text tells that it is the same one, when it was only written again.
    """

    stamp: Stamp
    born: str
    mark: bytes
    digest: bytes


class Cache:
    """The cache of one folder; without a file it holds nothing."""

    def __init__(self, file: Path | None) -> None:
        self.file = file

    def rows(self, signature: str, first: str, last: str) -> dict[str, Row]:
        """What was kept under a signature of the paths from one to another."""

        def ask(connection: sqlite3.Connection) -> dict[str, Row]:
            found = connection.execute(
                "select path, born, changed, renewed, size, mark, checksum, digest from files"
                " where signature = ? and path between ? and ?",
                (signature, first, last),
            )
            return {
                path: Row(Stamp(changed, renewed, size), born, mark, digest)
                for path, born, changed, renewed, size, mark, checksum, digest in found
                if _is_whole(digest, checksum)
            }

        return self._do(ask) or {}

    def marks(self, signature: str) -> Marks:
        """Everything of which something was kept under a signature, with its text's mark."""

        def ask(connection: sqlite3.Connection) -> Marks:
            query = "select path, mark, born from files where signature = ?"
            return {
                path: (mark, born) for path, mark, born in connection.execute(query, (signature,))
            }

        return self._do(ask) or {}

    def digests(self, signature: str, paths: Iterable[str]) -> list[tuple[str, bytes]]:
        """What was kept of some paths under a signature."""

        def ask(connection: sqlite3.Connection) -> list[tuple[str, bytes]]:
            query = "select digest, checksum from files where signature = ? and path = ?"
            found = ((path, connection.execute(query, (signature, path))) for path in paths)
            rows = ((path, *row) for path, answer in found for row in answer)
            return [
                (path, digest) for path, digest, checksum in rows if _is_whole(digest, checksum)
            ]

        return self._do(ask) or []

    def renew(self, stamps: Iterable[tuple[str, Stamp]]) -> None:
        """The same texts stand there under other stamps."""

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "update files set changed = ?, renewed = ?, size = ? where path = ?",
                ((*stamp, path) for path, stamp in stamps),
            )

        self._do(write)

    def keep(self, signature: str, rows: Iterable[tuple[str, Row]], gone: Iterable[str]) -> None:
        """Take in rows, and let go of paths."""

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "insert or replace into files values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (path, signature, born, *stamp, mark, zlib.crc32(digest), digest)
                    for path, (stamp, born, mark, digest) in rows
                    if is_storable(path)
                ),
            )
            connection.executemany("delete from files where path = ?", ((path,) for path in gone))

        self._do(write)

    def fact(self, name: str) -> bytes | None:
        """Something else that was kept under a name."""

        def ask(connection: sqlite3.Connection) -> bytes | None:
            found = connection.execute(
                "select value, checksum from facts where name = ?", (name,)
            ).fetchone()
            return found[0] if found and _is_whole(*found) else None

        return self._do(ask)

    def keep_fact(self, kind: str, name: str, value: bytes) -> None:
        """Keep something else; of each kind, only what was kept last."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("delete from facts where name like ?", (f"{kind}:%",))
            row = (f"{kind}:{name}", zlib.crc32(value), value)
            connection.execute("insert or replace into facts values (?, ?, ?)", row)

        self._do(write)

    def _do(self, work: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Run one transaction; when it cannot be run, the cache is as good as empty."""
        if self.file is None:
            return None
        try:
            return self._try(self.file, work)
        except sqlite3.OperationalError as error:
            # Somebody else is writing, the disk is full, or nobody may write here.
            logger.info("the cache %s is not used: %s", self.file, error)
        except (sqlite3.DatabaseError, ValueError) as error:
            logger.info("the cache %s is damaged and begun anew: %s", self.file, error)
            self._remove(self.file)
        except OSError as error:
            logger.info("the cache %s is not used: %s", self.file, error)
        return None

    def _try(self, file: Path, work: Callable[[sqlite3.Connection], _T]) -> _T:
        is_new = not file.exists()
        if is_new:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _sweep(file.parent)
        with closing(sqlite3.connect(file, timeout=_WAIT)) as connection:
            if is_new:
                connection.execute("pragma journal_mode = wal")
                connection.executescript(_TABLES)
            connection.execute("pragma synchronous = normal")
            with connection:
                return work(connection)

    def _remove(self, file: Path) -> None:
        for each in (file, *(file.with_name(file.name + tail) for tail in ("-wal", "-shm"))):
            with suppress(OSError):
                each.unlink()


def cache_of(folder: Path) -> Cache:
    """The cache of a folder; the environment may name another place for all of them, or none."""
    chosen = os.environ.get(VARIABLE, "")
    if chosen.casefold() in _OFF:
        return Cache(None)
    top = Path(chosen) if chosen else user_cache_path("spec-lsp", appauthor=False)
    name = hashlib.blake2b(os.fsencode(folder), digest_size=10).hexdigest()
    version = f"{_FORMAT}-{sys.version_info[0]}.{sys.version_info[1]}"
    return Cache(top / f"{name}-{version}.sqlite")


def is_storable(path: str) -> bool:
    """Whether a path can be kept; a name that is no text cannot."""
    return path.isprintable()


def stamp_of(status: os.stat_result) -> Stamp | None:
    """What the file system says of a file; None while a further change might not show in it."""
    now = time.time_ns()
    if any(0 <= now - moment < _TICK for moment in (status.st_mtime_ns, status.st_ctime_ns)):
        return None
    return Stamp(status.st_mtime_ns, status.st_ctime_ns, status.st_size)


def _is_whole(data: object, checksum: object) -> bool:
    return isinstance(data, bytes) and zlib.crc32(data) == checksum


def _sweep(folder: Path) -> None:
    """Remove caches that nobody has used for long, as of folders that are gone."""
    before = time.time() - _FORGOTTEN_AFTER
    for file in folder.glob("*.sqlite*"):
        with suppress(OSError):
            if file.stat().st_mtime < before:
                file.unlink()
