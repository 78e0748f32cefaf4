"""The template of a kind of a family, with what the family says laid over it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise_name
from spec_lsp.markdown.parse import parse
from spec_lsp.template.builtin import SCHEME
from spec_lsp.template.notation.choices import Choice, Choices
from spec_lsp.template.notation.id_patterns import IdPattern
from spec_lsp.template.notation.number_ids import NumberIds
from spec_lsp.template.notation.title_ids import TitleIds
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import FieldSlot, Lifecycle, Overlay, SectionNeed, Template
from spec_lsp.workspace.families.configured import configured, from_text
from spec_lsp.workspace.families.placing import FamilyBase
from spec_lsp.workspace.families.reader import builtin_family, family_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spec_lsp.template.schema import SectionSlot
    from spec_lsp.workspace.families.schema import Family, FamilyKind, IdClass, NeededPart

ELLIPSIS = "…"  # in a list of choices that is open
_NUMBERED = re.compile(r"/\{number:(?P<digits>[1-9])\}-\{slug\}\.md$")
_SHAPE = re.compile(r"(?:\{prefix\}-|(?P<prefix>[^{}]+))\{(?P<digits>[1-9])\}")


@lru_cache(maxsize=128)  # The arguments alone determine the result, so nothing invalidates it.
def kind_template(family: Family, kind: FamilyKind, path: str, text: str) -> Template:
    """The template of a kind from the text of its file; without sections if it demands none.

    `ids` is said of a template of ours: the workspace's own is meant to be followed.
    """
    is_builtin = path.startswith(SCHEME)
    found = infer(parse(path, text), is_builtin=is_builtin, over=overlay(kind))
    place = family.new.get(kind.name)
    own_id = found.id or _file_number(kind)
    return replace(
        found,
        kind=kind.name,
        name=found.name if text else kind.name.capitalize(),
        fields=_with_choices(found, kind),
        id=own_id,
        sections=tuple(_opened(slot, kind) for slot in found.sections),
        ids=(*_ids(family, kind), *_other_ids(family, found)),
        lifecycle=_lifecycle(found, kind),
        directory=found.directory or (place.directory if place else ""),
        filename=found.filename or (place.filename if place else ""),
        family=family.name,
        demands=kind.demands if is_builtin or kind.demands == "nothing" else "template",
        title_ids=tuple(_title_ids(family, kind)),
        number_ids=tuple(_number_ids(family, kind)),
        needs=tuple(map(_need, kind.needs)),
        fillers=kind.fillers,
    )


def base_of(texts: Sequence[str]) -> FamilyBase:
    """A family in its folder again, from its texts."""
    base, path, text, said, *read = texts
    is_builtin = path.startswith(SCHEME)
    family = builtin_family(path.split(":")[1].split("/")[0]) if is_builtin else family_of(text)
    facts = from_text(said)
    family = configured(family, facts)
    kinds = {kind.name: kind for kind in family.kinds}
    templates = {
        name: kind_template(family, kinds[name], at, written)
        for name, at, written in zip(read[::3], read[1::3], read[2::3], strict=True)
    }
    return FamilyBase(family, base, (path, text), templates, facts)


def overlay(kind: FamilyKind) -> Overlay:
    """The corrections of a kind."""
    aliases = tuple((title, tuple(others)) for title, others in kind.aliases.items())
    return Overlay(kind.required, kind.optional, kind.repeatable, aliases, kind.guidance)


def _with_choices(template: Template, kind: FamilyKind) -> tuple[FieldSlot, ...]:
    """The fields with the values that the family knows; an open field may have any."""
    known: dict[str, Choices | None] = {}
    if kind.lifecycle and kind.lifecycle.open:
        known[normalise_name(kind.lifecycle.field)] = None
    for name, values in kind.choices.items():
        listed = tuple(Choice(each) for each in values if each != ELLIPSIS)
        known[normalise_name(name)] = Choices(listed, is_open=ELLIPSIS in values)
    fields = template.fields
    return tuple(replace(f, choices=known[f.key]) if f.key in known else f for f in fields)


def _opened(slot: SectionSlot, kind: FamilyKind) -> SectionSlot:
    """A section whose value is an open field of the family; such a field may have any value."""
    value, life = slot.value, kind.lifecycle
    if not life or not life.open or not value or value.key != normalise_name(life.field):
        return slot
    choices = value.choices and replace(value.choices, is_open=True)
    return replace(slot, fields=(replace(value, choices=choices),))


def _lifecycle(template: Template, kind: FamilyKind) -> Lifecycle | None:
    life = kind.lifecycle
    if not life:
        return template.lifecycle
    order = (*life.draft, *life.final, *life.dropped)
    return Lifecycle(normalise_name(life.field), order, life.draft, life.final, life.dropped)


def _ids(family: Family, kind: FamilyKind) -> Iterator[IdPattern]:
    """The IDs that documents of a kind define, and those that they only mention."""
    for each in family.ids:
        places = [p for p in each.defined if p.kind == kind.name and not p.file]
        used = next((place.below for place in each.cited if place.kind == kind.name), ())
        used = tuple(map(str.casefold, used))
        kin = tuple(prefix for prefix, _ in _shapes(each))
        for prefix, digits in _shapes(each):
            pattern = IdPattern(prefix, digits, each.scope, is_open=not prefix, used_below=used)
            pattern = replace(pattern, kin=kin)
            for place in places:
                counts = place.heading if "{n}" in place.heading else ""
                yield replace(pattern, forms=place.at, heading=counts, level=place.level)
            if not places:
                yield replace(pattern, defines=False)


def _file_number(kind: FamilyKind) -> IdPattern | None:
    """The number in `{number:4}-{slug}.md`: the ID of a document in its folder."""
    found = next(filter(None, map(_NUMBERED.search, kind.paths)), None)
    return IdPattern("", int(found["digits"]), "workspace") if found else None


def _need(each: NeededPart) -> SectionNeed:
    return SectionNeed(
        each.heading,
        tuple(map(str.casefold, each.below)),
        each.part,
        each.words,
        each.sections,
    )


def _title_ids(family: Family, kind: FamilyKind) -> Iterator[TitleIds]:
    """The titles that are IDs in documents of a kind."""
    for each in family.ids:
        defined = next((place for place in each.defined if place.kind == kind.name), None)
        cited = next((place for place in each.cited if place.kind == kind.name), None)
        for shape in each.shapes if defined or cited else ():
            lead, is_title, _ = shape.partition("{title}")
            if is_title:
                yield TitleIds(
                    lead,
                    (defined and defined.scope) or each.scope,
                    each.group,
                    tuple(map(str.casefold, defined.below)) if defined else (),
                    defined.by if defined else (),
                    tuple(map(str.casefold, cited.below)) if cited else (),
                    cited.by if cited else (),
                )


def _number_ids(family: Family, kind: FamilyKind) -> Iterator[NumberIds]:
    """The numbers that are IDs in documents of a kind."""
    for each in family.ids:
        defined = next(
            (p for p in each.defined if p.kind == kind.name and (p.items or p.file)), None
        )
        cited = next((place for place in each.cited if place.kind == kind.name), None)
        is_used = cited and (cited.forms or cited.fields or cited.columns)
        for prefix, _ in _shapes(each) if defined or is_used else ():
            yield NumberIds(
                prefix,
                each.scope,
                bool(defined and defined.items),
                cited.forms if cited else (),
                tuple(map(normalise_name, cited.fields)) if cited else (),
                tuple(map(str.casefold, cited.columns)) if cited else (),
                defined.heading.casefold() if defined and "{n}" not in defined.heading else "",
                bool(defined and defined.file),
            )


def _other_ids(family: Family, template: Template) -> Iterator[IdPattern]:
    """The IDs of the template whose prefixes the family does not name."""
    named = {prefix for each in family.ids for prefix, _ in _shapes(each)}
    return (each for each in template.ids if each.prefix not in named)


def _shapes(each: IdClass) -> Iterator[tuple[str, int]]:
    for shape in each.shapes:
        if match := _SHAPE.fullmatch(shape):
            yield match["prefix"] or "", int(match["digits"])
