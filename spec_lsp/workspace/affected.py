"""Which files a change of one entry affects: a keystroke recomputes only these."""

from __future__ import annotations

import posixpath
from itertools import islice
from typing import TYPE_CHECKING

from spec_lsp.identifiers import number_of, prefix_of
from spec_lsp.workspace import index_keys
from spec_lsp.workspace.cycles import ring
from spec_lsp.workspace.failing_links import CommonFailure, common_failure
from spec_lsp.workspace.index_keys import Version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.files import Places
    from spec_lsp.workspace.index import Index


def replace(workspace: Places, path: str, new: Entry | None) -> set[str]:
    """Replace or remove an entry; return the other paths whose findings may have changed."""
    index = workspace.index
    before, after = Version.of(index.entries.get(path)), Version.of(new)
    affected = _watchers(index, path, before, after) | _linking(index, path, before, after)
    is_retied = before.structure != after.structure
    if is_retied or before.shown_ties != after.shown_ties:
        affected |= _rings(index, path, before, after)
    prefixes = _prefixes(before, after)
    counted = {prefix: _counts(index, prefix) for prefix in prefixes}
    causes = _causes(index, path, before, after)
    failing = {cause: common_failure(workspace, cause) for cause in causes}
    index.swap(before, after)
    # An ID prefix counts only while enough documents carry it and define its IDs.
    for prefix, was in counted.items():
        if _counts(index, prefix) != was:
            affected |= _with_prefix(index, prefix)
    for cause, failed in failing.items():
        affected |= _of_cause(index, cause, failed, common_failure(workspace, cause))
    if is_retied:
        affected |= _rings(index, path, before, after)
    return affected - {path}


def _rings(index: Index, path: str, before: Version, after: Version) -> set[str]:
    """The files on a cycle with a file, or with one that has the same ID: a copy may take over."""
    copies = (index.tables.own.get(key, ()) for key in {*before.keys.own, *after.keys.own})
    return {each for one in {path}.union(*copies) for each in ring(index, one)}


def _watchers(index: Index, path: str, before: Version, after: Version) -> set[str]:
    tables = index.tables
    affected: set[str] = set()
    if before.card != after.card:
        affected.update(tables.linked.get(path, ()))
        for key in {*before.keys.own, *after.keys.own}:
            affected.update(tables.mentioned.get(key, ()), tables.own.get(key, ()))
    if before.anchors != after.anchors:
        affected.update(tables.linked.get(path, ()))
        # A page that says where its contents are now may carry the ID of another file.
        affected.update(*(tables.own.get(key, ()) for key in after.keys.own))
    if not before.entry or not after.entry:
        for folder in index_keys.folders(path):
            affected.update(tables.linked.get(folder, ()))
    return (
        affected if before.keys == after.keys else affected | _of_keys(index, path, before, after)
    )


def _of_keys(index: Index, path: str, before: Version, after: Version) -> set[str]:
    """The files that depend on an ID or a link that was added or removed."""
    tables = index.tables
    affected: set[str] = set()
    for shared in {*before.keys.shared} ^ {*after.keys.shared}:
        affected |= _sharing(index, *shared.split("\0"))
    renumbered = {*before.keys.inner} ^ {*after.keys.inner}
    near = _near(index, path, before, after) if renumbered else set()
    for key in renumbered:
        affected |= near & tables.mentioned.get(key, {}).keys()
    # The target of an added or removed reference may become an orphan, or stop being one.
    for key in {*before.keys.mentioned} ^ {*after.keys.mentioned}:
        affected.update(tables.own.get(key, ()))
    affected |= {*before.keys.linked} ^ {*after.keys.linked}
    for key in {*before.keys.headed} ^ {*after.keys.headed}:
        affected |= _naming(index, key)
    return affected


def _naming(index: Index, key: str) -> set[str]:
    """The files that mention an ID, or any ID with a number: only file names carry bare numbers."""
    mentioned = index.tables.mentioned
    if not key.isdigit():
        return {*mentioned.get(key, ()), *mentioned.get(key.replace("-", "_"), ())}
    return {p for each, paths in mentioned.items() if number_of(each) == key for p in paths}


