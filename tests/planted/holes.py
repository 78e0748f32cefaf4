"""Documents in which holes of the template were left as they are: every hole of every template."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse
from spec_lsp.rules.engine.diagnose import RuleFinding, find_inside
from spec_lsp.rules.engine.model import DocumentContext
from spec_lsp.template.match.binding import bind
from spec_lsp.template.schema import Template
from spec_lsp.template.write.fill import new_document
from spec_lsp.template.write.snippet import Part, Stop
from spec_lsp.template.write.values import Values
from spec_lsp.text import Span

_MARKED = re.compile(r"[\[{<]|[A-Z]+-X+|YYYY-|X ")
_ANSWERS = ((r"YYYY-MM-DD|Date", "2026-03-14"), (r"[A-Z]+-X+", "BUG-001"), (r"X|Y", "7"))


@dataclass(frozen=True)
class Left:
    """A document, the holes that were left in it, and what is said of it.

    `always` is what is said even of a document without holes: that nobody has changed a section in
    which the template has plain text.
    """

    document: Document
    holes: tuple[Span, ...]
    found: tuple[RuleFinding, ...]
    always: frozenset[str]

    def missed(self) -> Iterator[str]:
        """The holes of which nothing is said."""
        for hole in self.holes:
            if not any(self._is_of(each, hole) for each in self.found):
                yield hole.of(self.document.text)

    def surplus(self) -> Iterator[str]:
        """What is said of anything else."""
        for each in self.found:
            text = each.finding.span.of(self.document.text)
            is_known = each.code == "unfilled-section" and text in self.always
            if not is_known and not any(self._is_of(each, hole) for hole in self.holes):
                yield f"{each.code}: {text}"

    def _is_of(self, each: RuleFinding, hole: Span) -> bool:
        span = each.finding.span
        if each.code == "unfilled-section":
            sections = (self.document.section_at(at).index for at in (span.start, hole.start))
            return len({*sections}) == 1
        is_one = each.code in ("leftover-placeholder", "unchosen-value")
        return is_one and (span.overlaps(hole) or span.covers(hole))


def documents_with_holes(template: Template) -> Iterator[Left]:
    """New documents in which at most one hole of each section was left; together they leave all."""
    own = template.id.render(1) if template.id and template.id.prefix else "the_thing"
    values = Values("The thing", own, "2026-03-01", "Ada", _state(template))
    parts = new_document(template, values)
    whole = _left(template, parts, frozenset(), frozenset())
    always = frozenset(each.finding.span.of(whole.document.text) for each in whole.found)
    by_section: dict[int, list[int]] = defaultdict(list)
    for number, place in _text(parts, frozenset())[1].items():
        by_section[whole.document.section_at(place.start).index].append(number)
    for turn in range(max(map(len, by_section.values()))):
        numbers = frozenset(found[turn] for found in by_section.values() if turn < len(found))
        yield _left(template, parts, numbers, always)


def _left(
    template: Template, parts: list[Part], numbers: frozenset[int], always: frozenset[str]
) -> Left:
    text, places = _text(parts, numbers)
    document = parse("doc.md", text)
    found = find_inside(document, DocumentContext(bind(document, template)))
    return Left(document, tuple(places[number] for number in numbers), found, always)


def _state(template: Template) -> dict[str, str]:
    life = template.lifecycle
    return {life.field: life.draft[0]} if life else {}


def _text(parts: list[Part], left: frozenset[int]) -> tuple[str, dict[int, Span]]:
    """A document with all holes filled but some, and where each is that shows what it is."""
    text = ""
    places: dict[int, Span] = {}
    for number, part in enumerate(parts):
        piece = part if isinstance(part, str) else _answer(part)
        if isinstance(part, Stop) and _MARKED.search(part.default):
            piece = part.default if number in left else piece
            places[number] = Span(len(text), len(text) + len(piece))
        text += piece
    return text, places


def _answer(stop: Stop) -> str:
    if stop.choices:
        return stop.choices[0]
    shown = stop.default.strip("[]{} ")
    return next((text for shape, text in _ANSWERS if re.fullmatch(shape, shown)), "what is due")
