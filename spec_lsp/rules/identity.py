"""The ID of a document."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from spec_lsp.identifiers import key_of, number_of, prefix_of
from spec_lsp.markdown.document import Document
from spec_lsp.rules.engine.model import DocumentContext, Finding, Fix, Fixer, Related, replacement
from spec_lsp.rules.engine.registry import rule
from spec_lsp.rules.fixes.edits import title_place
from spec_lsp.template.notation.id_patterns import IdPattern
from spec_lsp.text import Span
from spec_lsp.workspace.known_ids import file_id, id_in

_NUMBERED = re.compile(r"(?:[A-Z]{2,6}[- #])?(?P<number>\d{1,4})(?:[.:)](?=\s)| [-–—](?=\s))")

_NUMBERS = re.compile(r"\d{1,4}(?:[.-]\d{1,4}){0,3}")
_DIGITS = re.compile(r"\d+")


class _Place(NamedTuple):
    """An ID in a field, in the title or in the file name."""

    what: str
    text: str
    span: Span


@rule("id-mismatch", "warning", reads="binding", needs_template=False)
def id_mismatch(subject: DocumentContext) -> Iterator[Finding]:
    """The ID field, the title and the file name contain different IDs.

    Mentions of either ID lead to this document, although one of them probably belongs to another:
    this happens when a document is copied.

    Only IDs in the template's format are compared; leading zeros and case are ignored.

    ```markdown SPEC-007-login.md
    # Specification: Login

    **Specification ID**: SPEC-001
                          ^^^^^^^^ SPEC-001 differs from SPEC-007 in the file name
    **Status**: Draft
    ```

    ```markdown spec-2-logout.md
    # Specification: Logout

    **Specification ID**: SPEC-002
    **Status**: Draft
    ```
    """
    by_id: dict[str, list[_Place]] = {}
    for place in _places(subject):
        by_id.setdefault(key_of(place.text), []).append(place)
    sides = list(by_id.values())
    for agreed in sides[1:]:
        own = sides[0][0]
        names = " and ".join(each.what for each in agreed)
        yield Finding(
            own.span,
            f"{own.text} differs from {agreed[0].text} in {names}",
            fixer=_agreeing(subject.document, own, agreed),
            related=tuple(
                Related(subject.document.path, each.span, each.what.capitalize())
                for each in agreed
                if each.span != own.span
            ),
        )
    if found := _other_number(subject):
        span, wanted = found
        message = f"{span.of(subject.document.text)} differs from {wanted} in the file name"
        fix = replacement(subject.document, span, wanted, f"Change to {wanted}")
        yield Finding(span, message, fixer=lambda _: iter((fix,)))


def _other_number(subject: DocumentContext) -> tuple[Span, str] | None:
    """The number in a title such as `Story 1.2: …`, and another before the name of the file."""
    heading = subject.document.title_section and subject.document.title_section.heading
    for pattern in subject.template.ids if heading else ():
        before = pattern.heading.partition("{n}")[0] if pattern.defines else ""
        if not heading or not before or not heading.text.startswith(before):
            continue
        titled = _NUMBERS.match(heading.text, len(before))
        stem = posixpath.basename(subject.document.path).removeprefix(pattern.prefix)
        named = _NUMBERS.match(stem)
        if not titled or not named:
            continue
        wanted = _DIGITS.findall(named[0])[: len(_DIGITS.findall(titled[0]))]
        if [*map(int, wanted)] != [*map(int, _DIGITS.findall(titled[0]))]:
            return Span(*titled.span()).shift(heading.text_span.start), ".".join(wanted)
    return None


def _places(subject: DocumentContext) -> Iterator[_Place]:
    """The IDs of a document; the first one counts."""
    document, template = subject.document, subject.template
    pattern = template.id
    if not pattern:
        return
    for match in subject.binding.fields:
        found = id_in(match.field.value, pattern) if match.slot.name == template.id_field else None
        if found:
            yield _Place("the field", found[0], found[1].shift(match.field.value_span.start))
            if not pattern.prefix and number_of(found[0]):
                # A free name is compared only where it has the shape of an ID.
                pattern = replace(pattern, prefix=prefix_of(found[0]))
    heading = document.title_section.heading if document.title_section else None
    found = _titled(heading.text, pattern) if heading else None
    if heading and found:
        yield _Place("the title", found[0], found[1].shift(heading.text_span.start))
    text = file_id(document.path, pattern)
    if text:
        yield _Place("the file name", text, title_place(document))


def _titled(title: str, pattern: IdPattern) -> tuple[str, Span] | None:
    """The ID that a title begins with; the `12` of `12. Title` and `ADR-0012: Title` in a family.

    There the number in the file name is the ID.
    """
    if pattern.prefix:
        return id_in(title, pattern)
    found = _NUMBERED.match(title) if pattern.digits else None
    return (found["number"], Span(*found.span("number"))) if found else None


def _agreeing(document: Document, own: _Place, others: list[_Place]) -> Fixer:
    """Fixes that keep one of the two IDs; the file name is unchanged."""

    def fixes(_: object) -> Iterator[Fix]:
        wanted = others[0].text
        yield replacement(document, own.span, wanted, f"Change to {wanted}")
        for other in others:
            if other.what != "the file name":
                title = f"Change {other.what} to {own.text}"
                yield replacement(document, other.span, own.text, title)

    return fixes
