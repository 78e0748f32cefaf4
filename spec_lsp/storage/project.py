"""A workspace opened from the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from spec_lsp.markdown import Document, parse
from spec_lsp.rules.check import check, look_inside
from spec_lsp.rules.model import Diagnostic, View
from spec_lsp.rules.registry import Rule
from spec_lsp.rules.run import Found
from spec_lsp.storage.discover import Loaded, load
from spec_lsp.storage.files import Disk, Reading
from spec_lsp.storage.history import History, history_of
from spec_lsp.storage.scope import Scope
from spec_lsp.text import LineIndex
from spec_lsp.workspace.config import Levels
from spec_lsp.workspace.workspace import Workspace

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that failed on a file: a fault of ours, which must not stop anything else."""

    code: str
    path: str
    error: Exception


@dataclass
class Project:
    """A folder with everything that was read from it.

    `unread` holds the documents without a text, and why; `roots` are the folders inside that have a
    configuration of their own and are projects for themselves.
    """

    disk: Disk
    loaded: Loaded
    workspace: Workspace
    scope: Scope
    history: History
    unread: dict[str, str] = field(default_factory=dict)
    roots: list[str] = field(default_factory=list)
    crashes: list[Crash] = field(default_factory=list)
    _inside: dict[str, tuple[Found, ...]] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where the project lies."""
        return self.disk.folder

    @property
    def paths(self) -> list[str]:
        """The documents in order, those without a text among them."""
        return sorted({*self.workspace.index.entries, *self.unread})

    def holds(self, path: str) -> bool:
        """Whether a path is that of a document, be it one that is still to be written."""
        return path in self.workspace.index.entries or path in self.unread or self.scope.holds(path)

    def read(self, path: str) -> set[str]:
        """Take in a file as it stands now; the other paths whose findings may have changed."""
        return self.take(path, self.disk.read(path))

    def take(self, path: str, reading: Reading) -> set[str]:
        """Take in what reading a file gave."""
        if reading.text is None:
            self.unread[path] = reading.reason
            self._inside.pop(path, None)
            return self.workspace.remove(path)
        self.unread.pop(path, None)
        document = parse(path, reading.text)
        binding = self.workspace.bind(document)
        born = self.history.template_of(path, binding.template) if binding else None
        self._inside[path] = look_inside(document, binding, born, self._note)
        return self.workspace.put_entry(self.workspace.summarise(document, binding))

    def forget(self, path: str) -> set[str]:
        """A file is gone; the paths whose findings may have changed."""
        self.unread.pop(path, None)
        self._inside.pop(path, None)
        return self.workspace.remove(path)

    def set_levels(self, levels: Levels) -> None:
        """Judge with other rule levels than the configuration's."""
        settings = self.workspace.settings
        config = settings.config.model_copy(update={"rules": levels})
        self.workspace.settings = replace(settings, config=config)

    def document(self, path: str) -> Document | None:
        """A file as a document; None when it has no text."""
        text = self.disk.text(path)
        return None if text is None else parse(path, text)

    def check(self, path: str, today: str) -> list[Diagnostic]:
        """The diagnostics of a document."""
        entry = self.workspace.entry(path)
        if entry is None:
            return []
        lines: list[LineIndex] = []

        def line_of(offset: int) -> int:
            if not lines:  # Most files have no findings, and their text is not read again.
                lines.append(LineIndex(self.disk.text(path) or ""))
            return lines[0].line_of(offset)

        view = View(self.workspace, entry, today)
        return check(view, self._inside[path], line_of, self._note)

    def _note(self, rule: Rule, path: str, error: Exception) -> None:
        self.crashes.append(Crash(rule.code, path, error))


def open_project(
    folder: Path, on_progress: Progress | None = None, unsaved: Iterable[tuple[str, str]] = ()
) -> Project:
    """Read a folder: its configuration, its templates and all its documents."""
    disk = Disk(folder.resolve(), dict(unsaved))
    loaded = load(disk.folder, disk.read)
    settings = loaded.settings
    workspace = Workspace(settings, disk)
    scope = Scope(disk.folder, settings.config, loaded.template_paths)
    project = Project(disk, loaded, workspace, scope, history_of(disk.folder, settings))
    sights = list(scope.scan())
    project.roots += (sight.path for sight in sights if sight.what == "root")
    paths = {sight.path: None for sight in sights if sight.what != "root"}
    paths.update(dict.fromkeys(path for path in disk.unsaved if not loaded.owns(path)))
    for done, path in enumerate(paths):
        if on_progress:
            on_progress(done, len(paths))
        project.read(path)
    if on_progress:
        on_progress(len(paths), len(paths))
    return project
