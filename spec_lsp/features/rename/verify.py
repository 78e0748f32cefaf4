"""Verification of an ID rename: parse the result and compare the IDs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spec_lsp.features.rename.update_links import Edits, Read
from spec_lsp.markdown.parse import parse
from spec_lsp.text import Span, apply
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.workspace import Workspace


def unread(
    workspace: Workspace,
    read: Read,
    renamed: Mapping[str, Iterable[Span]],
    new_key: str,
    change: tuple[Edits, Mapping[str, str]],
) -> str:
    """Return the first file whose IDs differ from the expected ones after a change; empty if none.

    `renamed` are the spans of the ID in each file, `change` all edits and renamed files.
    """
    edits, moves = change
    for path in sorted({*renamed, *moves} & workspace.index.entries.keys()):
        before, document = workspace.index.entries[path], read(path)
        if not document:
            return path
        after = parse(moves.get(path, path), apply(document.text, edits.get(path, ())))
        found = workspace.summarise(after, workspace.bind(after))
        spans = {*renamed.get(path, ())}
        wanted = [(kind, new_key if span in spans else key) for span, kind, key in _ids(before)]
        if wanted != [(kind, key) for _, kind, key in _ids(found)]:
            return path
    return ""


def _ids(entry: Entry) -> list[tuple[Span, str, str]]:
    """Return all written IDs of a file in order, with their role."""
    found = [(each.span, "definition", each.key) for each in entry.defined]
    mentions = (each for each in (*entry.mentions, *entry.possible) if not each.is_implied)
    return sorted([*found, *((each.span, "mention", each.key) for each in mentions)])
