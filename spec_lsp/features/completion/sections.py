"""Sections that a document lacks, and the next instance of a block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spec_lsp.features.completion.typed import Typed, begins_word
from spec_lsp.features.gaps import Gap, gaps
from spec_lsp.features.model import Completion
from spec_lsp.features.place import Place
from spec_lsp.markdown import reparse
from spec_lsp.safe_markdown import fenced
from spec_lsp.template.bind import Binding, bind
from spec_lsp.template.parts import Part, plain
from spec_lsp.template.titles import without_marks
from spec_lsp.text import Edit, Span, line_ending

_HASHES = re.compile(r" {0,3}(?P<marks>#{1,6})(?P<blank>[ \t]*)(?P<title>.*)$")
_NOT_TEXT = " \t\r\n-*_"
_PLACEHOLDER = re.compile(r"\[[^\[\]]*\]|\{\{?[^{}]*\}\}?|<[^<>]*>")
_MOST_LINES = 30


def section_items(place: Place, typed: Typed) -> Iterator[Completion]:
    """The sections that fit at the cursor, the best next one first."""
    if not place.page.binding:
        return
    hashes = _HASHES.match(typed.text)
    title = hashes["title"] if hashes else typed.text
    if title.strip() and not hashes and not _begins_paragraph(place):
        return
    if _is_written(place) or _is_in_html(place):
        return
    binding = _without_line(place, place.page.binding)
    level = len(hashes["marks"]) if hashes else 0
    is_exact = bool(hashes and hashes["blank"])
    found = [
        gap
        for gap in gaps(binding)
        if begins_word(without_marks(gap.slot.title), title)
        and (not level or gap.level == level or (not is_exact and gap.level > level))
        and _may_stand(gap, place.line, is_asked_for=bool(hashes))
    ]
    found.sort(key=lambda gap: _distance(gap, typed.span.start))
    for rank, gap in enumerate(found):
        yield _item(place, typed, gap, rank, with_marks=bool(hashes))


def _without_line(place: Place, binding: Binding) -> Binding:
    """The binding as it was before the line was typed: half a title must not count as one."""
    line, document = place.line, place.document
    section = document.section_at(line.start)
    heading = section.heading
    if not heading or not heading.span.holds(line.start) or not line.of(document.text).strip():
        return binding
    return bind(reparse(document, Edit(line, "")), binding.template)


def _is_written(place: Place) -> bool:
    """Whether the line is the heading of a section that has its text already."""
    section = place.document.section_at(place.line.start)
    if not section.title or not section.heading or section.heading.is_setext:
        return False
    body = section.body_span.of(place.document.text)
    return section.heading.span.holds(place.line.start) and bool(body.strip(_NOT_TEXT))


def _is_in_html(place: Place) -> bool:
    """Whether the line is part of an HTML block, in which nothing is a heading."""
    section = place.document.section_at(place.offset)
    line = place.document.position(place.offset).line - section.line
    return any(block.line <= line < block.end for block in section.chunk.of_kind("html"))


def _begins_paragraph(place: Place) -> bool:
    """Whether the line is the first of its paragraph: only there a section may begin."""
    number = place.document.position(place.offset).line
    above = place.document.line_span(number - 1).of(place.document.text) if number else ""
    return not above.strip() or above.lstrip().startswith("#")


def _may_stand(gap: Gap, line: Span, *, is_asked_for: bool) -> bool:
    """Whether a section may begin on a line without taking in what belongs to others."""
    document, offset = gap.binding.document, line.start
    if gap.parent and not gap.parent.start < offset <= document.subtree_end(gap.parent):
        return False
    if is_asked_for:
        return True
    section = document.section_at(offset)
    begin = document.line_at(offset).end
    rest = document.text[begin : min(section.end, max(document.footer_start, begin))]
    if rest.strip(_NOT_TEXT):
        return False
    below = document.sections[section.index + 1 : section.index + 2]
    return not below or below[0].level <= gap.level


def _distance(gap: Gap, offset: int) -> tuple[int, int]:
    """How far its right place is; nought where nothing but blanks and rules lies between."""
    low, high = sorted((gap.offset, offset))
    between = gap.binding.document.text[low:high]
    return (len(between) if between.strip(_NOT_TEXT) else 0, 0 if gap.number else 1)


def _item(place: Place, typed: Typed, gap: Gap, rank: int, *, with_marks: bool) -> Completion:
    heading = gap.heading()
    title = heading.lstrip("# ")
    label = _PLACEHOLDER.sub("…", without_marks(title)).strip()
    what = "next" if gap.number else "section" if gap.slot.is_required else "optional section"
    return Completion(
        label=label,
        kind="block" if gap.number else "section",
        span=typed.span,
        parts=tuple(_spaced(place, gap)),
        description=what,
        filter=heading if with_marks else title,
        rank=rank,
        is_preselected=rank == 0,
        documentation=_preview(gap),
    )


def _spaced(place: Place, gap: Gap) -> list[Part]:
    """The block with blank lines, and rules where sections are divided by them, around it."""
    text, line = place.document.text, place.line
    ending = line_ending(text)
    above = text[: line.start].removesuffix("\n").removesuffix("\r").rpartition("\n")[2].strip()
    below = re.match(r"(?:\r\n|\n|\r)(?P<line>[^\r\n]*)", text[line.end :])
    lead, tail = _dividers(gap, place.line.start) if gap.parent is None else ("", "")
    found: list[Part] = [ending] if line.start and above else []
    found += [f"{lead}{ending}{ending}"] if lead else []
    found += gap.parts()
    found += [f"{ending}{ending}{tail}"] if tail else []
    if below and below["line"].strip():
        found.append(ending)
    return found


def _dividers(gap: Gap, offset: int) -> tuple[str, str]:
    """The thematic breaks that have to come before and behind a section put in at an offset."""
    document = gap.binding.document
    text, section = document.text, document.section_at(offset)
    end = document.line_at(offset).end
    above = [r for r in section.rules if r.end <= offset and not text[r.end : offset].strip()]
    below = [r for r in section.rules if r.start >= end and not text[end : r.start].strip()]
    if below and not above:
        return below[0].of(text).strip(), ""
    is_last = not text[section.end :].strip()
    return "", above[-1].of(text).strip() if above and not below and not is_last else ""


def _preview(gap: Gap) -> Callable[[], str]:
    def show() -> str:
        lines = plain(gap.parts()).splitlines()
        shown = "\n".join(lines[:_MOST_LINES])
        more = "\n…" if len(lines) > _MOST_LINES else ""
        return fenced(shown + more, "markdown")

    return show
