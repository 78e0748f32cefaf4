"""From the paths on the command line to projects and the documents asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spec_lsp.cli.problem import CannotRunError
from spec_lsp.cli.terminal import progress, shown
from spec_lsp.report.model import Source, Sources
from spec_lsp.storage.discover import find_root, is_too_wide
from spec_lsp.storage.files import decoded
from spec_lsp.storage.project import Project, open_project, survey
from spec_lsp.text import LineIndex
from spec_lsp.workspace.config import FILE_NAMES

Wanted = Callable[[str], bool]


def everything(_path: str) -> bool:
    """What is wanted where nothing in particular was asked for."""
    return True


@dataclass(frozen=True)
class Asked:
    """A project, and which of its paths the user asked for.

    Of the paths in `across_only` only what other documents have to do with is asked for.
    """

    project: Project
    wanted: Wanted = everything
    across_only: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the project is left out."""
        return self.wanted is everything and not self.across_only

    @property
    def paths(self) -> list[str]:
        """The documents asked for."""
        return [path for path in self.project.paths if self.wanted(path)]

    @property
    def files(self) -> list[str]:
        """The files that were looked at, configuration and templates among them."""
        loaded = self.project.loaded
        own = {*loaded.template_paths, *loaded.unread, loaded.config_path} - {""}
        return sorted({path for path in (*own, *self.project.paths) if self.wanted(path)})


def here() -> Path:
    """The folder in which the command was started."""
    return Path.cwd().resolve()


def open_here(unsaved: Iterable[tuple[str, str]] = ()) -> Project:
    """The project around the current folder."""
    root = find_root(here())
    _refuse_too_wide(root)
    with progress("Reading") as advance:
        return open_project(root, advance, unsaved)


def open_asked(paths: Iterable[Path]) -> list[Asked]:
    """The projects that hold some paths, each read whole: findings depend on all documents."""
    found = look_at(paths)
    for each in found:
        read(each.project)
    return found


def read(project: Project) -> None:
    """Read what is still to be read of a project."""
    with progress("Reading") as advance:
        project.read_ahead(advance)


def look_at(paths: Iterable[Path]) -> list[Asked]:
    """The projects that hold some paths, whose documents are perhaps still to be read."""
    by_root: dict[Path, list[Path]] = {}
    for path in paths:
        if not (path.exists() or path.is_symlink()):
            raise CannotRunError(f"{path} does not exist")
        # The last part is not resolved: a link is asked for as itself.
        place = path.parent.resolve() / path.name if path.name else path.resolve()
        place = place.resolve() if place.is_dir() else place
        root = find_root(place if place.is_dir() else place.parent, here())
        if place == root:
            _refuse_too_wide(root)
        by_root.setdefault(root, []).append(place)
    found: list[Asked] = []
    for root, places in by_root.items():
        found += _look_at(root, places)
    return found


def open_stdin(name: Path) -> Asked:
    """The project of a file whose text comes from standard input."""
    place = name.parent.resolve() / name.name
    if not place.name or place.is_dir():
        raise CannotRunError(f"{name} is not the name of a file")
    root = find_root(place.parent, here())
    path = place.relative_to(root).as_posix()
    reading = decoded(sys.stdin.buffer.read())
    if reading.text is None:
        raise CannotRunError(f"standard input was not read: {reading.reason}")
    with progress("Reading") as advance:
        project = open_project(root, advance, [(path, reading.text)])
    return Asked(project, lambda each: each == path)


def sources(project: Project) -> Sources:
    """The project's files as they are shown, each read once."""

    @cache
    def source(path: str) -> Source:
        loaded = project.loaded
        template = next((t for t in project.workspace.settings.templates if t.path == path), None)
        if template and template.is_builtin:
            return Source(path, LineIndex(template.document.text))
        if template:
            text = template.document.text
        elif path == loaded.config_path:
            text = loaded.config_text
        else:
            text = project.disk.text(path) or ""
        return Source(shown(project.disk.at(path)), LineIndex(text))

    return source


def _look_at(root: Path, places: list[Path]) -> list[Asked]:
    project = survey(root)
    relative = [place.relative_to(project.folder).as_posix() for place in places]
    if not all(place.is_dir() for place in places):
        read(project)
    for place, path in zip(places, relative, strict=True):
        # A file that is named is looked at, whatever the configuration leaves out.
        if not place.is_dir() and path not in project.paths and not project.loaded.owns(path):
            project.read(path)
    if "." in relative:
        found = [Asked(project)]
    else:
        found = [Asked(project, lambda path: any(_is_below(path, each) for each in relative))]
    for inner in project.roots:
        below = [each for each in relative if _is_below(inner, each)]
        if below:
            found += _look_at(project.folder / inner, [project.folder / inner])
    return found


def _refuse_too_wide(root: Path) -> None:
    """Refuse to read a whole disk or the home folder."""
    if is_too_wide(root):
        raise CannotRunError(
            f"{root} is too large a folder to be read whole; name the folders with your documents, "
            f"or add {FILE_NAMES[0]} to this one"
        )


def _is_below(path: str, folder: str) -> bool:
    return folder in (".", path) or path.startswith(f"{folder}/")
