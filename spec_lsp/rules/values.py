"""Rules about values that must be one of a template's choices, in fields and in table cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from spec_lsp.compare import fold, same_text
from spec_lsp.rules.engine.model import Desk, Finding, Fix, Fixer, Subject, replacement
from spec_lsp.rules.engine.registry import LADDER, rule
from spec_lsp.rules.fixes.edits import asked_by
from spec_lsp.rules.held import Held, held_values, is_known, is_list
from spec_lsp.rules.wrapped import is_wrapped, wrapped_value
from spec_lsp.template.match.fields import FieldMatch
from spec_lsp.template.notation.choices import Choices
from spec_lsp.text import Span

_HEAD = re.compile(
    r"[\s*_`~{}\[\]<>\"']*(?P<head>[^(,;:–—*_`~{}\[\]<>\"']*[^\s(,;:–—*_`~{}\[\]<>\"'-])"
)
_SURE = 0.8


@rule("invalid-value", "error", reads="binding")
def invalid_value(subject: Subject) -> Iterator[Finding]:
    """A field or a table cell holds a value that the template does not list.

    Lists, filters and the life cycle of a document go by these values.

    Case, decoration and what follows the value do not count: `✅ Done (2025-11-14)` is `Done`, and
    so is `done`.
    Several listed values side by side are fine, and so are abbreviations, `TBD`, and words in
    another script, which may be translations.
    A list that ends with an ellipsis or holds a parameter is open: any value may stand there
    that is not a slip of the pen.

    A misspelt value is replaced safely; any other by whoever knows what was meant.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Aproved
                ^^^^^^^ expected one of Draft, Approved, Implemented
    **Created**: 2026-03-14
    ```
    """
    for held in held_values(subject, _is_wrong):
        before = subject.born.field(held.key) if subject.born and held.key else None
        if before and before.choices and is_known(held.value, before.choices):
            continue
        if same_text(held.value) in subject.template.placeholders or is_list(
            held.value, held.choices
        ):
            continue
        yield Finding(
            held.span,
            f"expected one of {', '.join(held.choices.texts)}",
            fixer=_replacements(subject, held),
            related=(asked_by(subject.template, held.listed, "the template lists them here"),),
        )


@rule("unchosen-value", LADDER, reads="binding")
def unchosen_value(subject: Subject) -> Iterator[Finding]:
    """The whole list of choices is left in a field or in a table cell.

    Nobody has chosen yet, although it looks as if something stood there.

    Two values out of a longer list, as in `High / Medium`, are a choice.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft | Approved | Implemented
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ choose one of Draft, Approved, Implemented
    **Created**: 2026-03-14
    ```
    """
    for held in held_values(subject, is_list):
        if not subject.is_unwritten(held.span):
            yield Finding(
                held.span,
                f"choose one of {', '.join(held.choices.texts)}",
                fixer=_choices(subject, held),
                related=(asked_by(subject.template, held.listed),),
            )


@rule("leftover-wrapper", "warning", reads="binding")
def leftover_wrapper(subject: Subject) -> Iterator[Finding]:
    """A value was filled in, and the template's brackets were kept around it.

    Brackets say "fill this in"; around a value they make it look unfinished, and tools that read
    the field do not know what to do with them.

    Only brackets that the template has around this very field count.
    Links, references, addresses and YAML lists keep theirs.

    ```template
    # Note: [Title]

    **Date**: [YYYY-MM-DD]
    **Owner**: [Name]
    ```

    ```markdown
    # Note: Login

    **Date**: [2026-03-14]
              ^^^^^^^^^^^^ the template's brackets still stand around the value
    **Owner**: Ada [on leave]
    ```
    """
    for match in subject.binding.all_fields(is_wrapped):
        inner = wrapped_value(subject, match)
        if inner:
            yield Finding(
                match.field.value_span,
                "the template's brackets still stand around the value",
                fixer=_unwrapping(subject, match, inner),
                related=(asked_by(subject.template, match.slot.node.span),),
            )


def _unwrapping(subject: Subject, match: FieldMatch, inner: str) -> Fixer:
    field = match.field
    text = f"`{inner}`" if field.value.startswith("`") else inner
    return lambda _: [
        replacement(subject.document, field.value_span, text, "Unwrap it", is_safe=True)
    ]


def _choices(subject: Subject, held: Held) -> Fixer:
    return lambda _: [
        replacement(subject.document, held.span, text, f"Choose “{text}”")
        for text in held.choices.texts
    ]


def _replacements(subject: Subject, held: Held) -> Fixer:
    """Fixes for a wrong value: the nearest of the list first, and that one safe where it is near.

    What stands around and behind the value stays.
    """

    def fixes(_: Desk) -> Iterator[Fix]:
        place = _head(held.value)
        wrong = place.of(held.value)
        sure = _meant(wrong, held.choices)
        ranked = sorted(held.choices.texts, key=lambda text: -_nearness(wrong, text))
        for text in ranked:
            span = place.shift(held.span.start)
            title = f"Replace with “{text}”"
            yield replacement(subject.document, span, text, title, is_safe=text == sure)

    return fixes


def _is_wrong(value: str, choices: Choices) -> bool:
    """Whether a value is none of the choices, nor one more of an open list."""
    return not is_known(value, choices) and (not choices.is_open or _is_slip(value, choices))


def _is_slip(value: str, choices: Choices) -> bool:
    return bool(_meant(_head(value).of(value), choices))


def _head(value: str) -> Span:
    """The part of a value that names it, without what stands around and behind it."""
    match = _HEAD.match(value)
    return Span(*match.span("head")) if match else Span(0, len(value))


def _meant(wrong: str, choices: Choices) -> str:
    """The choice that is meant beyond doubt: it is near, and no other is."""
    near = [text for text in choices.texts if _nearness(wrong, text) >= _SURE]
    return near[0] if len(near) == 1 else ""


def _nearness(one: str, other: str) -> float:
    """How much two values look alike; two letters that changed places do not count."""
    left, right = fold(one), fold(other)
    if sorted(left) == sorted(right):
        return 1.0
    return SequenceMatcher(None, left, right).ratio()
