"""Read what files of a tool say of the state of documents: boxes, tables, files beside others."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from spec_lsp.storage.files import Reading, files_to_depth
from spec_lsp.workspace.families.configured import TOLD
from spec_lsp.workspace.families.patterns import patterns

if TYPE_CHECKING:
    from spec_lsp.workspace.families.schema import Family, StateSource

Read = Callable[[str], Reading]

_LARGEST = 262_144  # characters; such files are small
_TRACK = re.compile(r"^(?:[-*+]|#{1,6})[ \t]+\[(?P<box>.)\]", re.MULTILINE)
_TARGET = re.compile(r"\]\((?P<target>[^()\s]+)\)|\[\[(?P<name>[^\[\]]+)\]\]")
_BOXES = {"x": "done", "X": "done", "~": "in progress", "-": "in progress"}


def told_states(family: Family, folder: Path, base: str, read: Read) -> Iterator[tuple[str, str]]:
    """A status for names of files, folders of units and documents, relative to the family's."""
    for source in family.state:
        if source.at:
            yield from _in_units(source, family, folder, base, read)
        elif source.file and source.of:
            yield from _in_files(source, folder, base, read)
        elif source.file:
            yield from _in_table(source, _text(posixpath.join(base, source.file), read))
        elif source.box:
            yield from _by_box(source, _text(posixpath.join(base, source.box), read))
        elif source.beside:
            yield from _beside(source, family, folder / base)


def tells(family: Family, base: str, paths: Iterable[str]) -> bool:
    """Whether one of some files says something of states."""
    files = {posixpath.join(base, each) for s in family.state for each in (s.file, s.box) if each}
    ends = tuple(
        s.beside or f"/{posixpath.basename(s.file)}"
        for s in family.state
        if s.beside or s.at or s.of
    )
    return any(path in files or path.endswith(ends) for path in paths)


def _in_table(source: StateSource, text: str) -> Iterator[tuple[str, str]]:
    """The entries below a key of YAML: `1-1-borrow: done`."""
    lines = iter(text.split("\n"))
    if f"{source.key}:" not in (line.rstrip() for line in lines):
        return
    for line in lines:
        name, is_entry, status = line.partition("#")[0].partition(":")
        if name.strip() and not line[0].isspace():
            return
        if is_entry and (words := status.strip(" \t\r\"'")):
            yield f"{TOLD}{name.strip()}", words.replace("\t", " ")


def _in_units(
    source: StateSource, family: Family, folder: Path, base: str, read: Read
) -> Iterator[tuple[str, str]]:
    """The entries below a key of JSON in each unit: `"WP01": {"lane": "done"}`."""
    for path in _unit_files(family, folder / base, source.file):
        try:
            data = json.loads(_text(posixpath.join(base, path), read) or "{}")
        except (ValueError, RecursionError):
            continue
        entries = data.get(source.key) if isinstance(data, dict) else None
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            status = entry.get(source.at) if isinstance(entry, dict) else None
            if isinstance(status, str):
                yield f"{TOLD}{posixpath.dirname(path)}/{name}", " ".join(status.split())


def _in_files(
    source: StateSource, folder: Path, base: str, read: Read
) -> Iterator[tuple[str, str]]:
    """The value of a key at the top of YAML files beside documents: `status: provisional`."""
    for path in _matching(folder / base, source.file):
        for line in _text(posixpath.join(base, path), read).split("\n"):
            name, _, status = line.partition("#")[0].partition(":")
            if name == source.key and (words := " ".join(status.strip(" \t\r\"'").split())):
                yield f"{TOLD}{posixpath.dirname(path)}/{source.of}", words


def _by_box(source: StateSource, text: str) -> Iterator[tuple[str, str]]:
    """The folders that the items of a list link to, with what their boxes mean."""
    heads = list(_TRACK.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    for head, end in zip(heads, ends, strict=False):
        target, status = _TARGET.search(text, head.end(), end), _BOXES.get(head["box"], "")
        if target and status:
            place = posixpath.join(posixpath.dirname(source.box), target["target"] or "")
            unit = posixpath.normpath(re.sub(r"/[^/]*\.md$", "", place))
            yield f"{TOLD}{unit}", status


def _beside(source: StateSource, family: Family, folder: Path) -> Iterator[tuple[str, str]]:
    """The documents beside which a file with the same beginning has another end."""
    for path in _unit_files(family, folder, f"*{source.beside}"):
        yield f"{TOLD}{path.removesuffix(source.beside)}{source.of}", source.means


def _unit_files(family: Family, folder: Path, name: str) -> Iterator[str]:
    """The files directly in units whose names match a pattern, relative to the family's folder."""
    for unit in family.unit:
        yield from _matching(folder, f"{unit}/{name}")


def _matching(folder: Path, text: str) -> Iterator[str]:
    for pattern in patterns(text):
        start = pattern.literal.rpartition("/")[0]
        for path in files_to_depth(folder, start, pattern.glob.count("/")):
            if pattern.matches(path):
                yield path


def _text(path: str, read: Read) -> str:
    text = read(path).text or ""
    return text if len(text) <= _LARGEST else ""
