"""Read files: the exact text on the disk, or the reason why there is none."""

from __future__ import annotations

import errno
import stat
from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

from spec_lsp.text import LONGEST

MISSING = "no such file"
_CYCLE = "its symbolic links form a cycle"
_BAD_NAME = "not a valid file name"


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading a file: its text, or why there is none."""

    text: str | None
    reason: str = ""


def read(file: Path) -> Reading:
    r"""The text of a file, byte-order mark and `\r` included; this never raises."""
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            return Reading(None, "not a regular file")
        if status.st_size > LONGEST:
            return Reading(None, _too_large(status.st_size))
        return decoded(file.read_bytes())
    except OSError as error:
        return Reading(None, reason_of(error))
    except ValueError:
        return Reading(None, _BAD_NAME)


def decoded(data: bytes) -> Reading:
    """Decode some bytes, or say why they are not a text."""
    if len(data) > LONGEST:
        return Reading(None, _too_large(len(data)))
    if b"\0" in data:
        return Reading(None, "not a text file (NUL byte)")
    try:
        return Reading(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Reading(None, f"not UTF-8 (byte 0x{data[error.start]:02X} in line {line})")


def reason_of(error: OSError) -> str:
    """The reason of an error in plain words."""
    reasons = {
        errno.ENOENT: MISSING,
        errno.ENOTDIR: MISSING,
        errno.EACCES: "permission denied",
        errno.EPERM: "permission denied",
        errno.ELOOP: _CYCLE,
        errno.ENAMETOOLONG: "its name is too long",
        errno.EISDIR: "it is a folder",
        errno.ENOSPC: "the disk is full",
        errno.EROFS: "the file system is read-only",
    }
    return reasons.get(error.errno or 0) or (error.strerror or str(error)).lower()


@dataclass(frozen=True)
class Disk:
    """The files of one folder, by path relative to the folder.

    `folder` is absolute and without links. `unsaved` texts take precedence over those on the disk.
    """

    folder: Path
    unsaved: MutableMapping[str, str] = field(default_factory=dict)

    def exists(self, path: str) -> bool:
        """Whether a file or folder is at a path, inside or outside of this folder."""
        try:
            return path in self.unsaved or self.at(path).exists()
        except (OSError, ValueError):
            return False

    def text(self, path: str) -> str | None:
        """The text of a file of this folder, None if it cannot be read."""
        return self.read(path).text

    def read(self, path: str) -> Reading:
        """The text of a file of this folder, or why there is none."""
        if path in self.unsaved:
            return Reading(self.unsaved[path])
        file = self.at(path)
        try:
            place = file.resolve(strict=True)
        except (OSError, RuntimeError, ValueError) as error:
            return Reading(None, _unresolved(file, error))
        if not place.is_relative_to(self.folder):
            return Reading(None, "it points outside the workspace")
        return read(place)

    def saved(self, path: str) -> tuple[int, int] | None:
        """The time of the last change and the size of a file, None if there is none."""
        try:
            status = self.at(path).stat()
        except (OSError, ValueError):
            return None
        return status.st_mtime_ns, status.st_size

    def nearby(self, folder: str) -> Iterable[str]:
        """The names of the files and folders in a folder."""
        place = self.at(folder)
        if not is_inside(place, self.folder):
            return ()
        try:
            return sorted(each.name for each in place.iterdir())
        except (OSError, ValueError):
            return ()

    def at(self, path: str) -> Path:
        """The absolute path of a file of this folder."""
        return self.folder / path


def is_inside(file: Path, folder: Path) -> bool:
    """Whether a file is in a folder after its links are resolved; the file need not exist."""
    try:
        return file.resolve().is_relative_to(folder)
    except (OSError, RuntimeError, ValueError):
        return False


def _unresolved(file: Path, error: Exception) -> str:
    if isinstance(error, OSError):
        is_link = error.errno == errno.ENOENT and file.is_symlink()
        return "its symbolic link is broken" if is_link else reason_of(error)
    # Up to Python 3.12, a cycle of links raises `RuntimeError`.
    return _CYCLE if isinstance(error, RuntimeError) else _BAD_NAME


def _too_large(size: int) -> str:
    return f"too large ({size / 1_000_000:.1f} MB, limit {LONGEST / 1_000_000:.0f} MB)"


def names_in(folder: Path) -> set[str]:
    """The names in a folder; none if it cannot be read."""
    try:
        return {each.name for each in folder.iterdir()}
    except OSError:
        return set()


def files_to_depth(folder: Path, start: str, depth: int) -> Iterator[str]:
    """The files below a folder, down to a depth."""
    for name in sorted(names_in(folder / start)):
        path = f"{start}/{name}" if start else name
        if path.count("/") < depth:
            yield from files_to_depth(folder, path, depth)
        else:
            yield path
