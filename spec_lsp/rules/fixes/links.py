"""Fixes for links: another target, a web address in full, or the missing file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache, partial
from typing import NamedTuple
from urllib.parse import quote

from spec_lsp.memo import once
from spec_lsp.rules.engine.model import Change, Fix, FixContext, NewFile
from spec_lsp.template.schema import Template
from spec_lsp.template.write.file_name import new_text, next_id
from spec_lsp.template.write.values import Values
from spec_lsp.text import Edit
from spec_lsp.workspace.config.globs import inside
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import Reference
from spec_lsp.workspace.known_ids import file_id
from spec_lsp.workspace.link_targets import exists
from spec_lsp.workspace.sites import pages
from spec_lsp.workspace.workspace import Workspace

_MOST = 3
_ALIKE = 0.6
# Endings of host names; those of countries count only before a path, because files have them too.
_HOST = re.compile(
    r"(?:www\.[\w.-]+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|gov|edu|info|app|cloud))"
    r"(?::\d+)?(?:/|$)"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:ai|br|ca|ch|cn|de|es|eu|fr|in|it|jp|nl|ru|se|uk)/",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+$")
_WRAPPED = re.compile(r"https?:/+")
_NUMBER = re.compile(r"\d+")


class Address(NamedTuple):
    """A web or mail address that is written like a path, and what is wrong with it."""

    url: str
    message: str


def address_of(entry: Entry, link: Reference) -> Address | None:
    """The address that a link to a missing path means, if it means one."""
    if link.anchor and not posixpath.basename(link.path).strip("([<"):
        return Address("", "Not a valid link: text before #")
    return _address(posixpath.dirname(entry.path), link.path)


@lru_cache(maxsize=4_096)  # asked for each broken link at each keystroke
def _address(folder: str, path: str) -> Address | None:
    for text in (posixpath.relpath(path, folder or "."), path):
        if found := [*_WRAPPED.finditer(text)]:
            scheme = found[-1][0].partition(":")[0]
            url = f"{scheme}://{text[found[-1].end() :]}"
            return Address(url, f"Not a valid web address: text before {scheme}://")
        if _MAIL.match(text):
            return Address(f"mailto:{text}", f"{text} needs mailto: to be a mail address")
        if _HOST.match(text):
            return Address(f"https://{text}", f"{text} needs https:// to be a web address")
    return None


def link_elsewhere(entry: Entry, link: Reference, desk: FixContext) -> Iterator[Fix]:
    """Link to the address or heading that is meant, to a similar path, or create the file."""
    if address := address_of(entry, link):
        url = address.url + (f"#{link.anchor}" if link.anchor else "")
        url = url if "(" in url or "[" in url else url.rstrip(")]")
        yield _linked(entry, link, url, url)
        return
    name = posixpath.basename(link.path)
    if name in entry.anchors:
        yield _linked(entry, link, f"#{name}", f"#{name}")
    for path in _alike(desk.workspace, link.path):
        yield _linked(entry, link, link_to(entry.path, path, link.anchor), path)
    made = _new_file(link.path, desk)
    if made:
        yield Fix(f"Create {made.path}", new_file=made)


def link_from_here(
    entry: Entry, paths: Mapping[Reference, str], _desk: FixContext
) -> Iterator[Fix]:
    """Link to all of the documents that are meant."""
    edits = (
        Edit(each.span, link_to(entry.path, path, each.anchor)) for each, path in paths.items()
    )
    changes = tuple(Change(entry.path, each) for each in edits)
    yield Fix(f"Correct all {len(changes)} links", changes)


def name_heading(entry: Entry, link: Reference, target: Entry, _desk: FixContext) -> Iterator[Fix]:
    """Link to a heading with a similar anchor."""
    wanted = link.anchor.casefold()
    longer = [each for each in target.anchors if each.startswith(f"{wanted}-")]
    near = get_close_matches(wanted, target.anchors, _MOST, _ALIKE)
    for anchor in dict.fromkeys((*longer[:1], *near)):
        text = f"#{anchor}"
        if target.path != entry.path:
            text = link_to(entry.path, target.path, anchor)
        yield _linked(entry, link, text, f"#{anchor}")


def link_to(source: str, path: str, anchor: str = "") -> str:
    """The relative, percent-encoded destination of a link from one file to another."""
    relative = posixpath.relpath(path, posixpath.dirname(source) or ".")
    return quote(relative, safe="/-._~") + (f"#{anchor}" if anchor else "")


def _linked(entry: Entry, link: Reference, text: str, shown: str) -> Fix:
    return Fix(f"Link to {shown}", (Change(entry.path, Edit(link.span, text)),))


def _alike(workspace: Workspace, path: str) -> list[str]:
    """The source of a page, files of this name elsewhere, and files of a similar name here."""
    sources = [each for each in pages(path) if exists(workspace, each)][:1]
    return list(dict.fromkeys((*sources, *_of_same_name(workspace, path), *_near(workspace, path))))


def _of_same_name(workspace: Workspace, path: str) -> list[str]:
    """Files of the same name in other folders; of a common name, those in a folder of one name."""
    name = posixpath.basename(path)
    same = sorted(once(workspace.index.names, _by_name, workspace).get(name, ()))
    if len(same) > _MOST:
        folder = _folder_name(path)
        same = [each for each in same if _folder_name(each) == folder]
    return same[:_MOST]


def _by_name(_state: object, workspace: Workspace) -> dict[str, list[str]]:
    paths: dict[str, list[str]] = {}
    for path in workspace.index.entries:
        paths.setdefault(posixpath.basename(path), []).append(path)
    return paths


def _folder_name(path: str) -> str:
    return posixpath.basename(posixpath.dirname(path))


def _near(workspace: Workspace, path: str) -> list[str]:
    """Files in the same folder whose names differ in letters, but not in numbers or endings."""
    folder, name = posixpath.split(path)
    stem, ending = posixpath.splitext(name)
    documents = once(workspace.index.names, _by_folder, workspace).get(folder, ())
    names: dict[str, str] = {}
    for beside in (tuple(workspace.files.nearby(folder)), documents):
        for each in dict.fromkeys((ending, ending or ".md")):
            names = {**_by_shape(beside).get((each, _numbers(stem)), {}), **names}
    near = get_close_matches(stem.casefold(), names, _MOST, _ALIKE)
    return [posixpath.join(folder, names[each]) for each in near]


def _by_folder(_state: object, workspace: Workspace) -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for path in workspace.index.entries:
        folder, name = posixpath.split(path)
        names.setdefault(folder, []).append(name)
    return {folder: tuple(each) for folder, each in names.items()}


@lru_cache(maxsize=64)  # asked for each broken link
def _by_shape(names: tuple[str, ...]) -> dict[tuple[str, tuple[int, ...]], dict[str, str]]:
    """Files by their ending and the numbers in their names, then by the rest of the name."""
    found: dict[tuple[str, tuple[int, ...]], dict[str, str]] = {}
    for each in sorted(names, reverse=True):
        stem, ending = posixpath.splitext(each)
        found.setdefault((ending, _numbers(stem)), {})[stem.casefold()] = each
    return found


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(each) for each in _NUMBER.findall(name))


def _new_file(path: str, desk: FixContext) -> NewFile | None:
    """A new Markdown file from the template for its path; None if it exists or is not Markdown."""
    path = inside(path)
    workspace = desk.workspace
    if not path.endswith(".md") or workspace.files.exists(path):
        return None
    stem = posixpath.splitext(posixpath.basename(path))[0]
    title = re.sub(r"[-_\s]+", " ", stem).strip()
    title = title[:1].upper() + title[1:]
    template = _template_for(workspace, path)
    if not template:
        return NewFile(path, lambda: f"# {title}\n")
    taken = workspace.taken_ids(template.id.prefix) if template.id else []
    free = file_id(path, template.id) or next_id(template, taken)
    values = Values(title, free, desk.today, desk.author)
    return NewFile(path, partial(new_text, template, values))


def _template_for(workspace: Workspace, path: str) -> Template | None:
    """The template that the configuration assigns to a path, or whose ID starts the file name."""
    settings = workspace.settings
    assigned = settings.assigned_kind(path)
    if assigned:
        return settings.template(assigned)
    return next((each for each in settings.templates if file_id(path, each.id)), None)
