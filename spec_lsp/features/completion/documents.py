"""Whole documents from templates, in a file that holds nothing yet."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from spec_lsp.features.completion.typed import Typed, begins_word
from spec_lsp.features.create import values_for
from spec_lsp.features.filling import document_parts
from spec_lsp.features.model import Completion
from spec_lsp.features.place import Place
from spec_lsp.safe_markdown import fenced, harmless
from spec_lsp.template.describe import outline
from spec_lsp.template.model import Template
from spec_lsp.template.parts import strip
from spec_lsp.text import Edit, Span, line_ending

_TITLE = re.compile(r"#(?:[ \t]+(?P<title>.*))?$")
_LONGEST = 120


def document_items(place: Place, typed: Typed) -> Iterator[Completion]:
    """The templates, when there is nothing but the line being typed and perhaps a title above."""
    above = _above(place)
    if above is None or len(typed.text) > _LONGEST:
        return
    title, removed = above
    binding = place.page.binding
    heading = _TITLE.fullmatch(typed.text.strip())
    words = (heading["title"] or "").strip() if heading else typed.text.strip()
    if heading and binding and binding.template.title and binding.template.title.matches(words):
        title = place.entry.title
    for rank, template in enumerate(_in_order(place, words)):
        is_search = not words or _is_meant(template, words)
        if not is_search and not heading:
            continue
        named = title or ("" if is_search else words)
        item = _item(place, typed, template, named, rank)
        name = f"{template.name} {template.kind}"
        shown = name if not heading else typed.text if named and not title else f"# {name}"
        yield replace(item, filter=shown, also=removed)


def _above(place: Place) -> tuple[str, tuple[Edit, ...]] | None:
    """The title above the cursor's line and the edit that takes it away; None for other text."""
    text, line = place.document.text, place.line
    if text[line.end :].strip():
        return None
    matter = place.document.chunks[0].matter
    before = text[matter.end if matter else 0 : line.start].strip().removeprefix("\ufeff")
    if not before:
        return "", ()
    title = place.document.title_section
    if not title or not title.heading or "\n" in before or "\r" in before:
        return None
    return place.entry.title if place.page.binding else title.title, (
        Edit(Span(title.heading.span.start, line.start), ""),
    )


def _is_meant(template: Template, words: str) -> bool:
    """Whether somebody who types these words looks for this kind."""
    return all(begins_word(f"{template.name} {template.kind}", word) for word in words.split())


def _in_order(place: Place, words: str) -> list[Template]:
    """The kind of this file, those searched for, those that live in its folder, all others."""
    page = place.page
    templates = list(page.workspace.settings.templates)
    matter = page.document.chunks[0].matter
    if page.binding and (matter or page.document.title.strip()):
        own = page.binding.template
        return [] if matter and any(slot.place == "matter" for slot in own.fields) else [own]
    if matter:
        return []
    kind = page.binding.template.kind if page.binding else ""
    folder = posixpath.dirname(page.path)
    return sorted(
        templates,
        key=lambda each: (
            each.kind != kind,
            not _is_meant(each, words),
            not folder or each.directory != folder,
        ),
    )


def _item(
    place: Place,
    typed: Typed,
    template: Template,
    title: str,
    rank: int,
) -> Completion:
    values = values_for(place.page, template, title)
    parts = document_parts(template, values, line_ending(place.document.text))
    if place.line.end < len(place.document.text):
        parts = strip(parts)
    return Completion(
        label=template.name,
        kind="template",
        span=typed.span,
        parts=tuple(parts),
        detail=values.id,
        description="whole document",
        rank=rank,
        is_preselected=rank == 0,
        documentation=_documentation(template),
    )


def _documentation(template: Template) -> Callable[[], str]:
    def show() -> str:
        return f"{harmless(template.description)}\n\n{fenced(outline(template), 'text')}".strip()

    return show
