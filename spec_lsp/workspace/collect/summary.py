"""Summarise a parsed document as its entry in the index."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise_name, same_text
from spec_lsp.template.read.states import STATUS_KEYS
from spec_lsp.workspace.collect.definitions import own_definition
from spec_lsp.workspace.collect.links import anchors
from spec_lsp.workspace.collect.number_ids import number_of_file
from spec_lsp.workspace.collect.parts import parts_of
from spec_lsp.workspace.collect.progress import (
    count_leftovers,
    filled_sections,
    has_moved,
    is_withdrawn,
    stage_of,
)
from spec_lsp.workspace.collect.suppressions import suppressions
from spec_lsp.workspace.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.nodes import Field
    from spec_lsp.template.match.binding import Binding
    from spec_lsp.template.notation.status_words import StatusWords
    from spec_lsp.template.schema import Template
    from spec_lsp.workspace.facts import Defined
    from spec_lsp.workspace.known_ids import KnownIds

_REVIEW_KEYS = ("next review", "next review date", "next review on", "review by", "review due")
_SENTENCE = re.compile(r".*?[.!?](?=\s|$)", re.DOTALL)
_STRIP_ID = re.compile(r"^[\s:.–—-]+")
_WORD = re.compile(r"\w")
_ID_END = re.compile(r"\b[`*_]*")
_NUMBER_FIRST = re.compile(r"^[\W\d]+")
_LONGEST_SUMMARY = 200
# A single object, because `each_part` compares its arguments by identity.
NO_TEXTS: frozenset[str] = frozenset()


def summarise(
    document: Document,
    binding: Binding | None,
    known: KnownIds,
    words: StatusWords,
    template_texts: frozenset[str] = NO_TEXTS,
) -> Entry:
    """The entry of a document; `binding` is None for plain Markdown.

    `template_texts` are the links and IDs of its template.
    """
    own = own_definition(document, binding, known)
    template = binding.template if binding else None
    parts, starts = parts_of(document, template, known, template_texts, own)
    outer = {
        normalise_name(field.name): field
        for field in (*document.footer_fields, *document.header_fields)
    }
    field = _status_field(binding, outer)
    section = binding.status_section if binding else None
    status_span = field.value_span if field else section
    status = field.value if field else status_span.of(document.text) if status_span else ""
    review = next((outer[key] for key in _REVIEW_KEYS if key in outer), None)
    heading = document.title_section.heading if document.title_section else None
    summary = first_sentence(document)
    is_gone = has_moved(document, summary)
    is_gone = is_gone or (not status and is_withdrawn(document, words))
    return Entry(
        path=document.path,
        kind=template.kind if template else "",
        title=display_title(document, binding, own),
        id=own.text if own else "",
        status=status,
        stage="dropped" if is_gone else stage_of(status, binding, words),
        summary=summary,
        fields={name: field.value for name, field in outer.items()},
        sections=filled_sections(binding) if binding else (0, 0),
        tasks=(sum(document.checks), len(document.checks)),
        placeholders=count_leftovers(binding) if binding else 0,
        title_span=heading.text_span if heading else None,
        status_span=status_span,
        review=review.value if review else "",
        demands=demands_of(template) if template else "",
        review_span=review.value_span if review else None,
        names=(*((own,) if own else ()), *number_of_file(document, template)),
        parts=parts,
        starts=starts,
        named=anchors(document, summary),
        silences=tuple(suppressions(document)),
    )


def demands_of(template: Template) -> str:
    """What the kind of a document demands; `path` if only its path tells the kind."""
    return "path" if template.is_foreign else template.demands


def _status_field(binding: Binding | None, outer: Mapping[str, Field]) -> Field | None:
    """The field that the template's life cycle names, else the first whose name says so."""
    if binding and binding.template.lifecycle:
        return binding.status_field
    field = next((outer[key] for key in STATUS_KEYS if key in outer), None)
    if field and binding and same_text(field.value) in binding.template.placeholders:
        return None  # The status is still a placeholder.
    return field


def display_title(document: Document, binding: Binding | None, own: Defined | None) -> str:
    """The title without the words that all documents of the kind share, and without the ID."""
    fields = {f.name.casefold(): f.value for f in document.header_fields if f.style == "yaml"}
    title = document.title
    pattern = binding.template.title if binding else None
    is_section = bool(binding and _is_section(document, binding))
    if binding and (pattern is None or is_section) and fields.get("title"):
        return fields["title"]
    if is_section:
        return _words_of_name(document.path) or title
    if pattern and pattern.head and ":" in title:
        head, _, tail = title.partition(":")
        if (
            head.strip().casefold().endswith(pattern.head.split(":")[0].strip().casefold())
            and tail.strip()
        ):
            title = tail.strip()
    if own and own.form in ("title", "field", "file"):
        title = _behind_id(title, own.text) or title
    return (
        title
        or fields.get("title", "")
        or (posixpath.basename(document.path) if not binding else "")
    )


def _is_section(document: Document, binding: Binding) -> bool:
    """Whether the first heading is one of the template's sections: there is no title then."""
    section = document.title_section
    return bool(section and binding.slot_of(section))


def _words_of_name(path: str) -> str:
    """The words of a file name after its number, or those of its folder for a README."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    if stem.casefold() in ("readme", "index"):
        stem = posixpath.basename(posixpath.dirname(path))
    words = " ".join(re.findall(r"\w+", _NUMBER_FIRST.sub("", stem.replace("_", "-"))))
    return words[:1].upper() + words[1:]


def _behind_id(title: str, own: str) -> str:
    """The text after the ID that a title begins with; empty for other titles."""
    before, found, behind = title.partition(own)
    end = _ID_END.match(title, len(title) - len(behind)) if found else None
    is_first = end is not None and not _WORD.search(before)
    return _STRIP_ID.sub("", title[end.end() :]) if is_first and end else ""


def first_sentence(document: Document) -> str:
    """The first sentence of prose below the title, for hovers and lists."""
    for chunk in document.chunks:
        listed = {block.line for block in chunk.of_kind("item")}
        skipped = [*(field.span for field in chunk.fields), *(each.span for each in chunk.comments)]
        for block in chunk.of_kind("paragraph"):
            if block.line in listed:
                continue
            span = chunk.span_of(block)
            if any(other.overlaps(span) for other in skipped):
                continue
            text = " ".join(span.of(chunk.text).split())
            if not text or text.startswith(("[", "{", "<", ">")):
                continue
            sentence = _SENTENCE.match(text)
            return (sentence[0] if sentence else text)[:_LONGEST_SUMMARY]
    return ""
