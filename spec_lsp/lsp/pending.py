"""Queues of one connection: files to publish, to refresh and to index."""

from __future__ import annotations

from asyncio import Task
from dataclasses import dataclass
from typing import Any

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
    """The expected texts after a rename, by URI; `here` is the file in which the user renamed."""

    texts: dict[str, str]
    here: str
