"""A workspace opened from the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from spec_lsp.markdown import Document, parse
from spec_lsp.rules.check import conclude
from spec_lsp.rules.kept import pack_found, unpack_found
from spec_lsp.rules.model import Diagnostic, View
from spec_lsp.rules.registry import Rule
from spec_lsp.rules.run import Found, find_across
from spec_lsp.storage.cache import cache_of
from spec_lsp.storage.digest import digest, inside_of
from spec_lsp.storage.discover import Loaded, is_too_wide, load
from spec_lsp.storage.files import Disk, Reading
from spec_lsp.storage.gather import Gathering, Taken
from spec_lsp.storage.history import History, history_of
from spec_lsp.storage.scope import Scope, Sight
from spec_lsp.storage.signature import signature_of
from spec_lsp.storage.verdicts import Outside, Verdicts, state_of, texts_of
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

    `ahead` are the documents that a scan has seen and that are still to be read. `unread` holds
    those without a text, and why; `roots` are the folders inside that have a configuration of their
    own and are projects for themselves.
    """

    disk: Disk
    loaded: Loaded
    workspace: Workspace
    scope: Scope
    history: History
    verdicts: Verdicts
    ahead: list[Sight] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)
    roots: list[str] = field(default_factory=list)
    crashes: list[Crash] = field(default_factory=list)
    _again: tuple[str, str, tuple[Found, ...]] | None = None
    _inside: dict[str, bytes] = field(default_factory=dict)

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

    def read_ahead(self, on_progress: Progress | None = None) -> None:
        """Read the documents that are still to be read."""
        ahead, self.ahead = self.ahead, []
        if not ahead:
            return
        # What is not on the disk comes later, and is not for the cache.
        disk, settings, cache = Disk(self.folder), self.loaded.settings, self.verdicts.cache
        gathering = Gathering(disk, settings, self.history, cache, ahead, self.note)
        done = 0

        def told(batches: Iterable[list[Taken]]) -> Iterator[list[Taken]]:
            nonlocal done
            for batch in batches:
                yield batch
                done += len(batch)
                if on_progress:
                    on_progress(done, len(ahead))

        for batch in told(gathering.recalled()):
            self.fill(batch)
        before = gathering.before()
        if before is None:
            for batch in told(gathering.read()):
                self.fill(batch)
        else:
            self._build_on(before, [each for batch in told(gathering.read()) for each in batch])
            self.verdicts.before = texts_of(
                gathering.signature, gathering.marks_before, self.history
            )
        self.verdicts.texts = texts_of(gathering.signature, gathering.marks, self.history)

    def _build_on(self, before: Iterable[Taken], new: Iterable[Taken]) -> None:
        """Take in the few texts that have changed since everything was judged last.

        They come in the place of those before them, for the index to tell what that changes.
        """
        self.fill(before)
        gone = {each.path for each in before}
        doubted: set[str] = set()
        for each in new:
            gone.discard(each.path)
            doubted |= {each.path, *self._exchange(each)}
        for path in gone:
            doubted |= {path, *self._drop(path)}
        self.verdicts.doubt(doubted)

    def _exchange(self, taken: Taken) -> set[str]:
        """Take in one text; the other paths whose findings may have changed."""
        if taken.digest is None:
            affected = self._drop(taken.path)
            self.unread[taken.path] = taken.reason
            return affected
        self.unread.pop(taken.path, None)
        self._inside[taken.path] = taken.digest.inside
        return self.workspace.put_entry(taken.digest.entry)

    def _drop(self, path: str) -> set[str]:
        """Let go of one text; the other paths whose findings may have changed."""
        self.unread.pop(path, None)
        self._inside.pop(path, None)
        return self.workspace.remove(path)

    def read(self, path: str) -> set[str]:
        """Take in a file as it stands now; the other paths whose findings may have changed."""
        return self.take(path, self.disk.read(path))

    def take(self, path: str, reading: Reading) -> set[str]:
        """Take in what reading a file gave."""
        found = None
        if reading.text is not None:
            document = parse(path, reading.text)
            found = digest(document, self.workspace, self.history, self.note)
        return self._doubting(path, self._exchange(Taken(path, found, reading.reason)))

    def fill(self, taken: Iterable[Taken]) -> None:
        """Take in files that were read elsewhere, before anybody has asked about them."""
        found = []
        for each in taken:
            if each.digest:
                found.append((each.digest.entry, each.digest.keys))
                self._inside[each.path] = each.digest.inside
            else:
                self.unread[each.path] = each.reason
        self.workspace.index.fill(found)

    def forget(self, path: str) -> set[str]:
        """A file is gone; the paths whose findings may have changed."""
        return self._doubting(path, self._drop(path))

    def _doubting(self, path: str, affected: set[str]) -> set[str]:
        self.verdicts.forget()
        self.verdicts.doubt({path, *affected})
        return affected

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
        inside = unpack_found(self._inside[path], lambda: self._look_again(path))
        across = self._find_across(view, line_of)
        return conclude(view, (*inside, *across), line_of, self.note)

    def remember(self) -> None:
        """Keep what was found, if everything has been judged, for the next time."""
        if not self.crashes and not self.disk.unsaved:
            config = self.workspace.settings.config
            self.verdicts.keep(self.workspace.index.entries, config)

    def recall(self, question: str) -> bytes | None:
        """What the answer to a question about all of this was, if nothing has changed since."""
        return None if self.disk.unsaved else self.verdicts.recall(self._in_full(question))

    def keep_answer(self, question: str, answer: bytes) -> None:
        """Keep the answer to a question, if it depends on nothing but what can be compared."""
        if not (self.crashes or self.unread or self.disk.unsaved):
            self.verdicts.keep_answer(self._in_full(question), answer)

    def _in_full(self, question: str) -> str:
        """A question with what its answer depends on besides the documents and the templates."""
        loaded = self.loaded
        said = (loaded.config_path, loaded.config_text, loaded.faults, loaded.unread, loaded.known)
        levels = self.workspace.settings.config.model_dump_json()
        return repr((question, levels, said))

    def _find_across(self, view: View, line_of: Callable[[int], int]) -> Iterable[Found]:
        path, config = view.entry.path, view.workspace.settings.config
        kept = self.verdicts.of(path, config)
        if kept is not None:
            return unpack_found(kept, lambda: find_across(view, line_of))
        found = find_across(view, line_of, self.note)
        self.verdicts.note(path, pack_found(found))
        return found

    def _look_again(self, path: str) -> tuple[Found, ...]:
        """What is found inside a file, with the fixes; those of the last file are remembered."""
        text = self.disk.text(path) or ""
        if not self._again or self._again[:2] != (path, text):
            document = parse(path, text)
            binding = self.workspace.bind(document)
            found = inside_of(document, binding, self.workspace.settings, self.history)
            self._again = (path, text, found)
        return self._again[2]

    def note(self, rule: Rule, path: str, error: Exception) -> None:
        self.crashes.append(Crash(rule.code, path, error))


