"""The facts of an entry as bytes, for memory and for the cache.

They are plain tuples to `marshal`, in the version of its format that writes equal facts as equal
bytes. It is the fastest reader there is, and trusts its input: so only what this program has packed
itself, and has signed where it was kept, may be unpacked.
"""

from __future__ import annotations

import marshal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from spec_lsp.text import Span
from spec_lsp.workspace.facts import Defined, Mention, Reference, Suppression, Uses

if TYPE_CHECKING:
    from collections.abc import Iterable

# The last version without references, which depend on who else holds a text.
_FORMAT = 2
_REMEMBERED = 512


def pack(value: Any) -> bytes:  # noqa: ANN401 -- whatever consists of plain values.
    """Plain values as bytes: texts, numbers, None, and tuples and dictionaries of them."""
    return marshal.dumps(value, _FORMAT)


def unpack(data: bytes) -> Any:  # noqa: ANN401
    """What was packed."""
    return marshal.loads(data)  # noqa: S302 -- our own bytes, see above.


NOTHING = pack(())


def pack_defined(defined: Iterable[Defined]) -> bytes:
    """IDs that a file defines."""
    return pack(tuple((d[0], d[1], d[2], *d[3], *d[4], *d[5:]) for d in defined))


@lru_cache(maxsize=_REMEMBERED)
def defined(data: bytes) -> tuple[Defined, ...]:
    """The IDs in some bytes."""
    return tuple(
        Defined(key, text, title, Span(start, end), Span(first, last), *rest)
        for key, text, title, start, end, first, last, *rest in unpack(data)
    )


def pack_uses(uses: Uses) -> bytes:
    """What a file says of others."""
    mentions = tuple((m[0], m[1], *m[2], *m[3:]) for m in uses.mentions)
    possible = tuple((m[0], m[1], *m[2], *m[3:]) for m in uses.possible)
    references = tuple((r[0], r[1], *r[2], *r[3], *r[4:]) for r in uses.references)
    packed = (mentions, possible, references)
    return pack(packed) if any(packed) else NOTHING


@lru_cache(maxsize=_REMEMBERED)
def uses(data: bytes) -> Uses:
    """What the bytes say."""
    if data == NOTHING:
        return Uses()
    mentions, possible, references = unpack(data)
    return Uses(
        tuple(Mention(k, t, Span(start, end), *rest) for k, t, start, end, *rest in mentions),
        tuple(Mention(k, t, Span(start, end), *rest) for k, t, start, end, *rest in possible),
        tuple(
            Reference(path, anchor, Span(start, end), Span(first, last), *rest)
            for path, anchor, start, end, first, last, *rest in references
        ),
    )


@lru_cache(maxsize=_REMEMBERED)
def anchors(data: bytes) -> tuple[str, ...]:
    """The anchors in some bytes; many files are linked to, and asked for nothing else."""
    found: tuple[str, ...] = unpack(data)
    return found


def pack_silences(silences: Iterable[Suppression]) -> bytes:
    """Comments that silence rules."""
    return pack(tuple((s[0], s[1], *s[2], *s[3], *s[4:]) for s in silences))


def silences(data: bytes) -> tuple[Suppression, ...]:
    """The comments in some bytes; nearly all files have none."""
    if data == NOTHING:
        return ()
    return tuple(
        Suppression(path, codes, Span(start, end), Span(first, last), *rest)
        for path, codes, start, end, first, last, *rest in unpack(data)
    )
