"""The changes between two versions of a template, as lines and as data for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.template.match.changes import FieldChange, SectionChange, TemplateChanges
    from spec_lsp.template.schema import SectionSlot, Template

VERSION = 1
_SIGNS = {"gained": "+", "lost": "-"}


def difference_lines(found: TemplateChanges) -> list[str]:
    """A line for each change, empty if there is none."""
    rows = [("~", name, f"{old} → {new}") for name, old, new in _general(found)]
    rows += [
        (_SIGNS.get(each.what, "~"), "section", _section(found, each)) for each in found.sections
    ]
    rows += [(_SIGNS.get(each.what, "~"), "field", _field(each)) for each in found.fields]
    return [f"{sign} {what:8} {text}" for sign, what, text in rows]


def difference_data(found: TemplateChanges) -> dict[str, Any]:
    """The same for JSON."""
    return {
        "version": VERSION,
        "old": found.old.path,
        "new": found.new.path,
        "general": [{"what": name, "old": old, "new": new} for name, old, new in _general(found)],
        "sections": [
            {"what": each.what, "old": _path(each.old), "new": _path(each.new)}
            for each in found.sections
        ],
        "fields": [
            {
                "what": each.what,
                "section": each.section.title if each.section else None,
                "old": each.old.name if each.old else None,
                "new": each.new.name if each.new else None,
                "gained": _values(each)[0],
                "lost": _values(each)[1],
            }
            for each in found.fields
        ],
    }


def _general(found: TemplateChanges) -> Iterator[tuple[str, str, str]]:
    """What differs besides sections and fields."""
    for name in ("kind", "ID", "title", "folder", "file name"):
        old, new = (_text(each, name) for each in (found.old, found.new))
        if old != new:
            yield name, old or "none", new or "none"


def _text(template: Template, name: str) -> str:
    pattern = template.id
    return {
        "kind": template.kind,
        "ID": f"{pattern.prefix}{'#' * pattern.digits}" if pattern else "",
        "title": template.document.title if template.title else "",
        "folder": template.directory,
        "file name": template.filename,
    }[name]


def _section(found: TemplateChanges, each: SectionChange) -> str:
    if each.what == "renamed" and each.old and each.new:
        return f"{each.old.title} → {each.new.title}"
    if each.what == "moved" and each.new:
        return f"{each.new.title}: {_place(found, each.new)}"
    slot = each.new or each.old
    title = slot.title if slot else ""
    return title if each.what in _SIGNS else f"{title}: now {each.what}"


def _place(found: TemplateChanges, slot: SectionSlot) -> str:
    """Where a section is now: under another parent, or after another section."""
    slots = {each.path: each for each in found.new.slots}
    above = slots.get(slot.path[:-1])
    old = found.before[slot.path]
    old_above = found.before.get(slot.path[:-1])
    if (old_above.path if old_above else ()) != old.path[:-1]:
        return f"now under “{above.title}”" if above else "now at the top level"
    siblings = above.children if above else found.new.sections
    at = [each.path for each in siblings].index(slot.path)
    return f"now after “{siblings[at - 1].title}”" if at else "now first"


def _field(each: FieldChange) -> str:
    around = f" in {each.section.title}" if each.section else ""
    slot = each.new or each.old
    name = f"{slot.name}{around}" if slot else ""
    if each.what in _SIGNS or not each.old or not each.new:
        return name
    if each.what == "renamed":
        return f"{each.old.name} → {each.new.name}{around}"
    if each.what == "kind":
        return f"{name}: {each.old.kind} → {each.new.kind}"
    if each.what == "choices":
        gained, lost = _values(each)
        parts = [*(f"+ {value}" for value in gained), *(f"- {value}" for value in lost)]
        return f"{name}: {', '.join(parts) or 'choices in another order'}"
    return f"{name}: now {each.what}"


def _values(each: FieldChange) -> tuple[list[str], list[str]]:
    """The choices that a field has gained and lost."""
    old = each.old.values if each.old else ()
    new = each.new.values if each.new else ()
    if each.what != "choices":
        return [], []
    return [v for v in new if v not in old], [v for v in old if v not in new]


def _path(slot: SectionSlot | None) -> str | None:
    return slot.title if slot else None
