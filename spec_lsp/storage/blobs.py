"""Files compared with their blobs in git, without git: it would run filters over them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LINK = b"120000"
_SUBMODULE = b"160000"
_SHA256_DIGITS = 64
_LARGEST = 64_000_000  # Bytes; what is larger is not read and counts as changed.
_SKIPPED = b"S"  # The tag of a file that a sparse checkout leaves out.


@dataclass(frozen=True, slots=True)
class Blob:
    """A file in git: what kind it is, and the hash that names its content."""

    mode: bytes
    name: str

    @property
    def is_link(self) -> bool:
        """Whether the content is the target of a symbolic link."""
        return self.mode == _LINK


def read_tree(listing: bytes, prefix: str) -> dict[str, Blob]:
    """The output of `ls-tree -r -z --full-tree` by path relative to the folder `prefix`."""
    found: dict[str, Blob] = {}
    around = _around(prefix)
    for line in filter(None, listing.split(b"\0")):
        facts, _, name = line.partition(b"\t")
        mode, _, blob = facts.split(b" ")
        path = os.fsdecode(name)
        up, start = next((up, start) for up, start in around if path.startswith(start))
        if mode != _SUBMODULE:
            found[up + path[len(start) :]] = Blob(mode, blob.decode("ascii"))
    return found


def read_index(listing: bytes) -> Iterator[tuple[str, Blob | None]]:
    """The output of `ls-files -v -s -z --others`: paths, with the blob where there is no file."""
    for line in filter(None, listing.split(b"\0")):
        tag, _, rest = line.partition(b" ")
        if tag == b"?":
            yield os.fsdecode(rest), None
            continue
        facts, _, name = rest.partition(b"\t")
        mode, blob, _ = facts.split(b" ")
        is_skipped = tag.upper() == _SKIPPED
        yield os.fsdecode(name), Blob(mode, blob.decode("ascii")) if is_skipped else None


def is_file_of(file: Path, blob: Blob) -> bool:
    """Whether a file holds what a blob does; CRLF counts as LF, which git may convert."""
    data = bytes_of(file, blob)
    if data is None:
        return False
    return _hash(data, blob) == blob.name or _hash(with_lf(data), blob) == blob.name


def bytes_of(file: Path, blob: Blob) -> bytes | None:
    """What git would take a file's content to be; None if it is not such a file."""
    try:
        status = file.lstat()
        if stat.S_ISLNK(status.st_mode):
            target = os.readlink(file)  # noqa: PTH115 -- a Path would turn `./a` into `a`.
            return os.fsencode(target) if blob.is_link else None
        # Where the system has no symbolic links, git writes the target into a regular file.
        if stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST:
            return file.read_bytes()
    except (OSError, ValueError):
        pass
    return None


def with_lf(data: bytes) -> bytes:
    """Some bytes with the line ends that git keeps."""
    return data.replace(b"\r\n", b"\n")


def _hash(data: bytes, blob: Blob) -> str:
    whole = b"blob %d\0%s" % (len(data), data)
    if len(blob.name) == _SHA256_DIGITS:
        return hashlib.sha256(whole).hexdigest()
    return hashlib.sha1(whole, usedforsecurity=False).hexdigest()


def _around(prefix: str) -> list[tuple[str, str]]:
    """How to reach the folders around a prefix, and their paths, innermost first."""
    parts = prefix.split("/")[:-1]
    return [
        ("../" * (len(parts) - count), "".join(f"{part}/" for part in parts[:count]))
        for count in range(len(parts), -1, -1)
    ]
