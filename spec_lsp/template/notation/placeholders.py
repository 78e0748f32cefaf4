"""Placeholders of a template: the candidates that authors are meant to replace.

The same expressions find candidates in templates and in documents. This module separates the
template's placeholders from candidates that are plain text: a tag such as `[P]`, a link, an HTML
element, a piece of code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.compare import same_text
from spec_lsp.template.notation.candidates import candidates_in
from spec_lsp.template.notation.titles import LEGEND
from spec_lsp.template.notation.wording import is_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.notation.candidates import Candidate

_TAG = re.compile(r"\[(?:[A-WZ](?<![NXYZ])|[A-Z]{1,3}\d+|[A-Z]\?|\d+|[-x ]|\^[^\]]+|![A-Z]+)\]")
_HTML = re.compile(
    r"</?(?:a|abbr|b|br|blockquote|center|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]"
    r"|hr|i|iframe|img|ins|kbd|li|mark|ol|p|picture|pre|s|samp|small|source|span|strong|sub|summary|sup"
    r"|svg|table|tbody|td|th|thead|tr|u|ul|var|video|wbr)\b[^<>]*/?>",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"<(?:[A-Za-z][\w+.-]*:\S*|[^\s@<>]+@[^\s@<>]+)>")
_LETTER = re.compile(r"[^\W\d_]|[#…]|\.\.\.")
_ATTRIBUTES = re.compile(r"\{[#.:%][^{}]*\}|\{[^{}]*=\s*[\"'][^{}]*\}")
_BARE_TARGET = re.compile(
    r"\(\s*(?:link|url|path|href|target|#|\.\.\.|…|link\.md)?\s*\)", re.IGNORECASE
)
_TARGET = re.compile(r"\([^()\s]*[/.#][^()\s]*\)")
_TAGS = re.compile(r"\[[^\[\]]+\]")
_DATE = re.compile(r"[YDM]{2,4}[-/.][MD]{2}[-/.][YD]{2,4}", re.IGNORECASE)
# In code these are types of many languages, `[String]`, `[u8]`, and parts of a command's usage.
_CODE = re.compile(
    r"\[(?:[\"'\d].*|String|Int|Bool|Double|Float|Character|Any|str|int|bool|float|bytes|[iu]\d+"
    r"|(?:OPTIONS?|FLAGS?|ARG(?:UMENT)?S?|COMMANDS?)(?:\.\.\.)?)\]"
)
_BLOCK_SIGNS = tuple("#/^>!&~@")
_ID_SHAPE = re.compile(r"[A-Z]{2,}[-_](?:X+|N+|#+|\?+)")


def template_placeholders(document: Document) -> dict[str, frozenset[int]]:
    """The placeholders of a template, each with the indices of the sections that contain it."""
    legend = _legend(document)
    found: dict[str, set[int]] = {}
    for section in document.sections:
        for candidate in placeholders_in(document, section):
            text = same_text(candidate.text)
            if text not in legend:
                found.setdefault(text, set()).add(section.index)
    return {text: frozenset(sections) for text, sections in found.items()}


def placeholders_in(document: Document, section: Section) -> Iterator[Candidate]:
    """The placeholders of a template's section."""
    links = {link.span.start for link in section.links if _leads_somewhere(link.kind, link.target)}
    for candidate in candidates_in(section):
        if candidate.span.start in links or candidate.span.start - 1 in links:
            continue
        if document.is_reference(candidate.span):
            continue
        if is_placeholder(candidate, document.text):
            yield candidate


def is_placeholder(candidate: Candidate, text: str) -> bool:
    """Whether a candidate of a template is a placeholder."""
    shape = candidate.text
    if is_mark(shape):
        return False
    if shape.startswith("{{"):
        return True
    if shape.startswith("["):
        return _is_bracket_placeholder(candidate, text)
    if shape.startswith("{"):
        return _is_brace_placeholder(candidate, text)
    if shape.startswith("<"):
        return not _HTML.fullmatch(shape) and not _ADDRESS.fullmatch(shape)
    return True


def is_unmistakable(text: str, template_text: str) -> bool:
    """Whether text is a placeholder everywhere, even if the template does not contain it.

    Double braces count only if the template itself uses them, and not as blocks of a template
    language: `{{#if}}`, `{{/if}}`.
    """
    if text.startswith("[") and text[1:].lstrip().upper().startswith("NEEDS CLARIFICATION"):
        return True
    return text.startswith("{{") and "{{" in template_text and text[2:3] not in _BLOCK_SIGNS


def is_date_pattern(text: str) -> bool:
    """Whether text is a date pattern such as `YYYY-MM-DD`."""
    return bool(_DATE.fullmatch(text.strip("[]{}<>() ")))


def is_id_pattern(text: str) -> bool:
    """Whether text is an ID without its number, such as `SPEC-XXX`."""
    return bool(_ID_SHAPE.fullmatch(text))


def _is_bracket_placeholder(candidate: Candidate, text: str) -> bool:
    shape = candidate.text
    if _TAG.fullmatch(shape) or not _LETTER.search(shape):
        return False
    if text.startswith("(", candidate.span.end) and not _is_call(candidate, text):
        return bool(_BARE_TARGET.match(text, candidate.span.end))
    is_attribute = text[candidate.span.start - 1 : candidate.span.start] in ("#", "!")
    return not (candidate.in_code and (is_attribute or _CODE.fullmatch(shape)))


def _is_call(candidate: Candidate, text: str) -> bool:
    """Whether a candidate is part of code: `[name]([arguments])` is not a link there."""
    return candidate.in_code and not _TARGET.match(text, candidate.span.end)


def _is_brace_placeholder(candidate: Candidate, text: str) -> bool:
    shape, start = candidate.text, candidate.span.start
    if _ATTRIBUTES.fullmatch(shape) or not _LETTER.search(shape):
        return False
    if start and (
        text[start - 1] in "$\\}_^" or re.search(r"\\\w+$", text[max(0, start - 20) : start])
    ):
        return False
    if candidate.in_code:
        return bool(re.fullmatch(r"\{[A-Za-z][\w -]*\}", shape)) and ":" not in shape
    return True


def _leads_somewhere(kind: str, target: str) -> bool:
    if kind in ("definition", "autolink", "reference"):
        return kind != "reference"
    return not _BARE_TARGET.fullmatch(f"({target})") and bool(re.search(r"[./#:]", target))


def _legend(document: Document) -> frozenset[str]:
    """The tags that a heading explains in code, as in ``## Format: `[ID] [P?] Text` ``."""
    return frozenset(
        tag
        for section in document.sections
        if section.heading and LEGEND.search(section.title)
        for tag in _TAGS.findall(section.title)
    )
