"""Link targets: files of the workspace, then headings of the file after `#`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import unquote

from spec_lsp.features.completion.ids import MOST
from spec_lsp.features.completion.typed import Typed
from spec_lsp.features.shared.cards import document_card, shorten
from spec_lsp.features.shared.new_document import relative
from spec_lsp.features.shared.place import Page, Place
from spec_lsp.features.shared.results import Completion, Completions
from spec_lsp.memo import once
from spec_lsp.text import Span
from spec_lsp.workspace.collect.links import resolve_target
from spec_lsp.workspace.entry import Entry

_TARGET = re.compile(r"\]\(<?(?P<target>[^()<>\s]*)$")
_DEFINED = re.compile(r"^ {0,3}\[[^\]]+\]:[ \t]+<?(?P<target>[^<>\s]*)$")
_REST = re.compile(r"[^()<>\s#]*(?=[)>#])")
_UPWARDS = re.compile(r"^(?:\.{1,2}/)*(?:\.{1,2}$)?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def link_items(place: Place) -> Completions | None:
    """Complete the link target at the cursor; None outside of one.

    If the editor completes paths itself, it offers the headings and the files of the typed folder.
    """
    match = _TARGET.search(place.before) or _DEFINED.search(place.before)
    if not match:
        return None
    target = match["target"]
    if _SCHEME.match(target):
        return Completions()
    path, hash_sign, anchor = target.partition("#")
    rest = _REST.match(place.after)
    end = place.offset + (rest.end() if rest else 0)
    if hash_sign:
        typed = Typed(Span(place.offset - len(anchor), end), anchor)
        is_double = place.page.avoids_duplicates
        return Completions(() if is_double else tuple(_anchors(place.page, path, typed)))
    return _files(place.page, Typed(Span(place.offset - len(target), end), target))


def document_links(place: Place, typed: Typed, prefixes: Iterable[str]) -> Completions:
    """Offer whole links to documents, for a link field."""
    index, page = place.workspace.index, place.page
    paths = list(islice((p for prefix in prefixes for _, p in index.ids(prefix)), MOST + 1))
    entries = [index.entries[path] for path in dict.fromkeys(paths[:MOST]) if path != page.path]
    items = [_whole_link(page, typed, entry, rank) for rank, entry in enumerate(entries)]
    return Completions(tuple(items), len(paths) > MOST)


def _whole_link(page: Page, typed: Typed, entry: Entry, rank: int) -> Completion:
    target = relative(posixpath.dirname(page.path), entry.path)
    return Completion(
        label=entry.label,
        kind="id",
        span=typed.span,
        parts=typed.parts(f"[{entry.label}]({target})"),
        description=shorten(entry.title, 80),
        filter=typed.filter(f"{entry.label} {entry.title}", shows_all=typed.text.endswith(")")),
        rank=rank,
        documentation=lambda: document_card(page, entry),
    )


def _files(page: Page, typed: Typed) -> Completions:
    matching = _matching(page, typed.text)
    if page.avoids_duplicates:
        typed_folder = posixpath.normpath(
            posixpath.join(posixpath.dirname(page.path), unquote(typed.text).rpartition("/")[0])
        )
        matching = (path for path in matching if (posixpath.dirname(path) or ".") != typed_folder)
    found = list(islice(matching, MOST + 1))
    items = [_file_item(page, typed, path, rank) for rank, path in enumerate(found[:MOST])]
    return Completions(tuple(items), len(found) > MOST)


def _matching(page: Page, typed: str) -> Iterator[str]:
    """Return matching files: documents, other Markdown files, then files in the typed folder."""
    wanted = _UPWARDS.sub("", unquote(typed).casefold())
    index = page.workspace.index
    entries = index.entries
    others: list[str] = []
    for path in _nearest_first(page):
        entry = entries[path]
        if wanted not in once(entry, _path_and_title):
            continue
        if entry.is_spec:
            yield path
        else:
            others.append(path)
    yield from others
    folder = posixpath.dirname(page.path)
    begun = posixpath.normpath(posixpath.join(folder, unquote(typed).rpartition("/")[0]))
    for name in page.workspace.files.nearby("" if begun == "." else begun):
        path = posixpath.normpath(posixpath.join(begun, name))
        if path not in entries and wanted in path.casefold():
            yield path


def _path_and_title(entry: Entry) -> str:
    return f"{entry.path}\n{entry.title}".casefold()


def _nearest_first(page: Page) -> Iterator[str]:
    """Order files by distance: same folder, nearby, the rest."""
    index, folder = page.workspace.index, posixpath.dirname(page.path)
    beside = dict.fromkeys(index.folder(folder))
    yield from (path for path in beside if path != page.path)
    around = posixpath.dirname(folder)
    yield from (path for path in index.below(around) if path not in beside)
    if around:
        near = f"{around}/"
        yield from (path for path in index.below("") if not path.startswith(near))


def _file_item(page: Page, typed: Typed, path: str, rank: int) -> Completion:
    target = relative(posixpath.dirname(page.path), path)
    entry = page.workspace.entry(path)
    title = entry.title if entry else ""
    if typed.text.startswith("./") and not target.startswith("."):
        target = f"./{target}"
    return Completion(
        label=target,
        kind="file",
        span=typed.span,
        parts=(target,),
        detail=entry.id if entry else "",
        description=shorten(title, 80),
        filter=f"{target} {title}".strip(),
        rank=rank,
        documentation=(lambda: document_card(page, entry)) if entry else None,
    )


def _anchors(page: Page, target: str, typed: Typed) -> Iterator[Completion]:
    """Offer the anchors of a file; of this file from its unsaved text."""
    found = resolve_target(page.path, target) if target else (page.path, "")
    document = page.document if found and found[0] == page.path else None
    if found and not document:
        document = page.read(found[0])
    if not document:
        return
    for rank, (anchor, index) in enumerate(document.anchors.items()):
        section = document.sections[index]
        yield Completion(
            label=anchor,
            kind="heading",
            span=typed.span,
            parts=(anchor,),
            description=f"{'#' * section.level} {shorten(section.title, 80)}",
            filter=f"{anchor} {section.title}",
            rank=rank,
        )
