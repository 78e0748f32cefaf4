"""What was found in a folder that nothing configures, in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from spec_lsp.features.shared.cards_state import plural
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.families.placing import Families


def found_sentence(families: Families, entries: Mapping[str, Entry], templates: int) -> str:
    """Name the families and kinds with their numbers of documents; empty if there are none.

    `templates` is the number of the folder's own templates, which are not in use yet.
    """
    kinds = _kinds(families, entries)
    lists = {name: ", ".join(_most_first(found)) for name, found in kinds.items()}
    named = [f"{name} ({listed})" if name else listed for name, listed in sorted(lists.items())]
    count = sum(found.total() for found in kinds.values())
    found = [f"{plural(count, 'document')}: {', '.join(named)}"] if named else []
    if templates:
        found.append(f"{plural(templates, 'template')} that `spec-lsp init` can put to use")
    return f"Found {' and '.join(found)}" if found else ""


def _kinds(families: Families, entries: Mapping[str, Entry]) -> dict[str, Counter[str]]:
    """The number of documents of each kind, by the name of its family and the family's folder."""
    kinds: dict[str, Counter[str]] = {}
    for each in entries.values():
        if each.is_spec:
            base = families.covering(each.path)
            place = f" in {base.base}" if base and base.base else ""
            name = f"{base.family.name}{place}" if base else ""
            kinds.setdefault(name, Counter())[each.kind.rpartition("/")[2]] += 1
    return kinds


def _most_first(counts: Counter[str]) -> Iterator[str]:
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return (f"{kind} {count}" for kind, count in ordered)
