"""Renamed files: the links of others follow, and so do a file's own relative ones."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote, unquote

from spec_lsp.features.model import FileChange
from spec_lsp.markdown import Document, Link
from spec_lsp.text import Edit, Span
from spec_lsp.workspace.references import resolve_target
from spec_lsp.workspace.workspace import Workspace

Read = Callable[[str], Document | None]


def renamed(workspace: Workspace, read: Read, pairs: Iterable[tuple[str, str]]) -> FileChange:
    """The edits that keep links right when files or folders get other names.

    They refer to the files as they are before the renaming, under their old paths.
    """
    moves = _files(workspace, pairs)
    touched = {path for path in moves if workspace.entry(path)}
    for old in moves:
        touched.update(use.path for use in workspace.index.links(old))
    edits: dict[str, tuple[Edit, ...]] = {}
    for path in sorted(touched):
        document = read(path)
        found = tuple(_relinked(workspace, document, moves)) if document else ()
        if found:
            edits[path] = found
    return FileChange(edits)


def _files(workspace: Workspace, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Every file that moves; with a folder all that is known to lie in it."""
    moves: dict[str, str] = {}
    for old, new in pairs:
        old, new = old.rstrip("/"), new.rstrip("/")  # noqa: PLW2901 -- the same paths, tidied.
        inside = [path for path in workspace.index.entries if path.startswith(f"{old}/")]
        moves.update((path, new + path.removeprefix(old)) for path in inside)
        if not inside:
            moves[old] = new
    return moves


def _relinked(workspace: Workspace, document: Document, moves: dict[str, str]) -> Iterator[Edit]:
    source = moves.get(document.path, document.path)
    for section in document.sections:
        for link in section.links if section.chunk.links else ():
            if link.kind not in ("inline", "image", "definition"):
                continue
            edit = _edit(workspace, document, link, moves, source)
            if edit:
                yield edit


def _edit(
    workspace: Workspace, document: Document, link: Link, moves: dict[str, str], source: str
) -> Edit | None:
    written = _path_part(link.target)
    found = resolve_target(document.path, link.target) if written else None
    if not found:
        return None
    old = found[0]
    new = moves.get(old, old)
    if new == old and (source == document.path or written.startswith("/")):
        return None
    if old not in moves and not workspace.entry(old) and not workspace.files.exists(old):
        return None
    target = _written(new, source, written)
    span = Span(link.target_span.start, link.target_span.start + len(written))
    is_bare = document.text[link.target_span.start - 1 : link.target_span.start] != "<"
    if is_bare and " " in target:
        target = quote(target, safe="/.-_~()'!$&+,;=:@*")
    return Edit(span, target) if unquote(target) != unquote(written) else None


def _path_part(target: str) -> str:
    """The path of a destination, without query and anchor."""
    return target.partition("#")[0].partition("?")[0]


def _written(path: str, source: str, before: str) -> str:
    """A path as a link in another file writes it, in the manner in which it was written before."""
    if before.startswith("/"):
        target = f"/{path}"
    else:
        target = posixpath.relpath(path, posixpath.dirname(source) or ".")
        if before.startswith("./") and not target.startswith("."):
            target = f"./{target}"
    if before.endswith("/"):
        target += "/"
    return quote(target, safe="/.-_~()'!$&+,;=:@*") if "%" in before else target
