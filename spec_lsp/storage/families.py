"""Recognise families on the disk, and read their files and templates."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from spec_lsp.storage.files import Reading
from spec_lsp.template import builtin
from spec_lsp.template.schema import Fault, Template
from spec_lsp.workspace.config.config import Config
from spec_lsp.workspace.config.globs import inside
from spec_lsp.workspace.families.kinds import kind_template
from spec_lsp.workspace.families.patterns import patterns
from spec_lsp.workspace.families.placing import NO_FAMILIES, Families, FamilyBase
from spec_lsp.workspace.families.reader import FILE, builtin_family, marks_of
from spec_lsp.workspace.families.schema import Family, FamilyKind

Read = Callable[[str], Reading]

FOLDER = ".spec-lsp/families"
# Bases below these folders are samples, unless the configuration names them.
_SAMPLES = frozenset({"examples", "fixtures", "testdata", "tests", "templates"})
_WILD = "*?{["


@dataclass
class FamilyFinder:
    """Finds the families of a folder: at its top, and in the folders that a scan comes across.

    `own` are the texts of the workspace's family files by path, `faults` what is wrong in them, and
    `found` are the families that were recognised until now.
    """

    folder: Path
    config: Config
    read: Read
    own: dict[str, str] = field(default_factory=dict)
    faults: dict[str, tuple[Fault, ...]] = field(default_factory=dict)
    found: Families = NO_FAMILIES

    def at_top(self, inner: Iterable[str] = ()) -> Families:
        """The families of the folder and of some inner ones, and those that are configured."""
        found = [
            each for base in ("", *inner) for each in self._at(base, _names(self.folder / base))
        ]
        for each in self.config.family:
            base = inside(each.base)
            known = {(one.family.name, one.base) for one in found}
            if (each.name, base) not in known and each.name in self._known:
                found.append(self._base(each.name, base))
        self.found = Families(tuple(found))
        return self.found

    def look(self, base: str, names: set[str]) -> None:
        """Look for families at an inner folder that has some names in it."""
        if found := [*self._at(base, names)]:
            self.found = self.found.with_bases(found)

    def _at(self, base: str, names: set[str]) -> Iterator[FamilyBase]:
        """The families with a base at a folder that has some names in it."""
        if self.config.families is False or names.isdisjoint(self._firsts) or _is_sample(base):
            return
        marked = [n for n, each in self._known.items() if self._is_marked(each, base, names)]
        replaced = {other for name in marked for other in self._known[name].replaces}
        yield from (self._base(name, base) for name in marked if name not in replaced)

    @cached_property
    def _known(self) -> dict[str, Family]:
        """The families in use, in order of precedence, with what recognises them."""
        own = self._read_own() if (self.folder / FOLDER).is_dir() else {}
        names = dict.fromkeys((*own, *builtin.family_names()))
        wanted = self.config.families
        if isinstance(wanted, list):
            names = {name: None for name in wanted if name in names}
        return {name: own[name] if name in own else marks_of(name) for name in names}

    @cached_property
    def _firsts(self) -> frozenset[str]:
        """The names that a folder must have for a family to be recognised."""
        every = (mark for family in self._known.values() for mark in _marks(family))
        return frozenset(mark.split("/")[0] for mark in every)

    def _read_own(self) -> dict[str, Family]:
        from spec_lsp.workspace.families.checked import read_family  # noqa: PLC0415 -- pydantic.

        found: dict[str, Family] = {}
        for name in sorted(_names(self.folder / FOLDER)):
            path = f"{FOLDER}/{name}/{FILE}"
            text = self.read(path).text
            if text is None:
                continue
            family, faults = read_family(text, name)
            self.own[path] = text
            self.faults[path] = faults
            found[family.name] = family
            self._own_paths[family.name] = path
        return found

    @cached_property
    def _own_paths(self) -> dict[str, str]:
        return {}

    def _is_marked(self, family: Family, base: str, names: set[str]) -> bool:
        any_of = ((mark,) for mark in family.marks)
        return any(
            all(self._has(mark, base, names, family.least) for mark in group)
            for group in (*any_of, *family.marks_together)
        )

    def _has(self, mark: str, base: str, names: set[str], least: int) -> bool:
        if mark.partition("/")[0] not in names and mark[:1] not in _WILD:
            return False
        if not any(char in mark for char in _WILD):
            return (self.folder / base / mark).exists()
        return self._count(mark, base, least) >= least

    def _count(self, mark: str, base: str, least: int) -> int:
        """The number of files that match a mark with wildcards; the search ends at the least."""
        count = 0
        for pattern in patterns(mark):
            start = pattern.literal.rpartition("/")[0]
            for path in _below(self.folder / base, start, pattern.glob.count("/")):
                count += pattern.matches(path)
                if count == least:
                    return count
        return count

    def _base(self, name: str, base: str) -> FamilyBase:
        own = self._own_paths.get(name)
        family = self._known[name] if own else builtin_family(name)
        path = own or f"{builtin.SCHEME}{name}/{FILE}"
        text = self.own[own] if own else builtin.family_text(name, FILE)
        templates = {kind.name: self._template(family, kind, base, path) for kind in family.kinds}
        return FamilyBase(family, base, (path, text), templates)

    def _template(self, family: Family, kind: FamilyKind, base: str, beside: str) -> Template:
        for path in self._candidates(kind, base, posixpath.dirname(beside)):
            text = self._text(path)
            template = kind_template(family, kind, path, text) if text else None
            # A template in a fence, and an empty file, have no headings.
            if template and any(section.level for section in template.document.sections):
                return template
        return kind_template(family, kind, f"{builtin.SCHEME}{family.name}/{kind.name}", "")

    def _candidates(self, kind: FamilyKind, base: str, beside: str) -> Iterator[str]:
        for each in kind.templates:
            if each.startswith("./"):
                yield f"{beside}/{each[2:]}"
            elif each.startswith(builtin.SCHEME):
                yield each
            elif any(char in each for char in _WILD):
                yield from _matching(self.folder, posixpath.join(base, each))
            elif path := inside(posixpath.join(base, each)):
                yield path

    def _text(self, path: str) -> str | None:
        if path.startswith(builtin.SCHEME):
            family, _, file = path.removeprefix(builtin.SCHEME).partition("/")
            return builtin.family_text(family, file)
        return self.read(path).text


def _is_sample(base: str) -> bool:
    """Whether a folder holds samples, or is hidden: then it is part of a family around it."""
    return any(part in _SAMPLES or part.startswith(".") for part in base.split("/"))


def _marks(family: Family) -> Iterable[str]:
    return (*family.marks, *(mark for group in family.marks_together for mark in group))


def _names(folder: Path) -> set[str]:
    try:
        return {each.name for each in folder.iterdir()}
    except OSError:
        return set()


def _matching(folder: Path, glob: str) -> list[str]:
    """The files that match a path with wildcards, in order."""
    (pattern, *_) = patterns(glob)
    start = pattern.literal.rpartition("/")[0]
    return [path for path in _below(folder, start, glob.count("/")) if pattern.matches(path)]


def _below(folder: Path, start: str, depth: int) -> Iterator[str]:
    """The files below a folder, down to a depth."""
    for name in sorted(_names(folder / start)):
        path = f"{start}/{name}" if start else name
        if path.count("/") < depth:
            yield from _below(folder, path, depth)
        else:
            yield path
