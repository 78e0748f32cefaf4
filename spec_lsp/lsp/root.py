"""One folder under one configuration, as the server keeps it.

Open buffers come before the disk. What rules found inside closed files is kept in small, without
the trees that it was found in.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from spec_lsp.lsp.bindings import Bindings
from spec_lsp.lsp.convert import Lines
from spec_lsp.lsp.overlay import LazyLines, Overlay
from spec_lsp.lsp.parsed import Parsed
from spec_lsp.markdown import Document, parse
from spec_lsp.rules.check import check
from spec_lsp.rules.files import unreadable
from spec_lsp.rules.kept import unpack_found
from spec_lsp.rules.model import Diagnostic, View
from spec_lsp.rules.registry import Rule
from spec_lsp.rules.run import Found, judge
from spec_lsp.storage.baselines import news
from spec_lsp.storage.digest import digest, inside_of
from spec_lsp.storage.discover import Loaded, load, own_findings
from spec_lsp.storage.files import Disk, Reading
from spec_lsp.storage.gather import Taken
from spec_lsp.storage.history import History
from spec_lsp.storage.scope import Scope, Sight
from spec_lsp.template.bind import Binding
from spec_lsp.template.builtin import SCHEME, texts
from spec_lsp.text import LineIndex
from spec_lsp.workspace.config import FILE_NAMES
from spec_lsp.workspace.globs import matches
from spec_lsp.workspace.packing import NOTHING
from spec_lsp.workspace.workspace import Settings, Workspace

if TYPE_CHECKING:
    from spec_lsp.lsp.session import Buffer

logger = logging.getLogger(__name__)


class Root:
    """A folder; the one without a name holds what belongs to none."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.disk = Disk(Path(folder)) if folder else None
        self.buffers: dict[str, Buffer] = {}
        self.files = Overlay(self)
        self.workspace = Workspace(files=self.files)
        self.loaded = Loaded()
        self.scope: Scope | None = None
        self.history = History()
        self.levels: dict[str, str] = {}
        self.author = ""
        self.is_indexed = not folder
        self._own: list[Diagnostic] | None = None
        self._kept: dict[str, bytes] = {}
        self._bindings = Bindings(self._bound)
        self._parsed = Parsed(self._text)
        self._newer: set[str] = set()
        self.unreadable: dict[str, str] = {}
        self.indexing: asyncio.Task[None] | None = None
        if folder:
            self.reload()

    def reload(self) -> None:
        """Read configuration and templates anew, unsaved ones included."""
        previous = self.loaded.settings.config if self.loaded.config_path else None
        self.loaded = load(Path(self.folder), self.reading, previous)
        self.scope = Scope(
            Path(self.folder), self.loaded.settings.config, self.loaded.template_paths
        )
        self.set_levels(self.levels)

    def set_levels(self, levels: dict[str, str]) -> None:
        """Put the client's own rule levels on top of the configuration."""
        self.levels = levels
        settings = self.loaded.settings
        if levels:
            rules = {**settings.config.rules, **levels}
            config = settings.config.model_copy(update={"rules": rules})
            settings = Settings(config, settings.own_templates)
        self.workspace.settings = settings
        self._own = None
        for buffer in self.buffers.values():
            buffer.judged = None

    @property
    def settings(self) -> Settings:
        """Configuration and templates."""
        return self.workspace.settings

    def reading(self, path: str) -> Reading:
        """The text of a file: its buffer, else the disk."""
        buffer = self.buffers.get(path)
        if buffer:
            return Reading(buffer.document.text)
        return self.disk.read(path) if self.disk else Reading(None, "the file does not exist")

    def shapes_settings(self, path: str) -> bool:
        """Whether a file is a template, the configuration or the baseline."""
        return path in FILE_NAMES or self.loaded.shapes(path) or self._is_template(path)

    def take(self, document: Document) -> set[str]:
        """Take in the text of an open file; the other paths that may be judged differently."""
        if self.shapes_settings(document.path):
            return self._follow_settings()
        if not self.holds(document.path):
            return set()
        entry = self.workspace.summarise(document, self.binding(document))
        affected = self.workspace.put_entry(entry)
        self._forget_judgement(affected)
        return affected

    def _follow_settings(self) -> set[str]:
        """Read the settings again and see open files through them; their paths."""
        self.reload()
        self._take_open()
        return set(self.buffers)

    def _take_open(self) -> None:
        """Take in all open documents, whose templates may have changed."""
        for path, buffer in self.buffers.items():
            if not self.shapes_settings(path):
                self.take(buffer.document)

    def holds(self, path: str) -> bool:
        """Whether an open file is one of the documents; what is excluded is served, not judged."""
        is_nameless = ":" in path.partition("/")[0]
        return is_nameless or not self.scope or self.scope.holds(path)

    def release(self, path: str) -> set[str]:
        """A file was closed: the disk counts again."""
        self._bindings.forget(path)
        return self._follow_settings() if self.shapes_settings(path) else self.refresh(path)

    def refresh(self, path: str) -> set[str]:
        """Read a closed file anew, or forget one that is gone; the other paths affected."""
        self._newer.add(path)
        self._parsed.forget(path)
        self.files.forget()
        if path in self.buffers or self.shapes_settings(path):
            return set()
        reading = self.reading(path)
        if reading.text is None or not self.scope or not self.scope.holds(path):
            self._kept.pop(path, None)
            self.unreadable.pop(path, None)
            affected = self.workspace.remove(path)
        else:
            affected = self.keep(parse(path, reading.text))
        self._forget_judgement(affected)
        return affected

    def keep(self, document: Document) -> set[str]:
        """Take in a closed file: its entry, and what is found inside it."""
        found = digest(document, self.workspace, self.history, failed)
        self._kept[document.path] = found.inside
        self.unreadable.pop(document.path, None)
        return self.workspace.put_entry(found.entry)

    def expect_all(self) -> None:
        """All files are about to be read; what is looked at from now on is newer than that."""
        self._newer.clear()
        self._parsed.forget_all()
        self.files.forget()

    def known_files(self) -> list[str]:
        """The files of the folder that have been read, or could not be."""
        return [*self.workspace.index.entries, *self.unreadable]

    def fill(self, taken: Iterable[Taken]) -> None:
        """Take in files that were read beside the messages, but for those looked at since."""
        found = []
        for each in taken:
            if each.path in self.buffers or each.path in self._newer:
                continue
            if each.digest:
                found.append((each.digest.entry, each.digest.keys))
                self._kept[each.path] = each.digest.inside
                self.unreadable.pop(each.path, None)
            else:
                self.unreadable[each.path] = each.reason
        self.workspace.index.fill(found)

    def know_all(self) -> None:
        """Every file has been read: from now on what is said of one may depend on others."""
        self.is_indexed = True
        self._take_open()
        self._forget_judgement(self.buffers)

    def document(self, path: str) -> Document | None:
        """Any file as a document, the buffer before the disk; the last few are remembered."""
        buffer = self.buffers.get(path)
        return buffer.document if buffer else self._parsed.of(path)

    def lines(self, path: str) -> Document | LineIndex | None:
        """The lines of any file, for those who only need places in it."""
        buffer = self.buffers.get(path)
        if buffer:
            return buffer.document
        text = self._text(path)
        return LineIndex(text) if text is not None else None

    def binding(self, document: Document) -> Binding | None:
        """An open document seen through its template."""
        return self._bindings.of(document, self.settings)

    def judge(self, document: Document, today: str) -> list[Diagnostic]:
        """What is to be said of an open file."""
        if self.shapes_settings(document.path):
            return [each for each in self._settings_findings() if each.path == document.path]
        found = self._inside(document, self.binding(document))
        return self._judged(document.path, found, document, today)

    def judge_closed(self, path: str, today: str) -> list[Diagnostic]:
        """What is to be said of a closed file, from what is kept of it."""
        if self.shapes_settings(path):
            return [each for each in self._settings_findings() if each.path == path]
        if path in self.unreadable:
            return unreadable(path, self.unreadable[path], self.settings.config)
        found = unpack_found(self._kept.get(path, NOTHING), lambda: self._look_again(path))
        return self._judged(path, found, LazyLines(self, path), today)

    def news(self, path: str, found: list[Diagnostic]) -> list[Diagnostic]:
        """What the baseline does not know of the findings in a file."""
        if not found or path not in self.loaded.known:
            return found
        lines = self.lines(path) or LineIndex("")

        def line_of(diagnostic: Diagnostic) -> str:
            return lines.line_at(diagnostic.span.start).of(lines.text)

        return news(self.loaded.known, [path], found, line_of).kept

    def paths(self) -> list[str]:
        """Every file of the folder that is known."""
        faulty = {each.path for each in self._settings_findings()}
        return sorted({*self.workspace.index.entries, *self.unreadable, *faulty})

    def scan(self) -> list[Sight]:
        """The files of the folder that are documents."""
        found = self.scope.scan() if self.scope else ()
        return [sight for sight in found if sight.what == "document"]

    def _bound(self, document: Document) -> Binding | None:
        return None if self.shapes_settings(document.path) else self.workspace.bind(document)

    def _is_template(self, path: str) -> bool:
        """Whether a new file would be a template."""
        return bool(self.folder) and matches(path, self.settings.config.templates)

    def _settings_findings(self) -> list[Diagnostic]:
        """What is wrong with the templates and the configuration."""
        if self._own is None:
            self._own = own_findings(replace(self.loaded, settings=self.settings))
        return self._own

    def _inside(self, document: Document, binding: Binding | None) -> tuple[Found, ...]:
        return inside_of(document, binding, self.settings, self.history, failed)

    def _look_again(self, path: str) -> tuple[Found, ...]:
        """What is found inside a closed file, with the fixes."""
        document = self.document(path)
        return self._inside(document, self.workspace.bind(document)) if document else ()

    def _judged(
        self, path: str, found: Iterable[Found], lines: Lines, today: str
    ) -> list[Diagnostic]:
        entry = self.workspace.entry(path)
        if not entry:
            return []
        if not self.is_indexed:
            # What other files say is not known yet, nor which suppressions it needs.
            own = judge(entry, found, self.settings.config)
            return [each for each in own if each.code != "unused-suppression"]
        view = View(self.workspace, entry, today)
        return check(view, found, lambda offset: lines.position(offset).line, failed)

    def _forget_judgement(self, paths: Iterable[str]) -> None:
        for path in paths:
            if buffer := self.buffers.get(path):
                buffer.judged = None

    def _text(self, path: str) -> str | None:
        if path.startswith(SCHEME):
            return texts().get(path.removeprefix(SCHEME).removesuffix(".md"))
        return self.reading(path).text


def failed(rule: Rule, path: str, error: Exception) -> None:
    logger.error("rule %s failed on %s", rule.code, path, exc_info=error)
