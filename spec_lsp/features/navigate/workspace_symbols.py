"""Workspace symbols: fuzzy search for documents and IDs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from heapq import nsmallest
from itertools import islice

from spec_lsp.features.shared.cards_state import full_name, kind_name
from spec_lsp.features.shared.results import WorkspaceSymbol
from spec_lsp.memo import once
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import Defined
from spec_lsp.workspace.workspace import Workspace

MOST = 128

Rank = tuple[int, int, int, str, str]


def find(workspace: Workspace, query: str, most: int = MOST) -> list[WorkspaceSymbol]:
    """Return the best matches: documents by ID and title, and the IDs in them.

    The query must be a subsequence of the name. Order: whole names, prefixes, word prefixes, the
    rest; documents before their IDs.
    """
    wanted = " ".join(query.split())
    if not wanted:
        entries = (entry for entry in workspace.index.entries.values() if entry.is_spec)
        return [_document(workspace, entry) for entry in islice(entries, most)]
    best = nsmallest(most, _ranked(workspace, wanted), key=lambda each: each[0])
    return [
        _inner(entry, defined) if defined else _document(workspace, entry)
        for _, entry, defined in best
    ]


def _ranked(workspace: Workspace, wanted: str) -> Iterator[tuple[Rank, Entry, Defined | None]]:
    folded = wanted.casefold()
    fits = _subsequence(folded)
    for entry in workspace.index.entries.values():
        if not fits(once(entry, _folded_names)):
            continue
        name = full_name(entry)
        if fits(name.casefold()):
            rank = _rank(folded, name.casefold(), entry.id.casefold())
            yield (*rank, 0, name, entry.path), entry, None
        for defined in _inner_ids(entry):
            name = _inner_name(defined)
            if fits(name.casefold()):
                rank = _rank(folded, name.casefold(), defined.text.casefold())
                yield (*rank, 1, name, entry.path), entry, defined


def _folded_names(entry: Entry) -> str:
    """Return the searchable names of a file in lower case, one per line."""
    return "\n".join((full_name(entry), *map(_inner_name, _inner_ids(entry)))).casefold()


def _inner_ids(entry: Entry) -> Iterator[Defined]:
    return (each for each in entry.defined if each.form not in ("field", "title", "file"))


def _subsequence(wanted: str) -> Callable[[str], object]:
    """Return a search for lines that contain the letters of a query in order, ignoring spaces.

    The first occurrence of each letter suffices, so the pattern needs no backtracking.
    """
    letters = [re.escape(letter) for letter in wanted if not letter.isspace()]
    steps = "".join(rf"[^{letter}\n]*{letter}" for letter in letters)
    return re.compile(f"^{steps}", re.MULTILINE).search


def _rank(folded: str, name: str, head: str) -> tuple[int, int]:
    """Return the rank of a match, best first, and the length of the name."""
    if folded in (name, head):
        return 0, len(name)
    if name.startswith(folded):
        return 1, len(name)
    at = name.find(folded)
    if at > 0:
        return (3 if name[at - 1].isalnum() else 2), len(name)
    return 4, _spread(folded, name)


def _spread(folded: str, name: str) -> int:
    """Return the distance between the letters of the query in a name."""
    first = last = -1
    for letter in folded:
        if letter.isspace():
            continue
        last = name.find(letter, last + 1)
        first = last if first < 0 else first
    return (last - first) * 1000 + len(name)


def _document(workspace: Workspace, entry: Entry) -> WorkspaceSymbol:
    container = kind_name(workspace, entry.kind)
    return WorkspaceSymbol(
        full_name(entry), "document", entry.path, entry.title_span or Span(0, 0), container
    )


def _inner(entry: Entry, defined: Defined) -> WorkspaceSymbol:
    return WorkspaceSymbol(_inner_name(defined), "id", entry.path, defined.span, full_name(entry))


def _inner_name(defined: Defined) -> str:
    return f"{defined.text} {defined.title}".strip()
