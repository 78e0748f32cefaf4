"""Which files of a folder are documents: globs, `.gitignore` files, and folders nobody looks into.

A scan and a single event are judged by the same rules.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from pathspec import GitIgnoreSpec

from spec_lsp.storage.files import read
from spec_lsp.storage.store import Stamp, stamp_of
from spec_lsp.workspace.config.config import FILE_NAMES, Config, has_settings
from spec_lsp.workspace.config.globs import glob_spec, matches

IGNORE_FILE = ".gitignore"
OWN_FOLDER = ".spec-lsp"
MARKS = {*FILE_NAMES, OWN_FOLDER}
_NEVER = frozenset({"node_modules", "__pycache__", "site-packages", "venv"})


@dataclass(frozen=True, slots=True)
class Sight:
    """Something that a scan came upon: a document, a link, or a folder with its own settings.

    A document has a stamp, unless it has changed just now.
    """

    path: str
    what: Literal["document", "link", "root"]
    stamp: Stamp | None = None


class Scope:
    """The documents of a folder by configuration. `templates` are paths that are none.

    It stands until the configuration, the templates or the settings of an inner folder change.
    """

    def __init__(self, folder: Path, config: Config, templates: frozenset[str]) -> None:
        self.folder = folder
        self.config = config
        self.templates = templates
        self._ignores: dict[str, GitIgnoreSpec | None] = {}
        self._held: dict[str, bool] = {}

    def scan(self) -> Iterator[Sight]:
        """Everything that counts, in the order of paths."""
        return self._scan("")

    def holds(self, path: str) -> bool:
        """Whether a file at a path is a document; asked at every key, and answered once."""
        if path not in self._held:
            self._held[path] = self._holds(path)
        return self._held[path]

    def is_alias(self, path: str) -> bool:
        """Whether a path is a link to a file of this folder, which counts at its own place."""
        return (self.folder / path).is_symlink() and not _is_stray(self.folder, path)

    def _holds(self, path: str) -> bool:
        if not self._is_wanted(path) or path.startswith("../"):
            return False
        folders = _folders_of(path)
        if any(not self.is_open(folder) for folder in folders):
            return False
        inner = [folder for folder in folders if is_root(self.folder / folder)]
        return not inner and not self._is_ignored(path)

    def _scan(self, folder: str) -> Iterator[Sight]:
        try:
            with os.scandir(self.folder / folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            return
        names = {entry.name for entry in entries}
        if folder and names & MARKS and is_root(self.folder / folder):
            yield Sight(folder, "root")
            return
        if IGNORE_FILE not in names:
            self._ignores[folder] = None
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            yield from self._look(entry, path)

    def _look(self, entry: os.DirEntry[str], path: str) -> Iterator[Sight]:
        if entry.is_symlink():
            # What a link leads to inside the folder is seen at its own place.
            if self._is_document(path) and _is_stray(self.folder, path):
                yield Sight(path, "link")
        elif entry.is_dir(follow_symlinks=False):
            if self.is_open(path):
                yield from self._scan(path)
        elif self._is_document(path):
            yield Sight(path, "document", _stamp(entry))

    def _is_document(self, path: str) -> bool:
        return self._is_wanted(path) and not self._is_ignored(path)

    def _is_wanted(self, path: str) -> bool:
        if path in self.templates or not matches(path, self.config.include):
            return False
        return not (self.config.exclude and matches(path, self.config.exclude))

    def is_open(self, folder: str) -> bool:
        """Whether a folder is looked into; a hidden one only when `include` names it."""
        name = posixpath.basename(folder)
        if name in _NEVER or (name.startswith(".") and name not in self._named):
            return False
        if self.config.exclude and matches(f"{folder}/", self.config.exclude):
            return False
        return not self._is_ignored(f"{folder}/")

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(part for glob in self.config.include for part in glob.split("/"))

    def _is_ignored(self, path: str) -> bool:
        """What the nearest `.gitignore` says that says anything."""
        for folder in reversed(("", *_folders_of(path.rstrip("/")))):
            spec = self._ignore_spec(folder)
            if spec:
                verdict = spec.check_file(path[len(folder) + 1 :] if folder else path).include
                if verdict is not None:
                    return verdict
        return self._is_ignored_above(path)

    def _is_ignored_above(self, path: str) -> bool:
        """The same for the folders between the top of the repository and this one."""
        for folder, spec in self._above:
            verdict = spec.check_file(f"{folder}/{path}").include
            if verdict is not None:
                return verdict
        return False

    @cached_property
    def _above(self) -> list[tuple[str, GitIgnoreSpec]]:
        top = git_top(self.folder)
        found = []
        if top:
            parents = [each for each in self.folder.parents if each.is_relative_to(top)]
            for parent in parents:
                spec = _read_ignores(parent / IGNORE_FILE)
                if spec:
                    found.append((self.folder.relative_to(parent).as_posix(), spec))
        return found

    def _ignore_spec(self, folder: str) -> GitIgnoreSpec | None:
        if folder not in self._ignores:
            self._ignores[folder] = _read_ignores(self.folder / folder / IGNORE_FILE)
        return self._ignores[folder]


def is_root(folder: Path) -> bool:
    """Whether a folder has a configuration or templates of its own."""
    return bool(config_file(folder)) or (folder / OWN_FOLDER).is_dir()


def git_top(folder: Path) -> Path | None:
    """The top of the repository around a folder; worktrees have a file in place of `.git/`."""
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


def config_file(folder: Path) -> str:
    """The name of the file that configures a folder; nothing where there is none."""
    for name in FILE_NAMES:
        file = folder / name
        if file.is_file() and has_settings(name, read(file).text or ""):
            return name
    return ""


def _folders_of(path: str) -> list[str]:
    """The folders around a path, outermost first: `a` and `a/b` for `a/b/c.md`."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def _read_ignores(file: Path) -> GitIgnoreSpec | None:
    text = read(file).text if file.is_file() else None
    return glob_spec(text.splitlines()) if text else None


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    try:
        return stamp_of(entry.stat(follow_symlinks=False))
    except OSError:
        return None


def _is_stray(folder: Path, path: str) -> bool:
    """Whether a link leads nowhere, in a circle, or out of the folder."""
    try:
        target = (folder / path).resolve(strict=True)
    except (OSError, RuntimeError):
        return True
    return target.is_file() and not target.is_relative_to(folder)
