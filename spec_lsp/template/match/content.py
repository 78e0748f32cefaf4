"""The content below a document's headings, compared with the content of its template.

Results are cached per chunk and slot. The chunks of a template live as long as the template, those
of a document until they are edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.compare import bare_line, normalise, same_text
from spec_lsp.markdown.section import Section
from spec_lsp.memo import once
from spec_lsp.template.match.binding import Binding, each_match
from spec_lsp.template.match.sections import SectionMatch
from spec_lsp.template.notation.titles import LEGEND
from spec_lsp.template.notation.wording import may_stay_empty, says_nothing, states_terms
from spec_lsp.template.read.states import STATUS_KEYS
from spec_lsp.template.schema import SectionSlot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.schema import SectionSlot, Template

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BREAK = re.compile(r"---+|\*\*\*+|___+")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_VALUE = re.compile(r"\w+(?: \w+)?")  # a default value
_FEW = 4  # items of a check list for each placeholder in it
_REAL = re.compile(r"/\w|\.\./\w|https?://(?!.*(?:\bexample\.|\.\.\.|…))", re.IGNORECASE)  # links
_LINK_DEFINITION = re.compile(r"\[[^\]]+\]: ?\S+$")


class SectionContent(NamedTuple):
    """The content below a heading, comments excluded.

    `is_blank` means no content, `is_bare` no content but link definitions. `is_own` means a line
    that the template lacks, `is_sample` the template's text, however its lines are broken.
    """

    is_bare: bool
    is_blank: bool
    is_own: bool
    is_sample: bool


class Samples(NamedTuple):
    """The template's content for a slot: each sample as one text, and the lines of all samples."""

    texts: frozenset[str]
    lines: frozenset[str]


def body_of(document: Document, match: SectionMatch) -> SectionContent:
    """The content below a document's heading, compared with the template's content for its slot."""
    chunks, index = document.chunks, match.index
    if index == len(chunks) - 1 and document.footer_start < len(document.text):
        return _compared(_shown(document.sections[index]), match.slot)
    return once(chunks[index], _body, match.slot)


def samples_of(slot: SectionSlot) -> Samples:
    """The template's content for a slot."""
    return once(slot, _read_samples)


_OWN = SectionContent(is_bare=False, is_blank=False, is_own=True, is_sample=False)


def _body(chunk: Chunk, slot: SectionSlot) -> SectionContent:
    return _compared(_without_comments(chunk.plain[chunk.body_start :]), slot)


def _compared(shown: str, slot: SectionSlot) -> SectionContent:
    samples = samples_of(slot)
    lines: list[str] = []
    is_bare, is_own = True, False
    for line in _lines(shown):
        lines.append(line)
        is_bare = is_bare and bool(_LINK_DEFINITION.match(line))
        if line not in samples.lines:
            is_own = True
            if not is_bare and not _may_go_on(lines, samples):
                return _OWN
    return SectionContent(
        is_bare, not lines, is_own, bool(lines) and " ".join(lines) in samples.texts
    )


def _may_go_on(lines: list[str], samples: Samples) -> bool:
    """Whether a sample begins with some lines; if not, the rest need not be compared."""
    said = " ".join(lines)
    return any(text.startswith(said) for text in samples.texts)


def _read_samples(slot: SectionSlot) -> Samples:
    bodies = [[*_lines(_shown(sample))] for sample in slot.samples]
    texts = (" ".join(lines) for lines in bodies)
    return Samples(frozenset(texts), frozenset(line for lines in bodies for line in lines))


def _shown(section: Section) -> str:
    """The text up to the next heading or the footer, without comments."""
    chunk = section.chunk
    start = chunk.body_start
    end = max(section.document.footer_start - section.start, start)
    return _without_comments(chunk.plain[start:end])


def _without_comments(text: str) -> str:
    return _COMMENT.sub("", text) if "<!--" in text else text


def _lines(text: str) -> Iterator[str]:
    """The lines of a text without bullets, quote marks, emphasis, blank lines and breaks."""
    for line in text.split("\n"):
        if not _BREAK.fullmatch(line.strip()) and (bare := bare_line(line)):
            yield bare


def has_text(section: Section) -> bool:
    """Whether there is text below a heading, up to the next one."""
    return any(_lines(_shown(section)))


def asks(template: Template, slot: SectionSlot) -> bool:
    """Whether a section is to be written: it is empty, or has guidance, a list or a table.

    Sections are not if they only group required ones, explain others, state terms, or hold dates,
    names and choices.
    """
    return once(slot, _asks, template)


def _asks(slot: SectionSlot, template: Template) -> bool:
    samples = samples_of(slot)
    is_waiting = slot.section.index in template.waiting
    lists = any(each.items or each.tables for each in slot.samples)
    groups = any(child.is_required for child in slot.children)
    # A word such as `Accepted` is a default value, which may stay.
    is_value = not is_waiting and all(map(_VALUE.fullmatch, samples.texts))
    known = sum(each.kind != "text" for each in slot.fields)
    if (
        explains(slot)
        or (is_value and not lists)
        or (groups and not is_waiting and not lists)
        or (not is_waiting and any(map(states_terms, samples.texts)))
        or 0 < len(samples.lines) <= known
    ):
        return False
    return not samples.lines or bool(slot.guidance) or is_waiting or lists


