"""A clean workspace in memory, what is said of it, and what may be changed in it."""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpus.plan import Planned
from benchmarks.corpus.workspace import written
from spec_lsp.cli.check.report import diagnose
from spec_lsp.cli.folders import CheckTarget
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.read import open_folder
from spec_lsp.text import Span

_LINK = re.compile(r"\]\((?P<path>[^)#\s]+)#(?P<anchor>[^)\s]+)\)")


class Said(NamedTuple):
    """A finding: in which file, by which rule, on what text."""

    path: str
    rule: str
    text: str


@dataclass(frozen=True)
class Lot:
    """A document in which something can be planted.

    Others lead to the headings in `linked`, and `is_named` says whether they name its ID.
    """

    planned: Planned
    text: str
    linked: frozenset[str]
    is_named: bool

    @property
    def path(self) -> str:
        """Where it stands."""
        return self.planned.path

    @cached_property
    def document(self) -> Document:
        """The document, parsed."""
        return parse(self.path, self.text)

    def without(self, span: Span, instead: str = "") -> str:
        """Its text with another piece, or none, in place of one."""
        return self.text[: span.start] + instead + self.text[span.end :]


class Ground:
    """The workspace. Changes are made in memory, and taken back with the next ones."""

    def __init__(self, folder: Path, documents: int, seed: int) -> None:
        made = list(written(documents, seed))
        self.texts = {planned.path: text for planned, text in made}
        self.folder = open_folder(folder, unsaved=self.texts.items())
        self._changed: set[str] = set()
        linked = self._linked()
        words = {planned.path: frozenset(re.findall(r"[\w-]+", text)) for planned, text in made}
        naming = Counter(word for found in words.values() for word in found)
        self.lots = [
            Lot(
                planned,
                text,
                frozenset(linked[planned.path]),
                naming[planned.id] > (planned.id in words[planned.path]),
            )
            for planned, text in made
        ]

    def found(self, changes: Mapping[str, str] | None = None) -> Counter[Said]:
        """Everything that is said of the workspace with some texts changed or added."""
        changes = changes or {}
        for path in self._changed - set(changes):
            self._take(path, self.texts.get(path))
        for path, text in changes.items():
            self._take(path, text)
        self._changed = set(changes)
        return Counter(said(self.folder))

    def _take(self, path: str, text: str | None) -> None:
        if text is None:
            self.folder.close(path)
        else:
            self.folder.edit(parse(path, text))

    def _linked(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for path, text in self.texts.items():
            for link in _LINK.finditer(text):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link["path"]))
                found[target].add(link["anchor"])
        return found


def said(folder: Folder) -> Iterator[Said]:
    """What the command line says of a folder."""
    found = diagnose(CheckTarget(folder, lambda _: True))
    for each in (each for one in found.values() for each in one.shown):
        text = folder.texts.text(each.path) or ""
        yield Said(each.path, each.code, each.span.of(text))
