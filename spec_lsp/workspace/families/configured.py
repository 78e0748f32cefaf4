"""A family with the folders and the values that a tool's own configuration names."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.workspace.families.schema import Family, FamilyKind

# Names of folders and fields, each with a text that the tool's file gives; lists repeat the name.
Facts: TypeAlias = "tuple[tuple[str, str], ...]"
# Before the path or the file name of a document, or its unit, to which a file gives a status.
TOLD = "status of "


@lru_cache(maxsize=128)  # The arguments alone determine the result, so nothing invalidates it.
def configured(family: Family, facts: Facts) -> Family:
    """The family with these facts: its patterns, and the choices of its kinds' fields.

    Patterns with a folder that no file names are left out.
    """
    if not family.values:
        return family
    folders = dict(fact for fact in facts if any(v.folder == fact[0] for v in family.values))
    unknown = {each.folder for each in family.values if each.folder} - folders.keys()

    def filled(texts: Iterable[str]) -> tuple[str, ...]:
        known = (each for each in texts if not any(f"{{{name}}}" in each for name in unknown))
        return tuple(_filled(each, folders) for each in known)

    def of_kind(kind: FamilyKind) -> FamilyKind:
        choices = {**kind.choices, **_choices(family, kind, facts)}
        return replace(kind, paths=filled(kind.paths), hints=filled(kind.hints), choices=choices)

    places = {
        kind: replace(place, directory=_filled(place.directory, folders))
        for kind, place in family.new.items()
    }
    return replace(
        family,
        unit=filled(family.unit),
        leave=filled(family.leave),
        kinds=tuple(map(of_kind, family.kinds)),
        state=tuple(replace(each, file=_filled(each.file, folders)) for each in family.state),
        new=places,
    )


def as_text(facts: Facts) -> str:
    """Facts as one text, one in a line."""
    return "\n".join("\t".join(each) for each in facts)


def from_text(text: str) -> Facts:
    """The facts of such a text."""
    lines = (line.partition("\t") for line in text.split("\n") if line)
    return tuple((name, value) for name, _, value in lines)


def _filled(text: str, folders: dict[str, str]) -> str:
    for name, folder in folders.items():
        text = text.replace(f"{{{name}}}", folder)
    return text


def _choices(family: Family, kind: FamilyKind, facts: Facts) -> dict[str, tuple[str, ...]]:
    fields = {each.into for each in family.values if each.kind == kind.name}
    found = {name: tuple(value for key, value in facts if key == name) for name in fields}
    return {name: values for name, values in found.items() if values}
