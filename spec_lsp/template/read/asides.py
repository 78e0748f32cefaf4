"""Sections of a template that documents need not have: they speak to the writer, or are samples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise
from spec_lsp.template.notation.languages import ABOUT_TEMPLATE, MODEL
from spec_lsp.template.notation.titles import SampleTitle, sample_title, singular

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.section import Section

_WRITERS = r"(?:authors?|writers?|contributors?|submitters?|proposers?|editors?|reviewers?)"
_TO_WRITERS = re.compile(
    r"\b(?:this|the|using) template\b|\btemplate (?:guide|usage|instructions?|notes?|history)\b"
    r"|\b(?:instructions?|notes?|guidance|guidelines?|tips|checklist|help)"
    rf" (?:for|to) (?:the )?{_WRITERS}\b"
    rf"|\b{_WRITERS}(?:['’]?s?['’]?)? (?:checklist|instructions?|guidance|guidelines?|notes?)\b"
    r"|\bhow to (?:use|read|fill|complete|write) (?:in |out )?(?:this|the)\b"
    r"|^(?:pre-?)?submission checklist$|^(?:before|when) (?:you )?submit(?:ting)?\b|^instructions$"
    rf"|{ABOUT_TEMPLATE}|\b(?:este|ce|questo) (?:{MODEL})\b"
)
# Editors and renderers generate these, so documents may omit them.
_CONTENTS = {"toc", "contents", "table of contents"}
# Metadata that documents may as well have without a heading.
_HEADERS = {"preamble", "header", "front matter"}
_LINK_ITEM = re.compile(r"(?:[-*+]|\d+[.)])\s+\[[^\[\]]*\]\(#[^()]*\)")


def is_aside(document: Document, section: Section) -> bool:
    """Whether a section instructs the writer, lists contents, holds metadata or is a sample."""
    title = normalise(section.title)
    if title in _CONTENTS or title in _HEADERS or _TO_WRITERS.search(title):
        return True
    return _is_sample_of_parent(document, section) or _lists_contents(section)


def sample_titles(sections: Iterable[Section]) -> dict[int, SampleTitle]:
    """The numbered titles among siblings that are samples, by the index of their section.

    `Option 1` expects others, and so do `Option 2` and `Option 3` beside each other; `OAuth 2`
    alone is a name.
    """
    found = {each.index: title for each in sections if (title := sample_title(each.title))}
    numbers: dict[str, set[str]] = {}
    for title in found.values():
        numbers.setdefault(normalise(title.words), set()).add(title.number)
    return {
        index: title
        for index, title in found.items()
        if title.expects_others or len(numbers[normalise(title.words)]) > 1
    }


def _is_sample_of_parent(document: Document, section: Section) -> bool:
    """Whether a section is a sample of what its parent is for: `Example Goals` below `Goals`."""
    words = _words(section.title)
    if section.parent < 0 or words[:1] not in (["example"], ["sample"]):
        return False
    around = _words(document.sections[section.parent].title)
    return len(words) > 1 and (set(words[1:]) <= set(around) or set(around) <= set(words[1:]))


def _words(title: str) -> list[str]:
    return [singular(word) for word in normalise(title).split()]


def _lists_contents(section: Section) -> bool:
    """Whether a section has only links to headings of the same document, several at least."""
    lines = [line.strip() for line in section.chunk.plain[section.chunk.body_start :].split("\n")]
    shown = [line for line in lines if line and not line.startswith("<!--")]
    return len(shown) > 1 and all(_LINK_ITEM.fullmatch(line) for line in shown)
