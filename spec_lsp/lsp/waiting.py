"""The queue of messages to handle."""

from __future__ import annotations

from collections import deque
from typing import Any

from lsprotocol import types as lsp

_LEAVING = (lsp.SHUTDOWN, lsp.EXIT)
# With more messages before them, `shutdown` and `exit` are handled first. A client that sends a
# short session at once still gets all responses.
_FEW = 10

Message = dict[str, Any]


class Waiting:
    """A FIFO queue; `shutdown` and `exit` have priority if it is long."""

    def __init__(self) -> None:
        self._messages: deque[Message] = deque()
        self._leaving: deque[Message] = deque()

    def __len__(self) -> int:
        return len(self._messages)

    def add(self, message: Message) -> None:
        """Append a message."""
        self._messages.append(message)
        if message.get("method") in _LEAVING:
            self._leaving.append(message)

    def next(self) -> Message | None:
        """Remove and return the next message; None if the queue is empty."""
        if not self._messages:
            return None
        message = self._messages[0]
        if self._leaving and self._messages.index(self._leaving[0]) > _FEW:
            message = self._leaving[0]
        self._remove(message)
        return message

    def cancel(self, number: object) -> bool:
        """Remove a queued request; return False if it is not queued."""
        for message in self._messages:
            if message.get("id") == number and message.get("method") not in (None, *_LEAVING):
                self._remove(message)
                return True
        return False

    def take_all(self) -> list[Message]:
        """Remove and return all messages except `exit`."""
        taken = [each for each in self._messages if each.get("method") != lsp.EXIT]
        for each in taken:
            self._remove(each)
        return taken

    def _remove(self, message: Message) -> None:
        self._messages.remove(message)
        if message in self._leaving:
            self._leaving.remove(message)
