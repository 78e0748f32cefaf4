"""What a template has gained, lost, renamed and moved since an earlier version of it.

Sections pair level by level: by title first, then by an alias, a similar title or equal contents.
Sections that are left pair with one of the same title elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from spec_lsp.compare import same_text
from spec_lsp.template.match.order import longest_rising
from spec_lsp.template.notation.titles import NEAR
from spec_lsp.template.schema import FieldSlot, SectionSlot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spec_lsp.template.schema import Template

What = Literal[
    "gained", "lost", "renamed", "moved", "required", "optional", "repeatable", "kind", "choices"
]
_Path = tuple[str, ...]
_Keys = Callable[[SectionSlot], list[Hashable]]
_LEAST_BLANKS = 2  # in guidance that tells one section from others: not in `[To do]`


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section that an old or a new version lacks, or that differs in the new version."""

    what: What
    old: SectionSlot | None = None
    new: SectionSlot | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """The same of a field; `section` is the new version's section around it, if there is one."""

    what: What
    old: FieldSlot | None = None
    new: FieldSlot | None = None
    section: SectionSlot | None = None


@dataclass(frozen=True)
class TemplateChanges:
    """The differences between two versions of a template, and the sections that are the same."""

    old: Template
    new: Template
    pairs: tuple[tuple[SectionSlot, SectionSlot], ...] = field(repr=False)

    @cached_property
    def before(self) -> dict[_Path, SectionSlot]:
        """The old version's section for a path in the new one."""
        return {new.path: old for old, new in self.pairs}

    @cached_property
    def sections(self) -> tuple[SectionChange, ...]:
        """The changed sections: in the new version's order, then what was lost."""
        return (*self._new_sections(), *self._lost_sections())

    @cached_property
    def fields(self) -> tuple[FieldChange, ...]:
        """The changed fields: of header and footer, then of each section."""
        found = [*_field_changes(self.old.fields, self.new.fields, None)]
        for old, new in self.pairs:
            found += _field_changes(old.fields, new.fields, new)
        return tuple(found)

    def _new_sections(self) -> Iterator[SectionChange]:
        moved = {*self._reordered()}
        after = {old.path: new for old, new in self.pairs}
        for new in self.new.slots:
            old = self.before.get(new.path)
            if not old:
                # Only the outermost one is named.
                if len(new.path) == 1 or new.path[:-1] in self.before:
                    yield SectionChange("gained", None, new)
                continue
            if old.pattern.key != new.pattern.key:
                yield SectionChange("renamed", old, new)
            above = after.get(old.path[:-1])
            is_elsewhere = (above.path if above else old.path[:-1]) != new.path[:-1]
            if is_elsewhere or new.path in moved:
                yield SectionChange("moved", old, new)
            if old.is_required != new.is_required:
                yield SectionChange("required" if new.is_required else "optional", old, new)
            if new.is_repeatable and not old.is_repeatable:
                yield SectionChange("repeatable", old, new)

    def _lost_sections(self) -> Iterator[SectionChange]:
        kept = {old.path for old, _ in self.pairs}
        for old in self.old.slots:
            if old.path not in kept and (len(old.path) == 1 or old.path[:-1] in kept):
                yield SectionChange("lost", old)

    def _reordered(self) -> Iterator[_Path]:
        """The paths of sections whose order among their siblings has changed."""
        siblings: dict[tuple[_Path, _Path], list[tuple[SectionSlot, SectionSlot]]] = {}
        for old, new in self.pairs:
            siblings.setdefault((old.path[:-1], new.path[:-1]), []).append((old, new))
        for group in siblings.values():
            group.sort(key=lambda pair: self.new.order[pair[1].path])
            steady = longest_rising([self.old.order[old.path] for old, _ in group])
            yield from (new.path for at, (_, new) in enumerate(group) if at not in steady)


def changes(old: Template, new: Template) -> TemplateChanges:
    """The differences between two versions of a template."""
    pairing = _SlotPairing()
    pairing.pair(old.sections, new.sections)
    pairing.pair_elsewhere(old.slots, new.slots)
    return TemplateChanges(old, new, tuple(pairing.found))


