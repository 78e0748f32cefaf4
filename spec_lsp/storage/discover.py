"""Finding the folder that a file belongs to, and loading its configuration and its templates."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from spec_lsp.markdown import parse
from spec_lsp.rules.baseline import BaselineError
from spec_lsp.rules.files import config_findings, template_findings, unreadable
from spec_lsp.rules.model import Diagnostic
from spec_lsp.storage.baselines import Known, understood
from spec_lsp.storage.files import MISSING, Disk, Reading
from spec_lsp.storage.scope import config_file, git_top, is_root, nearest
from spec_lsp.template.infer import infer
from spec_lsp.template.model import Fault, Template
from spec_lsp.text import Span
from spec_lsp.workspace.config import TABLE, Config, read_config
from spec_lsp.workspace.globs import matches
from spec_lsp.workspace.tomlplaces import place_of
from spec_lsp.workspace.workspace import Settings

Read = Callable[[str], Reading]

_WILD = re.compile(r"[*?\[!]")
_SKIPPED = frozenset({".git", "node_modules", "__pycache__", ".venv"})
_NO_TEMPLATES = frozenset({"readme.md"})


@dataclass(frozen=True)
class Loaded:
    """What a folder says of itself.

    `written` is what its configuration file says now, `faults` what of that cannot be understood.
    `unread` are files that should have been read, with the reason why they were not. `known` are
    the findings of its baseline, by the path of their file.
    """

    settings: Settings = field(default_factory=Settings)
    config_path: str = ""
    config_text: str = ""
    written: Config = field(default_factory=Config)
    faults: tuple[Fault, ...] = ()
    unread: dict[str, str] = field(default_factory=dict)
    known: Known = field(default_factory=dict)

    @property
    def template_paths(self) -> frozenset[str]:
        """Where the folder's own templates stand."""
        return frozenset(template.path for template in self.settings.own_templates)

    @property
    def baseline(self) -> str:
        """The file of known findings; nothing where the configuration names none."""
        return posixpath.normpath(name) if (name := self.settings.config.baseline) else ""

    def owns(self, path: str) -> bool:
        """Whether a file is the configuration or a template, and so no document."""
        return path == self.config_path or path in self.template_paths

    def shapes(self, path: str) -> bool:
        """Whether all findings depend on a file: the configuration, a template, the baseline."""
        return self.owns(path) or (bool(path) and path == self.baseline)


def find_root(path: Path, fallback: Path | None = None) -> Path:
    """The folder that a file or folder belongs to.

    The nearest one upward that is configured, else the top of the repository, else `fallback` when
    it is around the path, else the folder itself. What is too wide does not count.
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

    Documents are somewhere in it, among a million other files.
    """
    return (folder == folder.parent or _home().is_relative_to(folder)) and not is_root(folder)


def _home() -> Path:
    """The home folder; where there is none, a place that no folder is around."""
    try:
        return Path.home().resolve()
    except RuntimeError:
        return Path()


def load(folder: Path, read: Read | None = None, previous: Config | None = None) -> Loaded:
    """The configuration and templates of a folder.

    `read` may put unsaved texts before those on the disk. While a configuration is faulty,
    `previous` stays in force.
    """
    read = read or Disk(folder).read
    loaded = _load_config(config_file(folder), read, previous)
    config = loaded.settings.config
    templates: list[Template] = []
    for path in template_paths(folder, config.templates):
        reading = read(path)
        if reading.text is None:
            loaded.unread[path] = reading.reason
        else:
            templates.append(_told_apart(infer(parse(path, reading.text)), templates))
    known, wrong = _known(loaded, read)
    return replace(
        loaded,
        settings=Settings(config, tuple(templates)),
        faults=(*loaded.faults, *_missing_templates(folder, loaded), *wrong),
        known=known,
    )


def own_findings(loaded: Loaded) -> list[Diagnostic]:
    """What is wrong with a folder's configuration and templates, each said where it stands."""
    config = loaded.settings.config
    found: list[Diagnostic] = []
    for path, reason in loaded.unread.items():
        found += unreadable(path, reason, config)
    if loaded.config_text:
        found += config_findings(
            loaded.config_path,
            loaded.config_text,
            loaded.written,
            loaded.faults,
            loaded.settings.templates,
        )
    for template in loaded.settings.own_templates:
        found += template_findings(template, config)
    return found


def template_paths(folder: Path, globs: Iterable[str]) -> list[str]:
    """The files that some paths and globs name, in order and once each."""
    found: dict[str, None] = {}
    for glob in globs:
        if not _WILD.search(glob):
            plain = posixpath.normpath(glob)
            if (folder / plain).is_file():
                found[plain] = None
            continue
        for path in files_below(folder, _literal_folder(glob)):
            if matches(path, [glob]) and posixpath.basename(path).casefold() not in _NO_TEMPLATES:
                found[path] = None
    return list(found)


def files_below(folder: Path, start: str = "") -> Iterator[str]:
    """All files of a folder or of one inside it, but for what tools keep there."""
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


def _told_apart(template: Template, others: Iterable[Template]) -> Template:
    """A template with a fault more when another one has its kind: only one of them can be meant."""
    first = next((other for other in others if other.kind == template.kind), None)
    if not first:
        return template
    section = template.document.title_section
    span = section.heading.text_span if section and section.heading else Span(0, 0)
    fault = Fault(span, f"{first.path} is a template of the kind {first.kind} too")
    return replace(template, faults=(*template.faults, fault))


def _missing_templates(folder: Path, loaded: Loaded) -> Iterator[Fault]:
    """What the configuration names and is not there."""
    if "templates" not in loaded.written.model_fields_set:
        return
    for at, glob in enumerate(loaded.written.templates):
        if not template_paths(folder, [glob]):
            yield Fault(_place(loaded, "templates", at), f"no template stands at `{glob}`")


def _known(loaded: Loaded, read: Read) -> tuple[Known, tuple[Fault, ...]]:
    """The findings of the baseline; one that is not written yet holds none."""
    path = loaded.baseline
    reading = read(path) if path else Reading(None)
    if not path or reading.reason == MISSING:
        return {}, ()
    try:
        return understood(reading), ()
    except BaselineError as error:
        return {}, (Fault(_place(loaded, "baseline"), f"{path}: {error}"),)


def _place(loaded: Loaded, *path: int | str) -> Span:
    table = ("tool", TABLE) if loaded.config_path == "pyproject.toml" else ()
    return place_of(loaded.config_text, (*table, *path))


def _literal_folder(glob: str) -> str:
    """The folder that a glob names before its first wild part; the top for one without a slash."""
    parts = glob.lstrip("/").split("/")[:-1]
    wild = next((index for index, part in enumerate(parts) if _WILD.search(part)), len(parts))
    return posixpath.normpath("/".join(parts[:wild])) if wild else ""
