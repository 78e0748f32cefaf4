"""What was found in a folder that nothing configures, in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from spec_lsp.features.shared.cards_state import plural
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.families.placing import Families

_MOST = 4  # kinds of a layout that are named

Group = tuple[str, str]  # a family and the end of the phrase that says where it is


def found_sentence(families: Families, entries: Mapping[str, Entry], templates: int) -> str:
    """Name the families and kinds with their numbers of documents; empty if there are none.

    `templates` is the number of the folder's own templates, which are not in use yet.
    """
    kinds = _kinds(families, entries)
    unused = plural(templates, "template")
    if not kinds:
        return f"Found {unused} that `spec-lsp init` can put to use" if templates else ""
    more = f". `spec-lsp init` can put {unused} to use" if templates else ""
    return f"Found {_one(*kinds.popitem()) if len(kinds) == 1 else _several(kinds)}{more}"


def _one(group: Group, kinds: Counter[str]) -> str:
    """The documents of one family, or of none."""
    name, where = group
    documents = plural(kinds.total(), "document")
    layout = f" of the {name} layout{where}" if name else ""
    if len(kinds) > 1:
        return f"{documents}{layout}: {_listed(kinds)}"
    (kind,) = kinds
    if not name:
        return f"{documents} of kind {kind}"
    each = ", all" if kinds.total() > 1 else ","
    return f"{documents}{layout}" + (f"{each} of kind {kind}" if kind != name else "")


def _several(groups: Mapping[Group, Counter[str]]) -> str:
    count = sum(kinds.total() for kinds in groups.values())
    parts = (
        f"{name}{where} ({kinds.total() if [*kinds] == [name] else _listed(kinds)})"
        if name
        else _listed(kinds)
        for (name, where), kinds in sorted(groups.items())
    )
    return f"{plural(count, 'document')}: {'; '.join(parts)}"


def _kinds(families: Families, entries: Mapping[str, Entry]) -> dict[Group, Counter[str]]:
    """The number of documents of each kind, by family and folder."""
    kinds: dict[Group, Counter[str]] = {}
    for each in entries.values():
        if each.is_spec:
            base = families.covering(each.path)
            where = f" in {base.base}" if base and base.base else ""
            group = (base.family.name if base else "", where)
            kinds.setdefault(group, Counter())[each.kind.rpartition("/")[2]] += 1
    return kinds


def _listed(kinds: Counter[str]) -> str:
    """The kinds with most documents first: `3 spec, 1 plan`."""
    ordered = sorted(kinds.items(), key=lambda each: (-each[1], each[0]))
    # No single kind is left out.
    most = _MOST if len(ordered) > _MOST + 1 else len(ordered)
    named = ", ".join(f"{count} {kind}" for kind, count in ordered[:most])
    return f"{named} and {len(ordered) - most} more kinds" if len(ordered) > most else named
