"""The places of a new document that are still to be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.markdown.document import Document
    from spec_lsp.rules.engine.model import Diagnostic

_CODES = frozenset({
    "empty-field", "empty-section", "leftover-guidance", "leftover-placeholder", "unchosen-value",
    "unfilled-section",
})  # fmt: skip


class OpenPlace(NamedTuple):
    """A field or a section with something to fill in, and the line of the first such place."""

    name: str
    line: int


def open_places(document: Document, found: Iterable[Diagnostic]) -> tuple[OpenPlace, ...]:
    """The fields and sections whose diagnostics say that something is to be filled in."""
    lines: dict[str, int] = {}
    starts = sorted(each.span.start for each in found if each.code in _CODES)
    for start in starts:
        lines.setdefault(_name_at(document, start), document.position(start).line + 1)
    return tuple(OpenPlace(name, line) for name, line in lines.items())


def _name_at(document: Document, offset: int) -> str:
    fields = (*document.header_fields, *document.footer_fields)
    field = next((each for each in fields if each.span.holds(offset)), None)
    return field.name if field else document.section_at(offset).title or "header"
