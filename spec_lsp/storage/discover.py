"""Find the folder that a file belongs to, and load its configuration and its templates."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from spec_lsp.rules.engine.baseline import USUAL_BASELINE, BaselineError
from spec_lsp.rules.engine.model import Diagnostic
from spec_lsp.rules.files import (
    config_findings,
    family_findings,
    template_findings,
    unknown_families,
    unreadable,
)
from spec_lsp.storage.baseline import Known, understood
from spec_lsp.storage.families import FOLDER, FamilyFinder
from spec_lsp.storage.file_filter import FileFilter, config_file, git_top, is_root, nearest
from spec_lsp.storage.files import MISSING, Disk, Reading
from spec_lsp.storage.generators import find_sites
from spec_lsp.storage.host.git import tracked_though_ignored
from spec_lsp.template.schema import Fault
from spec_lsp.text import Span
from spec_lsp.workspace.config.config import FILE_NAMES, TABLE, Config
from spec_lsp.workspace.config.globs import matches
from spec_lsp.workspace.config.read import keys_in, read_config
from spec_lsp.workspace.config.toml_positions import place_of
from spec_lsp.workspace.own_templates import own_templates
from spec_lsp.workspace.settings import Settings

Read = Callable[[str], Reading]

_WILD = re.compile(r"[*?\[!]")
_SKIPPED = frozenset({".git", "node_modules", "__pycache__", ".venv"})
_NO_TEMPLATES = frozenset({"readme.md"})


@dataclass(frozen=True)
class Loaded:
    """The configuration, the templates and the baseline of a folder, with their faults.

    `written` is the configuration as its file has it now, `faults` are its invalid parts. `unread`
    are the files that could not be read, with the reason. `known` are the findings of the
    baseline, by the path of their file.
    """

    settings: Settings = field(default_factory=Settings)
    config_path: str = ""
    config_text: str = ""
    written: Config = field(default_factory=Config)
    faults: tuple[Fault, ...] = ()
    unread: dict[str, str] = field(default_factory=dict)
    known: Known = field(default_factory=dict)
    finder: FamilyFinder | None = None

    @cached_property
    def template_paths(self) -> frozenset[str]:
        """The paths of the folder's own templates, and of those of its families."""
        return frozenset(self.settings.written_paths)

    @property
    def own_files(self) -> frozenset[str]:
        """The files besides documents that are checked: configuration, templates, families."""
        own = (path for path, _ in self.settings.own.texts)
        return frozenset({*own, *self.family_texts, *self.unread, self.config_path} - {""})

    @property
    def family_texts(self) -> dict[str, str]:
        """The texts of the folder's own family files, by path."""
        return self.finder.own if self.finder else {}

    @property
    def inner_bases(self) -> list[str]:
        """The folders inside that follow a family of their own."""
        return [each.base for each in self.settings.families.bases if each.base]

    @property
    def baseline(self) -> str:
        """The file of known findings: the configured one, else the one with the usual name."""
        return posixpath.normpath(self.settings.config.baseline or USUAL_BASELINE)

    def owns(self, path: str) -> bool:
        """Whether a file is the configuration or a template, and therefore not a document."""
        return path == self.config_path or path in self.template_paths

    def shapes(self, path: str) -> bool:
        """Whether all findings depend on a file: the configuration, a template, the baseline.

        Cached, because every keystroke asks.
        """
        if path not in self._shaping:
            is_own = self.owns(path) or path in FILE_NAMES or path == self.baseline
            is_own = is_own or path.startswith(f"{FOLDER}/")
            self._shaping[path] = bool(is_own) or is_template(path, self.settings.config.templates)
        return self._shaping[path]

    @cached_property
    def _shaping(self) -> dict[str, bool]:
        return {}


def find_root(path: Path, fallback: Path | None = None) -> Path:
    """The folder that a file or folder belongs to.

    The nearest configured folder upward, else the top of the repository, else `fallback` if it
    contains the path, else the folder itself. Folders that are too wide are skipped.
    """
    path = path.resolve()
    folder = path if path.is_dir() else path.parent
    if configured := nearest(folder, is_root):
        return configured
    around = git_top(folder), fallback.resolve() if fallback else None
    return next(
        (top for top in around if top and folder.is_relative_to(top) and not is_too_wide(top)),
        folder,
    )


def is_too_wide(folder: Path) -> bool:
    """Whether a folder is a whole disk, the home folder or one around it, and not configured.

    To find the documents in such a folder, a million other files would have to be listed.
    """
    return (folder == folder.parent or _home().is_relative_to(folder)) and not is_root(folder)


def _home() -> Path:
    """The home folder; if it is unknown, a relative path, which is inside no folder."""
    try:
        return Path.home().resolve()
    except RuntimeError:
        return Path()


