"""What was read last time, in the user's cache folder, so that only changed files are read again.

Nothing depends on it: a cache that is damaged, locked, of another version or on a full disk is
treated as empty. Every row carries what its content depends on, so that several processes may share
a cache, and is signed with a key of the user's: `marshal`, which reads it, trusts its input.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import logging
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from platformdirs import user_cache_path

from spec_lsp.storage.cache_folder import (
    APPLICATION_ID,
    UnsafeError,
    is_new_database,
    key_of,
    remove_database,
    sweep,
)
from spec_lsp.workspace.packing import pack

logger = logging.getLogger(__name__)

VARIABLE = "SPEC_LSP_CACHE"
_OFF = ("off", "0", "no", "false")
_NAME = "spec-lsp"
_FORMAT = 3
_WAIT = 0.5  # seconds for another process that writes
# To close a file that SQLite has open drops the locks of the whole process, so one at a time.
_LOCK = Lock()
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# What is wrong with the place, and not with the database.
_OUTSIDE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}
# Clocks of file systems move in steps of a few milliseconds, in nanoseconds here.
_TICK = 20_000_000
# Of each path the mark of its text, and the commit it was born with.
Marks = dict[str, tuple[bytes, str]]
_T = TypeVar("_T")
_TABLES = """
create table if not exists files (
  path text primary key, signature text, born text,
  changed integer, renewed integer, size integer, mark blob, seal blob, digest blob
) without rowid;
create table if not exists facts (name text primary key, seal blob, value blob);
"""
_ROW = (
    "select path, born, changed, renewed, size, mark, seal, digest from files where signature = ?"
)


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

    def rows(self, signature: str, paths: Sequence[str]) -> dict[str, Row]:
        """What was kept under a signature of some paths, which are in order."""
        wanted = set(paths)

        def ask(connection: sqlite3.Connection, key: bytes) -> dict[str, Row]:
            found = connection.execute(
                f"{_ROW} and path between ? and ?", (signature, paths[0], paths[-1])
            )
            # Between them may be any number of others, of files that were there on another branch.
            return dict(_sealed(key, signature, (row for row in found if row[0] in wanted)))

        return self._do(ask) or {}

    def marks(self, signature: str) -> Marks:
        """The marks of everything that was kept under a signature; these alone are not signed."""

        def ask(connection: sqlite3.Connection, _: bytes) -> Marks:
            query = "select path, mark, born from files where signature = ?"
            return {
                path: (mark, born)
                for path, mark, born in connection.execute(query, (signature,))
                if isinstance(path, str) and isinstance(mark, bytes) and isinstance(born, str)
            }

        return self._do(ask) or {}

    def digests(self, signature: str, paths: Iterable[str]) -> list[tuple[str, bytes]]:
        """What was kept of some paths under a signature."""

        def ask(connection: sqlite3.Connection, key: bytes) -> list[tuple[str, bytes]]:
            answers = (connection.execute(f"{_ROW} and path = ?", (signature, p)) for p in paths)
            found = _sealed(key, signature, (row for answer in answers for row in answer))
            return [(path, row.digest) for path, row in found]

        return self._do(ask) or []

    def keep(self, signature: str, rows: Iterable[tuple[str, Row]], gone: Iterable[str]) -> None:
        """Take in rows, and let go of paths."""

        def write(connection: sqlite3.Connection, key: bytes) -> None:
            connection.executemany(
                "insert or replace into files values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (path, signature, row.born, *row.stamp, row.mark, seal, row.digest)
                    for path, row in rows
                    if is_storable(path)
                    for seal in (_row_seal(key, signature, path, row),)
                ),
            )
            connection.executemany("delete from files where path = ?", ((path,) for path in gone))

        self._do(write)

    def fact(self, name: str) -> bytes | None:
        """Something else that was kept under a name."""

        def ask(connection: sqlite3.Connection, key: bytes) -> bytes | None:
            query = "select value, seal from facts where name = ?"
            value, seal = connection.execute(query, (name,)).fetchone() or (None, None)
            return value if value is not None and _seal(key, name, value) == seal else None

        return self._do(ask)

    def keep_fact(self, kind: str, name: str, value: bytes) -> None:
        """Keep something else; of each kind, only what was kept last."""
        full = f"{kind}:{name}"

        def write(connection: sqlite3.Connection, key: bytes) -> None:
            connection.execute("delete from facts where name like ?", (f"{kind}:%",))
            row = (full, _seal(key, full, value), value)
            connection.execute("insert or replace into facts values (?, ?, ?)", row)

        self._do(write)

    def _do(self, work: Callable[[sqlite3.Connection, bytes], _T]) -> _T | None:
        """Run one transaction; when it cannot be run, the cache is treated as empty."""
        if self.file is None:
            return None
        with _LOCK:
            try:
                return _try(self.file, work)
            except UnsafeError as error:
                _warn_once(f"{error}; {VARIABLE} can name another folder, or be off")
            except OSError as error:
                _warn_once(f"{self.file} is not used: {error.strerror or error}")
            except (sqlite3.DatabaseError, ValueError) as error:
                code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
                if code in _BUSY:
                    logger.info("the cache %s is not used: %s", self.file, error)
                elif code in _OUTSIDE:
                    _warn_once(f"{self.file} is not used: {error}")
                else:
                    logger.info("the cache %s is damaged and begun again: %s", self.file, error)
                    remove_database(self.file)
        return None


def cache_of(folder: Path) -> Cache:
    """The cache of a folder; the environment may name another place for all of them, or none."""
    top = _chosen()
    if top is None:
        return Cache(None)
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


def _chosen() -> Path | None:
    """The folder that the environment names, or the one in the user's cache folder."""
    chosen = os.environ.get(VARIABLE, "")
    if chosen.casefold() in _OFF:
        return None
    if Path(chosen).is_absolute():
        return Path(chosen) / _NAME
    if chosen:
        _warn_once(f"{VARIABLE} is ignored: {chosen!r} is not an absolute path")
    xdg = os.environ.get("XDG_CACHE_HOME", "")
    if xdg and os.name != "nt" and not Path(xdg).is_absolute():
        _warn_once(f"XDG_CACHE_HOME is ignored: {xdg!r} is not an absolute path")
    folder = user_cache_path(_NAME, appauthor=False)
    if not folder.is_absolute():
        # Older versions of platformdirs resolve XDG_CACHE_HOME from the current folder.
        with suppress(RuntimeError):
            folder = Path.home() / ".cache" / _NAME
    if not folder.is_absolute():
        _warn_once("the home folder is not known")
        return None
    return folder


def _try(file: Path, work: Callable[[sqlite3.Connection, bytes], _T]) -> _T:
    key = key_of(file.parent)
    if is_new_database(file):
        sweep(file.parent)
    with closing(sqlite3.connect(file, timeout=_WAIT)) as connection:
        # What a killed process left may have been rolled back to an empty database just now.
        if connection.execute("pragma application_id").fetchone() != (APPLICATION_ID,):
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        # A process may have been killed before it created them.
        connection.executescript(_TABLES)
        with connection:
            return work(connection, key)


def _sealed(
    key: bytes, signature: str, found: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[str, Row]]:
    """Rows as they were kept, without those that are not."""
    for path, born, changed, renewed, size, mark, seal, digest in found:
        row = Row(Stamp(changed, renewed, size), born, mark, digest)
        if _row_seal(key, signature, path, row) == seal:
            yield path, row


def _row_seal(key: bytes, signature: str, path: str, row: Row) -> bytes:
    return _seal(key, signature, path, *row.stamp, *row[1:])


def _seal(key: bytes, *values: object) -> bytes:
    """The signature that only who knows the key can write."""
    return hmac.digest(key, pack(values), "sha256")


@functools.cache
def _warn_once(message: str) -> None:
    logger.warning("cache: %s", message)
