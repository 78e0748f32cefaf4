"""Open the folders of the paths on the command line and select their files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spec_lsp.cli.errors import CannotRunError
from spec_lsp.cli.terminal import progress, shown
from spec_lsp.report.model import Source, Sources
from spec_lsp.storage.discover import find_root, is_too_wide
from spec_lsp.storage.files import decoded
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.read import open_folder, read_all, scan_folder
from spec_lsp.text import LineIndex
from spec_lsp.workspace.config.config import FILE_NAMES

Wanted = Callable[[str], bool]


def everything(_path: str) -> bool:
    """The filter that selects every path."""
    return True


@dataclass(frozen=True)
class CheckTarget:
    """A folder and the selection of its paths.

    For paths in `across_only`, only problems that depend on other documents are reported.
    """

    folder: Folder
    wanted: Wanted = everything
    across_only: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether the whole folder is selected."""
        return self.wanted is everything and not self.across_only

    @property
    def paths(self) -> list[str]:
        """The selected documents."""
        return [path for path in self.folder.documents if self.wanted(path)]

    @property
    def files(self) -> list[str]:
        """The selected files, configuration and templates included."""
        own = self.folder.loaded.own_files
        return sorted({path for path in (*own, *self.folder.documents) if self.wanted(path)})


def here() -> Path:
    """The current folder, links resolved."""
    return Path.cwd().resolve()


def open_here(unsaved: Iterable[tuple[str, str]] = ()) -> Folder:
    """Open the workspace of the current folder."""
    root = find_root(here())
    _refuse_too_wide(root)
    with progress("Reading") as advance:
        return open_folder(root, advance, unsaved)


def open_new(unsaved: Iterable[tuple[str, str]]) -> Folder:
    """Open the current folder as it will be with a configuration of its own."""
    _refuse_too_wide(here())
    with progress("Reading") as advance:
        return open_folder(here(), advance, unsaved)


def open_asked(paths: Iterable[Path]) -> list[CheckTarget]:
    """Open and read the workspaces of some paths; problems depend on all documents."""
    found = look_at(paths)
    for each in found:
        read(each.folder)
    return found


def read(folder: Folder) -> None:
    """Read the remaining files of a folder."""
    with progress("Reading") as advance:
        read_all(folder, advance)


def look_at(paths: Iterable[Path]) -> list[CheckTarget]:
    """Scan the workspaces of some paths; documents are read later."""
    by_root: dict[Path, list[Path]] = {}
    for path in paths:
        if not (path.exists() or path.is_symlink()):
            raise CannotRunError(f"{path} does not exist")
        # The last part stays unresolved: a link is selected, not its target.
        place = path.parent.resolve() / path.name if path.name else path.resolve()
        place = place.resolve() if place.is_dir() else place
        root = find_root(place if place.is_dir() else place.parent, here())
        if place == root:
            _refuse_too_wide(root)
        by_root.setdefault(root, []).append(place)
    found: list[CheckTarget] = []
    for root, places in by_root.items():
        found += _look_at(root, places)
    return found


def open_stdin(name: Path) -> CheckTarget:
    """Open the workspace of a file whose text comes from standard input."""
    place = name.parent.resolve() / name.name
    if not place.name or place.is_dir():
        raise CannotRunError(f"{name} is not the name of a file")
    root = find_root(place.parent, here())
    path = place.relative_to(root).as_posix()
    reading = decoded(sys.stdin.buffer.read())
    if reading.text is None:
        raise CannotRunError(f"Standard input cannot be read: {reading.reason}")
    with progress("Reading") as advance:
        folder = open_folder(root, advance, [(path, reading.text)])
    return CheckTarget(folder, lambda each: each == path)


def sources(folder: Folder) -> Sources:
    """Look up shown paths and texts; cached per path."""

    @cache
    def source(path: str) -> Source:
        loaded = folder.loaded
        template = next((t for t in folder.workspace.settings.templates if t.path == path), None)
        if template and template.is_builtin:
            return Source(path, LineIndex(template.document.text))
        if template:
            text = template.document.text
        elif path == loaded.config_path:
            text = loaded.config_text
        else:
            text = folder.texts.text(path) or ""
        return Source(shown(folder.at(path)), LineIndex(text))

    return source


def _look_at(root: Path, places: list[Path]) -> list[CheckTarget]:
    folder = scan_folder(root)
    relative = [place.relative_to(folder.root).as_posix() for place in places]
    if not all(place.is_dir() for place in places):
        read(folder)
    for place, path in zip(places, relative, strict=True):
        # A named file is checked even if the configuration excludes it.
        if not place.is_dir() and path not in folder.documents and not folder.loaded.owns(path):
            folder.named.add(path)
            folder.refresh([path])
    if "." in relative:
        found = [CheckTarget(folder)]
    else:
        found = [CheckTarget(folder, lambda path: any(_is_below(path, each) for each in relative))]
    for inner in folder.inner:
        below = [each for each in relative if _is_below(inner, each)]
        if below:
            found += _look_at(folder.root / inner, [folder.root / inner])
    return found


def _refuse_too_wide(root: Path) -> None:
    """Refuse to read a whole disk or the home folder."""
    if is_too_wide(root):
        raise CannotRunError(
            f"{root} is too large to check as a whole; name the folders with your documents, "
            f"or add {FILE_NAMES[0]} to it"
        )


def _is_below(path: str, folder: str) -> bool:
    return folder in (".", path) or path.startswith(f"{folder}/")
