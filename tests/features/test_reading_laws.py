"""Laws of the features that read, on arbitrary texts."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from spec_lsp.features.edit.on_enter import after_enter
from spec_lsp.features.navigate.call_hierarchy import incoming, outgoing, prepare
from spec_lsp.features.navigate.definition import definitions, type_definitions
from spec_lsp.features.navigate.graph import graph
from spec_lsp.features.navigate.highlight import highlights
from spec_lsp.features.navigate.implementation import implementations
from spec_lsp.features.navigate.links import links
from spec_lsp.features.navigate.references import references
from spec_lsp.features.navigate.workspace_symbols import find
from spec_lsp.features.rename.file import renamed
from spec_lsp.features.rename.heading import rename_heading
from spec_lsp.features.rename.id import named, rename_id
from spec_lsp.features.rename.rename import prepare as prepare_rename
from spec_lsp.features.shared.place import Page, Place
from spec_lsp.features.shared.results import FileChange, Location, Symbol
from spec_lsp.features.shared.steps import finish, flat
from spec_lsp.features.show.folding import folds
from spec_lsp.features.show.hints import hints
from spec_lsp.features.show.lens import lenses
from spec_lsp.features.show.selection import selections
from spec_lsp.features.show.semantic_tokens import tokens
from spec_lsp.features.show.symbols import outline
from spec_lsp.identifiers import key_of, prefix_of
from spec_lsp.text import Span, apply
from spec_lsp.workspace.config.config import Config
from tests.features.reading import any_text, page_of, reader
from tests.harness.world import World
from tests.markdown.hostile import texts

_SPEC = (
    "# Technical Specification\n\n**ID**: SPEC-004\n**Status**: Draft\n**Date**: x\n\n"
    "## Requirements\n\n### Functional Requirements\n\n1. **FR-1**: One\n2. **FR-2**: Two\n\n"
)
_HEADS = (
    "",
    "# Task: One\n\n**ID**: TASK-001\n**Status**: Done\n**Spec**: SPEC-004\n\n",
    _SPEC,
    "# Feature Specification: A\n\n**Feature ID:** `a_b`\n\n#### FR1: Goals\n\n",
)
_OTHER = (
    "# Task: Two\n\n**ID**: TASK-002\n**Spec**: SPEC-004\n\n## Goals\n\n"
    "TASK-001, SPEC-004/FR-2, [a](a.md), [b](a.md#goals), [c](./a.md#goals-1), [d](#goals)\n"
)
_NAMES = ("Aims", "Aims & more", "Über *alles*", "`x`", "Title 1")

few = settings(max_examples=30)
documents = st.tuples(st.sampled_from(_HEADS), texts).map("".join)


def world_with(text: str) -> World:
    return World({"a.md": text, "b.md": _OTHER}, config=Config(builtin=True))


def places(page: Page) -> Iterable[Place]:
    """The places at the beginning of every line and every seventh character."""
    starts = {each.start for each in _lines(page)}
    return (
        Place(page, at) for at in range(len(page.document.text) + 1) if at in starts or not at % 7
    )


@given(documents)
@few
def test_every_answer_slices_to_what_is_there(text: str) -> None:
    world = world_with(text)
    page = page_of(world, "a.md")
    for place in places(page):
        for location in _answers(place):
            size = len(any_text(world, location.path))
            assert 0 <= location.span.start <= location.span.end <= size
            assert location.whole.covers(location.span)
        assert all(span.end <= len(text) for span in (each.span for each in highlights(place)))
        assert prepare_rename(place).span.end <= len(text)
        assert isinstance(apply(text, after_enter(place)), str)


@given(documents)
@few
def test_whole_documents_are_answered_in_order(text: str) -> None:
    page = page_of(world_with(text), "a.md")
    size = len(text)
    for spans in (
        [each.span for each in links(page)],
        [each.span for each in finish(lenses(page))],
        [Span(each.offset, each.offset) for each in hints(page)],
    ):
        assert spans == sorted(spans)
        assert all(0 <= span.start <= span.end <= size for span in spans)


@given(documents, st.integers(0, 400))
@few
def test_selections_grow_from_the_place_to_the_document(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    found = selections(Place(page_of(world_with(text), "a.md"), offset))
    assert found[-1] == (0, len(text))
    assert all(span.holds(offset) for span in found)
    for inner, outer in pairwise(found):
        assert outer.covers(inner)
        assert outer != inner


@given(documents, st.integers(0, 400), st.integers(0, 400))
@few
def test_tokens_lie_on_lines_in_order_and_apart(text: str, start: int, end: int) -> None:
    page = page_of(world_with(text), "a.md")
    found = tokens(page)
    for each, after in pairwise(found):
        assert each.span.end <= after.span.start
    for each in found:
        line = page.document.line_at(each.span.start)
        assert each.span.start < each.span.end
        assert line.covers(each.span)
    within = Span(min(start, end), max(start, end))
    part = tokens(page, within)
    assert {each for each in found if each.span.overlaps(within)} <= {*part}
    assert {*part} <= {*found}


@given(documents)
@few
def test_folds_are_lines_of_the_text(text: str) -> None:
    page = page_of(world_with(text), "a.md")
    last = page.document.position(len(text)).line
    assert all(0 <= fold.first < fold.last <= last for fold in folds(page))


@given(documents)
@few
def test_symbols_lie_in_each_other(text: str) -> None:
    def check(symbols: Iterable[Symbol], around: Span) -> None:
        for each in symbols:
            assert each.name
            assert around.covers(each.span)
            assert each.span.covers(each.name_span)
            check(each.children, each.span)

    check(outline(page_of(world_with(text), "a.md")), Span(0, len(text)))


@given(documents)
@few
def test_what_leads_to_a_definition_is_one_of_its_references(text: str) -> None:
    world = world_with(text)
    page = page_of(world, "a.md")
    for mention in page.workspace.mentions(page.entry):
        place = Place(page, mention.span.end)
        found = definitions(place) if place.mention == mention else []
        if len(found) == 1 and found[0].path in world.documents:
            there = page_of(world, found[0].path)
            back = flat(references(Place(there, found[0].span.start), declaration=False))
            assert ("a.md", mention.span) in {(each.path, each.span) for each in back}
            assert all(_names(world, each, mention.key) for each in back)


@given(documents)
@few
def test_the_trace_tree_is_the_same_up_and_down(text: str) -> None:
    workspace = world_with(text).workspace
    paths = [*workspace.index.entries]
    down = {(path, call.path) for path in paths for call in outgoing(workspace, path)}
    up = {(call.path, path) for path in paths for call in flat(incoming(workspace, path))}
    assert down == up
    found = graph(workspace)
    known = {node.path for node in found.nodes}
    assert {(edge.source, edge.target) for edge in found.edges} == {
        (source, target) for source, target in down if source in known and target in known
    }


@given(documents, st.text(max_size=6))
@few
def test_what_is_found_by_name_has_the_letters(text: str, query: str) -> None:
    for symbol in find(world_with(text).workspace, query):
        rest = iter(symbol.name.casefold())
        assert all(letter in rest for letter in "".join(query.split()).casefold())


@given(documents, st.integers(0, 400), st.sampled_from(_NAMES))
@few
def test_a_heading_renamed_there_and_back_is_as_it_was(text: str, offset: int, new: str) -> None:
    world = world_with(text)
    page = page_of(world, "a.md")
    place = Place(page, page.document.section_at(offset).start)
    old = prepare_rename(place)
    there = finish(rename_heading(place, new))
    if old.refusal or there.refusal or "\n" in old.text or "\r" in old.text:
        return
    changed = _after(world, there)
    back = finish(rename_heading(Place(page_of(changed, "a.md"), place.offset), old.text))
    assert back.refusal or _after(changed, back).documents == world.documents


@given(documents)
@few
def test_an_id_renamed_there_and_back_is_as_it_was(text: str) -> None:
    world = world_with(text)
    entry = world.workspace.index.entries["a.md"]
    for old in dict.fromkeys(d.text for d in entry.defined if prefix_of(d.text) != d.text):
        inner = f"{entry.id}/" if any(d.text == old and not d.is_own for d in entry.defined) else ""
        new = f"{prefix_of(old)}{90:0{len(old) - len(prefix_of(old))}d}"
        there = _renamed_id(world, f"{inner}{old}", new)
        if there:
            assert _renamed_id(there, f"{inner}{new}", old) == world


@given(documents, st.sampled_from(("c.md", "folder/c.md", "x/y/c d.md")))
@few
def test_a_file_moved_there_and_back_is_as_it_was(text: str, new: str) -> None:
    world = world_with(text)
    there = _moved(world, "a.md", new)
    assert _links(_moved(there, new, "a.md")) == _links(world)


def _names(world: World, location: Location, key: str) -> bool:
    """Whether a reference is an ID, a range that holds it, or the destination of a link."""
    entry = world.workspace.index.entries[location.path]
    if any(location.span == each.span for each in entry.references):
        return True
    ranges = {each.span for each in world.workspace.mentions(entry) if each.is_implied}
    text = location.span.of(any_text(world, location.path))
    return location.span in ranges or key_of(text) == key


def _answers(place: Place) -> list[Location]:
    prepare(place)
    return [
        *definitions(place),
        *type_definitions(place),
        *flat(implementations(place)),
        *flat(references(place, declaration=True)),
    ]


def _lines(page: Page) -> list[Span]:
    last = page.document.position(len(page.document.text)).line
    return [page.document.line_span(line) for line in range(last + 1)]


def _renamed_id(world: World, old: str, new: str) -> World | None:
    """The world after an ID was renamed; None if that is refused."""
    target = named(world.workspace, old)
    change = finish(rename_id(world.workspace, reader(world), target, new)) if target else None
    return _after(world, change) if change and not change.refusal else None


def _after(world: World, change: FileChange) -> World:
    documents = dict(world.documents)
    for path, edits in change.edits.items():
        documents[path] = apply(documents[path], edits)
    for old, new in change.renames:
        documents[new] = documents.pop(old)
    return World(documents, config=world.config)


def _moved(world: World, old: str, new: str) -> World:
    change = finish(renamed(world.workspace, reader(world), [(old, new)]))
    after = _after(world, change)
    documents = {new if path == old else path: text for path, text in after.documents.items()}
    return World(documents, config=world.config)


def _links(world: World) -> set[tuple[str, str, str]]:
    """Where the links of all files lead, in files that exist."""
    entries = world.workspace.index.entries
    return {
        (path, reference.path, reference.anchor)
        for path, entry in entries.items()
        for reference in entry.references
        if reference.path in entries
    }
