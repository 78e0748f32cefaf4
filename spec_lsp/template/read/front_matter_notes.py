"""Comments in a template's front matter that describe the keys below them.

`# These are optional` applies to every key up to the next blank line or comment, and a
commented-out key is a field that documents may have.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.markdown.nodes import Field
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.document import Document

_LINE = re.compile(r"[^\r\n]+|(?<=\n)\r?\n|(?<=\r)\r")
_COMMENTED = re.compile(r"#[ \t]*(?P<name>[a-z][a-z0-9_-]*):(?:[ \t]+(?P<value>.*?))?[ \t]*$")


def matter_notes(document: Document) -> dict[int, str]:
    """The comment that applies to each line of the front matter, by the line's offset."""
    notes: dict[int, str] = {}
    note: list[str] = []
    was_comment = False
    for offset, line in _lines(document):
        is_comment = line.lstrip().startswith("#")
        if not line.strip() or (is_comment and not was_comment):
            note = []
        if is_comment:
            note.append(line)
        else:
            notes[offset] = " ".join(note)
        was_comment = is_comment
    return notes


def commented_fields(document: Document) -> Iterator[Field]:
    """The commented-out keys, such as `# status: "{proposed | accepted}"`."""
    for offset, line in _lines(document):
        match = _COMMENTED.match(line)
        if match:
            name, value = Span(*match.span("name")), Span(*match.span("value"))
            if match["value"] is None:
                value = Span(match.end(), match.end())
            yield Field(
                name=match["name"],
                name_span=name.shift(offset),
                value=match["value"] or "",
                value_span=value.shift(offset),
                span=Span(name.start, value.end).shift(offset),
                style="yaml",
            )


def _lines(document: Document) -> Iterator[tuple[int, str]]:
    """The lines of the front matter, without the fences around it."""
    matter = document.chunks[0].matter
    if matter:
        for match in _LINE.finditer(document.text, 0, matter.end):
            if not match[0].startswith(("---", "\ufeff---", "...")):
                yield match.start(), match[0]
