"""Read what a tool's own configuration says of folders and values; nothing in it is executed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from spec_lsp.markdown.front_matter import list_values, matter_fields, matter_span
from spec_lsp.storage.files import Reading
from spec_lsp.storage.told_states import told_states
from spec_lsp.workspace.config.globs import inside
from spec_lsp.workspace.families.configured import Facts, configured
from spec_lsp.workspace.families.patterns import is_wild, patterns

if TYPE_CHECKING:
    from spec_lsp.workspace.families.schema import Family, ToolValue

_LARGEST = 262_144  # characters; a configuration is small
_ROOT = re.compile(r"\{[^{}]*\}/")  # `{project-root}/docs`: the folder of the family


def facts_of(family: Family, folder: Path, base: str, read: Callable[[str], Reading]) -> Facts:
    """What files of the tool say in a family's folder: folders, values and states."""
    facts = tuple(fact for each in family.values for fact in _facts(each, base, read))
    return (*facts, *sorted(told_states(configured(family, facts), folder, base, read)))


def _facts(
    value: ToolValue, base: str, read: Callable[[str], Reading]
) -> Iterator[tuple[str, str]]:
    files = (posixpath.join(base, each.glob) for each in patterns(value.file))
    text = next((text for each in files if (text := read(each).text) is not None), "")
    said = _said(text, value.key) if len(text) <= _LARGEST else []
    if value.into:
        yield from ((value.into, each) for each in said)
    elif folder := next(filter(None, map(_folder, [*said, value.default])), ""):
        yield value.folder, folder


def _said(text: str, key: str) -> list[str]:
    """The values under a key of YAML, or the whole text."""
    if not key:
        return [text.strip()]
    matter = f"---\n{text.removeprefix('---')}\n---\n"
    span = matter_span(matter)
    fields = matter_fields(matter, span) if span else ()
    return next((list_values(each.value) for each in fields if each.name == key), [])


def _folder(text: str) -> str:
    """A folder below the family's; empty if it is none, or cannot be part of a pattern."""
    path = inside(_ROOT.sub("", text, count=1).removeprefix("./").rstrip("/"))
    return "" if is_wild(path) or "\n" in path else path
