"""The ID patterns of a template, and where each ID must be unique.

A header field, the title or the file name defines the document's own ID, which is unique in the
workspace. An ID at a defining position inside a section is unique in its document: every spec has
an FR-1. An ID elsewhere, as in `Related Bugs: BUG-XXX`, belongs to another kind.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from spec_lsp.markdown.nodes import Definition
from spec_lsp.template.notation.candidates import candidates_in
from spec_lsp.template.notation.id_patterns import (
    BARE_NUMBER,
    SHAPE,
    IdPattern,
    digits_of,
    pattern_from,
    pattern_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.schema import FieldSlot

_HEAD = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?[ \t]+)?[*_`~\[]*")
_ID_NAME = re.compile(r"(?:\S+ )?ids?|identifier|number|simd|rfc|pep|kep", re.IGNORECASE)
_SLUG = re.compile(r"[`*_]*[\[{<]+\s*[\w-]*_?id\s*[\]}>]+[`*_]*", re.IGNORECASE)
# `0000-template.md`, but not `000_1408053b05.md`: there, the number only sorts the files.
_FILE_NUMBER = re.compile(
    r"^(?P<prefix>[A-Za-z]{2,12}[-_])?(?P<number>X{2,}|N{2,}|0{2,}|#{2,})"
    r"(?=[-_.])(?![-_](?=[a-f]*\d)[0-9a-f]{6,}\.)"
)
_OPEN_PREFIX = re.compile(r"(?P<prefix>[A-Z]{1,12}[-_])X")


def own_id(document: Document, fields: Iterable[FieldSlot]) -> tuple[IdPattern | None, str]:
    """The pattern of the document's own ID, and the name of its field or ""."""
    for slot in fields:
        if _ID_NAME.fullmatch(slot.name):
            raw = slot.placeholder or slot.default
            bare = raw.strip("`*_ ")
            bare = bare.strip("'\"")
            bare = bare[1:-1] if bare.startswith("[") else bare
            if found := pattern_of(bare):
                return found, slot.name
            if BARE_NUMBER.fullmatch(bare):
                return IdPattern("", len(bare), "workspace"), slot.name
            if _SLUG.fullmatch(raw) or slot.key in ("id", "spec id"):
                return IdPattern("", 0, "workspace"), slot.name
    title = document.title
    lead = _HEAD.match(title)
    match = SHAPE.match(title, lead.end() if lead else 0)
    if match and not match["number"].isdigit() and match["prefix"][-1] in "-_":
        return pattern_from(match, "workspace"), ""
    name = _FILE_NUMBER.match(posixpath.basename(document.path))
    if name:
        width = len(name["number"])
        return IdPattern((name["prefix"] or "").upper(), width, "workspace"), ""
    return None, ""


def section_ids(document: Document) -> Iterator[IdPattern]:
    """The IDs that sections define, one for each prefix."""
    seen: set[str] = set()
    for section in document.sections:
        if section == document.title_section:
            continue
        for found in _defined(section):
            if found.prefix not in seen:
                seen.add(found.prefix)
                yield found


def mentioned_ids(document: Document) -> Iterator[IdPattern]:
    """The IDs of other kinds that a template mentions, such as `BUG-XXX`."""
    seen: set[str] = set()
    for section in document.sections:
        for candidate in candidates_in(section):
            match = SHAPE.fullmatch(candidate.text.strip("[]"))
            if match and match["prefix"][-1:] in "-_" and match["prefix"] not in seen:
                seen.add(match["prefix"])
                yield IdPattern(match["prefix"], digits_of(match), "workspace", defines=False)


def _defined(section: Section) -> Iterator[IdPattern]:
    """The IDs at defining positions: those with digits, then patterns without digits."""
    for definition in section.definitions:
        yield _from_definition(definition)
    # `- **[SIMD-XXXX]: Title**` is a link to another document.
    texts = [section.title]
    texts += (item.text for item in section.items if item.text.startswith("**"))
    texts = [text for text in texts if not text.startswith("**[")]
    texts += (row[0].text for table in section.tables for row in table.rows if row)
    for text in texts:
        lead = _HEAD.match(text)
        match = SHAPE.match(text, lead.end() if lead else 0)
        if match and not match["number"].isdigit() and _is_id(match):
            yield pattern_from(match, "document")


def _is_id(match: re.Match[str]) -> bool:
    """Whether a match is an ID: `PS-N` and `FR-XXX` are, `UX` and `API [Name]` are words."""
    return match["prefix"][-1] in "-_" and match["number"][0] in "XN#?"


def _from_definition(definition: Definition) -> IdPattern:
    prefix, number = definition.identifier.prefix, definition.identifier.number
    digits = len(number) if number.startswith("0") or len(number) > 2 else 1
    if is_open := _OPEN_PREFIX.fullmatch(prefix):
        return IdPattern(is_open["prefix"], digits, "document", is_open=True)
    return IdPattern(prefix, digits, "document")
