"""Completion: everything that fits the place, from whole documents to single values.

Only our own tokens are completed, nothing in prose, code or comments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from spec_lsp.features.completion.documents import document_items
from spec_lsp.features.completion.fields import missing_items, value_items
from spec_lsp.features.completion.front_matter import is_in_matter, matter_items
from spec_lsp.features.completion.ids import mention_items
from spec_lsp.features.completion.items import checklist_items, next_item
from spec_lsp.features.completion.links import link_items
from spec_lsp.features.completion.sections import section_items
from spec_lsp.features.completion.tables import cell_items, row_items
from spec_lsp.features.completion.typed import Typed, is_in_code_span, is_silent, typed_line
from spec_lsp.features.shared.place import Place
from spec_lsp.features.shared.results import Completion, Completions
from spec_lsp.features.shared.template_file import complete_template, template_of
from spec_lsp.template.write.snippet import plain

_Source = Callable[[Place, Typed], Iterable[Completion]]
_AT_LINE_START: tuple[_Source, ...] = (
    row_items,
    next_item,
    checklist_items,
    missing_items,
    section_items,
)
_RANKS = 1000


def complete(place: Place, *, snippets: bool) -> Completions:
    """Return the completions at a place, best first.

    Without snippet support, every item is one line of plain text.
    """
    found = _found(place)
    if snippets:
        return found
    return Completions(tuple(one_line(item) for item in found.items), found.is_incomplete)


def one_line(item: Completion) -> Completion:
    """Reduce an item to its first line with text, without tab stops."""
    text = plain(item.parts)
    if item.parts == (text,) and "\n" not in text and "\r" not in text:
        return item
    lines = [line for line in text.splitlines() if line.strip()]
    return replace(item, parts=(lines[0] if "\n" in text or "\r" in text else text,))


def _found(place: Place) -> Completions:
    template = template_of(place.page)
    if template:
        return complete_template(place, template)
    if is_silent(place):
        return Completions()
    link = link_items(place)
    if link is not None:
        return link
    part = place.spot.part if place.spot else "body"
    if part == "value":
        found = value_items(place)
        if found.items:
            return found
    if part == "cell":
        found = cell_items(place)
        if found.items:
            return found
    if is_in_matter(place) and part != "value":
        return Completions(tuple(matter_items(place)))
    if is_in_code_span(place):
        return Completions()
    mentions = mention_items(place) or Completions()
    lines = tuple(_line_items(place)) if part != "value" else ()
    # In an empty file the typed text may be a kind or a title, so the server has to filter.
    is_incomplete = mentions.is_incomplete or any(item.kind == "template" for item in lines)
    shifted = _shifted(mentions.items, _RANKS if lines else 0)
    return Completions((*shifted, *lines), is_incomplete)


def _line_items(place: Place) -> Iterator[Completion]:
    """Collect the items that may start on the cursor's line, by subject."""
    typed = typed_line(place)
    if not typed:
        return
    whole = list(document_items(place, typed))
    if whole:
        yield from whole
        return
    for order, source in enumerate(_AT_LINE_START):
        yield from _shifted(source(place, typed), order * _RANKS)


def _shifted(items: Iterable[Completion], by: int) -> Iterator[Completion]:
    return (replace(item, rank=item.rank + by) for item in items) if by else iter(items)