def _prefixes(before: Version, after: Version) -> set[str]:
    """The prefixes that may count differently after a change."""
    if before.keys == after.keys:
        return set()
    found = {*before.keys.carried, *after.keys.carried, *before.keys.issued, *after.keys.issued}
    for name in ("own", "mentioned", "headed"):
        changed = {*getattr(before.keys, name)} ^ {*getattr(after.keys, name)}
        found.update(map(prefix_of, changed))
    return found


def _counts(index: Index, prefix: str) -> tuple[bool, bool]:
    return index.carries(prefix), index.is_closed(prefix)


def _sharing(index: Index, folder: str, text: str) -> set[str]:
    """The files that an ID, or the first or last one with a prefix, of a folder concerns."""
    below = "" if folder == "." else f"{folder}/"
    if text.endswith(index_keys.ANY):
        return {*index.below(below.rstrip("/"))}
    concerned = (*index.tables.mentioned.get(text, ()), *index.inner_owners(text))
    inside = {each for each in concerned if each.startswith(below)}
    return inside | index.naming_unit(folder, text)


def _linking(index: Index, path: str, before: Version, after: Version) -> set[str]:
    """The files with links that may lead to a file that was added, removed or named otherwise."""
    affected: set[str] = set()
    for shape, names in _addresses(path, before, after):
        sources = index.tables.shaped.get(shape, ())
        affected.update(each for each in sources if _links_to(index, each, names))
    top = "" if before.entry and after.entry else index_keys.top_of(path)
    if top and len([*islice(index.below(top[:-1]), 2)]) < 2:
        affected.update(index.tables.shaped.get(top, ()))  # The folder has come or gone.
    return affected


def _addresses(path: str, before: Version, after: Version) -> Iterator[tuple[str, frozenset[str]]]:
    """The shapes and names of links to a file, if it was added, removed or named otherwise."""
    if not before.entry or not after.entry or before.keys.slugs != after.keys.slugs:
        names = index_keys.page_names(path) | {*before.keys.slugs, *after.keys.slugs}
        for shape in {index_keys.shape_of(path), *index_keys.PAGE_SHAPES}:
            yield shape, names


def _causes(index: Index, path: str, before: Version, after: Version) -> set[str]:
    """The causes of failing links that may have become more or less common."""
    causes = {shape for shape, _ in _addresses(path, before, after)}
    if before.card != after.card:
        causes.update(before.keys.shapes, after.keys.shapes)
    for linked in {*before.keys.linked} ^ {*after.keys.linked}:
        causes |= {index_keys.shape_of(linked), index_keys.top_of(linked)}
    return {each for each in causes if not (each.endswith("/") and index.is_folder(each[:-1]))}


def _of_cause(
    index: Index, cause: str, before: CommonFailure | None, after: CommonFailure | None
) -> set[str]:
    """The files whose failing links are now reported once, or each; else those that report them."""
    if before and after:
        return {before.first, after.first} if before != after else set()
    return {*index.tables.shaped.get(cause, ())} if before or after else set()


def _links_to(index: Index, path: str, names: frozenset[str]) -> bool:
    """Whether a file has a link to one of some file names, in whatever folder."""
    linked = index_keys.faces(index.entries[path]).linked
    return any(posixpath.basename(each) in names for each in linked)


def _near(index: Index, path: str, *versions: Version) -> set[str]:
    """The files whose bare inner IDs may be those of a file: its siblings and its referrers."""
    tables = index.tables
    near = {*tables.folders.get(posixpath.dirname(path), ()), *tables.linked.get(path, ())}
    for version in versions:
        for key in version.keys.own:
            near.update(tables.mentioned.get(key, ()))
    return near


def _with_prefix(index: Index, prefix: str) -> set[str]:
    folded = prefix.casefold()
    return {
        path
        for key, paths in index.tables.mentioned.items()
        if key.startswith(folded) and prefix_of(key) == folded
        for path in paths
    }
