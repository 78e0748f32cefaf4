"""Queues of one connection: files to publish, to refresh and to index."""

from __future__ import annotations

from asyncio import Task
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spec_lsp.markdown.document import Document
    from spec_lsp.storage.folder import Folder
    from spec_lsp.text import Edit

Work = Task[None]


class PublishQueue:
    """Open files whose diagnostics are to be published; `sent` are the last ones sent, by URI.

    `pause` is the debounce in seconds: as long as the previous publish took.
    """

    def __init__(self) -> None:
        self.uris: set[str] = set()
        self.task: Work | None = None
        self.pause = 0.0
        self.touched: set[str] = set()
        self.others = False
        self.announcement: Work | None = None
        self.sent: dict[str, list[dict[str, Any]]] = {}


class WatchQueue:
    """Files that have changed on disk, and the patterns registered with the client."""

    def __init__(self) -> None:
        self.uris: dict[str, None] = {}
        self.task: Work | None = None
        self.patterns: set[str] = set()


class ReadQueue:
    """Folders that are being indexed, by location."""

    def __init__(self) -> None:
        self.tasks: dict[str, Work] = {}
        self.has_said_limit = False


@dataclass(frozen=True)
class Renaming:
    """A rename that was sent to the client: what it does to each file, by URI.

    `here` is the file in which the user renamed.
    """

    files: dict[str, RenamedFile]
    here: str


class RenamedFile(NamedTuple):
    """The edits of one file, its open text if any, and when it was last saved before the rename."""

    folder: Folder
    path: str
    edits: Sequence[Edit]
    document: Document | None
    saved: tuple[int, int] | None
