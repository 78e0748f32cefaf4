"""Numbers that are IDs: criteria that tasks and designs cite as `2.3`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.identifiers import key_of
from spec_lsp.text import Span
from spec_lsp.workspace.facts import Defined, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.template.notation.number_ids import NumberIds
    from spec_lsp.template.schema import Template

_NUMBERED = re.compile(
    r"^[ \t]*(?:[-*+#]{1,6}[ \t]+)?(?:[*_]{0,2}(?P<number>\d{1,3}\.\d{1,3})"
    r"|\[[^\]\n]\]\*?[ \t]{1,4}[*_~]{0,2}(?P<task>\d{1,3}(?:\.\d{1,3})?))(?=[.):*_]{0,4}[ \t])",
    re.MULTILINE,
)
_COUNT = re.compile(r"\d+(?:\.\d+)*")
_ONE = re.compile(r"\s*(?P<number>\d{1,3}(?:\.\d{1,3})?)\s*")


class NumberFact(NamedTuple):
    """A numbered item; without a whole number, the headings around it tell the first part."""

    pattern: NumberIds
    number: str
    title: str
    span: Span
    is_whole: bool

    def in_place(self, around: tuple[str, ...]) -> Defined | None:
        """The ID that the item defines below some headings, the nearest first."""
        counts = () if self.is_whole else filter(None, map(_COUNT.search, around))
        before = next((f"{each[0].partition('.')[0]}." for each in counts), "")
        if not (before or self.is_whole):
            return None
        text = f"{self.pattern.prefix}{before}{self.number}"
        scope = self.pattern.scope if self.pattern.scope != "document" else ""
        title, span = self.title, self.span
        return Defined(
            key_of(text), text, title, span, span, "item", is_definite=False, scope=scope
        )


def numbers_in(chunk: Chunk, template: Template | None) -> tuple[NumberFact, ...]:
    """The numbered items of a chunk."""
    patterns = template.number_ids if template else ()
    return tuple(
        NumberFact(pattern, *each)
        for pattern in patterns
        if pattern.is_defined
        for each in (*_items(chunk), *_lines(chunk))
    )


def used_numbers(chunk: Chunk, template: Template | None) -> tuple[Mention, ...]:
    """The numbers that a chunk uses, each in a form of the family."""
    if not template or not template.number_ids:
        return ()
    return tuple(
        Mention(key_of(text), text, span)
        for pattern in template.number_ids
        for start, expression in pattern.uses
        if start in chunk.plain
        for match in expression.finditer(chunk.plain)
        for text, span in _listed(match, pattern.prefix)
    )


def _items(chunk: Chunk) -> Iterator[tuple[str, str, Span, bool]]:
    top = [item for item in chunk.items if not item.depth and item.marker[0].isdigit()]
    marks = [item.marker[:-1] for item in top]
    # Items that all have one number are counted from it when they are shown.
    if len({*marks}) == 1:
        marks = [str(int(marks[0]) + at) for at in range(len(marks))]
    for item, number in zip(top, marks, strict=True):
        yield number, item.text, item.marker_span, False


def _lines(chunk: Chunk) -> Iterator[tuple[str, str, Span, bool]]:
    for match in _NUMBERED.finditer(chunk.plain):
        title = chunk.plain[match.end() :].partition("\n")[0].strip(" .):*_")
        form = "number" if match["number"] else "task"
        yield match[form], title, Span(*match.span(form)), True


def _listed(match: re.Match[str], prefix: str) -> Iterator[tuple[str, Span]]:
    at = match.start("numbers")
    for part in match["numbers"].split(","):
        if one := _ONE.fullmatch(part):
            yield f"{prefix}{one['number']}", Span(*one.span("number")).shift(at)
        at += len(part) + 1