def open_project(
    folder: Path, on_progress: Progress | None = None, unsaved: Iterable[tuple[str, str]] = ()
) -> Project:
    """Read a folder: its configuration, its templates and all its documents."""
    project = survey(folder, unsaved)
    project.read_ahead(on_progress)
    for path in project.disk.unsaved:
        if not project.loaded.owns(path):
            project.read(path)
    return project


def survey(folder: Path, unsaved: Iterable[tuple[str, str]] = ()) -> Project:
    """Look at a folder: its configuration, its templates, and which documents are there.

    A folder that is too wide is not searched for documents.
    """
    disk = Disk(folder.resolve(), dict(unsaved))
    loaded = load(disk.folder, disk.read)
    settings = loaded.settings
    cache = cache_of(disk.folder)
    scope = Scope(disk.folder, settings.config, loaded.template_paths)
    history = history_of(disk.folder, settings, cache)
    sights = [] if is_too_wide(disk.folder) else list(scope.scan())
    outside = Outside(disk)
    verdicts = Verdicts(cache, state_of(signature_of(settings), sights, history), outside)
    documents = [sight for sight in sights if sight.what != "root"]
    project = Project(
        disk, loaded, Workspace(settings, outside), scope, history, verdicts, documents
    )
    project.roots += (sight.path for sight in sights if sight.what == "root")
    return project
