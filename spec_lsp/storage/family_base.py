"""Read a recognised family: its file, and the template of each of its kinds."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from pathlib import Path

from spec_lsp.storage.files import Reading, files_to_depth
from spec_lsp.storage.tool_values import facts_of
from spec_lsp.template import builtin
from spec_lsp.template.schema import Template
from spec_lsp.workspace.config.globs import inside
from spec_lsp.workspace.families.configured import configured
from spec_lsp.workspace.families.kinds import kind_template
from spec_lsp.workspace.families.marks import FILE
from spec_lsp.workspace.families.patterns import is_wild, patterns
from spec_lsp.workspace.families.placing import FamilyBase
from spec_lsp.workspace.families.reader import builtin_family
from spec_lsp.workspace.families.schema import Family, FamilyKind


def read_base(
    folder: Path,
    read: Callable[[str], Reading],
    name: str,
    base: str,
    own: tuple[str, Family] | None,
) -> FamilyBase:
    """A family in a folder; `own` is the path of its file in the workspace, and what it says."""
    path, family = own or (f"{builtin.SCHEME}{name}/{FILE}", builtin_family(name))
    text = _text(path, read) or ""
    facts = facts_of(family, folder, base, read)
    family = configured(family, facts)
    beside = posixpath.dirname(path)

    def template(kind: FamilyKind) -> Template:
        for each in _candidates(folder, kind, base, beside):
            said = _text(each, read)
            found = kind_template(family, kind, each, said) if said else None
            # A template in a fence, and an empty file, have no headings.
            if found and (found.is_builtin or any(s.level for s in found.document.sections)):
                return found
        return kind_template(family, kind, f"{builtin.SCHEME}{family.name}/{kind.name}", "")

    templates = {kind.name: template(kind) for kind in family.kinds}
    return FamilyBase(family, base, (path, text), templates, facts)


def _candidates(folder: Path, kind: FamilyKind, base: str, beside: str) -> Iterator[str]:
    """The paths of the templates that a kind names, in order."""
    for each in kind.templates:
        if each.startswith("./"):
            yield f"{beside}/{each[2:]}"
        elif each.startswith(builtin.SCHEME):
            yield each
        elif is_wild(each):
            yield from _matching(folder, posixpath.join(base, each))
        elif path := inside(posixpath.join(base, each)):
            yield path


def _matching(folder: Path, glob: str) -> list[str]:
    """The files that match a path with wildcards, in order."""
    (pattern, *_) = patterns(glob)
    start = pattern.literal.rpartition("/")[0]
    return [
        path for path in files_to_depth(folder, start, glob.count("/")) if pattern.matches(path)
    ]


def _text(path: str, read: Callable[[str], Reading]) -> str | None:
    if path.startswith(builtin.SCHEME):
        family, _, file = path.removeprefix(builtin.SCHEME).partition("/")
        return builtin.family_text(family, file)
    return read(path).text
