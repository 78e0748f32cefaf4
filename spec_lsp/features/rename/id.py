"""Renaming an ID: definition, mentions, title, file name and links.

Returns a change without writing; the caller applies it completely or not at all.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property

from spec_lsp.features.rename.verify import has_renamed
from spec_lsp.features.rename.written import has_shape, in_style, is_renumbered
from spec_lsp.features.shared.results import FileChange
from spec_lsp.features.shared.steps import Steps
from spec_lsp.features.shared.target import Target, own_key
from spec_lsp.features.shared.update_links import Edits, LinkUpdate, Read, changed_anchors, edited
from spec_lsp.features.shared.uses import uses
from spec_lsp.identifiers import key_of, prefix_of
from spec_lsp.text import Edit, Span
from spec_lsp.workspace import known_ids
from spec_lsp.workspace.facts import Mention
from spec_lsp.workspace.index import DefinitionSite
from spec_lsp.workspace.link_targets import may_have_anchor
from spec_lsp.workspace.workspace import Workspace

_BY_HAND = "this editor cannot rename files, so rename the file manually"
_NOWHERE = Span(0, 0)


def named(workspace: Workspace, name: str) -> Target | None:
    """Resolve a name on the command line: an ID, `SPEC-004/FR-2`, or the path of a document."""
    entry = workspace.entry(name)
    if entry:
        key = own_key(entry)
        return Target("document", _NOWHERE, (name,), key) if key else None
    owner, _, inner = name.replace("#", "/").rpartition("/")
    if owner:
        paths = tuple(each.path for each in workspace.index.owners(key_of(owner)))
        key = key_of(inner)
        found = tuple(path for path in paths if any(workspace.index.inner(path, key)))
        return Target("inner", _NOWHERE, found, key) if found else None
    key = key_of(name)
    places = list(workspace.index.definitions(key))
    if not places:
        return None
    paths = tuple(dict.fromkeys(place.path for place in places))
    is_carried = any(own_key(workspace.index.entries[path]) == key for path in paths)
    return Target("document" if is_carried else "id", _NOWHERE, paths, key)


def rename_id(
    workspace: Workspace, read: Read, target: Target, new: str, *, moves_files: bool = True
) -> Steps[FileChange]:
    """Rename an ID in all files, or refuse with the reason.

    Without file renaming, the file keeps its name; refused if the ID is only in the file name.
    """
    task = _Task(workspace, read, target, new.strip())
    refusal = _refusal(task)
    if refusal:
        return FileChange(refusal=refusal)
    if task.new == task.old:
        return FileChange()
    renames = tuple(_file_renames(task))
    if renames and not moves_files:
        written = task.places[0].what.span
        if written.start == written.end:
            return FileChange(refusal=f"{task.old} occurs only in the file name; {_BY_HAND}")
        renames = ()
    taken = next((path for _, path in renames if _is_taken(workspace, path, renames)), "")
    if taken:
        return FileChange(refusal=f"{taken} already exists")
    edits = yield from _renamings(task)
    change, lost = yield from _followed(task, edits, dict(renames))
    return FileChange(refusal=lost) if lost else FileChange(change, renames)


def id_edits(
    workspace: Workspace, read: Read, target: Target, new: str, moves: Mapping[str, str]
) -> Steps[Edits]:
    """Return the edits of an ID rename except links, for files that are being renamed.

    Empty if the new name is invalid.
    """
    task = _Task(workspace, read, target, new)
    if _refusal(task):
        return {}
    edits = yield from _renamings(task)
    _, lost = yield from _followed(task, edits, moves)
    return {} if lost else edits


@dataclass(frozen=True)
class _Task:
    """An ID and its new name."""

    workspace: Workspace
    read: Read
    target: Target
    new: str

    @cached_property
    def places(self) -> list[DefinitionSite]:
        """The definitions of the ID."""
        target, entries = self.target, self.workspace.index.entries
        return [
            DefinitionSite(path, defined)
            for path in target.paths
            if path in entries
            for defined in entries[path].defined
            if defined.key == target.key and defined.is_own == (target.kind != "inner")
        ]

    @property
    def path(self) -> str:
        """The file that defines the ID."""
        return self.places[0].path

    @property
    def old(self) -> str:
        """The ID as written in its definition."""
        return self.places[0].what.text

    @cached_property
    def key(self) -> str:
        """The key of the new name."""
        if self.target.kind == "document":
            return known_ids.own_key(self.new, self.path)
        return key_of(self.new)


def _refusal(task: _Task) -> str:
    """Return why an ID cannot be renamed; empty if it can."""
    if not task.places:
        return "This ID is not defined in any document"
    paths = sorted({place.path for place in task.places})
    if len(paths) > 1:
        listed = " and ".join(paths)
        return f"{task.old} is defined in {listed}; renumber one of them first"
    kind, index = task.workspace.index.entries[task.path].kind, task.workspace.index
    template = task.workspace.settings.template(kind) if kind else None
    pattern = template.id if template and task.target.kind == "document" else None
    if not has_shape(task.new, task.old, pattern):
        return f"“{task.new}” is not a valid ID; expected a form like {task.old}"
    if task.key == task.target.key:
        return ""
    if task.target.kind == "inner":
        is_taken = any(index.inner(task.path, task.key))
        return f"{task.new} already exists in {task.path}" if is_taken else ""
    owner = next(iter(index.owners(task.key)), None)
    return f"{task.new} is already used by {owner.path}" if owner else ""


def _followed(
    task: _Task, edits: Edits, moves: Mapping[str, str]
) -> Steps[tuple[dict[str, tuple[Edit, ...]], str]]:
    """Return the edits with those of links, and why the new name would not be this ID."""
    spans = {path: {edit.span for edit in found} for path, found in edits.items()}
    ranged: set[str] = set()
    for batch in uses(task.workspace, task.target):
        yield
        for path, what in batch:
            if isinstance(what, Mention) and what.is_implied:
                ranged.add(path)
                if not any(what.span.covers(span) for span in spans.get(path, ())):
                    return {}, f"{task.old} is part of a range in {path}; write out the range first"
    spans.setdefault(task.path, set()).add(task.places[0].what.span)
    headed: dict[str, Iterable[Edit]] = {}
    for path, each in edits.items():
        yield
        if path in ranged or may_have_anchor(task.workspace.entry(path), task.old):
            headed[path] = each
    anchors = yield from changed_anchors(task.read, headed)
    change = LinkUpdate(task.workspace, task.read, edits, moves, anchors)
    plain = yield from _plain(task, {*edits} - {task.path, *ranged, *headed}, spans)
    found: dict[str, tuple[Edit, ...]] = {}
    for path, each in change.files({*spans, *moves} & task.workspace.index.entries.keys(), plain):
        yield
        renamed = spans.get(path)
        if (
            path not in plain
            and (renamed or path in moves)
            and not _is_read(task, path, moves, each, renamed or set())
        ):
            return {}, f"“{task.new}” would not be recognized as this ID in {path}"
        if each:
            found[path] = each
    return found, ""


def _plain(task: _Task, paths: AbstractSet[str], spans: Mapping[str, set[Span]]) -> Steps[set[str]]:
    """Return the files in which only the number of an ID in text changes, except the first one.

    They are not read, because the new number is recognized wherever the old one was: in thousands
    of files, to parse each would take a minute. The first one is parsed, as an example.
    """
    if not is_renumbered(task.new, task.old):
        return set()
    found: set[str] = set()
    for path in sorted(paths)[1:]:
        yield
        entry = task.workspace.entry(path)
        places = [each for link in entry.references for each in link[2:4]] if entry else []
        if not any(place.overlaps(span) for place in places for span in spans[path]):
            found.add(path)
    return found


def _is_read(
    task: _Task, path: str, moves: Mapping[str, str], edits: tuple[Edit, ...], renamed: set[Span]
) -> bool:
    """Whether a file has the expected IDs after its edits."""
    document = task.read(path)
    if not document:
        return not task.workspace.entry(path)
    after = replace(edited(document, edits), path=moves.get(path, path))
    return has_renamed(task.workspace, document, after, (renamed, task.key))


def _renamings(task: _Task) -> Steps[dict[str, tuple[Edit, ...]]]:
    """Return the edits of definitions and mentions, by path."""
    edits: dict[str, set[Edit]] = {}
    for path, defined in task.places:
        if defined.span.start < defined.span.end:
            edits.setdefault(path, set()).add(Edit(defined.span, task.new))
    for batch in uses(task.workspace, task.target):
        yield
        for path, what in batch:
            edit = _mention_edit(task, path, what) if isinstance(what, Mention) else None
            if edit:
                edits.setdefault(path, set()).add(edit)
    return {path: _apart(found) for path, found in edits.items()}


def _mention_edit(task: _Task, path: str, mention: Mention) -> Edit | None:
    """Rename a mention; in a range only a bare last number is edited."""
    new = task.new
    if not mention.is_implied:
        return Edit(mention.span, in_style(mention.text, task.old, new))
    document = task.read(path)
    number = re.search(r"\d+$", mention.span.of(document.text)) if document else None
    if not number or not mention.text.endswith(number[0]):
        return None
    last = key_of(mention.text) == key_of(prefix_of(mention.text) + number[0])
    span = Span(mention.span.start + number.start(), mention.span.end)
    return Edit(span, new[len(prefix_of(new)) :]) if last else None


def _file_renames(task: _Task) -> Iterator[tuple[str, str]]:
    """Return the rename of the file whose name starts with the ID, in any case."""
    folder, name = posixpath.split(task.path)
    old, new = task.old, task.new
    prefix = prefix_of(old).rstrip("-_")
    head = re.match(
        rf"(?:{re.escape(old)}|{re.escape(prefix)}[-_]?\d[\d.]*)(?=$|[-_. ])", name, re.IGNORECASE
    )
    if task.target.kind != "document" or not head:
        return
    if _bare(head[0]) == _bare(old):
        start = new.lower() if head[0].islower() else new
        yield task.path, posixpath.join(folder, start + name[head.end() :])


def _bare(text: str) -> str:
    """Normalize an ID for file names: without separators."""
    return re.sub(r"[-_]", "", key_of(text))


def _is_taken(workspace: Workspace, path: str, renames: tuple[tuple[str, str], ...]) -> bool:
    is_same = any(old.casefold() == path.casefold() for old, _ in renames)
    return not is_same and (bool(workspace.entry(path)) or workspace.files.exists(path))


def _apart(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Sort edits; of overlapping ones keep the first."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit.span.start >= kept[-1].span.end:
            kept.append(edit)
    return tuple(kept)
