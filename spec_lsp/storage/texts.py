"""The texts of a folder: open ones first, then those on the disk."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse
from spec_lsp.storage.claims import Claims
from spec_lsp.storage.files import MISSING, Disk, Reading
from spec_lsp.template.builtin import SCHEME, texts
from spec_lsp.text import Encoding, LineIndex, Lines, Position, Span
from spec_lsp.workspace.line_table import unpack_lines

# What the disk has returned: whether a path exists, and the names in its folder.
Answers = tuple[dict[str, bool], dict[str, tuple[str, ...]]]

_PARSED = 64  # size of the LRU of parsed closed files, which `forget` invalidates


class Texts:
    """Every file of a folder by its path, as text, document or lines.

    `open` are the documents whose text is not that of the disk: from an editor, from standard
    input, or of a trial fix. `exists` and `nearby` are cached for some seconds, because rules check
    every link at each keystroke.
    """

    def __init__(self, folder: Path | None, seconds: float) -> None:
        self.disk = Disk(folder) if folder else None
        self._claims = Claims(folder, is_live=seconds < math.inf) if folder else None
        self.open: dict[str, Document] = {}
        self.answers: Answers = ({}, {})
        self._seconds = seconds
        self._until = 0.0
        self._parsed: OrderedDict[str, Document] = OrderedDict()

    def read(self, path: str) -> Reading:
        """The text of a file, or the reason why there is none."""
        if path in self.open:
            return Reading(self.open[path].text)
        if path.startswith(SCHEME):
            return Reading(texts().get(path.removeprefix(SCHEME).removesuffix(".md")))
        return self.disk.read(path) if self.disk else Reading(None, MISSING)

    @property
    def is_live(self) -> bool:
        """Whether a client is typing, so that the disk is asked again after some seconds."""
        return self._seconds < math.inf

    def text(self, path: str) -> str | None:
        """The text of a file, None if there is none."""
        return self.read(path).text

    def document(self, path: str) -> Document | None:
        """A file as a document, None when it has no text."""
        known = self.open.get(path) or self._parsed.get(path)
        if known is None:
            text = self.text(path)
            if text is None:
                return None
            known = self._parsed[path] = parse(path, text)
            if len(self._parsed) > _PARSED:
                self._parsed.popitem(last=False)
        elif path in self._parsed:
            self._parsed.move_to_end(path)
        return known

    def lines(self, path: str, table: bytes = b"") -> Lines:
        """The lines of a file; a closed file is read on first access.

        Most positions are in the table of its lines.
        """
        return self.open.get(path) or _LazyLines(self, path, table)

    def exists(self, path: str) -> bool:
        """Whether a file is open at a path, or exists on the disk."""
        return path in self.open or self._exists(path)

    def nearby(self, folder: str) -> Iterable[str]:
        """The names of the files in a folder."""
        self._expire()
        names = self.answers[1]
        if folder not in names:
            names[folder] = tuple(self.disk.nearby(folder)) if self.disk else ()
        return names[folder]

    def claimed(self) -> str:
        """The paths of documents on other branches and in other worktrees, one a line."""
        return self._claims.text() if self._claims else ""

    def forget(self, paths: Iterable[str] | None = None) -> None:
        """Drop what is cached of some files, or of all: they may have changed on the disk."""
        self._until = 0.0
        for path in [*self._parsed] if paths is None else paths:
            self._parsed.pop(path, None)

    def confirms(self, answers: Answers) -> bool:
        """Whether the disk still returns the same, so that values derived from it are valid."""
        if not self.disk:
            return not any(answers)
        disk = self.disk
        exists, names = answers
        return all(disk.exists(path) is known for path, known in exists.items()) and all(
            tuple(disk.nearby(folder)) == known for folder, known in names.items()
        )

    def _exists(self, path: str) -> bool:
        self._expire()
        known = self.answers[0]
        if path not in known:
            known[path] = self.disk is not None and self.disk.exists(path)
        return known[path]

    def _expire(self) -> None:
        now = time.monotonic()
        if now > self._until:
            self.answers = ({}, {})
            self._until = now + self._seconds


class _LazyLines:
    """The lines of a closed file, read on first access: most files have nothing to show."""

    def __init__(self, texts: Texts, path: str, table: bytes) -> None:
        self._texts = texts
        self._path = path
        self._table = unpack_lines(table) if table else None

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self._texts.text(self._path) or "")

    @property
    def text(self) -> str:
        return self._lines.text

    def line_at(self, offset: int) -> Span:
        return self._lines.line_at(offset)

    def position(self, offset: int, encoding: Encoding = "utf-32") -> Position:
        known = self._table.position(offset, encoding) if self._table else None
        return known or self._lines.position(offset, encoding)

    def offset(self, position: Position, encoding: Encoding = "utf-32") -> int:
        return self._lines.offset(position, encoding)
