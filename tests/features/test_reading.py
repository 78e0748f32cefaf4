"""The Markdown files beside this one: every heading with a document is a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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
from spec_lsp.features.rename.rename import prepare as prepare_rename
from spec_lsp.features.rename.rename import rename
from spec_lsp.features.shared.place import Place
from spec_lsp.features.shared.results import Call, FileChange, Symbol
from spec_lsp.features.shared.steps import finish, flat
from spec_lsp.features.show.folding import folds
from spec_lsp.features.show.hints import hints
from spec_lsp.features.show.lens import lenses
from spec_lsp.features.show.selection import selections
from spec_lsp.features.show.semantic_tokens import tokens
from spec_lsp.features.show.symbols import outline
from spec_lsp.text import LineIndex, apply
from tests.features.reading import Scene, locations, place_for, reader, scene_of, underlined
from tests.harness.casefile import Case, Fence, read_cases

_FOLDER = Path(__file__).parent / "reading"
_CASES = [
    pytest.param(case, id=f"{path.stem}: {case.name}")
    for path in sorted(_FOLDER.glob("*.md"))
    for case in read_cases(path)
]
Answer = Callable[[Scene, Fence], str]


@pytest.mark.parametrize("case", _CASES)
def test_the_answer_is_the_one_shown(case: Case) -> None:
    scene = scene_of(case)
    asked = case.of(*_ANSWERS)
    assert asked, "a case needs a question"
    for fence in asked:
        assert _ANSWERS[fence.kind](scene, fence) == fence.text


def _definition(scene: Scene, fence: Fence) -> str:
    return locations(scene.world, definitions(scene.place))


def _type_definition(scene: Scene, fence: Fence) -> str:
    return locations(scene.world, type_definitions(scene.place))


def _implementation(scene: Scene, fence: Fence) -> str:
    return locations(scene.world, flat(implementations(scene.place)))


def _references(scene: Scene, fence: Fence) -> str:
    declaration = fence.path == "declaration"
    return locations(scene.world, flat(references(scene.place, declaration=declaration)))


def _highlights(scene: Scene, fence: Fence) -> str:
    notes = ("", "definition")
    found = ((scene.path, h.span, notes[h.is_definition]) for h in highlights(scene.place))
    return underlined(scene.world, found)


def _links(scene: Scene, fence: Fence) -> str:
    found = (
        (scene.path, each.span, each.url or f"{each.path}{each.anchor and '#'}{each.anchor}")
        for each in links(place_for(scene, fence).page)
    )
    return underlined(scene.world, found)


def _outline(scene: Scene, fence: Fence) -> str:
    def lines(symbols: tuple[Symbol, ...] | list[Symbol], indent: str) -> Iterator[str]:
        for each in symbols:
            detail = f" ({each.detail})" if each.detail else ""
            yield f"{indent}{each.kind}: {each.name}{detail}\n"
            yield from lines(each.children, f"{indent}  ")

    return "".join(lines(outline(place_for(scene, fence).page), ""))


def _find(scene: Scene, fence: Fence) -> str:
    found = find(scene.world.workspace, fence.title)
    return "".join(f"{each.kind}: {each.name} [{each.container}] {each.path}\n" for each in found)


def _folds(scene: Scene, fence: Fence) -> str:
    found = folds(scene.place.page)
    return "".join(f"{each.first + 1}-{each.last + 1} {each.kind}\n" for each in found)


def _selections(scene: Scene, fence: Fence) -> str:
    text = scene.place.document.text
    found = (span.of(text).replace("\n", "⏎") for span in selections(scene.place))
    return "".join(f"{each}\n" for each in found)


def _calls(scene: Scene, fence: Fence) -> str:
    return "".join(_call(scene, each) for each in prepare(scene.place))


def _outgoing(scene: Scene, fence: Fence) -> str:
    path = scene.path
    return "".join(_call(scene, e, path) for e in outgoing(scene.world.workspace, path))


def _incoming(scene: Scene, fence: Fence) -> str:
    found = flat(incoming(scene.world.workspace, scene.path))
    return "".join(_call(scene, each, each.path) for each in found)


def _call(scene: Scene, call: Call, user: str = "") -> str:
    uses = underlined(scene.world, ((user, span, "") for span in call.uses))
    return f"{call.name} [{call.kind}] {call.detail}".rstrip() + f"\n{uses}"


def _tokens(scene: Scene, fence: Fence) -> str:
    found = (
        (scene.path, each.span, " ".join((each.kind, *each.modifiers)))
        for each in tokens(scene.place.page)
    )
    return underlined(scene.world, found)


def _lenses(scene: Scene, fence: Fence) -> str:
    index = LineIndex(scene.place.document.text)
    shown: list[str] = []
    for lens in finish(lenses(scene.place.page)):
        shown.append(f"{index.line_of(lens.span.start) + 1}: {lens.title}\n")
        if lens.is_link:
            there = Place(scene.place.page, lens.span.start)
            found = flat(references(there, declaration=False))
            shown.append(locations(scene.world, [f for f in found if f.path != scene.path]))
    return "".join(shown)


def _hints(scene: Scene, fence: Fence) -> str:
    """The lines with hints in them, between guillemets."""
    text = scene.place.document.text
    shown: dict[int, str] = {}
    for hint in reversed(hints(scene.place.page)):
        start, end = scene.place.document.line_at(hint.offset)
        line = shown.get(start, text[start:end])
        at = hint.offset - start
        shown[start] = f"{line[:at]}«{hint.text}»{line[at:]}"
    return "".join(f"{shown[start]}\n" for start in sorted(shown))


def _enter(scene: Scene, fence: Fence) -> str:
    return apply(scene.place.document.text, after_enter(scene.place))


def _graph(scene: Scene, fence: Fence) -> str:
    found = graph(scene.world.workspace)
    names = {node.path: node.id or node.path for node in found.nodes}
    nodes = (f"{names[n.path]}: {n.title} [{n.kind} {n.stage} {n.status}]\n" for n in found.nodes)
    edges = (f"{names[e.source]} -{e.label}-> {names[e.target]}\n" for e in found.edges)
    return "".join((*nodes, *edges))


def _prepare(scene: Scene, fence: Fence) -> str:
    found = prepare_rename(scene.place)
    if found.refusal:
        return f"{found.refusal}\n"
    return underlined(scene.world, [(scene.path, found.span, found.text)])


def _rename(scene: Scene, fence: Fence) -> str:
    return _changed(scene, finish(rename(scene.place, fence.title)))


def _move(scene: Scene, fence: Fence) -> str:
    pairs = [(scene.path, fence.path)]
    if fence.title:
        old, _, new = fence.title.partition(" -> ")
        pairs = [(old, new)]
    return _changed(scene, finish(renamed(scene.world.workspace, reader(scene.world), pairs)))


def _changed(scene: Scene, change: FileChange) -> str:
    """The lines that a change leaves different, and the files that get another name."""
    if change.refusal:
        return f"{change.refusal}\n"
    shown: list[str] = []
    for path, edits in change.edits.items():
        before = scene.world.text(path)
        after = apply(before, edits).split("\n")
        for number, line in enumerate(before.split("\n")):
            if line != after[number]:
                shown.append(f"{path}:{number + 1}: {after[number]}\n")
    shown += (f"{old} => {new}\n" for old, new in change.renames)
    return "".join(shown)


_ANSWERS: dict[str, Answer] = {
    "definition": _definition,
    "type-definition": _type_definition,
    "implementation": _implementation,
    "references": _references,
    "highlights": _highlights,
    "links": _links,
    "outline": _outline,
    "find": _find,
    "folds": _folds,
    "selections": _selections,
    "calls": _calls,
    "outgoing": _outgoing,
    "incoming": _incoming,
    "tokens": _tokens,
    "lenses": _lenses,
    "hints": _hints,
    "enter": _enter,
    "graph": _graph,
    "prepare-rename": _prepare,
    "rename": _rename,
    "move": _move,
}
