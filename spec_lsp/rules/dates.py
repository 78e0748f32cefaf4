"""Dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from spec_lsp.compare import normalise_name
from spec_lsp.markdown.nodes import Field
from spec_lsp.rules.engine.model import DocumentContext, Finding, Fix, Fixer, Related, replacement
from spec_lsp.rules.engine.registry import rule
from spec_lsp.rules.fixes.edits import asked_by
from spec_lsp.template.notation.date_names import CREATED, UPDATED
from spec_lsp.template.schema import FieldSlot
from spec_lsp.text import Span

_BIG_FIRST = re.compile(r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})")
_YEAR_LAST = re.compile(r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})")
_MOMENT = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_LEADING_ZERO = re.compile(r"\b0(?=\d)")
_QUOTES = "`*_[]\"' "
_LATER = (
    *UPDATED, "review date", "next review", "next review date", "due", "due date",
    "deadline", "decided", "date decided", "decided on", "completed", "completed on", "closed",
    "resolved",
)  # fmt: skip


@rule("invalid-date", "error", reads="binding", needs_template=False)
def invalid_date(subject: DocumentContext) -> Iterator[Finding]:
    """Not a valid date, or not in the template's date format.

    Tools sort and compare dates; they skip those they cannot parse.

    Only values of exactly three numbers, which a time may follow, are checked: `Q3 2026`, `TBD` and
    `2026-03-14 (planned)` are text.
    If the template shows no format, every valid date is accepted.
    Leading zeros are required only where the year comes first, as in `YYYY-MM-DD`: such dates are
    sorted as text.

    The fix is safe if the date is unambiguous.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft
    **Created**: 2026-02-30
                 ^^^^^^^^^^ Not a valid date
    **Last Updated**: 11/21/2026
                      ^^^^^^^^^^ Expected YYYY-MM-DD
    ```

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft
    **Created**: spring 2026
    **Last Updated**: 2026-03-14 (planned)
    ```
    """
    for match in subject.binding.all_fields(_is_wrong):
        field, slot = match.field, match.slot
        value = field.value.strip(_QUOTES)
        found = _readings(value) or ()
        start = field.value_span.start + field.value.find(value)
        span = Span(start, start + len(value))
        wanted = slot.date_format or "YYYY-MM-DD"
        yield Finding(
            span,
            f"Expected {wanted}" if found else "Not a valid date",
            fixer=_rewriting(subject, span, found, wanted),
            related=(asked_by(subject.template, slot.node.span),),
        )


@rule("date-order", "warning", reads="binding", needs_template=False)
def date_order(subject: DocumentContext) -> Iterator[Finding]:
    """A document was updated, decided or due before it was created.

    One of the two dates is wrong, often because the document was copied.

    Only dates such as `2026-03-14` are compared; text after them is ignored.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft
    **Created**: 2026-03-14
    **Last Updated**: 2025-03-20
                      ^^^^^^^^^^ Earlier than “Created” (2026-03-14)
    ```
    """
    document = subject.document
    fields = {
        normalise_name(field.name): field
        for field in (*document.footer_fields, *document.header_fields)
    }
    first = next((fields[name] for name in CREATED if name in fields), None)
    begin = _iso(first) if first else ""
    if not first or not begin:
        return
    for name in _LATER:
        later = _iso(fields[name]) if name in fields else ""
        if later and later < begin:
            yield Finding(
                fields[name].value_span,
                f"Earlier than “{first.name}” ({begin})",
                related=(Related(document.path, first.span, f"“{first.name}” is {begin}"),),
            )


def _is_wrong(field: Field, slot: FieldSlot) -> bool:
    """Whether a value is an invalid date, or not in the slot's date format."""
    if slot.kind != "date":
        return False
    value = field.value.strip(_QUOTES)
    if moment := _MOMENT.match(value):
        return not _readings(moment["date"])
    found = _readings(value)
    return found is not None and not (found and _is_as_asked(value, found, slot.date_format))


def _readings(value: str) -> tuple[date, ...] | None:
    """Dates that three numbers can mean (month or day first); None for other text."""
    big_first = _BIG_FIRST.fullmatch(value)
    if big_first:
        return _real((int(big_first["y"]), int(big_first["m"]), int(big_first["d"])))
    year_last = _YEAR_LAST.fullmatch(value)
    if not year_last:
        return None
    year, one, other = int(year_last["y"]), int(year_last["a"]), int(year_last["b"])
    found = _real((year, one, other))
    return found if one == other else (*found, *_real((year, other, one)))


def _real(numbers: tuple[int, int, int]) -> tuple[date, ...]:
    try:
        return (date(*numbers),)
    except ValueError:
        return ()


def _is_as_asked(value: str, readings: tuple[date, ...], wanted: str) -> bool:
    plain = str if wanted.startswith("YYYY") else _without_zeros
    return not wanted or any(plain(_written(each, wanted)) == plain(value) for each in readings)


def _without_zeros(text: str) -> str:
    return _LEADING_ZERO.sub("", text)


def _written(each: date, wanted: str) -> str:
    """Format a date by a pattern such as `DD.MM.YYYY`."""
    text = wanted.replace("YYYY", f"{each.year:04d}")
    return text.replace("MM", f"{each.month:02d}").replace("DD", f"{each.day:02d}")


def _rewriting(
    subject: DocumentContext, span: Span, readings: tuple[date, ...], wanted: str
) -> Fixer:
    def fixes(_: object) -> Iterator[Fix]:
        for each in readings:
            text = _written(each, wanted)
            is_safe = len(readings) == 1
            yield replacement(subject.document, span, text, f"Change to {text}", is_safe=is_safe)

    return fixes


def _iso(field: Field) -> str:
    match = _ISO.match(field.value.strip(_QUOTES))
    return match[0] if match and _readings(match[0]) else ""
