"""Numbers that are IDs: criteria that tasks and designs cite as `2.3`."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.compare import normalise_name
from spec_lsp.identifiers import key_of
from spec_lsp.text import Span
from spec_lsp.workspace.facts import Defined, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.document import Document
    from spec_lsp.template.notation.number_ids import NumberIds
    from spec_lsp.template.schema import Template

_NUMBERED = re.compile(
    r"^[ \t]*(?:[-*+#]{1,6}[ \t]+)?(?:[*_]{0,2}(?P<number>\d{1,3}\.\d{1,3})"
    r"|\[[^\]\n]\]\*?[ \t]{1,4}[*_~]{0,2}(?P<task>\d{1,3}(?:\.\d{1,3})?))(?=[.):*_]{0,4}[ \t])",
    re.MULTILINE,
)
_AFTER_NAME = re.compile(r"[-# ]?#?(?P<number>\d{1,3}(?:\.\d{1,3})?)")
_COUNT = re.compile(r"\d+(?:\.\d+)*")
_ONE = re.compile(r"\s*#?(?P<number>\d{1,3}(?:\.\d{1,3})?)\s*")
# The numbers before a name: `01-02` in `01-02-PLAN.md`, in which the second is a plan of the first.
_IN_NAME = re.compile(r"(?<![\w./-])(?P<whole>\d{1,3}(?:\.\d{1,3})?)-(?P<part>\d{1,3})(?!\w)")


class NumberFact(NamedTuple):
    """A numbered item; without a whole number, the headings around it tell the first part."""

    pattern: NumberIds
    number: str
    title: str
    span: Span
    is_whole: bool

    def in_place(self, around: tuple[str, ...]) -> Defined | None:
        """The ID that the item defines below some headings, the nearest first."""
        below = self.pattern.below
        counts = () if self.is_whole or below else filter(None, map(_COUNT.search, around))
        before = next((f"{each[0].partition('.')[0]}." for each in counts), "")
        is_below = bool(below) and any(each.casefold().startswith(below) for each in around)
        if not (before or is_below or (self.is_whole and not below)):
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
        for each in (*_items(chunk), *_lines(chunk), *_named(chunk, pattern))
    )


def number_of_file(document: Document, template: Template | None) -> tuple[Defined, ...]:
    """The ID that the numbers before the name of a file are: `01-02-PLAN.md` is plan 1.2."""
    name, start = posixpath.basename(document.path), Span(0, 0)
    return tuple(
        Defined(
            key_of(text),
            text,
            "",
            start,
            document.line_span(0),
            "file",
            is_definite=False,
            scope=pattern.scope if pattern.scope != "document" else "",
        )
        for pattern in (template.number_ids if template else ())
        for match in (_IN_NAME.match(name) if pattern.in_name else None,)
        if match
        for text in (f"{pattern.prefix}{match['whole']}.{match['part']}",)
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
        for text, span in _listed(match["numbers"], match.start("numbers"), pattern.prefix)
    ) + tuple(
        each for pattern in template.number_ids for each in _in_fields_and_cells(chunk, pattern)
    )


def _in_fields_and_cells(chunk: Chunk, pattern: NumberIds) -> Iterator[Mention]:
    for field in chunk.fields if pattern.fields else ():
        name = normalise_name(field.name)
        for match in _IN_NAME.finditer(field.value) if name in pattern.fields else ():
            text = f"{pattern.prefix}{match['whole']}.{match['part']}"
            span = Span(*match.span()).shift(field.value_span.start)
            yield Mention(key_of(text), text, span, field=name)
    for table in chunk.tables if pattern.columns else ():
        names = [cell.text.strip("*_` ").casefold() for cell in table.header]
        for row in table.rows:
            for name, cell in zip(names, row, strict=False):
                if name in pattern.columns:
                    for text, span in _listed(cell.text, cell.span.start, pattern.prefix):
                        yield Mention(key_of(text), text, span)


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


def _named(chunk: Chunk, pattern: NumberIds) -> Iterator[tuple[str, str, Span, bool]]:
    """The numbers after the name of what is counted: `**AC3:** …`, `### AC 3`."""
    name = pattern.prefix.strip() if pattern.below else ""
    at = chunk.plain.find(name) if name else -1
    while at >= 0:
        at += len(name)
        if number := _AFTER_NAME.match(chunk.plain, at):
            yield number["number"], "", Span(*number.span("number")), True
        at = chunk.plain.find(name, at)


def _listed(numbers: str, at: int, prefix: str) -> Iterator[tuple[str, Span]]:
    for part in numbers.split(","):
        if one := _ONE.fullmatch(part):
            yield f"{prefix}{one['number']}", Span(*one.span("number")).shift(at)
        at += len(part) + 1
