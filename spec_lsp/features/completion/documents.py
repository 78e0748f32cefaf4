"""Whole documents from templates, in a file that holds nothing yet."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from spec_lsp.features.completion.typed import Typed, begins_word
from spec_lsp.features.create import values_for
from spec_lsp.features.gaps import with_line_ends
from spec_lsp.features.model import Completion
from spec_lsp.features.place import Place
from spec_lsp.template.describe import outline
from spec_lsp.template.fill import new_document
from spec_lsp.template.model import Template
from spec_lsp.text import Edit, Span, line_ending

_TITLE = re.compile(r"#(?:[ \t]+(?P<title>.*))?$")
_LONGEST_PREFIX = 60


def document_items(place: Place, typed: Typed) -> Iterator[Completion]:
    """The templates, when there is nothing but the line being typed and perhaps a title above."""
    above = _above(place)
    if above is None or len(typed.text) > _LONGEST_PREFIX + 60:
        return
    title, removed = above
    binding = place.page.binding
    heading = _TITLE.fullmatch(typed.text.strip())
    words = (heading["title"] or "").strip() if heading else typed.text.strip()
    if heading and binding and binding.template.title and binding.template.title.matches(words):
        title = place.entry.title
    for rank, template in enumerate(_in_order(place)):
        haystack = f"{template.name} {template.kind}"
        is_search = not words or all(begins_word(haystack, word) for word in words.split())
        if not is_search and not heading:
            continue
        own_title = title or ("" if is_search else words)
        text = ("# " if heading else "") + haystack
        yield _item(place, typed, template, own_title, removed, rank, typed.text if own_title and not title else text)


def _above(place: Place) -> tuple[str, tuple[Edit, ...]] | None:
    """The title above the cursor's line and the edit that takes it away; None for other text."""
    text, line = place.document.text, place.line
    if text[line.end :].strip():
        return None
    before = text[: line.start].strip().removeprefix("\ufeff")
    if not before:
        return "", ()
    title = place.document.title_section
    if not title or not title.heading or "\n" in before or "\r" in before:
        return None
    return place.entry.title if place.page.binding else title.title, (
        Edit(Span(title.heading.span.start, line.start), ""),
    )


def _in_order(place: Place) -> list[Template]:
    """The kind of this very file alone or first, then those that live in its folder."""
    page = place.page
    templates = list(page.workspace.settings.templates)
    if page.binding and page.document.title.strip():
        return [page.binding.template]
    kind = page.binding.template.kind if page.binding else ""
    folder = posixpath.dirname(page.path)
    return sorted(
        templates, key=lambda each: (each.kind != kind, not folder or each.directory != folder)
    )


def _item(
    place: Place,
    typed: Typed,
    template: Template,
    title: str,
    removed: tuple[Edit, ...],
    rank: int,
    filter_text: str,
) -> Completion:
    values = values_for(place.page, template, title)
    parts = with_line_ends(new_document(template, values), line_ending(place.document.text))
    return Completion(
        label=template.name,
        kind="template",
        span=typed.span,
        parts=tuple(parts),
        detail=values.id,
        description="whole document",
        filter=filter_text,
        rank=rank,
        is_preselected=rank == 0,
        documentation=_documentation(template),
        also=removed,
    )


def _documentation(template: Template) -> Callable[[], str]:
    return lambda: f"{template.description}\n\n```text\n{outline(template)}\n```".strip()
