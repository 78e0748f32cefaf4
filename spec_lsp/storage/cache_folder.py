"""The cache folder: whether it is safe to use, the key that signs its rows, and our files in it.

Rows are read with `marshal`, which trusts its input, and the folder may be in a place where others
can write, such as a shared disk. So it must belong to the user, no one else may write to it, and
only the user may read the key. On Windows, where `stat` knows neither owners nor the permissions of
others, only the kinds of the files and the read-only attribute of the key are checked.
"""

from __future__ import annotations

import os
import re
import stat
import time
from contextlib import suppress
from pathlib import Path

# `application_id` in the header of our databases, and where it is in the file.
APPLICATION_ID = int.from_bytes(b"SpeL", "big")
_ID_AT = 68
_TAG = b"""\
Signature: 8a477f597d28d172789f06886806bc55
# This folder is a cache of spec-lsp, and can be deleted at any time.
# See https://bford.info/cachedir/
"""
_DATABASE = re.compile(r"[0-9a-f]{20}-\d+-\d+\.\d+(-wasm)?\.sqlite")
_OURS = re.compile(
    rf"CACHEDIR\.TAG|key|new-[0-9a-f]{{16}}|[0-9a-f]{{20}}\.snapshot"
    rf"|{_DATABASE.pattern}(-wal|-shm|-journal)?"
)
_KEY_SIZE = 32
_UNUSED_AFTER = 60 * 86_400  # seconds
# Do not follow links and do not wait for pipes; on Windows, do not convert line ends.
_SAFELY = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


class UnsafeError(Exception):
    """A cache that must not be used, with the reason."""


def key_of(folder: Path) -> bytes:
    """The key of a cache folder; the folder and the key are created if they do not exist."""
    with suppress(FileExistsError):
        folder.mkdir(parents=True, mode=0o700)
    _check(folder, folder.lstat(), stat.S_IFDIR, 0o022)
    tag, file = folder / "CACHEDIR.TAG", folder / "key"
    if _read(tag, 0o022) != _TAG:
        # Backups leave out a marked folder, so a folder with other files in it is never marked.
        if any(not _OURS.fullmatch(each.name) for each in folder.iterdir()):
            raise UnsafeError(f"{folder} contains files of other programs")
        put(tag, _TAG, 0o400)
    # The key must be read-only: git creates no read-only files, so no clone can contain a key.
    key = _read(file, 0o277)
    if len(key) != _KEY_SIZE:
        put(file, os.urandom(_KEY_SIZE), 0o400)
        # Of several processes that create a key at once, all use the last.
        key = _read(file, 0o277)
    if len(key) != _KEY_SIZE:
        raise UnsafeError(f"{file} changed while it was read")
    return key


def is_new_database(file: Path) -> bool:
    """Create a database if there is none; whether it is empty. Refuses those of other programs."""
    with suppress(FileExistsError):
        os.close(_created(file, 0o600))
    head = _read(file, 0o077)
    if head and not _is_ours(head):
        raise UnsafeError(f"{file} is not a cache of spec-lsp")
    return not head


def remove_database(file: Path) -> None:
    """Remove a database; its log first, because SQLite would apply the log to a new database."""
    for tail in ("-wal", "-shm", "-journal", ""):
        with suppress(OSError):
            file.with_name(file.name + tail).unlink()


def sweep(folder: Path) -> None:
    """Remove databases that were not written to for long, such as those of deleted folders."""
    before = time.time() - _UNUSED_AFTER
    for file in folder.iterdir():
        with suppress(OSError, UnsafeError):
            is_old = _DATABASE.fullmatch(file.name) and file.lstat().st_mtime < before
            if is_old and _is_ours(_read(file, 0o077)):
                remove_database(file)


def _is_ours(head: bytes) -> bool:
    return head[_ID_AT : _ID_AT + 4] == APPLICATION_ID.to_bytes(4, "big")


def _check(file: Path, status: os.stat_result, kind: int, forbidden: int) -> None:
    """Refuse a link, a file of another user, and one with forbidden permissions."""
    if stat.S_IFMT(status.st_mode) != kind:
        raise UnsafeError(
            f"{file} is a link or not a {'folder' if kind == stat.S_IFDIR else 'file'}"
        )
    if os.name == "nt":
        forbidden &= stat.S_IWUSR
    elif status.st_uid != os.geteuid():
        raise UnsafeError(f"{file} belongs to another user")
    if status.st_mode & forbidden:
        mode = stat.S_IMODE(status.st_mode)
        raise UnsafeError(f"{file} has unsafe permissions ({mode:o})")


def _read(file: Path, forbidden: int) -> bytes:
    """Check a file and read its first bytes; empty if the file does not exist."""
    try:
        handle = os.open(file, os.O_RDONLY | _SAFELY)
    except FileNotFoundError:
        return b""
    try:
        _check(file, os.fstat(handle), stat.S_IFREG, forbidden)
        return os.read(handle, 2 * len(_TAG))
    finally:
        os.close(handle)


def put(file: Path, data: bytes, mode: int) -> None:
    """Write a file with a mode atomically."""
    new = file.with_name(f"new-{os.urandom(8).hex()}")
    handle = _created(new, mode)
    try:
        try:
            os.write(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)
        new.replace(file)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise


def _created(file: Path, mode: int) -> int:
    return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFELY, mode)
