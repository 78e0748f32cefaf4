"""On-type formatting in lists: the next check box, number or requirement, or the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spec_lsp.features.shared.list_items import sibling_items
from spec_lsp.features.shared.place import Place
from spec_lsp.markdown.nodes import Item
from spec_lsp.text import Edit, Span

_NUMBER = re.compile(r"(?P<number>\d+)(?P<sign>[.)])")
_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_BOLD_TAIL = re.compile(r"(?::(?:\*\*|__)|(?:\*\*|__)[ \t]*[:–—-]?|[ \t]*:)?[ \t]*")


def after_enter(place: Place) -> list[Edit]:
    """Continue the list of the item on the line above, or end the list."""
    if place.before.strip() or _MARKER.match(place.after):
        return []
    item = _item_above(place)
    if not item:
        return []
    text = place.document.text
    above = place.document.line_at(item.span.start)
    indent = text[above.start : item.span.start]
    if indent.strip():
        return []
    head = _Head.of(place, item)
    if not head:
        return []
    if head.is_empty and not place.after.strip():
        return [Edit(Span(above.start, place.line.start), "")]
    here = Span(place.line.start, place.offset)
    return [Edit(here, f"{indent}{head.next}"), *_renumbered(place, item)]


@dataclass(frozen=True)
class _Head:
    """The start of the next item, and whether the current one is empty."""

    next: str
    is_empty: bool

    @classmethod
    def of(cls, place: Place, item: Item) -> _Head | None:
        marker = _next_marker(place, item)
        box = "[ ] " if item.checked is not None else ""
        id_head = _next_id(place, item)
        if id_head:
            written, rest = id_head
            return cls(f"{marker} {box}{written}", not rest.strip())
        if box or item.marker[0].isdigit():
            return cls(f"{marker} {box}", not item.text.strip())
        return None


def _item_above(place: Place) -> Item | None:
    """Return the item that starts on the line above."""
    document = place.document
    line = document.position(place.offset).line
    if line < 1:
        return None
    above = document.line_span(line - 1)
    section = document.section_at(above.start)
    return next((item for item in section.items if above.covers(item.marker_span)), None)


def _next_marker(place: Place, item: Item) -> str:
    match = _NUMBER.fullmatch(item.marker)
    if not match:
        return item.marker
    step = 0 if _repeats_number(place, item) else 1
    return f"{int(match['number']) + step}{match['sign']}"


def _repeats_number(place: Place, item: Item) -> bool:
    """Whether all items of a list have the same number, such as `1.`."""
    found = sibling_items(place.document.section_at(item.span.start), item)
    return len(found) > 1 and all(each.marker == item.marker for each in found)


def _next_id(place: Place, item: Item) -> tuple[str, str] | None:
    """Return the start of the next requirement, and the punctuation after the ID."""
    defined = next(
        (
            each
            for each in place.entry.defined
            if not each.is_own
            and each.form in ("list", "checkbox")
            and item.text_span.covers(each.span)
        ),
        None,
    )
    if not defined:
        return None
    digits = re.search(r"(?<!\d)\d+$", defined.text)
    if not digits:
        return None
    prefix = defined.text[: digits.start()]
    number = 1 + max(_numbers(place, prefix), default=0)
    text = place.document.text
    lead = text[item.text_span.start : defined.span.start]
    tail = _BOLD_TAIL.match(text, defined.span.end, item.text_span.end)
    end = tail.end() if tail else defined.span.end
    written = f"{lead}{prefix}{number:0{len(digits[0])}d}{text[defined.span.end : end].rstrip()} "
    return written, text[end : item.text_span.end]


def _numbers(place: Place, prefix: str) -> Iterator[int]:
    for each in place.entry.defined:
        number = each.text.removeprefix(prefix)
        if each.text.startswith(prefix) and number.isdigit():
            yield int(number)


def _renumbered(place: Place, item: Item) -> Iterator[Edit]:
    """Increment the following items, if they are numbered without a gap."""
    match = _NUMBER.fullmatch(item.marker)
    found = sibling_items(place.document.section_at(item.span.start), item)
    if not match or _repeats_number(place, item) or item not in found:
        return
    for number, each in enumerate(found[found.index(item) + 1 :], int(match["number"]) + 1):
        if each.marker != f"{number}{match['sign']}":
            return
        yield Edit(each.marker_span, f"{number + 1}{match['sign']}")
