"""Writing files: whole or not at all, never outside of the folder, never over what is new to us."""

from __future__ import annotations

import contextlib
import os
import posixpath
import tempfile
from pathlib import Path

from spec_lsp.storage.files import is_inside, reason_of


class RefusedError(Exception):
    """Something that is not written, with the reason as a sentence."""


def replace_text(folder: Path, path: str, text: str) -> None:
    """Put a text in the place of a file's; a reader sees the old text or the new one."""
    file = _safe(folder, path)
    try:
        mode = file.stat().st_mode & 0o7777 if file.exists() else 0o644
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    except OSError as error:
        raise _refused(path, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
        Path(name).chmod(mode)
        Path(name).replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise _refused(path, error) from error


def create(folder: Path, path: str, text: str) -> None:
    """Write a new file and the folders it needs; an existing one is never touched."""
    file = _safe(folder, path)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as stream:
            stream.write(text.encode("utf-8"))
    except FileExistsError as error:
        raise RefusedError(f"{path} exists already; nothing was written") from error
    except OSError as error:
        raise _refused(path, error) from error


def move(folder: Path, old: str, new: str) -> None:
    """Rename a file; one that stands in the way is never touched."""
    source, target = _safe(folder, old), _safe(folder, new)
    if target.exists() and not (source.exists() and source.samefile(target)):
        raise RefusedError(f"{new} exists already; nothing was renamed")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
    except OSError as error:
        raise _refused(old, error) from error


def _safe(folder: Path, path: str) -> Path:
    file = folder / path
    if posixpath.isabs(path) or not is_inside(file, folder.resolve()):
        raise RefusedError(f"{path} lies outside of {folder}; nothing was written")
    # A link is followed, so that it stays one.
    return file.resolve()


def _refused(path: str, error: OSError) -> RefusedError:
    return RefusedError(f"{path} was not written: {reason_of(error)}")
