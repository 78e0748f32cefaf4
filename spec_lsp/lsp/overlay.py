"""The files of a root as others see them: open buffers before the disk."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from spec_lsp.text import Encoding, LineIndex, Position

if TYPE_CHECKING:
    from spec_lsp.lsp.root import Root
    from spec_lsp.storage.files import Disk
    from spec_lsp.text import Lines

_MOMENT = 0.5


class Overlay:
    """The files of a root as its workspace asks for them.

    Rules ask at every key where each link leads, so what the disk says holds for a moment, unless
    somebody tells of a change.
    """

    def __init__(self, root: Root) -> None:
        self.root = root
        self._standing: dict[str, bool] = {}
        self._until = 0.0

    def exists(self, path: str) -> bool:
        """Whether something is open at a path, or stands there on the disk."""
        disk = self.root.disk
        return path in self.root.buffers or (disk is not None and self._stands(disk, path))

    def forget(self) -> None:
        """Something may have changed on the disk."""
        self._standing.clear()

    def _stands(self, disk: Disk, path: str) -> bool:
        now = time.monotonic()
        if now > self._until:
            self.forget()
            self._until = now + _MOMENT
        if path not in self._standing:
            self._standing[path] = disk.exists(path)
        return self._standing[path]

    def nearby(self, path: str) -> Iterable[str]:
        """The names of the files beside a path."""
        return self.root.disk.nearby(path) if self.root.disk else ()


class LazyLines:
    """The lines of a closed file, read when somebody asks for one."""

    def __init__(self, root: Root, path: str) -> None:
        self.root = root
        self.path = path
        self.known: Lines | None = None

    def _lines(self) -> Lines:
        if self.known is None:
            self.known = self.root.lines(self.path) or LineIndex("")
        return self.known

    def position(self, offset: int, encoding: Encoding = "utf-32") -> Position:
        """Line and column of an offset."""
        return self._lines().position(offset, encoding)

    def offset(self, position: Position, encoding: Encoding = "utf-32") -> int:
        """The offset of a line and column."""
        return self._lines().offset(position, encoding)
