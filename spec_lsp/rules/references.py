"""IDs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

from spec_lsp.identifiers import key_of, prefix_of
from spec_lsp.rules.engine.model import FileContext, Finding, Related
from spec_lsp.rules.engine.registry import rule
from spec_lsp.rules.fixes import references
from spec_lsp.text import Span
from spec_lsp.workspace.copies import are_rivals
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import (
    Defined,
    Mention,
    is_title_key,
    is_unit_owner,
    split_title_key,
)
from spec_lsp.workspace.index import DefinitionSite
from spec_lsp.workspace.known_ids import is_number_key
from spec_lsp.workspace.resolve import IdResolver
from spec_lsp.workspace.titles import added_again


@rule("unresolved-id", "error", reads="references")
def unresolved_id(view: FileContext) -> Iterator[Finding]:
    """A mentioned ID is not defined anywhere, although its prefix belongs to this workspace.

    A prefix belongs to the workspace if a template or the configuration has it, and documents that
    follow a template carry most of the IDs that are mentioned with it; everything else, such as
    UTF-8 or IDs of another tracker, is text.
    An ID is not reported if a heading, a list item with a title, a table row, a file or a folder
    begins with it anywhere, nor as the text of a link or as part of a file name.
    IDs that are unique only within a document, such as FR-1, are searched in the same document, in
    the documents it mentions and in the files of the same folder; an ambiguous FR-1 is not
    reported. Nor are IDs in a document that is dropped, by its status or its folder, except the
    successor that its status names: `Superseded by ADR-0012`.
    Add prefixes of other systems to `[ids.external]`: their IDs are not checked.

    ```markdown login.md
    # Specification: Login

    **Specification ID**: SPEC-001

    It follows SPEC-002.
               ^^^^^^^^ SPEC-002 is not defined in any document
    ```
    """
    reader = IdResolver(view.workspace, view.entry)
    mentions = view.workspace.mentions(view.entry, reader.dangles)
    dangling = [each for each in mentions if not _is_title(view.entry, each)]
    for found in _together(dangling):
        if all(each.is_implied for each in found):
            continue  # A range may have gaps.
        fixer = partial(references.name_another, view.entry, found[0]) if len(found) == 1 else None
        span = Span(found[0].span.start, max(each.span.end for each in found))
        yield Finding(span, _unresolved(view, found), fixer)


@rule("duplicate-id", "error", reads="workspace")
def duplicate_id(view: FileContext) -> Iterator[Finding]:
    """An ID is defined more than once.

    A document's own ID must be unique in the workspace, a requirement's ID in its document, or in
    the unit of its family, such as the folder of a feature.
    Archived files, translations, copies under the same name, lists of documents and the files of a
    folder that is named for the ID may repeat it. Dropped documents may repeat requirements.
    Documents may share a number in their file names if one links to the other, or if both name the
    issue with that number.

    ```markdown login.md
    # Specification: Login

    **Specification ID**: SPEC-001
                          ^^^^^^^^ SPEC-001 is also defined in logout.md
                          = logout.md:3: Also defined here
    ```

    ```markdown logout.md
    # Specification: Logout

    **Specification ID**: SPEC-001
                          ^^^^^^^^ SPEC-001 is also defined in login.md
                          = login.md:3: Also defined here
    ```
    """
    entry = view.entry
    for own in dict.fromkeys(entry.defined_where(lambda each: each.is_own)):
        others = _other_owners(view, own)
        if others:
            where = ", ".join(dict.fromkeys(each.path for each in others))
            message = f"{own.text} is also defined in {where}"
            fixer = partial(references.renumber_document, entry, own)
            yield Finding(_shown(own), message, fixer, _related(others))
    if entry.stage == "dropped":
        return
    shared = entry.defined_where(partial(_is_shared, view)) if entry.places else ()
    for inner in shared:
        if elsewhere := [*_shared_elsewhere(view, inner)]:
            where = ", ".join(dict.fromkeys(each.path for each in elsewhere))
            message = f"{inner.text} is also defined in {where}"
            yield Finding(inner.span, message, related=_related(elsewhere))
    for title, others in added_again(view.workspace.index, entry):
        message = f"{title.text} is already defined in {others[0].path}"
        yield Finding(title.span, message, related=_related(others))
    first: dict[str, Defined] = {}
    inner_ids = (each for each in entry.unplaced("defined") if _is_unique(each))
    counts = Counter(each.key for each in inner_ids)
    twice = {key for key, count in counts.items() if count > 1}
    for each in entry.defined_where(lambda each: each.key in twice and _is_unique(each)):
        if before := first.setdefault(each.key, each) if each.key in first else None:
            fixer = partial(references.renumber_inside, entry, each)
            related = (Related(entry.path, before.span, "First defined here"),)
            yield Finding(each.span, f"{each.text} is already defined", fixer, related)
        first.setdefault(each.key, each)


def _is_title(entry: Entry, mention: Mention) -> bool:
    """Whether a mention starts the title of a document with an ID: `id-mismatch` reports it."""
    title = entry.title_span
    return bool(entry.id and title and title.start == mention.span.start)


def _together(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """Group overlapping mentions: a range such as FR-1–FR-5 is one group."""
    groups: list[list[Mention]] = []
    end = -1
    for each in sorted(mentions, key=lambda each: (each.span.start, -each.span.end)):
        if each.span.start < end:
            groups[-1].append(each)
        else:
            groups.append([each])
        end = max(end, each.span.end)
    return groups


def _unresolved(view: FileContext, mentions: list[Mention]) -> str:
    first = mentions[0]
    if is_number_key(first.key):
        return f"No document near this one has the number {first.text}"
    if is_title_key(first.key):
        return f"{first.text} is not defined in {split_title_key(first.key)[0]}"
    if is_unit_owner(first.owner):
        return f"{first.text} is not defined in {first.owner.rstrip('/')}"
    where = "in any document"
    if view.workspace.settings.ids.is_inner(prefix_of(first.text)):
        owners = view.workspace.index.owners(first.owner) if first.owner else []
        where = f"in {owners[0].label}" if owners else "here"
    names = sorted({each.text for each in mentions}, key=key_of)
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} not defined {where}"


def _is_shared(view: FileContext, each: Defined) -> bool:
    """Whether several files define an ID in the folder in which it is unique."""
    if not each.scope or not each.is_definite:
        return False
    return view.workspace.index.is_ambiguous(view.entry.place_of(each.scope), each.key)


def _shared_elsewhere(view: FileContext, inner: Defined) -> Iterator[DefinitionSite]:
    """Where other files define an ID of their common folder, apart from files that are dropped."""
    workspace, path = view.workspace, view.entry.path
    for each in workspace.index.shared(view.entry.place_of(inner.scope), inner.key):
        other = workspace.entry(each.path)
        if each.path != path and other and other.stage != "dropped":
            yield each


def _is_unique(each: Defined) -> bool:
    return not each.is_own and (each.is_definite or each.form not in ("item", "file"))


def _other_owners(view: FileContext, own: Defined) -> list[DefinitionSite]:
    """Other definitions of a document's ID; an indefinite one conflicts only inside its file."""
    index, path = view.workspace.index, view.entry.path
    places = list(index.definitions(own.key))
    if DefinitionSite(path, own) not in places:
        return []
    return [
        each
        for each in places
        if each != (path, own)
        and (
            each.path == path
            or (
                own.is_definite and are_rivals(view.entry, own, index.entries[each.path], each.what)
            )
        )
    ]


def _related(places: Iterable[DefinitionSite]) -> tuple[Related, ...]:
    return tuple(Related(each.path, _shown(each.what), "Also defined here") for each in places)


def _shown(defined: Defined) -> Span:
    """The span of the ID, or of the name if only the file name contains the ID."""
    return defined.span if defined.span.end > defined.span.start else defined.name_span
