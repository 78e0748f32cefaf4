"""What the server still has to publish, to look at or to read, as state of one connection."""

from __future__ import annotations

from asyncio import Task
from dataclasses import dataclass
from typing import Any

Work = Task[None]


class PublishQueue:
    """Open files whose diagnostics are to be sent. `sent` is what each URI was sent last.

    `pause` is what the last sending took, in seconds: so long the next one waits, which leaves a
    burst of keys time to come in.
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
    """Files that have changed on the disk, and the patterns that the client was asked to watch."""

    def __init__(self) -> None:
        self.uris: dict[str, None] = {}
        self.task: Work | None = None
        self.patterns: set[str] = set()


class ReadQueue:
    """The folders that are being read, by where they are."""

    def __init__(self) -> None:
        self.tasks: dict[str, Work] = {}
        self.has_said_limit = False


@dataclass(frozen=True)
class Renaming:
    """The texts that a rename leads to, by URI; `here` is the file that the user is looking at."""

    texts: dict[str, str]
    here: str
