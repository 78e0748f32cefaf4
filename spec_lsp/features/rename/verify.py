"""Verification of an ID rename: the IDs of a file before and after."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from itertools import compress, count
from operator import is_not

from spec_lsp.markdown.document import Document
from spec_lsp.template.match.rebind import has_same_outline
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import Mention
from spec_lsp.workspace.workspace import Workspace

_Ids = list[tuple[Span, str, str]]


def has_renamed(
    workspace: Workspace,
    before: Document,
    after: Document,
    renamed: tuple[AbstractSet[Span], str],
) -> bool:
    """Whether a new version of a file has the same IDs, with a new key at the given spans.

    Only the changed parts are compared if nothing else in the file depends on them.
    """
    spans, new_key = renamed
    found = _of_changed_parts(workspace, before, after)
    # A span that is no ID of these parts may belong to a range.
    if found is None or not spans <= {span for span, *_ in found[0]}:
        entry = workspace.entry(before.path)
        written = workspace.summarise(after, workspace.bind(after))
        found = _ids(entry) if entry else [], _ids(written)
    wanted = [(kind, new_key if span in spans else key) for span, kind, key in found[0]]
    return wanted == [(kind, key) for _, kind, key in found[1]]


def _of_changed_parts(
    workspace: Workspace, before: Document, after: Document
) -> tuple[_Ids, _Ids] | None:
    """The IDs of the changed parts in both versions; None if other parts may depend on them."""
    if not has_same_outline(before, after):
        return None
    template = workspace.chosen(before).template
    found: tuple[_Ids, _Ids] = ([], [])
    for index in compress(count(), map(is_not, before.chunks, after.chunks)):
        for version, wrote in zip((before, after), found, strict=True):
            mentions = workspace.mentions_alone(version.chunks[index], template, before.path)
            if mentions is None:
                return None
            wrote.extend(_mentioned(each.shift(version.starts[index]) for each in mentions))
    return found


def _ids(entry: Entry) -> _Ids:
    """Return all written IDs of a file in order, with their role."""
    found = [(each.span, "definition", each.key) for each in entry.defined]
    return sorted([*found, *_mentioned((*entry.mentions, *entry.possible))])


def _mentioned(mentions: Iterable[Mention]) -> _Ids:
    return sorted((each.span, "mention", each.key) for each in mentions if not each.is_implied)