def load(
    folder: Path,
    read: Read | None = None,
    previous: Config | None = None,
    inner_bases: Iterable[str] = (),
) -> Loaded:
    """The configuration, templates and families of a folder.

    `read` may return unsaved texts instead of those on the disk. While the configuration has
    faults, `previous` is used. `inner_bases` are folders inside that follow a family of their own.
    """
    read = read or Disk(folder).read
    # A configuration that is not saved yet counts too.
    unsaved = FILE_NAMES[0] if read(FILE_NAMES[0]).text is not None else ""
    loaded = _load_config(config_file(folder) or unsaved, read, previous)
    config = loaded.settings.config
    texts: list[tuple[str, str]] = []
    for path in template_paths(folder, config.templates):
        reading = read(path)
        if reading.text is None:
            loaded.unread[path] = reading.reason
        else:
            texts.append((path, reading.text))
    known, wrong = _known(loaded, read)
    finder = FamilyFinder(folder, config, read)
    sites = find_sites(folder, lambda path: read(path).text)
    return replace(
        loaded,
        settings=Settings(config, own_templates(texts, config), finder.at_top(inner_bases), sites),
        finder=finder,
        faults=(*loaded.faults, *_missing_templates(folder, loaded), *wrong),
        known=known,
    )


def filter_of(folder: Path, loaded: Loaded) -> FileFilter:
    """The file filter of a folder with these settings."""
    return FileFilter(
        folder,
        loaded.settings.config,
        loaded.template_paths,
        loaded.finder,
        partial(tracked_though_ignored, folder),
    )


def own_findings(loaded: Loaded) -> list[Diagnostic]:
    """The findings about a folder's configuration and templates."""
    config = loaded.settings.config
    found: list[Diagnostic] = []
    for path, reason in loaded.unread.items():
        found += unreadable(path, reason, config)
    if loaded.config_text:
        found += config_findings(
            loaded.config_path,
            loaded.config_text,
            loaded.written,
            (*loaded.faults, *_unknown_families(loaded)),
            loaded.settings.templates,
        )
    for path, faults in loaded.finder.faults.items() if loaded.finder else ():
        found += family_findings(path, faults, config)
    for template in loaded.settings.own_templates:
        found += template_findings(template, config)
    return found


def template_paths(folder: Path, globs: Iterable[str]) -> list[str]:
    """The files that match some paths and globs, in order and once each."""
    found: dict[str, None] = {}
    for glob in globs:
        if not _WILD.search(glob):
            plain = posixpath.normpath(glob)
            if (folder / plain).is_file():
                found[plain] = None
            continue
        for path in files_below(folder, _literal_folder(glob)):
            if is_template(path, [glob]):
                found[path] = None
    return list(found)


def is_template(path: str, globs: Iterable[str]) -> bool:
    """Whether a file at a path would be a template; a README only if it is named as such."""
    if posixpath.basename(path).casefold() in _NO_TEMPLATES:
        return path in {posixpath.normpath(glob) for glob in globs}
    return matches(path, globs)


def files_below(folder: Path, start: str = "") -> Iterator[str]:
    """All files below a folder, or below `start` in it, without the folders of tools."""
    if start.startswith(".."):
        return
    for at, folders, names in os.walk(folder / start):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED)
        place = Path(at).relative_to(folder).as_posix()
        for name in sorted(names):
            yield name if place == "." else f"{place}/{name}"


def _load_config(name: str, read: Read, previous: Config | None) -> Loaded:
    if not name:
        return Loaded()
    reading = read(name)
    if reading.text is None:
        return Loaded(Settings(previous or Config()), name, unread={name: reading.reason})
    written, faults = read_config(name, reading.text)
    config = previous if faults and previous else written
    return Loaded(Settings(config), name, reading.text, written, faults)


def _missing_templates(folder: Path, loaded: Loaded) -> Iterator[Fault]:
    """A fault for each configured template path or glob that matches no file."""
    if "templates" not in keys_in(loaded.config_path, loaded.config_text):
        return
    for at, glob in enumerate(loaded.written.templates):
        if not template_paths(folder, [glob]):
            yield Fault(_place(loaded, "templates", at), f"`{glob}` matches no template")


def _known(loaded: Loaded, read: Read) -> tuple[Known, tuple[Fault, ...]]:
    """The findings of the baseline; empty if its file does not exist yet."""
    path = loaded.baseline
    reading = read(path)
    if reading.reason == MISSING:
        return {}, ()
    try:
        return understood(reading), ()
    except BaselineError as error:
        return {}, (Fault(_place(loaded, "baseline"), f"{path}: {error}"),)


def _unknown_families(loaded: Loaded) -> Iterator[Fault]:
    names = loaded.finder.names if loaded.finder else ()
    return unknown_families(loaded.config_text, loaded.written, names)


def _place(loaded: Loaded, *path: int | str) -> Span:
    table = ("tool", TABLE) if loaded.config_path == "pyproject.toml" else ()
    return place_of(loaded.config_text, (*table, *path))


def _literal_folder(glob: str) -> str:
    """The folder of a glob before its first wildcard; the top for a glob without a slash."""
    parts = glob.lstrip("/").split("/")[:-1]
    wild = next((index for index, part in enumerate(parts) if _WILD.search(part)), len(parts))
    return posixpath.normpath("/".join(parts[:wild])) if wild else ""
