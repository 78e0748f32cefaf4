"""IDs and links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
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
    Reference,
    is_title_key,
    is_unit_owner,
    split_title_key,
)
from spec_lsp.workspace.index import DefinitionSite
from spec_lsp.workspace.resolve import IdResolver, exists, has_anchor


@rule("unresolved-id", "error", reads="workspace")
def unresolved_id(view: FileContext) -> Iterator[Finding]:
    """A mentioned ID is not defined anywhere, although its prefix belongs to this workspace.

    A prefix belongs to the workspace if a template or the configuration has it, and documents that
    follow a template carry most of the IDs that are mentioned with it; everything else, such as
    UTF-8 or IDs of another tracker, is text.
    An ID is not reported if a heading, a list item with a title, a table row, a file or a folder
    begins with it anywhere, nor as the text of a link or as part of a file name.
    IDs that are unique only within a document, such as FR-1, are searched in the same document, in
    the documents it mentions and in the files of the same folder; an ambiguous FR-1 is not
    reported.
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
    folder that is named for the ID may repeat it.

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
    shared = entry.defined_where(lambda each: each.scope and each.form != "item")
    for inner in shared if entry.places else ():
        sites = view.workspace.index.shared(entry.place_of(inner.scope), inner.key)
        if elsewhere := [each for each in sites if each.path != entry.path]:
            where = ", ".join(dict.fromkeys(each.path for each in elsewhere))
            message = f"{inner.text} is also defined in {where}"
            yield Finding(inner.span, message, related=_related(elsewhere))
    yield from _added_again(view)
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


@rule("broken-link", "error", reads="workspace")
def broken_link(view: FileContext) -> Iterator[Finding]:
    """A relative link points to a file or folder that does not exist.

    Links copied from the template are not checked: other rules report what is still to be filled
    in.

    ```markdown docs/login.md
    # Specification: Login

    See [the plan](plans/login.md).
                   ^^^^^^^^^^^^^^ docs/plans/login.md does not exist
    ```
    """
    for each in _links(view.entry, lambda each: not exists(view.workspace, each.path)):
        fixer = partial(references.link_elsewhere, view.entry, each)
        yield Finding(each.span, f"{each.path} does not exist", fixer)


@rule("broken-anchor", "error", reads="workspace")
def broken_anchor(view: FileContext) -> Iterator[Finding]:
    """The anchor of a link does not match any heading of the target document.

    Anchors are built as on GitHub and in most renderers: lower case, words joined by hyphens.

    ```markdown login.md
    # Specification: Login

    See [how it fails](#falling).
                       ^^^^^^^^ login.md has no heading “falling”

    ## Failing
    ```
    """
    entries = view.workspace.index.entries
    for each in _links(view.entry, partial(_misses_anchor, entries)):
        if target := entries.get(each.path):
            fixer = partial(references.name_heading, view.entry, each, target)
            message = f"{target.path} has no heading “{each.anchor}”"
            yield Finding(each.span, message, fixer)


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
    names = sorted({each.text for each in mentions}, key=key_of)
    first = mentions[0]
    if is_title_key(first.key):
        return f"{first.text} is not defined in {split_title_key(first.key)[0]}"
    owners = view.workspace.index.owners(first.owner) if first.owner else []
    where = f"in {owners[0].label}" if owners else "here"
    if is_unit_owner(first.owner):
        return f"{first.text} is not defined in {first.owner.rstrip('/')}"
    if not view.workspace.settings.ids.is_inner(prefix_of(first.text)):
        where = "in any document"
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} not defined {where}"


def _is_unique(each: Defined) -> bool:
    return not each.is_own and (each.is_definite or each.form != "item")


def _added_again(view: FileContext) -> Iterator[Finding]:
    """Titles that a change adds, although the same title with another text is there already.

    Where all of them are there, the change has been carried out.
    """
    entry, index = view.entry, view.workspace.index
    added = [*entry.defined_where(lambda each: each.scope == "unit" and is_title_key(each.key))]
    there = [(each, [*index.shared(entry.base, each.key)]) for each in added]
    if len(there) > 1 and all(sites for _, sites in there):
        return
    for each, sites in there:
        if others := [site for site in sites if site.what.title != each.title]:
            message = f"{each.text} is already defined in {others[0].path}"
            yield Finding(each.span, message, related=_related(others))


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


def _misses_anchor(entries: Mapping[str, Entry], link: Reference) -> bool:
    target = entries.get(link.path) if link.anchor else None
    return target is not None and not has_anchor(target, link.anchor)


def _links(entry: Entry, test: Callable[[Reference], bool]) -> Iterable[Reference]:
    """Links that pass a test, without duplicates: references can share a link definition."""
    found = entry.references_where(lambda each: not each.is_template_text and test(each))
    return {each.span: each for each in found}.values()
