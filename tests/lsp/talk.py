"""A client for tests: files by name, positions by the text before them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from lsprotocol import types as lsp
from pytest_lsp import LanguageClient

from spec_lsp.storage.folder import Folder
from spec_lsp.storage.read import prepare
from spec_lsp.text import Encoding, LineIndex
from tests.command import PATIENCE


def read_now(folder: Folder) -> None:
    """Read a whole folder, as the server does in the background."""
    for batch in prepare(folder).batches():
        folder.take(batch)
    folder.finish()


class Talk:
    """One client and its open files."""

    def __init__(
        self, client: LanguageClient, folder: Path, capabilities: lsp.ClientCapabilities
    ) -> None:
        self.client = client
        self.folder = folder
        self.capabilities = capabilities
        self.encoding: Encoding = "utf-16"
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}

    @property
    def pulls(self) -> bool:
        """Whether the client pulls diagnostics."""
        text_document = self.capabilities.text_document
        return bool(text_document and text_document.diagnostic)

    async def begin(self, client_name: str = "") -> lsp.InitializeResult:
        """Initialise, with the project's folder, and wait until its files have been read."""
        indexed = asyncio.Event()
        self.client.feature("specLsp/indexed")(lambda _: indexed.set())
        folder = lsp.WorkspaceFolder(self.folder.as_uri(), "project")
        params = lsp.InitializeParams(
            capabilities=self.capabilities,
            client_info=lsp.ClientInfo(client_name) if client_name else None,
            workspace_folders=[folder],
            root_uri=self.folder.as_uri(),
            initialization_options={"diagnostics": {"delay": 10}},
        )
        result = await self.client.initialize_session(params)
        encoding = result.capabilities.position_encoding
        self.encoding = "utf-8" if encoding == lsp.PositionEncodingKind.Utf8 else "utf-16"
        await asyncio.wait_for(indexed.wait(), 60)
        return result

    def uri(self, name: str) -> str:
        """The URI of a file of the project."""
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str | None = None) -> None:
        """Open a file, with the text on the disk or another."""
        given = (self.folder / name).read_text(encoding="utf-8") if text is None else text
        self.texts[name], self.versions[name] = given, 1
        item = lsp.TextDocumentItem(self.uri(name), "markdown", 1, given)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    def type(self, name: str, old: str, new: str) -> None:
        """Replace the first occurrence of some text in an open file."""
        text = self.texts[name]
        start = text.index(old)
        change = lsp.TextDocumentContentChangePartial(
            range=lsp.Range(self._at(text, start), self._at(text, start + len(old))), text=new
        )
        self.texts[name] = text.replace(old, new, 1)
        self.versions[name] += 1
        identifier = lsp.VersionedTextDocumentIdentifier(self.versions[name], self.uri(name))
        params = lsp.DidChangeTextDocumentParams(identifier, [change])
        self.client.text_document_did_change(params)

    def place(self, name: str, before: str) -> lsp.TextDocumentPositionParams:
        """The position right after some text of an open file."""
        text = self.texts[name]
        position = self._at(text, text.index(before) + len(before))
        return lsp.TextDocumentPositionParams(lsp.TextDocumentIdentifier(self.uri(name)), position)

    def slice(self, name: str, at: lsp.Range) -> str:
        """The text of a range, in an open file or one on the disk."""
        text = self.texts.get(name) or (self.folder / name).read_text(encoding="utf-8")
        lines = LineIndex(text)
        start = lines.offset((at.start.line, at.start.character), self.encoding)  # type: ignore[arg-type]
        end = lines.offset((at.end.line, at.end.character), self.encoding)  # type: ignore[arg-type]
        return text[start:end]

    def name_of(self, uri: str) -> str:
        """The name of a file of the project."""
        return uri.removeprefix(self.folder.as_uri() + "/")

    async def diagnostics(self, name: str, until: str = "") -> list[str]:
        """The diagnostics of an open file, as `code: text`; waits for a version or a code."""
        found: list[str] | None = None
        for _ in range(PATIENCE * 50):
            found = await self._diagnostics(name)
            if found is not None and (not until or any(until in each for each in found)):
                return found
            await asyncio.sleep(0.02)
        raise AssertionError(f"no diagnostics of {name} with {until!r}: {found}")

    async def without(self, name: str, code: str) -> bool:
        """Whether the diagnostics of a rule disappear within some time."""
        for _ in range(PATIENCE * 50):
            found = await self._diagnostics(name)
            if found is not None and not any(code in each for each in found):
                return True
            await asyncio.sleep(0.02)
        return False

    def changed_on_disk(self, name: str) -> None:
        """Notify the server of a change, as a client that watches files."""
        exists = (self.folder / name).exists()
        kind = lsp.FileChangeType.Changed if exists else lsp.FileChangeType.Deleted
        event = lsp.FileEvent(self.uri(name), kind)
        params = lsp.DidChangeWatchedFilesParams([event])
        self.client.workspace_did_change_watched_files(params)

    async def settled(self, name: str, wanted: list[str]) -> list[str]:
        """The diagnostics when they are the expected ones, else those after some time."""
        found: list[str] | None = None
        for _ in range(PATIENCE * 50):
            found = await self._diagnostics(name)
            if found == wanted:
                return found
            await asyncio.sleep(0.02)
        return found or []

    async def _diagnostics(self, name: str) -> list[str] | None:
        if self.pulls:
            params = lsp.DocumentDiagnosticParams(lsp.TextDocumentIdentifier(self.uri(name)))
            report = await self.client.text_document_diagnostic_async(params)
            assert isinstance(report, lsp.RelatedFullDocumentDiagnosticReport)
            items = report.items
        elif self.uri(name) in self.client.diagnostics:
            items = self.client.diagnostics[self.uri(name)]
        else:
            return None
        return [f"{each.code}: {self.slice(name, each.range)}" for each in items]

    def _at(self, text: str, offset: int) -> lsp.Position:
        line, column = LineIndex(text).position(offset, self.encoding)
        return lsp.Position(line, column)
