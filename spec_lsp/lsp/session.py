"""The one mutable object: what is open, which roots there are, and what is known of them.

Text edits are applied to our own buffers, whose lines end where the protocol says they end.
"""

from __future__ import annotations

import datetime as dt
import itertools
import logging
import posixpath
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from lsprotocol import types as lsp_types
from lsprotocol.types import TextDocumentIdentifier

from spec_lsp.features.model import Action, Completion
from spec_lsp.features.place import Page, Place
from spec_lsp.lsp import uris
from spec_lsp.lsp.convert import Ruler
from spec_lsp.lsp.root import Root
from spec_lsp.lsp.settings import ClientSettings
from spec_lsp.lsp.unsaved import Renaming
from spec_lsp.markdown import Document, parse, reparse
from spec_lsp.rules.model import Diagnostic
from spec_lsp.storage.discover import find_root, is_too_wide
from spec_lsp.storage.scope import git_top, is_root
from spec_lsp.text import Edit, Encoding, Position, Span

logger = logging.getLogger(__name__)

_REMEMBERED = 200
# Who has not typed for so long, in seconds, thinks, reads or is away.
_PAUSE = 5.0


class Positioned(Protocol):
    """A message about a position in a document."""

    @property
    def text_document(self) -> TextDocumentIdentifier:
        """The document."""
        ...

    @property
    def position(self) -> lsp_types.Position:
        """The position."""
        ...


@dataclass(frozen=True)
class TextChange:
    """A change as the client sent it; without a range it replaces the whole text."""

    text: str
    start: Position | None = None
    end: Position | None = None


@dataclass
class Buffer:
    """An open file: its text is what the editor shows, whatever the disk says."""

    uri: str
    version: int | None
    root: Root
    document: Document
    judged: tuple[Document, list[Diagnostic]] | None = field(default=None, repr=False)

    @property
    def path(self) -> str:
        """Its path in its root; its URI where it has none."""
        return self.document.path


