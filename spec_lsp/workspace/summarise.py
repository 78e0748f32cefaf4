"""From a parsed document to what the workspace keeps of it."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from spec_lsp.template.field_slots import normalise_name
from spec_lsp.template.lifecycle import STATUS_KEYS
from spec_lsp.template.placeholders import same_text
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Defined, Entry, Mention, Reference
from spec_lsp.workspace.identity import file_id, id_in, key_of
from spec_lsp.workspace.progress import filled_sections, leftovers, stage_of
from spec_lsp.workspace.suppress import suppressions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown import Document, Field, Identifier, Link, Section
    from spec_lsp.template.bind import Binding
    from spec_lsp.workspace.identity import KnownIds
    from spec_lsp.workspace.lifewords import LifeWords

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_SENTENCE = re.compile(r".*?[.!?](?=\s|$)", re.DOTALL)
_STRIP_ID = re.compile(r"^[\s:.–—-]+")
_LONGEST_SUMMARY = 200


def summarise(
    document: Document, binding: Binding | None, known: KnownIds, words: LifeWords
) -> Entry:
    """The entry of a document; `binding` is None for plain Markdown."""
    own = own_definition(document, binding, known)
    fields = {
        normalise_name(field.name): field.value
        for field in (*document.footer_fields, *document.header_fields)
    }
    status = (
        binding.status if binding else next((fields[k] for k in STATUS_KEYS if k in fields), "")
    )
    items = [item for section in document.sections for item in section.chunk.items]
    heading = document.title_section.heading if document.title_section else None
    return Entry(
        path=document.path,
        kind=binding.template.kind if binding else "",
        title=display_title(document, binding, own),
        id=own.text if own else "",
        status=status,
        stage=stage_of(status, binding, words),
        summary=first_sentence(document),
        fields=fields,
        sections=filled_sections(binding) if binding else (0, 0),
        tasks=(
            sum(item.checked is True for item in items),
            sum(item.checked is not None for item in items),
        ),
        placeholders=sum(1 for _ in leftovers(binding)) if binding else 0,
        defined=(*([own] if own else ()), *_inner_definitions(document, binding, known)),
        mentions=tuple(_mentions(document, known, own)),
        references=tuple(_references(document, binding)),
        anchors=tuple(document.anchors),
        suppressions=tuple(suppressions(document)),
        title_span=heading.text_span if heading else None,
    )


def own_definition(document: Document, binding: Binding | None, known: KnownIds) -> Defined | None:
    """The document's own ID: from its field, its front matter, its title or its file name."""
    pattern = binding.template.id if binding else None
    name_span = _name_span(document)
    for field in _id_fields(document, binding):
        found = id_in(field.value, pattern)
        if found and (pattern or _prefix(found[0]) in known.own):
            text, span = found
            return _own(text, span.shift(field.value_span.start), name_span, "field")
    heading = document.title_section.heading if document.title_section else None
    if heading and (not pattern or pattern.prefix):
        found = id_in(heading.text, pattern)
        if found and _prefix(found[0]) in known.own:
            text, span = found
            return _own(text, span.shift(heading.text_span.start), name_span, "title")
    from_file = file_id(document.path, pattern)
    if from_file:
        return _own(from_file, Span(name_span.start, name_span.start), name_span, "file")
    return None


def display_title(document: Document, binding: Binding | None, own: Defined | None) -> str:
    """The title without the words that all documents of the kind share, and without the ID."""
    fields = {f.name.casefold(): f.value for f in document.header_fields if f.style == "yaml"}
    title = document.title
    pattern = binding.template.title if binding else None
    if pattern is None and binding and fields.get("title"):
        return fields["title"]
    if pattern and pattern.head and ":" in title:
        head, _, tail = title.partition(":")
        if (
            head.strip().casefold().endswith(pattern.head.split(":")[0].strip().casefold())
            and tail.strip()
        ):
            title = tail.strip()
    if own and own.form in ("title", "field", "file"):
        text = re.sub(rf"^\W*{re.escape(own.text)}\b[`*_]*", "", title)
        title = _STRIP_ID.sub("", text) if text != title and _STRIP_ID.sub("", text) else title
    return (
        title
        or fields.get("title", "")
        or (posixpath.basename(document.path) if not binding else "")
    )


