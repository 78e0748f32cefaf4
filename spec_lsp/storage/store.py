"""The cache in the user's cache folder: digests of files, so that only changed files are re-read.

The cache is optional: if it is damaged, locked, of another version or on a full disk, it is treated
as empty. Every row has a key of all that its content depends on, so that several processes may
share a cache, and is signed with the user's key, because `marshal` trusts its input.
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
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from platformdirs import user_cache_path

from spec_lsp.storage import node
from spec_lsp.storage.cache_folder import (
    APPLICATION_ID,
    UnsafeError,
    is_new_database,
    key_of,
    remove_database,
    sweep,
)
from spec_lsp.storage.database import opened
from spec_lsp.workspace.packed import pack

logger = logging.getLogger(__name__)

VARIABLE = "SPEC_LSP_CACHE"
_OFF = ("off", "0", "no", "false")
_NAME = "spec-lsp"
_FORMAT = 3
# One transaction at a time: closing a file that SQLite has open drops the locks of the process.
_LOCK = Lock()
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# Errors of the disk or the folder, not of the database.
_OUTSIDE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}
# Nanoseconds; longer than a clock step of file systems, which is a few milliseconds.
_TICK = 20_000_000
# By path, the hash of its text and its creation commit.
Marks = dict[str, tuple[bytes, str]]
_T = TypeVar("_T")
_TABLES = """
create table if not exists files (
  path text primary key, signature text, creation_commit text,
  changed integer, renewed integer, size integer, mark blob, seal blob, digest blob
) without rowid;
create table if not exists facts (name text primary key, seal blob, value blob);
"""
_ROW = (
    "select path, creation_commit, changed, renewed, size, mark, seal, digest from files"
    " where signature = ?"
)


class Stamp(NamedTuple):
    """The times and the size of a file, at least one of which differs if its content does."""

    changed: int
    renewed: int
    size: int


# The stamp of a file that may change again within a clock step: only its text can be compared.
UNSURE = Stamp(0, 0, -1)


class CacheRow(NamedTuple):
    """The cached row of a file: its stamp, its creation commit, and its digest.

    `mark` is the hash of its text: equal if the file was rewritten without a change.
    """

    stamp: Stamp
    creation_commit: str
    mark: bytes
    digest: bytes


class Store:
    """The cache of one folder; always empty without a file."""

    def __init__(self, file: Path | None) -> None:
        self.file = file

    def rows(self, signature: str, paths: Sequence[str]) -> dict[str, CacheRow]:
        """The rows of some paths, which are in order, with a signature."""
        wanted = set(paths)

        def ask(connection: sqlite3.Connection, key: bytes) -> dict[str, CacheRow]:
            found = connection.execute(
                f"{_ROW} and path between ? and ?", (signature, paths[0], paths[-1])
            )
            # The range may include many other files, such as those of another branch.
            return dict(_sealed(key, signature, (row for row in found if row[0] in wanted)))

        return self._do(ask) or {}

    def marks(self, signature: str) -> Marks:
        """The marks of all rows with a signature; marks alone are not verified."""

        def ask(connection: sqlite3.Connection, _: bytes) -> Marks:
            query = "select path, mark, creation_commit from files where signature = ?"
            return {
                path: (mark, creation_commit)
                for path, mark, creation_commit in connection.execute(query, (signature,))
                if isinstance(path, str)
                and isinstance(mark, bytes)
                and isinstance(creation_commit, str)
            }

        return self._do(ask) or {}

    def digests(self, signature: str, paths: Iterable[str]) -> list[tuple[str, bytes]]:
        """The digests of some paths, with a signature."""

        def ask(connection: sqlite3.Connection, key: bytes) -> list[tuple[str, bytes]]:
            answers = (connection.execute(f"{_ROW} and path = ?", (signature, p)) for p in paths)
            found = _sealed(key, signature, (row for answer in answers for row in answer))
            return [(path, row.digest) for path, row in found]

        return self._do(ask) or []

    def keep(
        self, signature: str, rows: Iterable[tuple[str, CacheRow]], gone: Iterable[str]
    ) -> None:
        """Add or replace rows, and remove those of some paths."""

        def write(connection: sqlite3.Connection, key: bytes) -> None:
            connection.executemany(
                "insert or replace into files values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (path, signature, row.creation_commit, *row.stamp, row.mark, seal, row.digest)
                    for path, row in rows
                    if is_storable(path)
                    for seal in (_row_seal(key, signature, path, row),)
                ),
            )
            connection.executemany("delete from files where path = ?", ((path,) for path in gone))

        self._do(write)

    def fact(self, name: str) -> bytes | None:
        """A value by its name."""

        def ask(connection: sqlite3.Connection, key: bytes) -> bytes | None:
            query = "select value, seal from facts where name = ?"
            value, seal = connection.execute(query, (name,)).fetchone() or (None, None)
            return value if value is not None and _seal(key, name, value) == seal else None

        return self._do(ask)

    def keep_fact(self, kind: str, name: str, value: bytes) -> None:
        """Store a value; of each kind, only the latest remains."""
        full = f"{kind}:{name}"

        def write(connection: sqlite3.Connection, key: bytes) -> None:
            connection.execute("delete from facts where name like ?", (f"{kind}:%",))
            row = (full, _seal(key, full, value), value)
            connection.execute("insert or replace into facts values (?, ?, ?)", row)

        self._do(write)

    def failure(self) -> str:
        """Why the cache cannot be used; empty if it can."""
        try:
            if self.file:
                _try(self.file, lambda connection, _: connection.execute("select 1 from files"))
        except (UnsafeError, OSError, sqlite3.Error, ValueError) as error:
            return str(error)
        return ""

    def _do(self, work: Callable[[sqlite3.Connection, bytes], _T]) -> _T | None:
        """Run one transaction; if that fails, the cache is treated as empty."""
        if self.file is None:
            return None
        with _LOCK:
            try:
                return _try(self.file, work)
            except UnsafeError as error:
                _warn_once(f"{error}; set {VARIABLE} to another folder or to `off`")
            except OSError as error:
                _warn_once(f"{self.file} is not used: {error.strerror or error}")
            except (sqlite3.DatabaseError, ValueError) as error:
                code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
                if code in _BUSY:
                    logger.info("the cache %s is not used: %s", self.file, error)
                elif code in _OUTSIDE:
                    _warn_once(f"{self.file} is not used: {error}")
                else:
                    logger.info("the cache %s is damaged and is rebuilt: %s", self.file, error)
                    remove_database(self.file)
        return None


def cache_of(folder: Path) -> Store:
    """The cache of a folder; `SPEC_LSP_CACHE` can move all caches, or disable them."""
    top = _chosen()
    if top is None:
        return Store(None)
    name = hashlib.blake2b(os.fsencode(folder), digest_size=10).hexdigest()
    version = f"{_FORMAT}-{sys.version_info[0]}.{sys.version_info[1]}{'-wasm' * node.IS_HERE}"
    return Store(top / f"{name}-{version}.sqlite")


def is_storable(path: str) -> bool:
    """Whether a path can be stored; a name that is not valid text cannot."""
    return path.isprintable()


def stamp_of(status: os.stat_result) -> Stamp | None:
    """The stamp of a file; None while another change could leave the stamp unchanged."""
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
        _warn_once("the home folder is unknown")
        return None
    return folder


def _try(file: Path, work: Callable[[sqlite3.Connection, bytes], _T]) -> _T:
    key = key_of(file.parent)
    if is_new_database(file):
        sweep(file.parent)
    with opened(file) as connection:
        # SQLite may have rolled back what a killed process left, to an empty database.
        if connection.execute("pragma application_id").fetchone() != (APPLICATION_ID,):
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        # A process may have been killed before it created the tables.
        connection.executescript(_TABLES)
        with connection:
            return work(connection, key)


def _sealed(
    key: bytes, signature: str, found: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[str, CacheRow]]:
    """The rows with a valid signature."""
    for path, creation_commit, changed, renewed, size, mark, seal, digest in found:
        row = CacheRow(Stamp(changed, renewed, size), creation_commit, mark, digest)
        if _row_seal(key, signature, path, row) == seal:
            yield path, row


def _row_seal(key: bytes, signature: str, path: str, row: CacheRow) -> bytes:
    return _seal(key, signature, path, *row.stamp, *row[1:])


def _seal(key: bytes, *values: object) -> bytes:
    """Sign some values with the user's key."""
    return hmac.digest(key, pack(values), "sha256")


@functools.cache
def _warn_once(message: str) -> None:
    logger.warning("cache: %s", message)