def guides(binding: Binding, slot: SectionSlot) -> bool:
    """Whether a template's section contains text for the writer to replace."""
    return bool(slot.guidance) or slot.section.index in binding.template.waiting


_EXAMPLE = re.compile(r"\bexample:", re.IGNORECASE)
_EXAMPLES = re.compile(r"\bexamples\b", re.IGNORECASE)


def empty(binding: Binding) -> Iterator[SectionMatch]:
    """The sections without content below their headings."""
    return (match for match, _ in each_match(binding, _is_empty))


def unfilled(binding: Binding) -> Iterator[SectionMatch]:
    """The sections that contain only the unchanged text of the template.

    A section with subsections is not one of them; its subsections are checked instead.
    """
    return (match for match, _ in each_match(binding, _is_unfilled))


def _is_empty(binding: Binding, match: SectionMatch) -> bool:
    if not body_of(binding.document, match).is_bare or _has_children(binding, match):
        return False
    section = binding.section(match)
    if _is_contents(section.title) or _goes_on(binding, match):
        return False
    asked = {
        same_text(comment.text) for sample in match.slot.samples for comment in sample.comments
    }
    if any(map(may_stay_empty, asked)):
        return False
    said = (same_text(comment.text) for comment in section.comments)
    return all(comment in asked and " " in comment for comment in said)


def _goes_on(binding: Binding, match: SectionMatch) -> bool:
    """Whether the next heading is a part that the template offers in bold: `**README**: …`."""
    titles = binding.document.outline.titles
    after = match.index + 1
    return after < len(titles) and normalise(titles[after]) in once(match.slot, _offered)


def _offered(slot: SectionSlot) -> frozenset[str]:
    texts = "\n".join(map(_shown, slot.samples))
    return frozenset(map(normalise, _BOLD.findall(texts)))


def _is_unfilled(binding: Binding, match: SectionMatch) -> bool:
    return (
        body_of(binding.document, match).is_sample
        and not _has_children(binding, match)
        and not _is_empty(binding, match)
        and guides(binding, match.slot)
        and not match.slot.value
        and not explains(match.slot)
        and not _is_contents(match.slot.title)
        and not is_kept(binding, match.slot)
        and not _is_adopted(binding, match)
    )


def _is_adopted(binding: Binding, match: SectionMatch) -> bool:
    """Whether a list that is an example is meant: the author has removed the words that say so.

    A template has such words in the section around: `These are examples to consider.`
    """
    slot, template = match.slot, binding.template
    place = template.order.get(slot.path[:-1])
    is_list = bool(slot.section.chunk.of_kind("item"))
    if place is None or not is_list or slot.section.index in template.waiting:
        return False
    words = {line for line in samples_of(template.slots[place]).lines if _EXAMPLES.search(line)}
    if not words:
        return False
    around = binding.section(match).parent
    said = _lines(_shown(binding.document.sections[around])) if around >= 0 else ()
    return words.isdisjoint(said)


def explains(slot: SectionSlot) -> bool:
    """Whether a template's section only shows how to read or write other sections.

    Examples: ``Format: `[ID] [P?] Text` `` and `Parallel Example: User Story 1`.
    """
    is_shown = LEGEND.search(slot.title) or _EXAMPLE.search(slot.title)
    return slot.is_guidance or bool(is_shown)


def is_kept(binding: Binding, slot: SectionSlot) -> bool:
    """Whether documents keep the text of a section, which has no placeholder.

    It states terms or a status, says that there is nothing to say, lists links, is optional and
    lists code such as paths, or is a check list: more items than other lines, few of them with a
    placeholder.
    """
    samples, template = samples_of(slot), binding.template
    lines = [line for line in samples.lines if not _LINK_DEFINITION.match(line)]
    here = slot.section.index
    is_list = 2 * len(slot.checklist) > len(lines)
    if here in template.waiting:
        waiting = sum(here in places for places in template.placeholders.values())
        return is_list and waiting * _FEW <= len(slot.checklist)
    if (
        _lists_links(slot)
        or slot.pattern.key in STATUS_KEYS
        or (not slot.is_required and _lists_code(slot))
    ):
        return True
    return is_list or any(states_terms(text) or says_nothing(text) for text in samples.texts)


def _has_children(binding: Binding, match: SectionMatch) -> bool:
    return match.index in binding.matches.outline.children


def _is_contents(title: str) -> bool:
    """Whether a section is a table of contents, which tools generate."""
    return normalise(title) in ("toc", "contents", "table of contents")


def _lists_links(slot: SectionSlot) -> bool:
    """Whether each item has a link to a page that is not a sample."""
    chunks = [each.chunk for each in slot.samples]
    items = [chunk.span_of(item) for chunk in chunks for item in chunk.of_kind("item")]
    links = [link for chunk in chunks for link in chunk.links]
    return 0 < len(items) <= sum(bool(_REAL.match(each.target)) for each in links)


def _lists_code(slot: SectionSlot) -> bool:
    items = [item for each in slot.samples for item in each.items]
    return bool(items) and all("`" in item.text for item in items)
