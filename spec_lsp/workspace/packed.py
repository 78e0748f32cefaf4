"""The facts of an entry as bytes, for memory and for the cache.

`marshal` packs them as plain tuples, in a version of its format that writes equal facts as equal
bytes. `marshal` is the fastest reader, but trusts its input: unpack only what this program has
packed, and has signed if it was stored on disk.
"""

from __future__ import annotations

import marshal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from spec_lsp.text import Span
from spec_lsp.workspace.facts import Defined, Mention, Reference, Suppression, Uses

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

# The last version without references, which depend on what else refers to the same string.
_FORMAT = 2
_REMEMBERED = 512  # entries per cache; the bytes alone determine them, so nothing invalidates them


def pack(value: Any) -> bytes:  # noqa: ANN401 -- any plain values.
    """Plain values as bytes: texts, numbers, None, and tuples and dictionaries of them."""
    return marshal.dumps(value, _FORMAT)


def unpack(data: bytes) -> Any:  # noqa: ANN401
    """Unpack the bytes of `pack`."""
    return marshal.loads(data)  # noqa: S302 -- our own bytes, see above.


NOTHING = pack(())


def pack_defined(defined: Iterable[Defined]) -> bytes:
    """Pack the IDs that a file defines."""
    return pack(tuple((d[0], d[1], d[2], *d[3], *d[4], *d[5:]) for d in defined))


@lru_cache(maxsize=_REMEMBERED)
def defined(data: bytes) -> tuple[Defined, ...]:
    """Unpack the IDs that a file defines."""
    return tuple(
        Defined(key, text, title, Span(start, end), Span(first, last), *rest)
        for key, text, title, start, end, first, last, *rest in unpack(data)
    )


def pack_uses(uses: Uses) -> bytes:
    """Pack the mentions and links of a file."""
    mentions = tuple((m[0], m[1], *m[2], *m[3:]) for m in uses.mentions)
    possible = tuple((m[0], m[1], *m[2], *m[3:]) for m in uses.possible)
    references = tuple((r[0], r[1], *r[2], *r[3], *r[4:]) for r in uses.references)
    packed = (mentions, possible, references)
    return pack(packed) if any(packed) else NOTHING


@lru_cache(maxsize=_REMEMBERED)
def uses(data: bytes) -> Uses:
    """Unpack the mentions and links of a file."""
    if data == NOTHING:
        return Uses()
    mentions, possible, references = unpack(data)
    return Uses(
        tuple(map(_mention, mentions)),
        tuple(map(_mention, possible)),
        tuple(map(_reference, references)),
    )


def mentions_of(data: bytes, keys: Container[str]) -> list[Mention]:
    """Unpack the mentions of some IDs: in thousands of files, the others would take most time."""
    if data == NOTHING:
        return []
    mentions, possible, _ = unpack(data)
    return [_mention(each) for found in (mentions, possible) for each in found if each[0] in keys]


def links_to(data: bytes, path: str) -> list[Reference]:
    """Unpack the links to one file."""
    if data == NOTHING:
        return []
    return [_reference(each) for each in unpack(data)[2] if each[0] == path]


@lru_cache(maxsize=_REMEMBERED)
def anchors(data: bytes) -> tuple[str, ...]:
    """Unpack anchors; cached, because many link targets need nothing else."""
    found: tuple[str, ...] = unpack(data)
    return found


def pack_silences(silences: Iterable[Suppression]) -> bytes:
    """Pack suppression comments."""
    return pack(tuple((s[0], s[1], *s[2], *s[3], *s[4:]) for s in silences))


def silences(data: bytes) -> tuple[Suppression, ...]:
    """Unpack suppression comments; nearly all files have none."""
    if data == NOTHING:
        return ()
    return tuple(
        Suppression(path, codes, Span(start, end), Span(first, last), *rest)
        for path, codes, start, end, first, last, *rest in unpack(data)
    )


def _mention(found: Any) -> Mention:  # noqa: ANN401
    key, text, start, end, *rest = found
    return Mention(key, text, Span(start, end), *rest)


def _reference(found: Any) -> Reference:  # noqa: ANN401
    path, anchor, start, end, first, last, *rest = found
    return Reference(path, anchor, Span(start, end), Span(first, last), *rest)
