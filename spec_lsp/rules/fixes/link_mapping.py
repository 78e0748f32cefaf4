"""Fixes that describe links of one shape in the configuration."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator

from spec_lsp.rules.engine.model import Change, Fix, FixContext, NewFile
from spec_lsp.text import Edit, Span
from spec_lsp.workspace.config.config import FILE_NAMES, Links
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import Reference
from spec_lsp.workspace.failing_links import has_lost_top, site_of
from spec_lsp.workspace.index_keys import top_of
from spec_lsp.workspace.link_targets import exists
from spec_lsp.workspace.workspace import Workspace

_NUMBER = re.compile(r"\d+")


def map_links(_entry: Entry, link: Reference, desk: FixContext) -> Iterator[Fix]:
    """Say that the links are those of a site, lead to another folder, or are external."""
    workspace = desk.workspace
    if folder := site_of(workspace, link.path):
        shown = "this workspace" if folder == "." else folder
        yield from _setting(workspace, "sites", json.dumps([folder]), f"Treat {shown} as a site")
    top = top_of(link.path)
    if has_lost_top(workspace, link.path) and exists(workspace, link.path.removeprefix(top)):
        pair = f'{{ {json.dumps(top)} = "" }}'
        yield from _setting(workspace, "map", pair, f"Map {top} to the top")
    here, name = posixpath.split(link.path)
    elsewhere = [each for each in workspace.index.entries if posixpath.basename(each) == name]
    if len(elsewhere) == 1 and here:
        there = posixpath.dirname(elsewhere[0])
        pair = f"{{ {json.dumps(f'{here}/')} = {json.dumps(f'{there}/' if there else '')} }}"
        yield from _setting(workspace, "map", pair, f"Map {here}/ to {there or 'the top'}/")
    glob = _glob(link.path)
    yield from _setting(workspace, "external", json.dumps([glob]), f"Do not check links to {glob}")


def _glob(path: str) -> str:
    """A glob for the paths of a shape: any number or page in the folder, or one name anywhere."""
    folder, name = posixpath.split(path)
    pattern = _NUMBER.sub("*", name) if "." in name else "*"
    return posixpath.join("**" if pattern == name else folder, pattern)


def _setting(workspace: Workspace, key: str, value: str, title: str) -> Iterator[Fix]:
    """Add a key of `links` that is not set yet, as the first line: before all tables."""
    line = f"links.{key} = {value}\n"
    names = [name for name in FILE_NAMES[:2] if workspace.files.exists(name)]
    if names and workspace.settings.config.links == Links():
        yield Fix(title, (Change(names[0], Edit(Span(0, 0), line)),))
    elif not names and not workspace.files.exists(FILE_NAMES[2]):
        yield Fix(title, new_file=NewFile(FILE_NAMES[0], lambda: line))
