"""One configured folder: its texts, settings, history and index, for server and command line.

Texts change only through `edit`, `close`, `refresh` and `take`. The first three return the paths
whose diagnostics may have changed, and drop the cached diagnoses of these paths.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse
from spec_lsp.rules.engine.diagnose import (
    Crash,
    Diagnosis,
    Failure,
    RuleFinding,
    diagnose,
    find_across,
    without_known,
)
from spec_lsp.rules.engine.model import Diagnostic, FileContext
from spec_lsp.rules.files import unreadable
from spec_lsp.rules.requirements import unmet_requirements
from spec_lsp.storage.closed_findings import ClosedFindings
from spec_lsp.storage.discover import Loaded, filter_of, load, own_findings
from spec_lsp.storage.file_filter import FileFilter
from spec_lsp.storage.files import MISSING
from spec_lsp.storage.findings_cache import FindingsCache
from spec_lsp.storage.indexing.digest import digest, entry_of, inside_of
from spec_lsp.storage.indexing.indexer import Indexer, ReadResult
from spec_lsp.storage.texts import Texts
from spec_lsp.template.match.binding import Binding
from spec_lsp.template.match.rebind import has_same_outline, rebound
from spec_lsp.workspace.settings import Settings
from spec_lsp.workspace.workspace import Workspace

_DISK_SECONDS = 0.5  # cache of `exists` and `nearby`, in seconds, while a client is typing


class Folder:
    """A folder with everything that was read from it; without a root, only single files.

    A live folder serves a client, and the disk may change at any time. A folder is complete when
    all files are read; `to_read` is the indexer of those that are not. `named` are files that count
    even if excluded, `inner` the folders inside with a configuration of their own.
    """

    def __init__(
        self,
        root: Path | None = None,
        unsaved: Iterable[tuple[str, str]] = (),
        on_failure: Failure | None = None,
        *,
        is_live: bool = False,
    ) -> None:
        self.root = root or Path()
        self.is_loose = root is None
        self.texts = Texts(root, _DISK_SECONDS if is_live else math.inf)
        self.texts.open.update((path, parse(path, text)) for path, text in unsaved)
        self.workspace = Workspace(files=self.texts)
        self.loaded = Loaded()
        self.filter: FileFilter | None = None
        self.findings: FindingsCache | None = None
        self.to_read: Indexer | None = None
        self.author = ""
        self.is_complete = root is None
        self.named: set[str] = set()
        self.inner: list[str] = []
        self.unreadable: dict[str, str] = {}
        self.crashes: list[Crash] = []
        self.on_failure = on_failure or (lambda *crash: self.crashes.append(Crash(*crash)))
        self.levels: Mapping[str, str] = {}
        self._closed = ClosedFindings(self.texts, self._find_inside)
        self._bindings: dict[str, tuple[Document, Settings, Binding | None]] = {}
        self._diagnoses: dict[str, tuple[str, Diagnosis]] = {}
        self._own: list[Diagnostic] | None = None
        self._newer: set[str] = set()
        self.reload()

    @property
    def settings(self) -> Settings:
        """Configuration and templates in use."""
        return self.workspace.settings

    @property
    def location(self) -> str:
        """The root as text; empty without a root."""
        return "" if self.is_loose else self.root.as_posix()

    @property
    def documents(self) -> list[str]:
        """The paths of all documents in order, including unreadable ones."""
        return sorted({*self.workspace.index.entries, *self.unreadable})

    @property
    def paths(self) -> list[str]:
        """Every file that may have diagnostics."""
        return sorted({*self.documents, *(each.path for each in self._own_findings())})

    def at(self, path: str) -> Path:
        """The absolute path of a file."""
        return self.root / path

    def holds(self, path: str) -> bool:
        """Whether a file at a path is a document, even if it does not exist yet.

        Excluded files are served while they are open, but not diagnosed.
        """
        if path in self.named or not self.filter or ":" in path.partition("/")[0]:
            return not self.shapes_settings(path)
        return self.filter.holds(path)

    def shapes_settings(self, path: str) -> bool:
        """Whether a file is a template, the configuration or the baseline."""
        return not self.is_loose and self.loaded.shapes(path)

    def reload(self) -> set[str]:
        """Re-read configuration and templates, unsaved ones included; return the open files."""
        if self.is_loose:
            return set()
        previous = self.loaded.settings.config if self.loaded.config_path else None
        self.loaded = load(self.root, self.texts.read, previous, self.loaded.inner_bases)
        self.filter = filter_of(self.root, self.loaded)
        self.set_levels(self.levels)
        return self._put_open()

    def set_levels(self, levels: Mapping[str, str]) -> None:
        """Override the configured rule levels by those of a client or a command."""
        self.levels = levels
        self.workspace.settings = self.loaded.settings.with_levels(levels)
        # Parsed again, to free the values that are cached with the old settings.
        for path, document in self.texts.open.items():
            self.texts.open[path] = parse(path, document.text)
        self._own = None
        self._diagnoses.clear()

    def edit(self, document: Document) -> set[str]:
        """Set a text that is not on the disk: a keystroke, standard input, a trial fix."""
        path = document.path
        self.texts.open[path] = document
        if self.shapes_settings(path):
            return self.reload()
        return self._changed(self._put(document)) if self.holds(path) else set()

    def close(self, path: str) -> set[str]:
        """Return to the text on the disk."""
        self.texts.open.pop(path, None)
        self._bindings.pop(path, None)
        return self.refresh([path])

    def refresh(self, paths: Iterable[str]) -> set[str]:
        """Re-read files or whole folders that may have changed on the disk."""
        paths = list(paths)
        self.texts.forget(paths)
        self._newer.update(paths)
        if any(map(self.shapes_settings, paths)):
            return self.reload()
        affected: set[str] = set()
        for path in paths:
            for each in [path, *self.workspace.index.below(path)]:
                if each not in self.texts.open:
                    affected |= self._refreshed(each)
        return self._changed(affected)

    def remove(self, path: str) -> set[str]:
        """Remove a file that gets another name or will be deleted."""
        self.texts.open.pop(path, None)
        return self._changed(self.drop(path))

    def expect_all(self) -> None:
        """Prepare for indexing; files refreshed from now on are newer than the indexed ones."""
        self._newer.clear()
        self.texts.forget()

    def take(self, batch: Iterable[ReadResult]) -> None:
        """Add indexed files, except those that are open or were refreshed meanwhile."""
        found = []
        for each in batch:
            if each.path in self.texts.open or each.path in self._newer:
                continue
            if each.digest:
                found.append((each.digest.entry, each.digest.keys))
                self._closed.put(each.path, each.digest.inside)
                self.unreadable.pop(each.path, None)
            else:
                self.unreadable[each.path] = each.reason
        self.workspace.index.fill(found)

    def finish(self) -> None:
        """Mark the folder as complete: from now on findings may depend on other files."""
        self.is_complete = True
        self._bindings.clear()  # The history may be new.
        self._put_open()
        self._diagnoses.clear()

    def exchange(self, taken: ReadResult) -> set[str]:
        """Replace the digest of one closed file."""
        if taken.digest is None:
            affected = self.drop(taken.path)
            self.unreadable[taken.path] = taken.reason
            return affected
        self.unreadable.pop(taken.path, None)
        self._closed.put(taken.path, taken.digest.inside)
        return {taken.path, *self.workspace.put_entry(taken.digest.entry)}

    def drop(self, path: str) -> set[str]:
        """Remove one closed file."""
        self.unreadable.pop(path, None)
        self._closed.drop(path)
        return {path, *self.workspace.remove(path)}

    def binding(self, document: Document) -> Binding | None:
        """Match a document with its template; cached for open ones, reused on an equal outline."""
        if self.shapes_settings(document.path):
            return None
        before, settings, binding = self._bindings.get(document.path, (None, None, None))
        if before is document and settings is self.settings:
            return binding
        if before and settings is self.settings and has_same_outline(before, document):
            binding = binding and rebound(binding, document)
        else:
            binding = self.workspace.bind(document)
        if document.path in self.texts.open:
            self._bindings[document.path] = document, self.settings, binding
        return binding

    def diagnose(self, path: str, today: str) -> Diagnosis:
        """The diagnostics of any file; cached for open ones, until `_changed` or another day."""
        day, known = self._diagnoses.get(path, ("", None))
        if known is None or day != today:
            known = self._diagnose(path, today)
            if path in self.texts.open:
                self._diagnoses[path] = today, known
        return known

    def _diagnose(self, path: str, today: str) -> Diagnosis:
        known, lines = self.loaded.known.get(path), self.texts.lines(path)
        if self.shapes_settings(path):
            own = [each for each in self._own_findings() if each.path == path]
            return without_known(own, lines, known)
        if path in self.unreadable:
            every = unreadable(path, self.unreadable[path], self.settings.config)
            return without_known(every, lines, known)
        entry = self.workspace.entry(path)
        if not entry:
            return without_known((), lines, known)
        view = FileContext(self.workspace, entry, today, lines)
        found = [*self._closed.of(path)]
        if self.is_complete:
            across = self.findings.found if self.findings else find_across
            found += across(view, self.on_failure)
        return diagnose(view, found, known, self.on_failure, is_complete=self.is_complete)

    def _find_inside(self, document: Document, code: str) -> tuple[RuleFinding, ...]:
        is_open = self.texts.open.get(document.path) is document
        binding = self.binding(document) if is_open else self.workspace.bind(document)
        return inside_of(document, binding, self.settings, self.on_failure, code)

    def _own_findings(self) -> list[Diagnostic]:
        """The findings about templates and configuration; those of one file are cached."""
        if self._own is None:
            self._own = own_findings(replace(self.loaded, settings=self.settings))
        return [*self._own, *(unmet_requirements(self.workspace) if self.is_complete else ())]

    def _put(self, document: Document) -> set[str]:
        path = document.path
        self.unreadable.pop(path, None)
        binding = self.binding(document)
        entry = entry_of(self.workspace, document, binding, self._closed.renew(document))
        return {path, *self.workspace.put_entry(entry)}

    def _put_open(self) -> set[str]:
        """Match the open documents with their templates again, which may have changed."""
        held = [each for each in self.texts.open.values() if self.holds(each.path)]
        affected = {path for document in held for path in self._put(document)}
        return self._changed({*affected, *self.texts.open}) if self.texts.open else set()

    def _refreshed(self, path: str) -> set[str]:
        reading = self.texts.read(path)
        is_alias = path not in self.named and self.filter and self.filter.is_alias(path)
        if reading.reason == MISSING or is_alias or not self.holds(path):
            return self.drop(path)
        if reading.text is None:
            return self.exchange(ReadResult(path, None, reading.reason))
        found = digest(parse(path, reading.text), self.workspace, self.on_failure)
        return self.exchange(ReadResult(path, found))

    def _changed(self, affected: set[str]) -> set[str]:
        for path in affected:
            self._diagnoses.pop(path, None)
        if self.findings:
            self.findings.forget()
            self.findings.doubt(affected)
        return affected
