"""Verification of an ID rename: the IDs of a file before and after."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from spec_lsp.markdown.document import Document
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.workspace import Workspace


def has_renamed(
    workspace: Workspace, path: str, after: Document, renamed: tuple[AbstractSet[Span], str]
) -> bool:
    """Whether a document has the IDs of a file, with a new key at the given spans of the file."""
    spans, new_key = renamed
    entry = workspace.entry(path)
    found = workspace.summarise(after, workspace.bind(after))
    before = _ids(entry) if entry else []
    wanted = [(kind, new_key if span in spans else key) for span, kind, key in before]
    return wanted == [(kind, key) for _, kind, key in _ids(found)]


def _ids(entry: Entry) -> list[tuple[Span, str, str]]:
    """Return all written IDs of a file in order, with their role."""
    found = [(each.span, "definition", each.key) for each in entry.defined]
    mentions = (each for each in (*entry.mentions, *entry.possible) if not each.is_implied)
    return sorted([*found, *((each.span, "mention", each.key) for each in mentions)])
