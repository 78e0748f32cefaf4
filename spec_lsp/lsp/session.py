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
from spec_lsp.markdown.parse import parse
from spec_lsp.rules.engine.model import Diagnostic
from spec_lsp.rules.engine.registry import Rule
from spec_lsp.storage.discover import find_root, is_too_wide
from spec_lsp.storage.file_filter import git_top, is_root
from spec_lsp.storage.fix import fix
from spec_lsp.storage.folder import Folder
from spec_lsp.text import Encoding, LineIndex, Position

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


class Session:
    """Everything that the server knows.

    `pending` are the open files with a text that their folder does not have yet. `own_renames` are
    the files, old and new URI, that edits of ours rename, until a text changes.
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
        self._edited = 0.0

    def today(self) -> str:
        """Today's date, as documents write it."""
        return dt.datetime.now().astimezone().date().isoformat()

    def add_folder(self, folder: str) -> Folder:
        """Take in a workspace folder."""
        self.folders.append(folder)
        self._found.clear()
        return self._folder(find_root(Path(folder), Path(folder)).as_posix())

    def remove_folder(self, folder: str) -> None:
        """Forget a workspace folder and all that is known of it."""
        self.folders = [each for each in self.folders if each != folder]
        self._found.clear()
        self.roots.pop(folder, None)

    def open(self, uri: str, text: str, version: int | None) -> Buffer:
        """Take over a file from the disk."""
        folder, path = self.locate(uri)
        buffer = Buffer(uri, version, folder, parse(path, text))
        self.buffers[uris.same(uri)] = self._by_path[folder, path] = buffer
        self.pending[uri] = buffer
        return buffer

    def change(self, uri: str, version: int | None, changes: Sequence[TextChange]) -> Buffer | None:
        """Apply changes as they come; whatever version they have, a pipe keeps their order."""
        buffer = self.buffer(uri)
        if not buffer:
            logger.warning("change of a document that is not open: %s", uri)
            return None
        buffer.document = changed(buffer.document, changes, self.encoding)
        self.pending[buffer.uri] = buffer
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
            self.pending.pop(buffer.uri, None)
            self._by_path.pop((buffer.folder, buffer.path), None)
        return buffer

    def catch_up(self) -> Iterator[Buffer]:
        """Give the folders the texts that were edited; the open files that this affects."""
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

    def buffer(self, uri: str) -> Buffer | None:
        """The open file with a URI."""
        return self.buffers.get(uris.same(uri))

    def locate(self, uri: str) -> tuple[Folder, str]:
        """The folder that a file belongs to, and its path there."""
        path = uris.to_path(uri)
        if path is None:
            first = next(iter(self.roots.values()), None)
            return first or self.loose, uri
        root = self._root_of(path)
        return self._folder(root), posixpath.relpath(path, root) if root else path

    def page(self, uri: str) -> Page | None:
        """An open document with all that is known of it."""
        buffer = self.buffer(uri)
        return self.page_of(buffer) if buffer else None

    def page_of(self, buffer: Buffer) -> Page:
        """As `page`, for an open file at hand."""
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
            self.today(),
            author,
        )
        return replace(page, fix_all=partial(_fixed, folder, page))

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

    def ruler(self, folder: Folder, path: str) -> PositionConverter | None:
        """What converts spans of a file, open or not; None when it has no text."""
        document = folder.texts.open.get(path)
        if document:
            return PositionConverter(document, self.encoding)
        text = folder.texts.text(path)
        return PositionConverter(LineIndex(text), self.encoding) if text is not None else None

    def buffer_at(self, folder: Folder, path: str) -> Buffer | None:
        """The open file at a path of a folder."""
        return self._by_path.get((folder, path))

    def uri_of(self, folder: Folder, path: str) -> str:
        """The URI of a path in a folder, in the client's own spelling where it is open."""
        buffer = self.buffer_at(folder, path)
        if buffer:
            return buffer.uri
        if path.startswith("builtin:"):
            return f"{uris.BUILTIN}:/{path.removeprefix('builtin:')}"
        if not folder.location:
            return uris.to_uri(path)
        return uris.to_uri(posixpath.normpath(posixpath.join(folder.location, path)))

    def uri_of_page(self, page: Page) -> str:
        """The URI of an open document at hand."""
        return next(b.uri for b in self.buffers.values() if b.document is page.document)

    def remember_action(self, number: int, buffer: Buffer, action: Action) -> None:
        """Keep an action until it is chosen; only the last few can be."""
        self.actions[number] = (buffer, action)
        if len(self.actions) > _REMEMBERED:
            self.actions.popitem(last=False)

    def diagnostics(self, folder: Folder, path: str) -> Sequence[Diagnostic]:
        """The diagnostics of any file, open or not."""
        return folder.diagnose(path, self.today()).shown

    def open_in(self, folder: Folder, paths: Iterable[str]) -> Iterator[Buffer]:
        """The open files among some paths of a folder."""
        for path in paths:
            if buffer := self.buffer_at(folder, path):
                yield buffer

    def _root_of(self, path: str) -> str:
        """The folder whose configuration governs a path: the nearest one, else the workspace's."""
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
        """Whether a folder is to be read whole: one that was opened, configured, or a repository.

        A single file may be anywhere, and the folder around it may be a whole disk.
        """
        path = Path(folder)
        if is_too_wide(path):
            return False
        return folder in self.folders or is_root(path) or git_top(path) is not None

    def gone_below(self, folder: str) -> Iterator[Folder]:
        """The roots in a folder that are no longer on the disk."""
        for each in tuple(self.roots.values()):
            if f"{each.location}/".startswith(f"{folder}/") and not each.root.is_dir():
                yield each

    def find_roots_again(self) -> None:
        """Forget which folder belongs to which root: configurations may have come or gone."""
        self._found.clear()


def log_failure(rule: Rule, path: str, error: Exception) -> None:
    """A rule that crashes is a line in the log; all others still run."""
    logger.error("rule %s failed on %s", rule.code, path, exc_info=error)


def _fixed(folder: Folder, page: Page) -> str:
    return fix(folder, [page.path], page.desk).after.get(page.path, page.document.text)
