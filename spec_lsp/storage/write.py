"""Write files of a folder atomically, and never over a text that the caller has not read.

`save` is the only writer. It checks all files, then writes all new texts to temporary files beside
their targets, and only then gives them their names: a full disk or a refusal changes nothing, and a
process that is killed leaves each file with its old or its new text.
"""

from __future__ import annotations

import contextlib
import errno
import os
import posixpath
import secrets
import stat
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from spec_lsp.storage.files import is_inside, reason_of

# A text before, None where there must be no file yet, and the text to write.
Change = tuple[str | None, str]


class RefusedError(Exception):
    """A file was not written; the message says why."""


def create(folder: Path, path: str, text: str) -> None:
    """Write a new file and the folders it needs; an existing one is never touched."""
    save(folder, {path: (None, text)})


def replace_text(folder: Path, path: str, text: str) -> None:
    """Write a file whose old text does not matter, such as a report; there may be none yet."""
    file = _inside(folder, path).resolve()
    try:
        before = file.read_bytes() if file.exists() else None
    except OSError as error:
        raise _refused(path, error) from error
    _save(folder, {path: (before, text)}, ())


def save(folder: Path, texts: Mapping[str, Change], moves: Sequence[tuple[str, str]] = ()) -> None:
    """Write texts by path, then rename files; texts are named by their paths before that."""
    before = {
        path: (None if old is None else old.encode(), new) for path, (old, new) in texts.items()
    }
    _save(folder, before, moves)


def _save(
    folder: Path, texts: Mapping[str, tuple[bytes | None, str]], moves: Sequence[tuple[str, str]]
) -> None:
    for path, (before, _) in texts.items():
        _check(folder, path, before)
    names = {path: _inside(folder, path) for move in moves for path in move}
    for old, new in moves:
        _check_free(names[old], names[new], new)
    with ExitStack() as leftovers:
        written = {
            path: _write_beside(_target(folder, path, before), path, text, leftovers)
            for path, (before, text) in texts.items()
        }
        for path, temporary in written.items():
            before = texts[path][0]
            # Writing all files took time, in which an editor may have saved this one.
            _check(folder, path, before)
            _install(temporary, _target(folder, path, before), path, is_new=before is None)
        for old, new in moves:
            _move(names[old], names[new], (old, new), leftovers)


def _check(folder: Path, path: str, before: bytes | None) -> None:
    """Refuse a file that is not as the caller knows it, or that replacing would damage."""
    file = _target(folder, path, before)
    try:
        if before is None:
            if os.path.lexists(file):
                raise _taken(path)
            return
        status = file.stat()
        if status.st_nlink > 1:
            # Replacing it would separate the names, and writing in place is not safe when killed.
            raise RefusedError(
                f"{path} is one of {status.st_nlink} hard links to the same file; "
                "nothing was written, replace it with a copy first"
            )
        if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise RefusedError(f"{path} is write-protected; nothing was written")
        if file.read_bytes() != before:
            raise RefusedError(f"{path} has changed since it was read and was not overwritten")
    except OSError as error:
        raise _refused(path, error) from error


def _write_beside(file: Path, path: str, text: str, leftovers: ExitStack) -> Path:
    """Write a text to a temporary file in the folder of its target.

    Its name is short and not made of the target's, which may have the 255 bytes that are allowed.
    """
    temporary = file.parent / f".spec-lsp-{secrets.token_hex(8)}"
    try:
        _make_folder(file.parent, leftovers)
        leftovers.callback(_remove, temporary)
        with temporary.open("xb") as stream:
            if file.exists():
                _keep_owner_and_mode(file, temporary)
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise _refused(path, error) from error
    return temporary


def _make_folder(folder: Path, leftovers: ExitStack) -> None:
    """Create a folder and its parents; they are removed again if they stay empty."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        leftovers.callback(_remove, each)


def _keep_owner_and_mode(file: Path, temporary: Path) -> None:
    """Copy owner and mode, before the text is written: others must never read a private text."""
    status = file.stat()
    if hasattr(os, "chown"):
        # Without the right to change owners, the last writer becomes the owner.
        with contextlib.suppress(OSError):
            os.chown(temporary, status.st_uid, status.st_gid)
    temporary.chmod(stat.S_IMODE(status.st_mode))


def _install(temporary: Path, file: Path, path: str, *, is_new: bool) -> None:
    """Give a written file its name, in one step; a new one never takes the name of another."""
    try:
        if is_new:
            _rename_to_free(temporary, file)
        else:
            temporary.replace(file)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError as error:
        raise _refused(path, error) from error


def _move(source: Path, target: Path, move: tuple[str, str], leftovers: ExitStack) -> None:
    old, new = move
    try:
        _make_folder(target.parent, leftovers)
        if _is_respelled(source, target):
            source.rename(target)
        else:
            _rename_to_free(source, target)
    except FileExistsError as error:
        raise _taken(new, "renamed") from error
    except OSError as error:
        raise _refused(old, error) from error


def _rename_to_free(source: Path, target: Path) -> None:
    """Rename a file, or fail with `FileExistsError` if the new name is taken."""
    if os.name == "nt":
        source.rename(target)  # Windows refuses a taken name.
        return
    if not source.is_symlink():
        # `rename` of POSIX replaces its target, `link` never does.
        try:
            target.hardlink_to(source)
        except FileExistsError:
            raise
        except (OSError, NotImplementedError):
            pass  # FAT, some network file systems and WebAssembly have no links: claim it below.
        else:
            source.unlink()
            return
    target.open("xb").close()
    try:
        source.replace(target)
    except OSError:
        _remove(target)
        raise


def _check_free(source: Path, target: Path, new: str) -> None:
    if os.path.lexists(target) and not _is_respelled(source, target):
        raise _taken(new, "renamed")


def _is_respelled(source: Path, target: Path) -> bool:
    """Whether two names differ in case only and are one, as on macOS and Windows."""
    is_alike = source.parent == target.parent and source.name.lower() == target.name.lower()
    try:
        return is_alike and source.samefile(target)
    except OSError:
        return False


def _target(folder: Path, path: str, before: bytes | None) -> Path:
    """The file to write: the target of a symbolic link, or a new file, which is not a link."""
    file = _inside(folder, path)
    return file if before is None else file.resolve()


def _inside(folder: Path, path: str) -> Path:
    """The absolute path, with the links of its folders followed, but not one at its end."""
    file = folder / path
    if posixpath.isabs(path) or not is_inside(file, folder.resolve()):
        raise RefusedError(f"{path} is outside {folder}; nothing was written")
    return file.parent.resolve() / file.name


def _remove(file: Path) -> None:
    """Remove what is left over: a temporary file, or a new folder that is empty."""
    with contextlib.suppress(OSError):
        if file.is_dir():
            file.rmdir()
        else:
            file.unlink()


def _taken(path: str, what: str = "written") -> RefusedError:
    return RefusedError(f"{path} already exists; nothing was {what}")


def _refused(path: str, error: OSError) -> RefusedError:
    is_denied = error.errno in (errno.EACCES, errno.EPERM)
    reason = "permission denied" if is_denied else reason_of(error)
    return RefusedError(f"{path} was not written: {reason}")
