"""Renaming an ID: its definition, every mention, the title, the file's name and the links to it.

Nothing here writes: the answer is a change that whoever asked applies whole or not at all.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

from spec_lsp.features.file_rename import Read, renamed
from spec_lsp.features.heading_rename import followed
from spec_lsp.features.model import FileChange
from spec_lsp.features.target import Target, own_key
from spec_lsp.features.uses import uses
from spec_lsp.markdown import parse
from spec_lsp.markdown.inline import identifiers_in
from spec_lsp.template.create import is_safe_id
from spec_lsp.template.model import IdPattern
from spec_lsp.text import Edit, Span, apply
from spec_lsp.workspace import identity
from spec_lsp.workspace.entry import Mention
from spec_lsp.workspace.index import Place
from spec_lsp.workspace.workspace import Workspace

_NOWHERE = Span(0, 0)


def named(workspace: Workspace, name: str) -> Target | None:
    """What a name on a command line means: an ID, `SPEC-004/FR-2`, or the path of a document."""
    entry = workspace.entry(name)
    if entry:
        key = own_key(entry)
        return Target("document", _NOWHERE, (name,), key) if key else None
    owner, _, inner = name.replace("#", "/").rpartition("/")
    if owner:
        paths = tuple(each.path for each in workspace.index.owners(identity.key_of(owner)))
        key = identity.key_of(inner)
        found = tuple(path for path in paths if any(workspace.index.inner(path, key)))
        return Target("inner", _NOWHERE, found, key) if found else None
    key = identity.key_of(name)
    places = list(workspace.index.definitions(key))
    if not places:
        return None
    paths = tuple(dict.fromkeys(place.path for place in places))
    is_carried = any(own_key(workspace.index.entries[path]) == key for path in paths)
    return Target("document" if is_carried else "id", _NOWHERE, paths, key)


def rename_id(workspace: Workspace, read: Read, target: Target, new: str) -> FileChange:
    """Give an ID another name everywhere, or say why it cannot have it."""
    new = new.strip()
    places = list(_definitions(workspace, target))
    refusal = _refusal(workspace, target, places, new)
    if refusal:
        return FileChange(refusal=refusal)
    old = places[0].what.text
    if new == old:
        return FileChange()
    renames = tuple(_file_renames(places[0], target, new))
    taken = next((path for _, path in renames if _is_taken(workspace, path, renames)), "")
    if taken:
        return FileChange(refusal=f"{taken} exists already.")
    edits: dict[str, set[Edit]] = {}
    for path, edit in _renamings(workspace, read, target, places, new):
        edits.setdefault(path, set()).add(edit)
    for path, found in renamed(workspace, read, renames).edits.items():
        edits.setdefault(path, set()).update(found)
    for path, edit in list(_anchor_edits(workspace, read, edits)):
        edits.setdefault(path, set()).add(edit)
    return FileChange({path: _apart(edits[path]) for path in sorted(edits)}, renames)


def _definitions(workspace: Workspace, target: Target) -> Iterator[Place]:
    for path in target.paths:
        entry = workspace.entry(path)
        for defined in entry.defined if entry else ():
            if defined.key == target.key and defined.is_own == (target.kind != "inner"):
                yield Place(path, defined)


def _refusal(workspace: Workspace, target: Target, places: list[Place], new: str) -> str:
    """Why an ID cannot have a name."""
    if not places:
        return "No document defines this ID."
    if len({place.path for place in places}) > 1:
        listed = " and ".join(sorted({place.path for place in places}))
        return (
            f"{places[0].what.text} is defined in {listed}; give one of them another number first."
        )
    path, defined = places[0]
    entry = workspace.index.entries[path]
    template = workspace.settings.template(entry.kind) if entry.kind else None
    pattern = template.id if template and target.kind == "document" else None
    if not _has_shape(new, defined.text, pattern):
        return f"“{new}” cannot be such an ID; one looks like {defined.text}."
    key = identity.key_of(new)
    if target.kind == "inner":
        other = next(workspace.index.inner(path, key), None) if key != target.key else None
        return f"{new} stands in {path} already." if other else ""
    if target.kind == "document":
        key = identity.own_key(new, path, entry.kind)
    owner = next(iter(workspace.index.owners(key)), None) if key != target.key else None
    return f"{new} is taken by {owner.path}." if owner else ""


def _has_shape(new: str, old: str, pattern: IdPattern | None) -> bool:
    """Whether a text is an ID of the same sort."""
    if not is_safe_id(new):
        return False
    if pattern and not pattern.prefix and not pattern.digits:
        found = identity.id_in(new, pattern)
        return found is not None and found[0] == new
    if old.isdigit():
        return new.isdigit()
    identifiers = list(identifiers_in(new))
    is_one = len(identifiers) == 1 and identifiers[0].text == new
    return is_one and identity.prefix_of(new) == identity.prefix_of(old)


def _renamings(
    workspace: Workspace, read: Read, target: Target, places: Iterable[Place], new: str
) -> Iterator[tuple[str, Edit]]:
    """The edits at definitions and mentions."""
    old = ""
    for path, defined in places:
        old = defined.text
        if defined.span.start < defined.span.end:
            yield path, Edit(defined.span, new)
    for path, what in uses(workspace, target):
        document = read(path) if isinstance(what, Mention) else None
        if document and isinstance(what, Mention):
            edit = _mention_edit(document.text, what, old, new)
            if edit:
                yield path, edit


def _mention_edit(text: str, mention: Mention, old: str, new: str) -> Edit | None:
    """A mention under the new name; of what a range implies only a bare last number is written."""
    if not mention.is_implied:
        return Edit(mention.span, _in_style(mention.text, old, new))
    number = re.search(r"\d+$", mention.span.of(text))
    if not number or not mention.text.endswith(number[0]):
        return None
    last = identity.key_of(mention.text) == identity.key_of(
        identity.prefix_of(mention.text) + number[0]
    )
    span = Span(mention.span.start + number.start(), mention.span.end)
    return Edit(span, new[len(identity.prefix_of(new)) :]) if last else None


def _in_style(written: str, old: str, new: str) -> str:
    """The new name with as many digits as the old one is written with here."""
    if written == old:
        return new
    prefix, number = identity.prefix_of(new), new[len(identity.prefix_of(new)) :]
    digits = written[len(identity.prefix_of(written)) :]
    if not number.isdigit() or not digits.isdigit():
        return new
    return prefix + str(int(number)).zfill(len(digits) if digits.startswith("0") else 1)


def _file_renames(place: Place, target: Target, new: str) -> Iterator[tuple[str, str]]:
    """The file that carries the ID in front of its name, in capitals or not."""
    folder, name = posixpath.split(place.path)
    old = place.what.text
    prefix = identity.prefix_of(old).rstrip("-_")
    head = re.match(
        rf"(?:{re.escape(old)}|{re.escape(prefix)}[-_]?\d[\d.]*)(?=$|[-_. ])", name, re.IGNORECASE
    )
    if target.kind != "document" or not head:
        return
    if _bare(head[0]) == _bare(old):
        start = new.lower() if head[0].islower() else new
        yield place.path, posixpath.join(folder, start + name[head.end() :])


def _bare(text: str) -> str:
    """An ID as file names may write it: without marks between its parts."""
    return re.sub(r"[-_]", "", identity.key_of(text))


def _is_taken(workspace: Workspace, path: str, renames: tuple[tuple[str, str], ...]) -> bool:
    is_same = any(old.casefold() == path.casefold() for old, _ in renames)
    return not is_same and (bool(workspace.entry(path)) or workspace.files.exists(path))


def _anchor_edits(
    workspace: Workspace, read: Read, edits: dict[str, set[Edit]]
) -> Iterator[tuple[str, Edit]]:
    """Links to the headings whose anchors change with the ID in them."""
    for path in sorted(edits):
        before = read(path)
        if before:
            after = parse(path, apply(before.text, _apart(edits[path])))
            yield from followed(workspace, read, before, after)


def _apart(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits in order; of two that overlap the first counts."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit.span.start >= kept[-1].span.end:
            kept.append(edit)
    return tuple(kept)
