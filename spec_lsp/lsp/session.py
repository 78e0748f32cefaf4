"""The mutable state of one client: open files, roots and their folders.

Edits are applied to our own buffers, whose line ends follow the protocol.
"""

from __future__ import annotations

import itertools
import logging
import operator
import posixpath
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from lsprotocol import types as lsp_types
from lsprotocol.types import TextDocumentIdentifier

from spec_lsp.features.shared.place import Page, Place
from spec_lsp.features.shared.results import Action, Completion
from spec_lsp.lsp import uris
from spec_lsp.lsp.buffers import Buffer, TextChange, changed
from spec_lsp.lsp.convert import PositionConverter
from spec_lsp.lsp.pending import Renaming
from spec_lsp.lsp.settings import ClientSettings
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse
from spec_lsp.rules.engine.model import Diagnostic
from spec_lsp.rules.engine.registry import Rule
from spec_lsp.storage.clock import today
from spec_lsp.storage.discover import find_root, is_too_wide
from spec_lsp.storage.file_filter import git_top, is_root
from spec_lsp.storage.fix import fix
from spec_lsp.storage.folder import Folder
from spec_lsp.text import Encoding, LineIndex, Position

logger = logging.getLogger(__name__)

_REMEMBERED = 200  # code actions that can still be resolved
_PAUSE = 5.0  # seconds without a message after which the user counts as idle


class Positioned(Protocol):
    """A message about a position in a document."""

    @property
    def text_document(self) -> TextDocumentIdentifier: ...

    @property
    def position(self) -> lsp_types.Position: ...


