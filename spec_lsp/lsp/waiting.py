"""Messages that were read and are still to be handled."""

from __future__ import annotations

from collections import deque
from typing import Any

from lsprotocol import types as lsp

_LEAVING = (lsp.SHUTDOWN, lsp.EXIT)
# With more messages before them, `shutdown` and `exit` do not wait their turn. A client that sends
# a whole short session at once still gets all its answers.
_FEW = 10

Message = dict[str, Any]


class Waiting:
    """A queue in the order of arrival, which `shutdown` and `exit` leave early if it is long."""

    def __init__(self) -> None:
        self._messages: deque[Message] = deque()
        self._leaving: deque[Message] = deque()

    def __len__(self) -> int:
        return len(self._messages)

    def add(self, message: Message) -> None:
        """Put a message at the end."""
        self._messages.append(message)
        if message.get("method") in _LEAVING:
            self._leaving.append(message)

    def next(self) -> Message | None:
        """The message to handle next; None when there is none."""
        if not self._messages:
            return None
        message = self._messages[0]
        if self._leaving and self._messages.index(self._leaving[0]) > _FEW:
            message = self._leaving[0]
        self._remove(message)
        return message

    def cancel(self, number: object) -> bool:
        """Remove a request that has not been begun; False when it does not wait here."""
        for message in self._messages:
            if message.get("id") == number and message.get("method") not in (None, *_LEAVING):
                self._remove(message)
                return True
        return False

    def take_all(self) -> list[Message]:
        """Everything that waits but `exit`, which no longer waits for anything."""
        taken = [each for each in self._messages if each.get("method") != lsp.EXIT]
        for each in taken:
            self._remove(each)
        return taken

    def _remove(self, message: Message) -> None:
        self._messages.remove(message)
        if message in self._leaving:
            self._leaving.remove(message)
