"""The lines of a closed file as a few bytes, to compute positions without reading the file."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.text import Position, units, with_line_feeds
from spec_lsp.workspace.packed import pack, unpack

if TYPE_CHECKING:
    from spec_lsp.text import Encoding

_REMEMBERED = 64  # tables; the bytes alone determine them, so nothing invalidates them
_LONGEST = 0x10FFFF  # the largest length that a character can express


class LineTable(NamedTuple):
    """The start of each line, and the lines whose columns depend on the encoding.

    `foreign` are the lines that are not ASCII, `astral` those with characters of two UTF-16 units.
    """

    starts: tuple[int, ...]
    foreign: frozenset[int]
    astral: frozenset[int]

    def position(self, offset: int, encoding: Encoding) -> Position | None:
        """Line and column of an offset, or None if only the text tells the column."""
        line = bisect_right(self.starts, offset) - 1
        unsure = {"utf-8": self.foreign, "utf-16": self.astral, "utf-32": ()}[encoding]
        return None if line in unsure else Position(line, offset - self.starts[line])


def pack_lines(text: str) -> bytes:
    """Pack the lines of a text: the length of each as one character, which is short in UTF-8.

    Nothing is packed of a text with a longer line than that.
    """
    lines = with_line_feeds(text).split("\n")
    if max(map(len, lines)) >= _LONGEST:
        return b""
    lengths = "".join([chr(len(line) + 1) for line in lines])
    foreign = [] if text.isascii() else [n for n, line in enumerate(lines) if not line.isascii()]
    astral = [number for number in foreign if units(lines[number], "utf-16") > len(lines[number])]
    return pack((lengths.encode("utf-8", "surrogatepass"), tuple(foreign), tuple(astral)))


@lru_cache(maxsize=_REMEMBERED)
def unpack_lines(data: bytes) -> LineTable:
    """Unpack the bytes of `pack_lines`."""
    lengths, foreign, astral = unpack(data)
    *starts, _ = accumulate(map(ord, lengths.decode("utf-8", "surrogatepass")), initial=0)
    return LineTable(tuple(starts), frozenset(foreign), frozenset(astral))
