"""Recognise families on the disk, and read their files and templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from spec_lsp.storage.files import Reading, files_to_depth, names_in
from spec_lsp.storage.told_states import tells
from spec_lsp.storage.tool_values import facts_of
from spec_lsp.template import builtin
from spec_lsp.template.schema import Fault
from spec_lsp.workspace.config.config import Config
from spec_lsp.workspace.config.globs import inside
from spec_lsp.workspace.families.marks import FILE, FamilyMarks, builtin_marks, marks_of
from spec_lsp.workspace.families.patterns import is_wild, patterns
from spec_lsp.workspace.families.placing import NO_FAMILIES, Families, FamilyBase

if TYPE_CHECKING:
    from spec_lsp.workspace.families.patterns import Pattern
    from spec_lsp.workspace.families.schema import Family

Read = Callable[[str], Reading]

FOLDER = ".spec-lsp/families"
# Bases below these folders are samples, unless the configuration names them.
_SAMPLES = frozenset({"examples", "fixtures", "testdata", "tests", "templates"})


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
            each for base in ("", *inner) for each in self._at(base, names_in(self.folder / base))
        ]
        for each in self.config.family:
            base = inside(each.base)
            known = {(one.family.name, one.base) for one in found}
            if (each.name, base) not in known and each.name in self._known:
                found.append(self._base(each.name, base))
        self.found = Families(tuple(found))
        return self.found

    def look(self, base: str, names: set[str]) -> None:
        """Look for families at an inner folder that has some names in it.

        A family around it may have the same documents: `docs/adr` is found in `docs` and above.
        """
        found = [one for one in self._at(base, names) if not self.found.have_all_of(one, names)]
        if found:
            self.found = self.found.with_bases(found)

    def is_stale(self, paths: Iterable[str], is_reached: Callable[[str], bool]) -> bool:
        """Whether changes at some paths let a family appear or disappear in a reached folder."""
        paths = [*paths]
        told = {each.base for each in self.found.bases if tells(each.family, each.base, paths)}
        bases = self._bases_of(paths) | told
        return any(is_reached(base) and self._differs(base) for base in bases)

    @property
    def marks(self) -> list[str]:
        """The files and folders that recognise a family, apart from Markdown files."""
        groups = (group for family in self._known.values() for group in family.groups)
        found = dict.fromkeys(mark for group in groups for mark in group)
        families = [each.family for each in self.found.bases]
        read = [each.file for family in families for each in family.values]
        read += (
            path for family in families for each in family.state for path in (each.file, each.box)
        )
        found.update(dict.fromkeys(read))
        return [each for each in found if each and not (is_wild(each) or each.endswith(".md"))]

    def _bases_of(self, paths: Iterable[str]) -> set[str]:
        """The folders in which files at some paths may be marks."""
        parts = (path.split("/") for path in paths)
        return {
            "/".join(names[:at])
            for names in parts
            for at, name in enumerate(names)
            if name in self._firsts
        }

    def _differs(self, base: str) -> bool:
        before = {each.family.name for each in self.found.bases if each.base == base}
        configured = {each.name for each in self.config.family if inside(each.base) == base}
        now = {*self._names_at(base, names_in(self.folder / base))}
        return not before - configured <= now <= before or any(
            facts_of(each.family, self.folder, base, self.read) != each.facts
            for each in self.found.bases
            if each.base == base
        )

    def _at(self, base: str, names: set[str]) -> Iterator[FamilyBase]:
        """The families with a base at a folder that has some names in it."""
        return (self._base(name, base) for name in self._names_at(base, names))

    def _names_at(self, base: str, names: set[str]) -> list[str]:
        if self.config.families is False or names.isdisjoint(self._firsts) or _is_sample(base):
            return []
        marked = [n for n, each in self._known.items() if self._is_marked(each, base, names)]
        replaced = {other for name in marked for other in self._known[name].replaces}
        return [name for name in marked if name not in replaced]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The families that a configuration may name, those of the workspace first."""
        return tuple(dict.fromkeys((*self._own, *builtin.family_names())))

    @cached_property
    def _known(self) -> dict[str, FamilyMarks]:
        """The families in use, in order of precedence, with what recognises them."""
        own = {name: marks_of(family) for name, (_, family) in self._own.items()}
        names = self.names
        wanted = self.config.families
        if isinstance(wanted, list):
            names = tuple(name for name in wanted if name in names)
        return {name: own[name] if name in own else builtin_marks(name) for name in names}

    @cached_property
    def _firsts(self) -> frozenset[str]:
        """The names that a folder must have for a family to be recognised."""
        groups = (group for family in self._known.values() for group in family.groups)
        return frozenset(mark.partition("/")[0] for group in groups for mark in group)

    @cached_property
    def _own(self) -> dict[str, tuple[str, Family]]:
        """The families of the workspace, each with the path of its file."""
        found: dict[str, tuple[str, Family]] = {}
        if not (self.folder / FOLDER).is_dir():
            return found
        from spec_lsp.workspace.families.checked import read_family  # noqa: PLC0415 -- pydantic.

        for name in sorted(names_in(self.folder / FOLDER)):
            path = f"{FOLDER}/{name}/{FILE}"
            text = self.read(path).text
            if text is not None:
                family, self.faults[path] = read_family(text, name)
                self.own[path] = text
                found[family.name] = path, family
        return found

    def _is_marked(self, marks: FamilyMarks, base: str, names: set[str]) -> bool:
        return any(
            all(
                self._has(mark, group[:at], base, names, marks.least)
                for at, mark in enumerate(group)
            )
            for group in marks.groups
        )

    def _has(self, mark: str, above: Iterable[str], base: str, names: set[str], least: int) -> bool:
        if mark.partition("/")[0] not in names:
            return False
        if not is_wild(mark):
            return (self.folder / base / mark).exists()
        others = [each for other in above for each in patterns(other)]
        return self._count(mark, others, base, least) >= least

    def _count(self, mark: str, others: Iterable[Pattern], base: str, least: int) -> int:
        """The number of files that match a mark with wildcards; the search ends at the least.

        A file that matches a mark above it does not count: `0000-template.md` is no
        numbered document.
        """
        count = 0
        for pattern in patterns(mark):
            start = pattern.literal.rpartition("/")[0]
            for path in files_to_depth(self.folder / base, start, pattern.glob.count("/")):
                is_other = any(each.matches(path) for each in others)
                count += pattern.matches(path) and not is_other
                if count == least:
                    return count
        return count

    def _base(self, name: str, base: str) -> FamilyBase:
        from spec_lsp.storage.family_base import read_base  # noqa: PLC0415 -- needed by few folders.

        return read_base(self.folder, self.read, name, base, self._own.get(name))


def _is_sample(base: str) -> bool:
    """Whether a folder holds samples, or is hidden: then it is part of a family around it."""
    return any(part in _SAMPLES or part.startswith(".") for part in base.split("/"))
