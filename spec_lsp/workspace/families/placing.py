"""The families of a workspace: which kind a path tells, in which unit, and what is left alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.memo import once
from spec_lsp.template.match.file_names import is_attached
from spec_lsp.template.schema import without_titles
from spec_lsp.workspace.families.configured import TOLD, Facts, as_text
from spec_lsp.workspace.families.patterns import Pattern, patterns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from spec_lsp.template.schema import Template
    from spec_lsp.workspace.entry import Stage
    from spec_lsp.workspace.families.schema import Family, FamilyKind


# Titles in an archive are those of another day.
_AT_REST = ("final", "dropped")


class Placement(NamedTuple):
    """What a path tells: a kind of a family, its template, and the folders of unit and family.

    It is certain unless the pattern is only a hint. `stage` is that of a folder, and `others` are
    the templates of further kinds with an equal pattern. `linked` are the files that the document
    carries out; the first that exists counts. `told` is the status that a file of the tool gives.
    """

    family: Family
    kind: FamilyKind
    template: Template
    unit: str
    base: str
    is_certain: bool
    stage: Stage
    others: tuple[Template, ...] = ()
    linked: tuple[str, ...] = ()
    told: str = ""


@dataclass(frozen=True, eq=False)
class FamilyBase:
    """A family in the folder from which its paths count, with the template of each kind.

    `source` is the path and the text of its file, `facts` what the tool's own files say.
    """

    family: Family
    base: str
    source: tuple[str, str]
    templates: Mapping[str, Template]
    facts: Facts = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All that this was read from: base, source, facts, and each template's kind and text."""
        read = ((kind, t.path, t.document.text) for kind, t in self.templates.items())
        facts = as_text(self.facts)
        return (self.base, *self.source, facts, *(text for each in read for text in each))

    def below(self, path: str) -> str:
        """A path, relative to the base; empty for paths outside."""
        if not self.base:
            return path
        return path[len(self.base) + 1 :] if path.startswith(f"{self.base}/") else ""

    def unit_of(self, path: str) -> str:
        """The unit around a path, both relative to the base; empty if there is none."""
        return max((each.start(path) for each in self._units), key=len, default="")

    def leaves(self, path: str) -> str:
        """The pattern that leaves a path relative to the base alone; the last one decides."""
        found = ""
        for is_exception, pattern in self._leave:
            if bool(found) is is_exception and pattern.matches(path):
                found = "" if is_exception else pattern.glob
        return found

    def stage(self, path: str) -> Stage:
        """The stage that the folders around a path relative to the base say."""
        return next((stage for stage, each in self._states if each.matches(path)), "")

    def told(self, path: str, unit: str) -> str:
        """The status that files of the tool give a document or its unit; empty if none does."""
        name = path.rpartition("/")[2].removesuffix(".md")
        entry = f"{unit}/{name.partition('-')[0]}"
        return next(filter(None, map(self._told.get, (path, entry, unit, name))), "")

    def linked(self, kind: str, unit: str) -> tuple[str, ...]:
        """The files of a unit, with its whole path, that a document of a kind may carry out."""
        wanted = [to for link in self.family.links if link.source == kind for to in link.to]
        return tuple(
            f"{unit}/{pattern.glob}"
            for to in wanted
            for other, pattern, _ in self._kinds
            if other.name == to and pattern.is_below_unit and pattern.glob == pattern.literal
        )

    def opens(self, folder: str) -> bool:
        """Whether documents are below a folder relative to the base, even if it is hidden."""
        return any(each.startswith(f"{folder}/") for each in self.starts)

    def covers(self, path: str) -> bool:
        """Whether a path relative to the base is in a folder of the family."""
        return path.startswith(self.starts) or bool(self.unit_of(path))

    def kinds_of(self, path: str) -> tuple[list[FamilyKind], str, bool, int] | None:
        """The kinds of a path relative to the base, its unit, and whether they are certain.

        The number is the length of the literal text with which the pattern begins.
        """
        units = [(unit, path[len(unit) + 1 :]) for unit in self._starts(path)]
        found = [
            (is_certain, pattern.weight + len(unit), -at, unit)
            for at, (_, pattern, is_certain) in enumerate(self._kinds)
            for unit, rest in (units if pattern.is_below_unit else [(self.unit_of(path), path)])
            if pattern.matches(rest) and not ("**" in pattern.glob and is_attached(rest))
        ]
        if not found:
            return None
        is_certain, weight, at, unit = max(found)
        equal = sorted(-each[2] for each in found if each[:2] == (is_certain, weight))
        _, pattern, _ = self._kinds[-at]
        literal = len(unit if pattern.is_below_unit else pattern.literal)
        kinds = [self._kinds[each][0] for each in equal]
        return kinds, unit, is_certain, literal

    def _starts(self, path: str) -> Iterator[str]:
        return filter(None, dict.fromkeys(each.start(path) for each in self._units))

    @cached_property
    def _units(self) -> tuple[Pattern, ...]:
        return tuple(each for text in self.family.unit for each in patterns(text))

    @cached_property
    def _leave(self) -> tuple[tuple[bool, Pattern], ...]:
        return tuple(
            (text.startswith("!"), each)
            for text in self.family.leave
            for each in patterns(text.removeprefix("!"))
        )

    @cached_property
    def _told(self) -> dict[str, str]:
        told = (each for each in self.facts if each[0].startswith(TOLD))
        return {name.removeprefix(TOLD): status for name, status in told}

    @cached_property
    def _states(self) -> tuple[tuple[Stage, Pattern], ...]:
        folders = ((s.means, s.folder) for s in self.family.state if s.folder)
        return tuple((means, each) for means, folder in folders for each in patterns(folder))

    @cached_property
    def _kinds(self) -> tuple[tuple[FamilyKind, Pattern, bool], ...]:
        return tuple(
            (kind, each, is_certain)
            for kind in self.family.kinds
            for texts, is_certain in ((kind.paths, True), (kind.hints, False))
            for text in texts
            for each in patterns(text)
        )

    @cached_property
    def starts(self) -> tuple[str, ...]:
        """The folders in which units and paths begin, each with a slash at the end."""
        each = (*self._units, *(pattern for _, pattern, _ in self._kinds))
        literals = (p.literal for p in each if not p.is_below_unit)
        return tuple(sorted({f"{text.rpartition('/')[0]}/" for text in literals if "/" in text}))


