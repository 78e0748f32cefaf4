"""Cycles of dependencies between documents, or between requirements inside them."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.memo import once
from spec_lsp.workspace.facts import Mention
from spec_lsp.workspace.index_keys import ordering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.text import Span
    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Defined, Reference
    from spec_lsp.workspace.index import Index


class CycleNode(NamedTuple):
    """A document, or with a key one of its inner IDs."""

    path: str
    key: str = ""


class Dependency(NamedTuple):
    """A dependency of one node on another."""

    source: CycleNode
    target: CycleNode
    span: Span


def ties(index: Index, path: str) -> Iterator[Dependency]:
    """The dependencies of a file."""
    entry = index.entries.get(path)
    for use in ordering(entry) if entry and entry.stage != "dropped" else ():
        source = CycleNode(path, use.subject)
        for target in _targets(index, path, use):
            yield Dependency(source, target, use.span)


def way_back(index: Index, tie: Dependency) -> tuple[Dependency, ...]:
    """The shortest cycle that begins with a dependency; empty if there is none."""
    if tie.target == tie.source:
        return (tie,)
    came: dict[CycleNode, Dependency] = {}
    queue = deque([tie.target])
    while queue:
        node = queue.popleft()
        for each in ties(index, node.path):
            if each.source != node or each.target in came:
                continue
            came[each.target] = each
            if each.target == tie.source:
                return (tie, *_way(came, tie))
            queue.append(each.target)
    return ()


def ring(index: Index, path: str) -> frozenset[str]:
    """The files on a cycle of dependencies with a file; cached until `index.ties` is replaced."""
    known = once(index.ties, _rings)
    if path not in known:
        known[path] = _ring(index, path)
    return known[path]


def _rings(_: object) -> dict[str, frozenset[str]]:
    return {}


def _ring(index: Index, path: str) -> frozenset[str]:
    seen: dict[str, set[str]] = {}
    queue = deque([path])
    while queue:
        at = queue.popleft()
        for each in ties(index, at):
            if each.target.path not in seen:
                queue.append(each.target.path)
            seen.setdefault(each.target.path, set()).add(at)
    found: set[str] = set()
    queue.append(path)
    while queue:
        fresh = seen.get(queue.popleft(), set()) - found
        found |= fresh
        queue.extend(fresh)
    return frozenset(found)


def _way(came: dict[CycleNode, Dependency], tie: Dependency) -> list[Dependency]:
    way: list[Dependency] = []
    node = tie.source
    while node != tie.target:
        way.append(came[node])
        node = came[node].source
    return way[::-1]


def _targets(index: Index, path: str, use: Mention | Reference) -> Iterator[CycleNode]:
    if not isinstance(use, Mention):
        if use.path in index.entries and (use.path != path or not use.anchor):
            yield CycleNode(use.path)
    elif use.owner:
        yield from (CycleNode(o.path, use.key) for o in _sure_owners(index, use.owner))
    elif site := next(index.inner(path, use.key), None):
        yield CycleNode(path, "" if _is_whole(index.entries[path], site.what) else use.key)
    else:
        yield from (CycleNode(owner.path) for owner in _sure_owners(index, use.key))
        for folder in index.entries[path].places:
            for site in index.shared(folder, use.key):
                other = index.entries[site.path]
                if other.stage != "dropped" and _is_whole(other, site.what):
                    yield CycleNode(site.path)


def _is_whole(entry: Entry, what: Defined) -> bool:
    """Whether an inner ID means its whole document, in whose title or file name it is."""
    return what.form == "file" or (what.form == "heading" and what.name_span == entry.title_span)


def _sure_owners(index: Index, key: str) -> Iterator[Entry]:
    """The only owner that is in force, which no other file can override.

    So a cycle changes only with its members, and with copies of them that are put away.
    """
    owners = [each for each in index.owners(key) if each.stage != "dropped"]
    for entry in owners if len(owners) == 1 else ():
        if any(
            each.is_own and each.is_definite and each.key == key
            for each in entry.unplaced("defined")
        ):
            yield entry
