"""Which files of a folder are documents: by globs, `.gitignore` files and skipped folders.

Scans of a folder and events of single files use the same rules.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from pathspec import GitIgnoreSpec

from spec_lsp.storage.families import FamilyFinder
from spec_lsp.storage.files import read
from spec_lsp.storage.store import Stamp, stamp_of
from spec_lsp.workspace.config.config import FILE_NAMES, Config
from spec_lsp.workspace.config.globs import glob_spec, matches
from spec_lsp.workspace.config.read import has_settings
from spec_lsp.workspace.families.placing import NO_FAMILIES, Families

IGNORE_FILE = ".gitignore"
OWN_FOLDER = ".spec-lsp"
MARKS = {*FILE_NAMES, OWN_FOLDER}
# Folders with a `.gitignore`, the innermost first.
_Ignores = tuple[tuple[str, GitIgnoreSpec], ...]
_NEVER = frozenset({"node_modules", "__pycache__", "site-packages", "venv"})


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A scanned document, link, or folder with its own settings.

    A document has a stamp, unless it was changed less than one clock step ago (see `stamp_of`).
    """

    path: str
    what: Literal["document", "link", "root"]
    stamp: Stamp | None = None


class FileFilter:
    """The file filter of a folder. The paths in `templates` are not documents.

    `tracked` returns the files in git's index that `.gitignore` files match: git does not ignore
    those. A scan adds the families that it finds below the folder to those of the finder.

    Results are cached: a change of the configuration, of the templates or of the settings of an
    inner folder needs a new filter.
    """

    def __init__(
        self,
        folder: Path,
        config: Config,
        templates: frozenset[str],
        finder: FamilyFinder | None = None,
        tracked: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self.folder = folder
        self.config = config
        self.templates = templates
        self.finder = finder
        self._read_tracked = tracked
        self._ignores: dict[str, _Ignores] = {}
        self._held: dict[str, bool] = {}

    def scan(self) -> Iterator[ScannedFile]:
        """All documents, links out of the folder and inner roots, in path order."""
        return self._scan("")

    def holds(self, path: str) -> bool:
        """Whether a file at a path is a document; cached, because every keystroke calls this."""
        if path not in self._held:
            self._held[path] = self._holds(path)
        return self._held[path]

    def is_alias(self, path: str) -> bool:
        """Whether a path is a link to a file of this folder, which counts under its own path."""
        return (self.folder / path).is_symlink() and not _is_stray(self.folder, path)

    def _holds(self, path: str) -> bool:
        if not self.names_document(path) or path.startswith("../"):
            return False
        return self._is_reached(posixpath.dirname(path)) and not self.is_ignored(path)

    def shows_family(self, paths: Iterable[str]) -> bool:
        """Whether changes at some paths let a family appear or disappear."""
        return bool(self.finder and self.finder.is_stale(paths, self._is_reached))

    def _is_reached(self, folder: str) -> bool:
        """Whether a scan comes to a folder."""
        return all(
            self.is_open(each) and not is_root(os.path.join(self.folder, each))
            for each in (_folders_of(f"{folder}/") if folder else ())
        )

    def _scan(self, folder: str) -> Iterator[ScannedFile]:
        try:
            with os.scandir(self.folder / folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            return
        names = {entry.name for entry in entries}
        if folder and names & MARKS and is_root(self.folder / folder):
            yield ScannedFile(folder, "root")
            return
        if IGNORE_FILE not in names:
            self._ignores[folder] = self._ignores_above(folder)
        if folder and self.finder:
            self.finder.look(folder, names)
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            yield from self._look(entry, path)

    def _look(self, entry: os.DirEntry[str], path: str) -> Iterator[ScannedFile]:
        if entry.is_symlink():
            # The target of a link inside the folder is scanned under its own path.
            if self._is_document(path) and _is_stray(self.folder, path):
                yield ScannedFile(path, "link")
        elif entry.is_dir(follow_symlinks=False):
            if self.is_open(path):
                yield from self._scan(path)
        elif self._is_document(path):
            yield ScannedFile(path, "document", _stamp(entry))

    def _is_document(self, path: str) -> bool:
        return self.names_document(path) and not self.is_ignored(path)

    def names_document(self, path: str) -> bool:
        """Whether a path is that of a document by its name alone, without `.gitignore` files."""
        if path in self.templates or not matches(path, self.config.include):
            return False
        if self.families and self.families.leaves(path):
            return False
        return not (self.config.exclude and matches(path, self.config.exclude))

    def is_open(self, folder: str) -> bool:
        """Whether a folder is scanned; a hidden one only if `include` names it."""
        name = posixpath.basename(folder)
        if name in _NEVER:
            return False
        is_hidden = name.startswith(".") and name not in self._named
        if is_hidden and not self.families.opens(folder):
            return False
        if self.config.exclude and matches(f"{folder}/", self.config.exclude):
            return False
        return not self.is_ignored(f"{folder}/")

    @property
    def families(self) -> Families:
        """The families that were recognised until now."""
        return self.finder.found if self.finder else NO_FAMILIES

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(part for glob in self.config.include for part in glob.split("/"))

    def is_ignored(self, path: str) -> bool:
        """Whether git ignores a path, by the nearest `.gitignore` with a matching pattern.

        The path of a folder ends with a slash. What is tracked is not ignored.
        """
        return self._is_matched(path) and path not in self._tracked

    @cached_property
    def _tracked(self) -> frozenset[str]:
        """The tracked documents that a pattern matches, and the folders around them.

        Reading them takes a call of git, so only a folder with something ignored needs it.
        """
        found = [path for path in self._read_tracked() if self.names_document(path)]
        folders = (f"{folder}/" for path in found for folder in _folders_of(path))
        return frozenset((*found, *folders))

    def _is_matched(self, path: str) -> bool:
        for folder, spec in self._ignores_above(path.rstrip("/")):
            verdict = spec.check_file(path[len(folder) + 1 :] if folder else path).include
            if verdict is not None:
                return verdict
        return self._is_ignored_above(path)

    def _ignores_above(self, path: str) -> _Ignores:
        """The `.gitignore` files that apply to a path, the nearest first; empty for the top."""
        if not path:
            return ()
        unknown = []
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            if folder in self._ignores:
                break
            unknown.append(folder)
        found = self._ignores.get(folder, ())
        for each in reversed(unknown):
            spec = _read_ignores(os.path.join(self.folder, each, IGNORE_FILE))
            found = self._ignores[each] = ((each, spec), *found) if spec else found
        return found

    def _is_ignored_above(self, path: str) -> bool:
        """Whether a `.gitignore` between the repository's top and this folder ignores a path."""
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


def is_root(folder: str | Path) -> bool:
    """Whether a folder has a configuration or templates of its own."""
    return bool(config_file(folder)) or os.path.isdir(os.path.join(folder, OWN_FOLDER))


def git_top(folder: Path) -> Path | None:
    """The top of the repository around a folder; worktrees have a file in place of `.git/`."""
    return nearest(folder, lambda each: os.path.exists(os.path.join(each, ".git")))


def nearest(folder: Path, is_wanted: Callable[[str], bool]) -> Path | None:
    """The nearest wanted folder, from a folder upward.

    Paths are strings here: `Path` would split a path of a thousand parts at each step.
    """
    place = str(folder)
    while not is_wanted(place):
        above = os.path.dirname(place)
        if above == place:
            return None
        place = above
    return Path(place)


def config_file(folder: str | Path) -> str:
    """The name of the file that configures a folder; empty if there is none."""
    for name in FILE_NAMES:
        file = os.path.join(folder, name)
        if os.path.isfile(file) and has_settings(name, read(Path(file)).text or ""):
            return name
    return ""


def _folders_of(path: str) -> list[str]:
    """The folders around a path, outermost first: `a` and `a/b` for `a/b/c.md`."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def _read_ignores(file: str | Path) -> GitIgnoreSpec | None:
    text = read(Path(file)).text if os.path.isfile(file) else None
    return glob_spec(text.splitlines()) if text else None


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    try:
        return stamp_of(entry.stat(follow_symlinks=False))
    except OSError:
        return None


def _is_stray(folder: Path, path: str) -> bool:
    """Whether a link is broken, is part of a cycle, or leads out of the folder."""
    try:
        target = (folder / path).resolve(strict=True)
    except (OSError, RuntimeError):
        return True
    return target.is_file() and not target.is_relative_to(folder)
