"""A workspace as people would tell each other about it."""

from __future__ import annotations

from collections.abc import Iterator

from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import Mention, Reference
from spec_lsp.workspace.resolve import IdResolver
from spec_lsp.workspace.workspace import Workspace


def rendered(workspace: Workspace, path: str = "") -> str:
    """One file, or all of them in order."""
    entries = workspace.index.entries
    return "".join(
        f"{line}\n"
        for each in sorted(entries)
        if path in ("", each)
        for line in _entry(workspace, entries[each])
    )


def _entry(workspace: Workspace, entry: Entry) -> Iterator[str]:
    yield f"{entry.path}{''.join(_facts(entry))}"
    for each in entry.defined:
        if not each.is_own or each.text != entry.id:
            yield f"  defines {each.text}{f' “{each.title}”' if each.title else ''}"
    reader = IdResolver(workspace, entry)
    for mention in workspace.mentions(entry):
        yield f"  mentions {_mention(reader, mention)}"
    for reference in entry.references:
        yield f"  links to {_link(workspace, reference)}"


def _facts(entry: Entry) -> Iterator[str]:
    if entry.id:
        yield f" is {entry.id}"
    if entry.title:
        yield f" “{entry.title}”"
    if entry.kind:
        yield f" ({entry.kind})"
    if entry.status:
        yield f", {entry.status}: {entry.stage}"


def _mention(reader: IdResolver, mention: Mention) -> str:
    resolution = reader.resolve(mention)
    targets = ", ".join(place.path for place in resolution.places)
    meaning = targets or ("nothing" if resolution.is_certain else "nobody can say what")
    owner = f" of {mention.owner}" if mention.owner else ""
    return f"{mention.text}{owner}{_where(mention)}, which is {meaning}"


def _link(workspace: Workspace, reference: Reference) -> str:
    target = reference.path + (f"#{reference.anchor}" if reference.anchor else "")
    left = " as the template does" if reference.is_template_text else ""
    unknown = "" if workspace.entry(reference.path) else ", which is no document"
    return f"{target}{_where(reference)}{left}{unknown}"


def _where(use: Mention | Reference) -> str:
    field = f" in “{use.field}”" if use.field else ""
    return f"{field} of {use.subject}" if use.subject else field
