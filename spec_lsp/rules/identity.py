"""Rules about the ID that a document carries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spec_lsp.markdown import Document
from spec_lsp.rules.fixes import title_place
from spec_lsp.rules.model import Finding, Fix, Fixer, Related, Subject, replacement
from spec_lsp.rules.registry import rule
from spec_lsp.text import Span
from spec_lsp.workspace.identity import file_id, id_in, key_of


class _Place(NamedTuple):
    """Where an ID stands: in a field, in the title, in the file name."""

    what: str
    text: str
    span: Span


@rule("id-mismatch", "warning", reads="binding")
def id_mismatch(subject: Subject) -> Iterator[Finding]:
    """The ID field, the title and the file name disagree about a document's ID.

    A mention of either ID leads to this document, and one of them most likely belongs to another:
    this happens when a document is copied.

    Only IDs of the kind's own shape are compared, leading zeros and case do not count, and what
    has no ID says nothing.

    ```markdown SPEC-007-login.md
    # Specification: Login

    **Specification ID**: SPEC-001
                          ^^^^^^^^ the file name says SPEC-007
    **Status**: Draft
    ```

    ```markdown spec-2-logout.md
    # Specification: Logout

    **Specification ID**: SPEC-002
    **Status**: Draft
    ```
    """
    found = list(_places(subject))
    if len({key_of(place.text) for place in found}) < 2:
        return
    own, *others = found
    for other in others:
        if key_of(other.text) == key_of(own.text):
            continue
        yield Finding(
            own.span,
            f"{other.what} says {other.text}",
            fixer=_agreeing(subject.document, own, other),
            related=(Related(subject.document.path, other.span, f"{other.what}"),)
            if other.span != own.span
            else (),
        )


def _places(subject: Subject) -> Iterator[_Place]:
    """The IDs of a document, the one that counts first."""
    document, template = subject.document, subject.template
    pattern = template.id
    if not pattern:
        return
    for match in subject.binding.fields:
        found = id_in(match.field.value, pattern) if match.slot.name == template.id_field else None
        if found:
            yield _Place("the field", found[0], found[1].shift(match.field.value_span.start))
    heading = document.title_section.heading if document.title_section else None
    found = id_in(heading.text, pattern) if heading and pattern.prefix else None
    if heading and found:
        yield _Place("the title", found[0], found[1].shift(heading.text_span.start))
    text = file_id(document.path, pattern)
    if text:
        yield _Place("the file name", text, title_place(document))


def _agreeing(document: Document, own: _Place, other: _Place) -> Fixer:
    """Fixes that let either place have its way; a file is renamed where IDs are."""

    def fixes(_: object) -> Iterator[Fix]:
        yield replacement(document, own.span, other.text, f"Change to {other.text}")
        if other.what != "the file name":
            title = f"Change {other.what} to {own.text}"
            yield replacement(document, other.span, own.text, title)

    return fixes
