"""Reuse the matches of a document after an edit that does not change its outline.

The titles and levels of the headings, the header, the footer and the metadata determine the
template of a document and its matches. Most edits change none of them.
"""

from __future__ import annotations

from itertools import compress, count
from operator import is_not
from typing import TYPE_CHECKING

from spec_lsp.template.match.binding import Binding
from spec_lsp.template.read.fields import is_metadata

if TYPE_CHECKING:
    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.document import Document


def has_same_outline(before: Document, after: Document) -> bool:
    """Whether a new version of a document has the same template and matches."""
    old, new = before.chunks, after.chunks
    if before.path != after.path or len(old) != len(new):
        return False
    changed = compress(count(), map(is_not, old, new))
    return all(
        index
        and _is_alike(old[index], new[index])
        and not (index == 1 and (_may_tell(old[1]) or _may_tell(new[1])))
        and not (index == 1 and not old[0].level and old[1].fields != new[1].fields)
        and not (index == len(new) - 1 and (old[-1].rules or new[-1].rules))  # maybe a footer
        for index in changed
    )


def rebound(binding: Binding, document: Document) -> Binding:
    """The binding of a new version with the same outline."""
    return Binding(document, binding.template, binding.matches)


def _is_alike(old: Chunk, new: Chunk) -> bool:
    if not old.heading or not new.heading or old.level != new.level:
        return False
    if old.heading.is_setext or new.heading.is_setext:
        # The lines of an underlined heading may be fields that are underlined by mistake.
        return old.text[: old.body_start] == new.text[: new.body_start]
    return old.heading.text == new.heading.text and not is_metadata(new.heading.text)


def _may_tell(second: Chunk) -> bool:
    """Whether the second chunk of a document may contain its header, or name its template."""
    return second.level == 1 or bool(second.comments)
