"""Rules about where the sections of a document stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spec_lsp.markdown import Document, Section, unclosed
from spec_lsp.rules.fixes import block_at, heading_place, section_asked_by, shown_title
from spec_lsp.rules.model import Change, Desk, Finding, Fix, Fixer, Subject
from spec_lsp.rules.registry import rule
from spec_lsp.template.bind import Binding, bind
from spec_lsp.template.section_match import SectionMatch
from spec_lsp.text import Edit, Span, line_ending


@dataclass(frozen=True)
class _Misplaced:
    """A section that stands elsewhere than in the template, what to say, and where it belongs."""

    match: SectionMatch
    message: str
    target: int | None = None


@rule("misplaced-section", "hint", reads="binding")
def misplaced_section(subject: Subject) -> Iterator[Finding]:
    """A section stands at another heading level, under another section or in another order.

    Readers who know the kind find their way by the order of its sections, and a wrong level makes
    a section part of the one before.

    Sections that the template does not know may stand anywhere.
    Where all headings are one level deeper than in the template, none of them is wrong, and of
    two sections that have changed places one is reported.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft

    ## Requirements
       ^^^^^^^^^^^^ belongs behind “Overview”

    A lost device can be replaced.

    ## Overview

    Users log in with a passkey.

    ### Acceptance
        ^^^^^^^^^^ a level 2 heading in the template, level 3 here

    - [ ] Reviewed
    ```
    """
    before = _indices(bind(subject.document, subject.born)) if subject.born else None
    for each in _misplaced(subject.binding):
        if before is None or each.match.section.index in before:
            yield Finding(
                heading_place(subject.document, each.match.section),
                each.message,
                fixer=_ways_back(subject.document, each),
                related=section_asked_by(subject.template, each.match.slot),
            )


def _indices(binding: Binding) -> set[int]:
    return {each.match.section.index for each in _misplaced(binding)}


def _misplaced(binding: Binding) -> Iterator[_Misplaced]:
    return iter(()) if binding.of_outline(_is_in_order) else _strays(binding)


def _is_in_order(binding: Binding) -> bool:
    return next(_strays(binding), None) is None


def _strays(binding: Binding) -> Iterator[_Misplaced]:
    for match in binding.sections:
        if match.how == "relevelled":
            here, there = match.section.level, match.level
            message = f"a level {there} heading in the template, level {here} here"
            yield _Misplaced(match, message)
        elif match.how == "moved":
            yield _under_other_parent(binding, match)
    for siblings in _families(binding):
        yield from _out_of_order(binding, siblings)


def _under_other_parent(binding: Binding, match: SectionMatch) -> _Misplaced:
    slots = {slot.path: slot for slot in binding.template.slots}
    slot = slots.get(match.slot.path[:-1])
    if not slot:
        target = binding.insertion_offset(match.slot, None)
        return _Misplaced(match, "stands by itself in the template, not inside a section", target)
    parent = next(iter(binding.sections_of(slot)), None)
    message = f"belongs under “{shown_title(slot)}”"
    if not parent:
        return _Misplaced(match, message)
    return _Misplaced(match, message, binding.insertion_offset(match.slot, parent))


def _families(binding: Binding) -> Iterator[list[SectionMatch]]:
    """The matches that stand side by side both in the document and in the template."""
    families: dict[tuple[int, tuple[str, ...]], list[SectionMatch]] = {}
    for match in binding.sections:
        if match.how in ("exact", "misnamed"):
            key = (match.section.parent, match.slot.path[:-1])
            families.setdefault(key, []).append(match)
    yield from families.values()


def _out_of_order(binding: Binding, siblings: Sequence[SectionMatch]) -> Iterator[_Misplaced]:
    places = binding.template.order
    order = [places[match.slot.path] for match in siblings]
    if all(one <= other for one, other in pairwise(order)):
        return
    steady = _longest_rising(order)
    for index, match in enumerate(siblings):
        if index in steady:
            continue
        behind = [siblings[other] for other in steady if order[other] <= order[index]]
        if behind:
            last = behind[-1]
            target = binding.document.subtree_end(last.section)
            yield _Misplaced(match, f"belongs behind “{shown_title(last.slot)}”", target)
        else:
            first = siblings[steady[0]]
            message = f"belongs before “{shown_title(first.slot)}”"
            yield _Misplaced(match, message, first.section.start)


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """The indices of a longest run of numbers, gaps allowed, that never falls."""
    ends: list[int] = []
    last_at: list[int] = []
    previous: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_right(ends, number)
        previous.append(last_at[place - 1] if place else -1)
        ends[place : place + 1] = [number]
        last_at[place : place + 1] = [index]
    found: list[int] = []
    at = last_at[-1] if last_at else -1
    while at >= 0:
        found.append(at)
        at = previous[at]
    return found[::-1]


def _ways_back(document: Document, each: _Misplaced) -> Fixer:
    """A fix that gives a section the template's level, or moves it to the template's place."""
    match = each.match

    def fixes(_: Desk) -> Iterator[Fix]:
        by = match.level - match.section.level
        marks = _relevelled(document, match.section, by)
        if marks is None:
            return
        is_here = each.target is None or _holds(document, match.section, each.target)
        if match.how == "relevelled":
            changes = tuple(Change(document.path, edit) for edit in marks)
            yield Fix(f"Make it a level {match.level} heading", changes, is_preferred=True)
        elif each.target is not None and not is_here:
            yield _move(document, match.section, marks if by else [], each.target)

    return fixes


def _holds(document: Document, section: Section, offset: int) -> bool:
    """Whether a place lies inside a section or at its edges, so that moving there does nothing."""
    return section.start <= offset <= document.subtree_end(section)


def _relevelled(document: Document, section: Section, by: int) -> list[Edit] | None:
    """Edits that shift the headings of a section and of all below it; None where that cannot be."""
    end = document.subtree_end(section)
    edits = []
    for each in document.sections[section.index :]:
        heading = each.heading
        if each.start >= end or not heading:
            break
        if heading.is_setext or not 1 <= heading.level + by <= 6:
            return None if by else []
        start = heading.span.start
        edits.append(Edit(Span(start, start + heading.level), "#" * (heading.level + by)))
    return edits


def _move(document: Document, section: Section, marks: Sequence[Edit], target: int) -> Fix:
    """A fix that takes a section out with all below it and puts it in at another place."""
    start, end = section.start, document.subtree_end(section)
    end = max(start, min(end, document.footer_start))
    pieces: list[str] = []
    done = start
    for edit in marks:
        pieces += (document.text[done : edit.span.start], edit.text)
        done = edit.span.end
    open_end = unclosed(document) if end == len(document.text) else None
    closing = f"{line_ending(document.text)}{open_end.closing}" if open_end else ""
    block = "".join((*pieces, document.text[done:end])).rstrip() + closing
    text = "".join(str(part) for part in block_at(document, target, [block]))
    if end == len(document.text) and target < section.start:
        # What is then the end of the file shall have one line end, not a blank line.
        left = document.text[:start].rstrip()
        start = max(target, len(left) + len(line_ending(document.text)))
    changes = (
        Change(document.path, Edit(Span(start, end), "")),
        Change(document.path, Edit(Span(target, target), text)),
    )
    return Fix("Move it there", changes, is_preferred=True)