def first_sentence(document: Document) -> str:
    """The first sentence of prose below the title, for cards and lists."""
    for section in document.sections:
        chunk = section.chunk
        skipped = [field.span for field in chunk.fields]
        skipped += (item.span for item in chunk.items)
        skipped += (comment.span for comment in chunk.comments)
        for span in chunk.paragraphs:
            if any(other.overlaps(span) for other in skipped):
                continue
            text = " ".join(span.of(chunk.text).split())
            if not text or text.startswith(("[", "{", "<", ">")):
                continue
            sentence = _SENTENCE.match(text)
            return (sentence[0] if sentence else text)[:_LONGEST_SUMMARY]
    return ""


def resolve_target(path: str, target: str) -> tuple[str, str] | None:
    """Where a link leads: a path in the workspace and an anchor; None for places outside."""
    if not target or _SCHEME.match(target) or target.startswith(("//", "mailto:")):
        return None
    plain, _, anchor = target.partition("#")
    plain = unquote(plain.partition("?")[0])
    if not plain:
        return path, unquote(anchor)
    if plain.startswith("/"):
        return posixpath.normpath(plain.lstrip("/")), unquote(anchor)
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), plain)), unquote(anchor)


def _own(text: str, span: Span, name_span: Span, form: str) -> Defined:
    return Defined(key_of(text), text, "", span, name_span, form, is_own=True)  # type: ignore[arg-type]


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


def _prefix(text: str) -> str:
    return text.rstrip("0123456789.")


def _inner_definitions(
    document: Document, binding: Binding | None, known: KnownIds
) -> Iterator[Defined]:
    """The IDs that sections define.

    A document of a kind defines what its template says. Elsewhere a heading that begins with a
    document's ID defines it: a log of decisions in one file.
    """
    inner = {p.prefix for p in binding.template.ids if p.scope == "document"} if binding else set()
    title = document.title_section
    for section in document.sections:
        for found in section.definitions:
            prefix = found.identifier.prefix
            if prefix in inner:
                yield _defined(found.identifier, found.title, found.span, found.form, is_own=False)
            elif (
                not binding
                and found.form == "heading"
                and section is not title
                and prefix in known.own
            ):
                yield _defined(found.identifier, found.title, found.span, found.form, is_own=True)


def _defined(identifier: Identifier, title: str, span: Span, form: str, *, is_own: bool) -> Defined:
    text = identifier.text
    return Defined(key_of(text), text, title, identifier.span, span, form, is_own=is_own)  # type: ignore[arg-type]


def _mentions(document: Document, known: KnownIds, own: Defined | None) -> Iterator[Mention]:
    for section in document.sections:
        if not section.chunk.identifiers:
            continue
        defining = {d.identifier.span for d in section.definitions}
        for each in section.identifiers:
            if not known.knows(each) or each.span in defining:
                continue
            if own and each.span == own.span:
                continue
            name = _field_name(section, each.span.start)
            yield Mention(
                key_of(each.text),
                each.text,
                each.span,
                key_of(each.owner) if each.owner else "",
                name,
                each.implied,
            )


def _field_name(section: Section, offset: int) -> str:
    for field in section.fields:
        if field.value_span.start <= offset < field.value_span.end:
            return normalise_name(field.name)
    return ""


def _references(document: Document, binding: Binding | None) -> Iterator[Reference]:
    labels = {
        " ".join(link.span.of(document.text)[1:].partition("]:")[0].split()).casefold(): link
        for section in document.sections
        for link in section.links
        if link.kind == "definition"
    }
    own = _template_links(binding) if binding else frozenset()
    for section in document.sections:
        for link in section.links:
            found = _resolved(document.path, link, labels)
            if found:
                path, anchor, span = found
                is_same = same_text(link.span.of(document.text)) in own
                name = _field_name(section, link.span.start)
                yield Reference(path, anchor, span, link.text_span, name, is_same)


def _resolved(path: str, link: Link, labels: dict[str, Link]) -> tuple[str, str, Span] | None:
    if link.kind in ("autolink", "definition"):
        return None
    target, span = link.target, link.target_span
    if link.kind == "reference":
        definition = labels.get(" ".join(target.split()).casefold())
        if not definition:
            return None
        target, span = definition.target, definition.target_span
    found = resolve_target(path, target)
    return (*found, span) if found else None


def _template_links(binding: Binding) -> frozenset[str]:
    template = binding.template.document
    return frozenset(
        same_text(link.span.of(template.text))
        for section in template.sections
        for link in section.links
    )
