"""The IDs that a document defines: its own ID, and the inner IDs of its sections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from spec_lsp.compare import normalise_name, same_text
from spec_lsp.identifiers import key_of, leading_identifier, prefix_of
from spec_lsp.markdown.nodes import Definition
from spec_lsp.text import Span
from spec_lsp.workspace.facts import Defined
from spec_lsp.workspace.known_ids import any_file_id, file_id, id_in, own_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.nodes import Field, Heading
    from spec_lsp.template.match.binding import Binding
    from spec_lsp.template.notation.id_patterns import IdPattern
    from spec_lsp.template.schema import Template
    from spec_lsp.workspace.known_ids import KnownIds

_NAMED = re.compile(r"[*_`\]]*[ \t]*(?:[:.–—(]|-\s|\n|$)")
# A line with an ID in front, which may be a plain item.
_LINE = re.compile(r"^ {0,3}(?:[-*+] )?[*_]{0,2}(?P<text>[A-Z][^\n]*)", re.MULTILINE)
_COLON = re.compile(r"[*_]{0,2}:[*_]{0,2}(?=\s)")
_LONGEST_ID = 60
_COUNT = re.compile(r"\d{1,6}(?:\.\d{1,6})*(?!\w)")
_DIGIT = re.compile(r"\d")
_SEPARATED = re.compile(r"[ \t]*[-–—:：](?!\d)")  # `2026-03-14` is a date
_NO_IDS = ("", "-", "–", "—", "?", "n/a", "na", "none", "null", "tbd", "todo", "unknown")


def is_named(text: str, end: int) -> bool:
    """Whether an ID that ends there is all of a title, or a mark divides it from the rest."""
    return bool(_NAMED.match(text, end))


def own_definition(document: Document, binding: Binding | None, known: KnownIds) -> Defined | None:
    """The document's own ID: from its field, its front matter, its title or its file name."""
    return (
        _from_field(document, binding, known)
        or _from_title(document, binding, known)
        or _from_file(document, binding, known)
    )


def inner_definitions(
    chunk: Chunk, template: Template | None, known: KnownIds
) -> tuple[tuple[Defined, int], ...]:
    """The IDs that a chunk defines, each with the start of its table; -1 outside of tables.

    In a document with a template, the template's ID patterns decide. In plain Markdown, a heading
    that begins with a document's ID defines that ID: a log of decisions in one file.
    """
    if template is None:
        return tuple(
            (_defined(each, is_own=True), -1)
            for each in chunk.heading_definitions
            if each.identifier.prefix in known.own
        )
    counted = _counted(chunk, template) if chunk.heading else ()
    defining = (p for p in template.ids if p.scope != "workspace" and p.defines and not p.heading)
    patterns = [pattern for pattern in defining if not is_used_in(chunk, pattern)]
    lines = _lines(chunk) if any("line" in pattern.forms for pattern in patterns) else ()
    if not (chunk.definitions or lines):
        return counted
    every = (*chunk.definitions, *lines)
    found = ((each, _pattern_of(each, patterns)) for each in every if patterns)
    return (
        *counted,
        *((_defined(each, pattern), _table_of(chunk, each)) for each, pattern in found if pattern),
    )


def is_used_in(chunk: Chunk, pattern: IdPattern) -> bool:
    """Whether IDs of a pattern are only used in a chunk, by the words in its heading."""
    title = chunk.title.casefold() if pattern.used_below else ""
    return any(words in title for words in pattern.used_below)


def _lines(chunk: Chunk) -> tuple[Definition, ...]:
    """The lines and plain items that begin with an ID and a colon: `FR1: Readers borrow`."""
    text, found = chunk.plain, []
    for line in _LINE.finditer(text):
        if each := leading_identifier(line["text"][:_LONGEST_ID]):
            colon = _COLON.match(text, line.start("text") + each.span.end)
            if colon:
                title = text[colon.end() : line.end()].strip(" *_")
                span = Span(*line.span("text"))
                found.append(Definition(each.shift(span.start), "line", title, span))
    return tuple(found)


def _pattern_of(each: Definition, patterns: Iterable[IdPattern]) -> IdPattern | None:
    """The pattern of a definition: one for its place, with its prefix or the like."""
    prefix = each.identifier.prefix
    for pattern in patterns:
        is_alike = prefix.rstrip("-_") == pattern.prefix.rstrip("-_") or pattern.suits(prefix)
        if is_alike and (not pattern.forms or each.form in pattern.forms):
            return pattern
    return None