class _SlotPairing:
    """Collects the pairs of slots."""

    def __init__(self) -> None:
        self.found: list[tuple[SectionSlot, SectionSlot]] = []
        self.done: set[tuple[int, _Path]] = set()

    def pair(self, olds: Sequence[SectionSlot], news: Sequence[SectionSlot]) -> None:
        """Pair siblings, then the sections below each pair."""
        for old_keys, new_keys in _WAYS:
            left_old, left_new = self._left(0, olds), self._left(1, news)
            for old, new in _unique_pairs(left_old, left_new, old_keys, new_keys):
                self._take(old, new)
        for old in self._left(0, olds):
            for new in self._left(1, news):
                if new.pattern.nearness(old.title) >= NEAR:
                    self._take(old, new)
                    break

    def pair_elsewhere(self, olds: Sequence[SectionSlot], news: Sequence[SectionSlot]) -> None:
        """Pair sections that have another parent now."""
        for old, new in _unique_pairs(self._left(0, olds), self._left(1, news), _title, _title):
            if not self._is_done(0, old) and not self._is_done(1, new):
                self._take(old, new)

    def _take(self, old: SectionSlot, new: SectionSlot) -> None:
        self.found.append((old, new))
        self.done |= {(0, old.path), (1, new.path)}
        self.pair(old.children, new.children)

    def _left(self, side: int, slots: Iterable[SectionSlot]) -> list[SectionSlot]:
        return [slot for slot in slots if not self._is_done(side, slot)]

    def _is_done(self, side: int, slot: SectionSlot) -> bool:
        return (side, slot.path) in self.done


def _unique_pairs(
    olds: Sequence[SectionSlot], news: Sequence[SectionSlot], old_keys: _Keys, new_keys: _Keys
) -> Iterator[tuple[SectionSlot, SectionSlot]]:
    """The pairs that share a key which no other slot of their version has."""
    known: dict[Hashable, list[SectionSlot]] = {}
    for old in olds:
        for key in old_keys(old):
            known.setdefault(key, []).append(old)
    counts = Counter(key for new in news for key in new_keys(new))
    taken: set[_Path] = set()
    for new in news:
        for key in new_keys(new):
            same = known.get(key, [])
            if len(same) == 1 and counts[key] == 1 and same[0].path not in taken:
                taken.add(same[0].path)
                yield same[0], new
                break


def _title(slot: SectionSlot) -> list[Hashable]:
    return [slot.pattern.key]


def _alias_titles(slot: SectionSlot) -> list[Hashable]:
    return [alias.key for alias in slot.aliases]


def _contents(slot: SectionSlot) -> list[Hashable]:
    """The guidance of a section, and the titles below it."""
    said = same_text(slot.guidance)
    below = tuple(child.pattern.key for child in slot.children)
    return [each for each in (said if said.count(" ") >= _LEAST_BLANKS else "", below) if each]


_WAYS: tuple[tuple[_Keys, _Keys], ...] = (
    (_title, _title),
    (_title, _alias_titles),
    (_contents, _contents),
)


def _field_changes(
    olds: Sequence[FieldSlot], news: Sequence[FieldSlot], section: SectionSlot | None
) -> Iterator[FieldChange]:
    before = {slot.key: slot for slot in olds}
    lost = {key: slot for key, slot in before.items() if key not in {each.key for each in news}}
    for new in news:
        old = before.get(new.key)
        if not old and (old := _same_choices(new, lost)):
            del lost[old.key]
            yield FieldChange("renamed", old, new, section)
        if not old:
            yield FieldChange("gained", None, new, section)
            continue
        if old.is_required != new.is_required:
            yield FieldChange("required" if new.is_required else "optional", old, new, section)
        if old.values != new.values:
            yield FieldChange("choices", old, new, section)
        elif old.kind != new.kind:
            yield FieldChange("kind", old, new, section)
    yield from (FieldChange("lost", old, None, section) for old in lost.values())


def _same_choices(new: FieldSlot, lost: dict[str, FieldSlot]) -> FieldSlot | None:
    """The lost field with the choices of a new one, which is therefore the same."""
    same = [old for old in lost.values() if new.values and old.values == new.values]
    return same[0] if len(same) == 1 else None