class Session:
    """The state of the server.

    `pending` are the open files whose text their folder does not have yet. `own_renames` are the
    files, old and new URI, that our own edits rename; cleared when a text changes.
    """

    def __init__(self) -> None:
        self.encoding: Encoding = "utf-16"
        self.settings = ClientSettings()
        self.folders: list[str] = []
        self.roots: dict[str, Folder] = {}
        self.buffers: dict[str, Buffer] = {}
        self.pending: dict[str, Buffer] = {}
        self.loose = Folder(on_failure=log_failure, is_live=True)
        self._by_path: dict[tuple[Folder, str], Buffer] = {}
        self.own_renames: set[tuple[str, str]] = set()
        self.renaming: Renaming | None = None
        self.counter = itertools.count()
        self.offered: dict[int, Completion] = {}
        self.actions: OrderedDict[int, tuple[Buffer, Action]] = OrderedDict()
        self._found: dict[str, str] = {}
        self._edited = self._asked = 0.0

    def add_folder(self, folder: str) -> Folder:
        """Add a workspace folder."""
        self.folders.append(folder)
        self._found.clear()
        return self._folder(find_root(Path(folder), Path(folder)).as_posix())

    def remove_folder(self, folder: str) -> None:
        """Remove a workspace folder and its index."""
        self.folders = [each for each in self.folders if each != folder]
        self._found.clear()
        self.roots.pop(folder, None)

    def open(self, uri: str, text: str, version: int | None) -> Buffer:
        """Add an open file."""
        folder, path = self.locate(uri)
        buffer = Buffer(uri, version, folder, parse(path, text))
        self.buffers[uris.same(uri)] = self._by_path[folder, path] = buffer
        self.pending[uri] = buffer
        return buffer

    def change(self, uri: str, version: int | None, changes: Sequence[TextChange]) -> Buffer | None:
        """Apply changes in order of arrival; versions are not compared."""
        buffer = self.buffer(uri)
        if not buffer:
            logger.warning("Ignored a change to a document that is not open: %s", uri)
            return None
        buffer.document = changed(buffer.document, changes, self.encoding)
        self.pending[buffer.uri] = buffer
        buffer.version = version
        self.own_renames.clear()
        self._edited = time.monotonic()
        return buffer

    @property
    def is_typed_in(self) -> bool:
        """Whether the user has typed within `_PAUSE`."""
        return time.monotonic() - self._edited < _PAUSE

    @property
    def is_idle(self) -> bool:
        """Whether the client has neither changed nor asked anything within `_PAUSE`."""
        return time.monotonic() - max(self._edited, self._asked) >= _PAUSE

    def close(self, uri: str) -> Buffer | None:
        """Remove an open file."""
        buffer = self.buffers.pop(uris.same(uri), None)
        if buffer:
            self.pending.pop(buffer.uri, None)
            self._by_path.pop((buffer.folder, buffer.path), None)
        return buffer

    def catch_up(self) -> Iterator[Buffer]:
        """Update the folders with the edited texts; yield the affected open files."""
        self._asked = time.monotonic()
        while self.pending:
            _, buffer = self.pending.popitem()
            affected = buffer.folder.edit(buffer.document) - {buffer.path}
            yield from self.open_in(buffer.folder, affected)
        self.follow()

    def follow(self) -> None:
        """Take over the documents that folders parsed again, because their settings changed."""
        for buffer in self.buffers.values():
            parsed = buffer.folder.texts.open.get(buffer.path)
            if parsed and buffer.uri not in self.pending:
                buffer.document = parsed

    def has_texts(self, documents: Sequence[Document]) -> bool:
        """Whether the open documents are the given ones; they are replaced when they change."""
        now = self.documents
        return len(now) == len(documents) and all(map(operator.is_, now, documents))

    @property
    def documents(self) -> list[Document]:
        """The open documents."""
        return [buffer.document for buffer in self.buffers.values()]

    def buffer(self, uri: str) -> Buffer | None:
        """Return the open file with a URI."""
        return self.buffers.get(uris.same(uri))

    def locate(self, uri: str) -> tuple[Folder, str]:
        """Return the folder of a file, and its path in the folder."""
        path = uris.to_path(uri)
        if path is None:
            first = next(iter(self.roots.values()), None)
            return first or self.loose, uri
        root = self._root_of(path)
        return self._folder(root), posixpath.relpath(path, root) if root else path

    def page(self, uri: str) -> Page | None:
        """Return the page of an open document."""
        buffer = self.buffer(uri)
        return self.page_of(buffer) if buffer else None

    def page_of(self, buffer: Buffer) -> Page:
        """Return the page of a buffer."""
        folder = buffer.folder
        binding = folder.binding(buffer.document)
        entry = folder.workspace.entry(buffer.path) or folder.workspace.summarise(
            buffer.document, binding
        )
        author = self.settings.author or folder.author
        page = Page(
            folder.workspace,
            buffer.document,
            binding,
            entry,
            folder.texts.document,
            today(),
            author,
        )
        return replace(
            page,
            fix_all=partial(_fixed, folder, page),
            avoids_duplicates=self.settings.avoids_duplicates,
        )

    def place(self, uri: str, line: int, column: int) -> Place | None:
        """Return the place at a position in an open document."""
        page = self.page(uri)
        if not page:
            return None
        return Place(page, page.document.offset(Position(line, column), self.encoding))

    def place_of(self, params: Positioned) -> Place | None:
        """Return the place in the parameters of a message."""
        position = params.position
        return self.place(params.text_document.uri, position.line, position.character)

    def ruler(self, folder: Folder, path: str) -> PositionConverter | None:
        """Return the converter for the spans of a file, open or not; None if it has no text."""
        entry = folder.workspace.entry(path)
        if path in folder.texts.open or (entry and entry.lines):
            lines = folder.texts.lines(path, entry.lines if entry else b"")
            return PositionConverter(lines, self.encoding)
        text = folder.texts.text(path)
        return PositionConverter(LineIndex(text), self.encoding) if text is not None else None

    def buffer_at(self, folder: Folder, path: str) -> Buffer | None:
        """Return the open file at a path in a folder."""
        return self._by_path.get((folder, path))

    def uri_of(self, folder: Folder, path: str) -> str:
        """Return the URI of a path in a folder; of an open file, in the client's spelling."""
        buffer = self.buffer_at(folder, path)
        if buffer:
            return buffer.uri
        if path.startswith("builtin:"):
            return f"{uris.BUILTIN}:/{path.removeprefix('builtin:')}"
        if not folder.location:
            return uris.to_uri(path)
        return uris.to_uri(posixpath.normpath(posixpath.join(folder.location, path)))

    def remember_action(self, number: int, buffer: Buffer, action: Action) -> None:
        """Store an action until it is resolved; only the most recent ones are kept."""
        self.actions[number] = (buffer, action)
        if len(self.actions) > _REMEMBERED:
            self.actions.popitem(last=False)

    def diagnostics(self, folder: Folder, path: str) -> Sequence[Diagnostic]:
        """Return the diagnostics of a file, open or not."""
        return folder.diagnose(path, today()).shown

    def open_in(self, folder: Folder, paths: Iterable[str]) -> Iterator[Buffer]:
        """Yield the open files among paths in a folder."""
        for path in paths:
            if buffer := self.buffer_at(folder, path):
                yield buffer

    def _root_of(self, path: str) -> str:
        """Return the root of a path: the nearest one, otherwise the workspace folder."""
        parent = posixpath.dirname(path)
        if parent not in self._found:
            tops = ((folder, folder.rstrip("/") + "/") for folder in self.folders)
            inside = [folder for folder, top in tops if f"{parent}/".startswith(top)]
            outer = max(inside, key=len, default="")
            self._found[parent] = find_root(Path(parent), Path(outer) if outer else None).as_posix()
        return self._found[parent]

    def _folder(self, root: str) -> Folder:
        if root not in self.roots:
            self.roots[root] = Folder(Path(root), on_failure=log_failure, is_live=True)
            self.roots[root].set_levels(self.settings.rules)
        return self.roots[root]

    def is_workspace(self, folder: str) -> bool:
        """Whether a folder is indexed: it was opened, has a configuration, or is a repository.

        The folder around a single file may be a whole disk.
        """
        path = Path(folder)
        if is_too_wide(path):
            return False
        return folder in self.folders or is_root(path) or git_top(path) is not None

    def gone_below(self, folder: str) -> Iterator[Folder]:
        """Yield the roots in a folder that no longer exist on disk."""
        for each in tuple(self.roots.values()):
            if f"{each.location}/".startswith(f"{folder}/") and not each.root.is_dir():
                yield each

    def find_roots_again(self) -> None:
        """Clear the cache of roots, after configurations were added or removed."""
        self._found.clear()


def log_failure(rule: Rule, path: str, error: Exception) -> None:
    """Log a rule that crashed; the others still run."""
    logger.error("Rule %s crashed on %s", rule.code, path, exc_info=error)


def _fixed(folder: Folder, page: Page) -> str:
    return fix(folder, [page.path], page.desk).after.get(page.path, page.document.text)