class Session:
    """Everything that the server knows.

    `behind` are the open files with a text that has not been taken in yet. `own_renames` are the
    files, old and new URI, that edits of ours rename, until a text changes.
    """

    def __init__(self) -> None:
        self.encoding: Encoding = "utf-16"
        self.settings = ClientSettings()
        self.folders: list[str] = []
        self.roots: dict[str, Root] = {}
        self.buffers: dict[str, Buffer] = {}
        self.behind: dict[str, Buffer] = {}
        self.own_renames: set[tuple[str, str]] = set()
        self.renaming: Renaming | None = None
        self.loose = Root("")
        self.counter = itertools.count()
        self.offered: dict[int, Completion] = {}
        self.actions: OrderedDict[int, tuple[Buffer, Action]] = OrderedDict()
        self._found: dict[str, str] = {}
        self._edited = 0.0

    def today(self) -> str:
        """Today's date, as documents write it."""
        return dt.datetime.now().astimezone().date().isoformat()

    def add_folder(self, folder: str) -> Root:
        """Take in a workspace folder."""
        self.folders.append(folder)
        self._found.clear()
        return self._root(find_root(Path(folder), Path(folder)).as_posix())

    def remove_folder(self, folder: str) -> None:
        """Forget a workspace folder and all that is known of it."""
        self.folders = [each for each in self.folders if each != folder]
        self._found.clear()
        self.roots.pop(folder, None)

    def open(self, uri: str, text: str, version: int | None) -> Buffer:
        """Take over a file from the disk."""
        root, path = self.locate(uri)
        buffer = Buffer(uri, version, root, parse(path, text))
        self.buffers[uris.same(uri)] = buffer
        root.buffers[path] = buffer
        return buffer

    def change(self, uri: str, version: int | None, changes: Sequence[TextChange]) -> Buffer | None:
        """Apply changes as they come; whatever version they have, a pipe keeps their order."""
        buffer = self.buffer(uri)
        if not buffer:
            logger.warning("change of a document that is not open: %s", uri)
            return None
        for change in changes:
            buffer.document = self._changed(buffer.document, change)
        buffer.version = version
        self.own_renames.clear()
        self._edited = time.monotonic()
        return buffer

    @property
    def is_typed_in(self) -> bool:
        """Whether somebody has typed just now, and is likely to go on."""
        return time.monotonic() - self._edited < _PAUSE

    def close(self, uri: str) -> Buffer | None:
        """Give a file back to the disk."""
        buffer = self.buffers.pop(uris.same(uri), None)
        if buffer:
            buffer.root.buffers.pop(buffer.path, None)
        return buffer

    def buffer(self, uri: str) -> Buffer | None:
        """The open file with a URI."""
        return self.buffers.get(uris.same(uri))

    def locate(self, uri: str) -> tuple[Root, str]:
        """The root that a file belongs to, and its path there."""
        path = uris.to_path(uri)
        if path is None:
            first = next(iter(self.roots.values()), None)
            return first or self.loose, uri
        folder = self._folder_of(path)
        root = self._root(folder)
        return root, posixpath.relpath(path, folder) if folder else path

    def page(self, uri: str) -> Page | None:
        """An open document with all that is known of it."""
        buffer = self.buffer(uri)
        return self.page_of(buffer) if buffer else None

    def page_of(self, buffer: Buffer) -> Page:
        """As `page`, for an open file at hand."""
        root = buffer.root
        binding = root.binding(buffer.document)
        entry = root.workspace.entry(buffer.path) or root.workspace.summarise(
            buffer.document, binding
        )
        author = self.settings.author or root.author
        return Page(
            root.workspace, buffer.document, binding, entry, root.document, self.today(), author
        )

    def place(self, uri: str, line: int, column: int) -> Place | None:
        """A position in an open document."""
        page = self.page(uri)
        if not page:
            return None
        return Place(page, page.document.offset(Position(line, column), self.encoding))

    def place_of(self, params: Positioned) -> Place | None:
        """The place that a message is about."""
        position = params.position
        return self.place(params.text_document.uri, position.line, position.character)

    def ruler(self, root: Root, path: str) -> Ruler | None:
        """What converts spans of a file, open or not."""
        lines = root.lines(path)
        return Ruler(lines, self.encoding) if lines else None

    def uri_of(self, root: Root, path: str) -> str:
        """The URI of a path in a root, in the client's own spelling where it is open."""
        buffer = root.buffers.get(path)
        if buffer:
            return buffer.uri
        if path.startswith("builtin:"):
            return f"{uris.BUILTIN}:/{path.removeprefix('builtin:')}"
        if not root.folder:
            return uris.to_uri(path)
        return uris.to_uri(posixpath.normpath(posixpath.join(root.folder, path)))

    def uri_of_page(self, page: Page) -> str:
        """The URI of an open document at hand."""
        return next(b.uri for b in self.buffers.values() if b.document is page.document)

    def remember_action(self, number: int, buffer: Buffer, action: Action) -> None:
        """Keep an action until it is chosen; only the last few can be."""
        self.actions[number] = (buffer, action)
        if len(self.actions) > _REMEMBERED:
            self.actions.popitem(last=False)

    def diagnostics(self, buffer: Buffer) -> list[Diagnostic]:
        """What is to be said of an open file, and is not known from the baseline."""
        root = buffer.root
        if buffer.judged and buffer.judged[0] is buffer.document:
            return buffer.judged[1]
        found = root.news(buffer.path, root.judge(buffer.document, self.today()))
        buffer.judged = (buffer.document, found)
        return found

    def diagnostics_of(self, root: Root, path: str) -> list[Diagnostic]:
        """What is to be said of any file, open or not."""
        buffer = root.buffers.get(path)
        if buffer:
            return self.diagnostics(buffer)
        return root.news(path, root.judge_closed(path, self.today()))

    def open_in(self, root: Root, paths: Iterable[str]) -> Iterator[Buffer]:
        """The open files among some paths of a root."""
        for path in paths:
            if buffer := root.buffers.get(path):
                yield buffer

    def _changed(self, document: Document, change: TextChange) -> Document:
        if change.start is None or change.end is None:
            return parse(document.path, change.text)
        start = document.offset(change.start, self.encoding)
        end = max(start, document.offset(change.end, self.encoding))
        return reparse(document, Edit(Span(start, end), change.text))

    def _folder_of(self, path: str) -> str:
        """The folder whose configuration governs a path: the nearest one, else the workspace's."""
        parent = posixpath.dirname(path)
        if parent not in self._found:
            tops = ((folder, folder.rstrip("/") + "/") for folder in self.folders)
            inside = [folder for folder, top in tops if f"{parent}/".startswith(top)]
            outer = max(inside, key=len, default="")
            self._found[parent] = find_root(Path(parent), Path(outer) if outer else None).as_posix()
        return self._found[parent]

    def _root(self, folder: str) -> Root:
        if folder not in self.roots:
            self.roots[folder] = Root(folder)
            self.roots[folder].set_levels(self.settings.rules)
        return self.roots[folder]

    def is_workspace(self, folder: str) -> bool:
        """Whether a folder is to be read whole: one that was opened, configured, or a repository.

        A single file may be anywhere, and the folder around it may be a whole disk.
        """
        path = Path(folder)
        if is_too_wide(path):
            return False
        return folder in self.folders or is_root(path) or git_top(path) is not None

    def gone_below(self, folder: str) -> Iterator[Root]:
        """The roots in a folder that are no longer on the disk."""
        for root in tuple(self.roots.values()):
            if f"{root.folder}/".startswith(f"{folder}/") and not Path(root.folder).is_dir():
                yield root

    def find_roots_again(self) -> None:
        """Forget which folder belongs to which root: configurations may have come or gone."""
        self._found.clear()