def _counted(chunk: Chunk, template: Template) -> tuple[tuple[Defined, int], ...]:
    """The ID that the number in a heading defines: `User Story 1 - …` is US1."""
    heading = chunk.heading
    found: list[tuple[Defined, int]] = []
    for pattern in template.ids if heading else ():
        number = _number(heading, pattern) if heading and pattern.heading else None
        if heading and number:
            text = f"{pattern.prefix}{number[0]}"
            span = Span(0, number.end()).shift(heading.text_span.start)
            title = heading.text[number.end() :].strip(" :.–—-")
            scope = _scope(pattern)
            defined = Defined(
                key_of(text), text, title, span, heading.text_span, "heading", scope=scope
            )
            found.append((defined, -1))
    return tuple(found)


def _from_field(document: Document, binding: Binding | None, known: KnownIds) -> Defined | None:
    pattern = binding.template.id if binding else None
    for field in _id_fields(document, binding):
        if _is_unfilled(field, binding):
            continue
        # A free name is an ID only if the template asks for one; text in the shape of an ID always.
        found = (id_in(field.value, pattern) if pattern else None) or id_in(field.value, None)
        if found and not known.is_external(prefix_of(found[0])):
            text, span = found
            return _own(document, binding, text, span.shift(field.value_span.start), "field")
    return None


def _is_unfilled(field: Field, binding: Binding | None) -> bool:
    slot = binding.template.field(normalise_name(field.name)) if binding else None
    is_left = slot is not None and same_text(field.value) == same_text(slot.placeholder)
    return is_left or field.value.strip("`*_ ").casefold() in _NO_IDS


def _from_title(document: Document, binding: Binding | None, known: KnownIds) -> Defined | None:
    pattern = binding.template.id if binding else None
    heading = document.title_section.heading if document.title_section else None
    if not heading or (pattern and not pattern.prefix):
        return None
    found = id_in(heading.text, pattern)
    if not found or prefix_of(found[0]) not in known.own:
        return None
    text, span = found
    if not binding and not is_named(heading.text, span.end):
        return None
    return _own(document, binding, text, span.shift(heading.text_span.start), "title")


def _from_file(document: Document, binding: Binding | None, known: KnownIds) -> Defined | None:
    """The ID in the file name: one in the template's format, or any if the template has none."""
    pattern = binding.template.id if binding else None
    text = file_id(document.path, pattern)
    if binding and not pattern and not binding.template.family:
        text = any_file_id(document.path)
        text = "" if known.is_foreign(prefix_of(text)) else text
    start = _name_span(document).start
    return _own(document, binding, text, Span(start, start), "file") if text else None


def _own(document: Document, binding: Binding | None, text: str, span: Span, form: str) -> Defined:
    return Defined(
        key=own_key(text, document.path),
        text=text,
        title="",
        span=span,
        name_span=_name_span(document),
        form=form,  # type: ignore[arg-type]
        is_own=True,
        is_definite=bool(binding) or form == "field",
    )


def _name_span(document: Document) -> Span:
    heading = document.title_section.heading if document.title_section else None
    return heading.text_span if heading else document.line_span(0)


def _id_fields(document: Document, binding: Binding | None) -> Iterator[Field]:
    """The field that the template names, else front matter and header fields called `id`."""
    if binding and binding.template.id_field:
        field = binding.field(normalise_name(binding.template.id_field))
        if field:
            yield field
    for field in document.header_fields:
        if normalise_name(field.name) == "id":
            yield field


def _table_of(chunk: Chunk, definition: Definition) -> int:
    if definition.form != "cell":
        return -1
    span = definition.identifier.span
    return next((t.span.start for t in chunk.tables if t.span.covers(span)), -1)


def _number(heading: Heading, pattern: IdPattern) -> re.Match[str] | None:
    """The number in a heading that defines an ID."""
    before, _, after = pattern.heading.partition("{n}")
    if not before:
        number = _COUNT.match(heading.text) if heading.level == pattern.level else None
        return number if number and heading.text.startswith(after, number.end()) else None
    if heading.text.casefold().startswith(before.casefold()):
        return _COUNT.match(heading.text, len(before))
    first = _DIGIT.search(heading.text) if heading.level == pattern.level else None
    number = _COUNT.match(heading.text, first.start()) if first and first.start() else None
    return number if number and _SEPARATED.match(heading.text, number.end()) else None


def _scope(pattern: IdPattern | None) -> Literal["", "unit", "base"]:
    return pattern.scope if pattern and pattern.scope in ("unit", "base") else ""


def _defined(
    each: Definition, pattern: IdPattern | None = None, *, is_own: bool = False
) -> Defined:
    return Defined(
        key=key_of(each.identifier.text),
        text=each.identifier.text,
        title=each.title,
        span=each.identifier.span,
        name_span=each.span,
        form=each.form,
        is_own=is_own,
        is_definite=not is_own,
        scope=_scope(pattern),
    )