@dataclass(frozen=True, eq=False)
class Families:
    """The families of a workspace, in order of precedence."""

    bases: tuple[FamilyBase, ...] = ()
    _placed: dict[str, Placement | None] = field(default_factory=dict, init=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.bases)

    def place(self, path: str) -> Placement | None:
        """What a path tells; of several families, the deepest base counts, then the order."""
        if not self.bases:
            return None
        if path not in self._placed:
            self._placed[path] = self._place(path)
        return self._placed[path]

    def leaves(self, path: str) -> bool:
        """Whether a path is left alone: its file is no document."""
        return any(base.leaves(rest) for base, rest in self._around(path))

    def opens(self, folder: str) -> bool:
        """Whether a hidden folder holds documents."""
        return any(base.opens(rest) for base, rest in self._around(folder))

    def covers(self, path: str) -> bool:
        """Whether a path is in a folder of a family, where only its own kinds are expected."""
        return any(base.covers(rest) for base, rest in self._around(path))

    def covering(self, path: str) -> FamilyBase | None:
        """The family that a path belongs to: the one that tells its kind, else one around it."""
        placed = self.place(path)
        for base, rest in self._around(path):
            is_placed = placed and (placed.family, placed.base) == (base.family, base.base)
            if is_placed or (not placed and base.covers(rest)):
                return base
        return None

    def unit_around(self, path: str) -> str:
        """The folder of the unit around a path; empty if there is none."""
        for base, rest in self._around(path):
            if unit := base.unit_of(rest):
                return f"{base.base}/{unit}" if base.base else unit
        return ""

    def have_all_of(self, inner: FamilyBase, names: Collection[str]) -> bool:
        """Whether the same family, in a folder around, has all folders of an inner one.

        `names` are those in the inner folder.
        """
        found = [each for each in inner.starts if each.partition("/")[0] in names]
        return bool(found) and any(
            all(base.covers(f"{rest}/{each}") for each in found)
            for base, rest in self._around(inner.base)
            if base.family.name == inner.family.name
        )

    def with_bases(self, bases: Iterable[FamilyBase]) -> Families:
        """These families and others that are not among them."""
        known = {(each.family.name, each.base) for each in self.bases}
        new = (each for each in bases if (each.family.name, each.base) not in known)
        return Families((*self.bases, *new))

    def templates_at(self, path: str) -> list[Template]:
        """The templates of the families around a path, the nearest first."""
        return [
            self.named[id(each)]
            for base, _ in self._around(path)
            for each in base.templates.values()
        ]

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """The templates of all families, one for each kind."""
        found = {each.kind: each for each in reversed([*self.named.values()])}
        return tuple(reversed(found.values()))

    @cached_property
    def named(self) -> dict[int, Template]:
        """The templates by identity, with the family in the name of a kind that others have too."""
        owners = Counter(
            kind for kind, _ in {(k, b.family.name) for b in self.bases for k in b.templates}
        )
        return {
            id(template): replace(template, kind=f"{base.family.name}/{kind}")
            if owners[kind] > 1
            else template
            for base in self.bases
            for kind, template in base.templates.items()
        }

    def _around(self, path: str) -> list[tuple[FamilyBase, str]]:
        """The bases around a path, the deepest first, each with the rest of the path."""
        return [(base, rest) for base in self._by_depth if (rest := base.below(path))]

    @cached_property
    def _by_depth(self) -> list[FamilyBase]:
        return sorted(self.bases, key=lambda base: -len(base.base))

    def _place(self, path: str) -> Placement | None:
        """The certain placement in the deepest base with the longest literal, else a hint."""
        found: list[tuple[tuple[bool, int, int], Placement]] = []
        for base, rest in self._around(path):
            placed = None if base.leaves(rest) else base.kinds_of(rest)
            if not placed:
                continue
            kinds, unit, is_certain, literal = placed
            whole = f"{base.base}/{unit}" if base.base and unit else unit
            stage = base.stage(rest)
            templates = [self.named[id(base.templates[each.name])] for each in kinds]
            if stage in _AT_REST:
                templates = [once(each, without_titles) for each in templates]
            template, *others = templates
            linked = base.linked(kinds[0].name, whole) if whole else ()
            about = base.family, kinds[0], template, whole, base.base, is_certain, stage
            placement = Placement(*about, (*others,), linked, base.told(rest, unit))
            found.append(((is_certain, len(base.base), literal), placement))
        return max(found, key=itemgetter(0))[1] if found else None


NO_FAMILIES = Families()
