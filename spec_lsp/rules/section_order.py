"""Order and level of sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spec_lsp.markdown.document import Document
from spec_lsp.markdown.section import Section
from spec_lsp.markdown.unclosed import unclosed
from spec_lsp.memo import once
from spec_lsp.rules.engine.model import Change, DocumentContext, Finding, Fix, FixContext, Fixer
from spec_lsp.rules.engine.registry import rule
from spec_lsp.rules.fixes.edits import block_at, heading_place, section_asked_by, shown_title
from spec_lsp.template.match.binding import Binding, Matches
from spec_lsp.template.match.missing import insertion_offset
from spec_lsp.template.match.order import longest_rising, rises
from spec_lsp.template.match.sections import SectionMatch
from spec_lsp.text import Edit, Span, line_ending


@dataclass(frozen=True)
class _Misplaced:
    """A misplaced section: the message, where it should be, and the title of the fix."""

    match: SectionMatch
    message: str
    target: int | None = None
    title: str = ""


@rule("misplaced-section", "hint", reads="binding")
def misplaced_section(subject: DocumentContext) -> Iterator[Finding]:
    """A section has another heading level, parent section or order than in the template.

    Readers rely on the order of sections, and a wrong level makes a section part of the previous
    one.

    Sections that are not in the template can be anywhere.
    A deeper section is not reported if its order would be wrong at the level of the template.
    If all headings are one level deeper than in the template, none is reported.
    If two sections have swapped places, one of them is reported.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft

    ## Requirements
       ^^^^^^^^^^^^ Should come after “Overview”

    A lost device can be replaced.

    ## Overview

    Users log in with a passkey.

    ### Acceptance
        ^^^^^^^^^^ Should be a level 2 heading, is level 3

    - [ ] Reviewed
    ```
    """
    for each in _misplaced(subject.binding):
        if not subject.today or each.match.index in once(subject.today, _indices):
            yield Finding(
                heading_place(subject.document, subject.binding.section(each.match)),
                each.message,
                fixer=_ways_back(subject.binding, each),
                related=section_asked_by(subject.template, each.match.slot),
            )


def _indices(binding: Binding) -> set[int]:
    """The misplaced sections."""
    return {each.match.index for each in _misplaced(binding)}


def _misplaced(binding: Binding) -> Iterator[_Misplaced]:
    return iter(()) if once(binding.matches, _is_in_order) else _strays(binding)


def _is_in_order(matches: Matches) -> bool:
    """Whether the order and levels match the template; cached, as most edits change only text."""
    places = matches.template.order
    return not any(match.how in ("relevelled", "moved") for match in matches.sections) and all(
        rises([places[match.slot.path] for match in siblings]) for siblings in _families(matches)
    )


def _strays(binding: Binding) -> Iterator[_Misplaced]:
    for match in binding.sections:
        if match.how == "relevelled":
            here, there = binding.section(match).level, match.level
            message = f"Should be a level {there} heading, is level {here}"
            yield _Misplaced(match, message)
        elif match.how == "moved":
            yield _under_other_parent(binding, match)
    for siblings in _families(binding.matches):
        yield from _out_of_order(binding, siblings)


def _under_other_parent(binding: Binding, match: SectionMatch) -> _Misplaced:
    slots = {slot.path: slot for slot in binding.template.slots}
    slot = slots.get(match.slot.path[:-1])
    if not slot:
        target = insertion_offset(binding, match.slot, None)
        return _Misplaced(match, "Should be a top-level section", target, "Move to the top level")
    parent = next(iter(binding.sections_of(slot)), None)
    place = f"under “{shown_title(slot)}”"
    if not parent:
        return _Misplaced(match, f"Should come {place}")
    target = insertion_offset(binding, match.slot, parent)
    return _Misplaced(match, f"Should come {place}", target, f"Move {place}")


def _families(matches: Matches) -> Iterator[list[SectionMatch]]:
    """Matches grouped by parent, in the document and in the template."""
    families: dict[tuple[int, tuple[str, ...]], list[SectionMatch]] = {}
    for match in matches.sections:
        if match.how in ("exact", "misnamed"):
            key = (matches.outline.parents[match.index], match.slot.path[:-1])
            families.setdefault(key, []).append(match)
    yield from families.values()


def _out_of_order(binding: Binding, siblings: Sequence[SectionMatch]) -> Iterator[_Misplaced]:
    places = binding.template.order
    order = [places[match.slot.path] for match in siblings]
    if rises(order):
        return
    steady = longest_rising(order)
    for index, match in enumerate(siblings):
        if index in steady:
            continue
        earlier = [siblings[other] for other in steady if order[other] <= order[index]]
        if earlier:
            last = earlier[-1]
            place = f"after “{shown_title(last.slot)}”"
            target = binding.document.subtree_end(binding.section(last))
        else:
            first = siblings[steady[0]]
            place = f"before “{shown_title(first.slot)}”"
            target = binding.section(first).start
        yield _Misplaced(match, f"Should come {place}", target, f"Move {place}")


def _ways_back(binding: Binding, each: _Misplaced) -> Fixer:
    """A fix that changes a section to the template's level, or moves it to its position there."""
    match, document, section = each.match, binding.document, binding.section(each.match)

    def fixes(_: FixContext) -> Iterator[Fix]:
        by = match.level - section.level
        marks = _relevelled(document, section, by)
        if marks is None:
            return
        is_here = each.target is None or _holds(document, section, each.target)
        if match.how == "relevelled":
            changes = tuple(Change(document.path, edit) for edit in marks)
            yield Fix(f"Change to a level {match.level} heading", changes, is_preferred=True)
        elif each.target is not None and not is_here:
            yield _move(document, section, marks if by else [], each.target, each.title)

    return fixes


def _holds(document: Document, section: Section, offset: int) -> bool:
    """Whether an offset is in a section or at its edges, where moving it has no effect."""
    return section.start <= offset <= document.subtree_end(section)


def _relevelled(document: Document, section: Section, by: int) -> list[Edit] | None:
    """Edits that shift the levels of a section and its subsections; None if one cannot change."""
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


def _move(
    document: Document, section: Section, marks: Sequence[Edit], target: int, title: str
) -> Fix:
    """A fix that moves a section with its subsections to another offset."""
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
        # The new end of the file has one newline, not a blank line.
        left = document.text[:start].rstrip()
        start = max(target, len(left) + len(line_ending(document.text)))
    changes = (
        Change(document.path, Edit(Span(start, end), "")),
        Change(document.path, Edit(Span(target, target), text)),
    )
    return Fix(title, changes, is_preferred=True)
