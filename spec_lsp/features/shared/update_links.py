"""Updates of links to renamed files and to changed anchors."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from urllib.parse import quote, unquote

from spec_lsp.features.shared.steps import Steps
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.nodes import Link
from spec_lsp.markdown.parse import reparse
from spec_lsp.text import Edit, Span, apply
from spec_lsp.workspace.collect.links import resolve_target
from spec_lsp.workspace.workspace import Workspace

Read = Callable[[str], Document | None]
Edits = Mapping[str, Iterable[Edit]]

# Marks of headings, a rule below them included, and of HTML.
_HEADING = re.compile(r"[#<]|^[ \t>]*(?:=+|-+)[ \t]*$|\r", re.MULTILINE)
_PLAIN = "/.-_~()'!$&+,;=:@*"


def followed(
    workspace: Workspace, read: Read, edits: Edits, moves: Mapping[str, str]
) -> Steps[dict[str, tuple[Edit, ...]]]:
    """Add, by path, the edits of all links that the given edits and moves would break.

    All edits refer to the files before the change, under their old paths.
    """
    found = {}
    anchors = yield from changed_anchors(read, edits)
    for path, each in LinkUpdate(workspace, read, edits, moves, anchors).files():
        yield
        if each:
            found[path] = each
    return found


def changed_anchors(read: Read, edits: Edits) -> Steps[dict[str, dict[str, str]]]:
    """Return the changed anchors in each edited file.

    Headings with the same text are numbered, so the anchor of another heading may change too.
    """
    found: dict[str, dict[str, str]] = {}
    for path, each in edits.items():
        yield
        before = read(path)
        is_heading = before and any(_may_be_heading(before.text, edit.span) for edit in each)
        if before and is_heading and (moved := _moved(before, edited(before, each))):
            found[path] = moved
    return found


def edited(document: Document, edits: Iterable[Edit]) -> Document:
    """Return a document after edits; only what they touch is parsed again."""
    for edit in sorted(edits, reverse=True):
        document = reparse(document, edit)
    return document


@dataclass(frozen=True)
class LinkUpdate:
    """The edits and moves of files, and the changed anchors in each edited file."""

    workspace: Workspace
    read: Read
    edits: Edits
    moves: Mapping[str, str]
    anchors: Mapping[str, Mapping[str, str]]

    def files(
        self, wanted: AbstractSet[str] = frozenset(), apart: AbstractSet[str] = frozenset()
    ) -> Iterator[tuple[str, tuple[Edit, ...]]]:
        """Return the files that may change and those wanted in path order, with their edits.

        The edits of files in `apart` touch no link: these are not read unless a target changes.
        """
        linking = self._linking()
        for path in sorted({*linking, *self.edits, *wanted}):
            is_read = path in linking or path not in apart
            relinks = self._relinks(path) if is_read else ()
            yield path, tuple(sorted({*self.edits.get(path, ()), *relinks}))

    def _linking(self) -> set[str]:
        """The moved files, and those with links to a target that changes."""
        index = self.workspace.index
        found = {path for path in self.moves if path in index.entries}
        for path in {*self.moves, *self.anchors}:
            found.update(index.linking(path))
        return found

    def _relinks(self, path: str) -> Iterator[Edit]:
        """Return the edits of the links in a file."""
        document = self.read(path)
        links = (
            [each for section in document.sections for each in section.links] if document else []
        )
        labels = self._labels(path, document.text, links) if document else {}
        for link in links:
            if link.kind == "reference":
                label = labels.get(_folded(link.target))
                if label and link.target_span.start < link.target_span.end:
                    yield Edit(link.target_span, label)
            elif document and link.kind != "autolink":
                yield from self._relinked(document, link)

    def _labels(self, path: str, text: str, links: Iterable[Link]) -> dict[str, str]:
        """Return the labels of link definitions that the edits change, with their new names."""
        found: dict[str, str] = {}
        for link in links:
            span = link.text_span
            inside = [edit for edit in self.edits.get(path, ()) if span.covers(edit.span)]
            if link.kind == "definition" and inside:
                label = apply(text[: span.end], inside)[span.start :]
                found[_folded(span.of(text))] = label
        return found

    def _relinked(self, document: Document, link: Link) -> Iterator[Edit]:
        found = resolve_target(document.path, link.target)
        if not found:
            return
        path, anchor = found
        head, mark, fragment = link.target.partition("#")
        moved = self.anchors.get(path, {})
        new = moved.get(anchor) or moved.get(anchor.lower())
        if new:
            fragment = quote(new) if "%" in fragment else new
        target = f"{self._path(document, path, head, link)}{mark}{fragment}"
        if target != link.target:
            yield Edit(link.target_span, target)

    def _path(self, document: Document, path: str, head: str, link: Link) -> str:
        """Return the new path of a link destination."""
        source = self.moves.get(document.path, document.path)
        written, mark, query = head.partition("?")
        new = self.moves.get(path, path)
        is_here = source == document.path or written.startswith("/")
        if not written or (new == path and is_here) or not self._exists(path):
            return head
        target = _written(new, source, written)
        is_bare = document.text[link.target_span.start - 1 : link.target_span.start] != "<"
        if " " in target and is_bare:
            target = quote(target, safe=_PLAIN)
        return head if unquote(target) == unquote(written) else f"{target}{mark}{query}"

    def _exists(self, path: str) -> bool:
        known = path in self.moves or path in self.workspace.index.entries
        return known or self.workspace.files.exists(path)


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _may_be_heading(text: str, span: Span) -> bool:
    """Whether a span may lie in a heading or an anchor, judging by the lines around it."""
    start, end = text.rfind("\n\n", 0, span.start), text.find("\n\n", span.end)
    return bool(_HEADING.search(text, max(start, 0), end if end >= 0 else len(text)))


def _moved(before: Document, after: Document) -> dict[str, str]:
    """Return the changed anchors; those of headings with the same text may be renumbered."""
    if len(before.sections) != len(after.sections):
        return {}
    new = {index: name for name, index in after.anchors.items()}
    return {
        name: new[index] for name, index in before.anchors.items() if new.get(index, name) != name
    }


def _written(path: str, source: str, before: str) -> str:
    """Format a path for a link in another file, in the style of the previous one."""
    if before.startswith("/"):
        target = f"/{path}"
    else:
        target = posixpath.relpath(path, posixpath.dirname(source) or ".")
        if before.startswith("./") and not target.startswith("."):
            target = f"./{target}"
    if before.endswith("/"):
        target += "/"
    return quote(target, safe=_PLAIN) if "%" in before else target
