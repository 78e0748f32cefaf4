"""The progress of a document: its stage, its filled sections and its remaining placeholders."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from spec_lsp.compare import fold, same_text
from spec_lsp.memo import once
from spec_lsp.template.match.binding import each_match
from spec_lsp.template.match.content import asks, body_of, has_text
from spec_lsp.template.match.kept_text import is_leftover, may_be_left, only_names_mark
from spec_lsp.template.notation.choices import find_choice, read_choices
from spec_lsp.template.notation.known_values import is_list
from spec_lsp.template.notation.placeholders import is_unmistakable
from spec_lsp.template.notation.status_words import StatusWords, words_of_languages
from spec_lsp.workspace.entry import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.match.binding import Binding
    from spec_lsp.template.match.sections import SectionMatch
    from spec_lsp.template.notation.candidates import Candidate
    from spec_lsp.template.schema import Lifecycle, Template

_MOVED = re.compile(
    r"(?:(?:this|the) \w+ (?:has been|have been|has|have|was|were|is) )?"
    r"(?:moved|renamed|relocated) (?:in)?to\b",
    re.IGNORECASE,
)

_ABOUT_ITSELF = (
    r"\W*(?:(?:status|note|warning|important|notice)\W+)?"
    r"(?:this (?:[\w-]+ ){1,3}?(?:is|was|has been) (?:now |no longer )?)?"
)


def stage_of(status: str, binding: Binding | None, words: StatusWords) -> Stage:
    """The stage of a status, by the template's life cycle, else by common status words."""
    if not status:
        return ""
    if binding and any(slot.placeholder == status for slot in binding.template.fields):
        return "draft"
    lifecycle = binding.template.lifecycle if binding else None
    if lifecycle and binding:
        slot = binding.template.field(lifecycle.field)
        if slot and slot.choices and is_list(status, slot.choices):
            return "draft"
        choice = find_choice(status, slot.choices) if slot and slot.choices else None
        if choice and lifecycle.final and fold(choice.text) in map(fold, lifecycle.order):
            sets: tuple[tuple[Stage, tuple[str, ...]], ...] = (
                ("dropped", lifecycle.dropped),
                ("final", lifecycle.final),
                ("draft", lifecycle.draft),
            )
            text = choice.text.casefold()
            return next((name for name, values in sets if text in _folded(values)), "active")
        words = _with_lifecycle(words, lifecycle)
    if read_choices(status):
        return "draft"
    folded = fold(status)
    known = _by_word(folded, words) or _by_word(folded, words_of_languages())
    return known or ("active" if folded else "")


def has_moved(document: Document, summary: str) -> bool:
    """Whether a document only says where its contents are now."""
    if not _MOVED.match(summary):
        return False
    return sum(section.heading is not None for section in document.sections) <= 1


def is_withdrawn(document: Document, words: StatusWords) -> bool:
    """Whether the first heading or the line below it says that a document no longer counts.

    `[Deprecated] Login`, `Login (superseded)`, `RETIRED` and `This RFC has been withdrawn.` do so;
    `Deprecated APIs` is a subject.
    """
    in_title, in_line = _withdrawals(words.dropped)
    section = next((each for each in document.sections if each.level), None)
    if section is None:
        return False
    is_said = in_title.search(section.title)
    body = section.chunk.visible[section.chunk.body_start :].lstrip() if section.level == 1 else ""
    return bool(is_said or in_line.match(body.partition("\n")[0]))


@cache
def _withdrawals(dropped: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns for titles and for the lines below them."""
    word = f"(?:{'|'.join(map(re.escape, dropped))})"
    note = rf"[\[(]{word}\b[^\])]{{0,80}}[\])]"
    in_title = rf"^\W*{note}|^\W*{word}\W*(?:[:–—]|$)|{note}$"
    after = r"[*_]*[.:!–—]|[*_\s]*(?:$|(?:by|in favou?r of|since|as of|and)\b)"
    in_line = rf"{_ABOUT_ITSELF}{word}\b(?:{after})"
    return re.compile(in_title, re.IGNORECASE), re.compile(in_line, re.IGNORECASE)


def filled_sections(binding: Binding) -> tuple[int, int]:
    """The number of required sections with more than template text, and of all to be written."""
    wanted = once(binding.template, _wanted)
    filled = {match.slot.path for match, _ in each_match(binding, _is_wanted_and_filled)}
    left = wanted - filled
    below = (each for each in binding.sections if each.slot.path in left)
    filled |= {each.slot.path for each in below if _is_filled_below(binding, each)}
    return len(wanted & filled), len(wanted)


def is_filled(binding: Binding, match: SectionMatch) -> bool:
    """Whether a section, or one in it, has content that its template lacks, or needs none."""
    return _is_filled_here(binding, match) or _is_filled_below(binding, match)


def _is_filled_here(binding: Binding, match: SectionMatch) -> bool:
    return body_of(binding.document, match).is_own or not asks(binding.template, match.slot)


def _is_filled_below(binding: Binding, match: SectionMatch) -> bool:
    """Whether the author writes in sections below, and none of the template's text is left above.

    The template need not have these sections: `Positive` and `Negative` below `Consequences`.
    """
    document = binding.document
    if not body_of(document, match).is_bare:
        return False
    inside = range(match.index + 1, document.outline.ends[match.index])
    known = {each.index: each for each in binding.sections if each.index in inside}
    return any(
        body_of(document, known[at]).is_own if at in known else has_text(document.sections[at])
        for at in inside
    )


def _wanted(template: Template) -> frozenset[tuple[str, ...]]:
    return frozenset(slot.path for slot in template.required if asks(template, slot))


def _is_wanted_and_filled(binding: Binding, match: SectionMatch) -> bool:
    return match.slot.is_required and _is_filled_here(binding, match)


def leftovers(binding: Binding) -> Iterator[tuple[Section, Candidate]]:
    """The template's placeholders that are not filled in yet, without choice lists."""
    document = binding.document
    for section, found in document.sections_with(_left_in, binding.template):
        for each in found:
            placed = each.shift(section.start)
            is_reference = document.is_reference(placed.span)
            if not is_reference and not only_names_mark(binding, section, placed):
                yield section, placed


def count_leftovers(binding: Binding) -> int:
    """The number of placeholders that are not filled in yet."""
    return sum(1 for _ in leftovers(binding))


def _left_in(chunk: Chunk, template: Template) -> tuple[Candidate, ...]:
    return tuple(each for each in may_be_left(chunk, template) if _is_left(each, template))


def _is_left(candidate: Candidate, template: Template) -> bool:
    """Whether a candidate is a placeholder of the template."""
    same = same_text(candidate.text)
    if is_unmistakable(same, template.document.text):
        return True
    return is_leftover(candidate, template) and not read_choices(same)


def _folded(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value.casefold() for value in values)


def _with_lifecycle(words: StatusWords, lifecycle: Lifecycle) -> StatusWords:
    """Status words, after those of a life cycle whose field may have any value."""
    return StatusWords(
        (*map(fold, lifecycle.draft), *words.draft),
        (*map(fold, lifecycle.final), *words.final),
        (*map(fold, lifecycle.dropped), *words.dropped),
    )


def _by_word(folded: str, words: StatusWords) -> Stage:
    stages: tuple[tuple[Stage, tuple[str, ...]], ...] = (
        ("dropped", words.dropped),
        ("final", words.final),
        ("draft", words.draft),
    )
    for stage, known in stages:
        if any(folded == word or folded.startswith(f"{word} ") for word in known):
            return stage
    return ""
