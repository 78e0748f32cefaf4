"""The Markdown files in `writing/`: every heading with a document is a case.

`completion` lists what an editor shows at the cursor, after its own filtering: the label, then what
is shown beside it, `*` if it is preselected. A last line `…` leaves the rest open.
`completion plain` is for editors without snippets, `beside` for those that have Markdown support of
their own, `snippet "LABEL"` shows the tab stops.
`result "LABEL"` is the document after an item was accepted, by default the first one.
`hover`, `hover why` (with the diagnostics) and `actions` show their answers.
`after [PATH] "TITLE"`, `created PATH "TITLE"` and `moved "TITLE"` show files after an action.
`placeholders` lists the placeholders from the cursor on, until the first one is reached again.
A carriage return is shown as `␍`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from spec_lsp.features.completion.complete import complete
from spec_lsp.features.edit.actions import actions, insert_missing
from spec_lsp.features.edit.next_placeholder import PlaceToFill, next_placeholder
from spec_lsp.features.shared.results import Completion
from spec_lsp.features.show.hover import describe
from spec_lsp.rules.engine.model import Fix
from spec_lsp.template.write.snippet import plain, snippet
from spec_lsp.text import Edit, Span, apply
from tests.features.reading import Scene, place_for, scene_of, underlined
from tests.harness.casefile import Case, Fence, read_cases

_FOLDER = Path(__file__).parent / "writing"
_CASES = [
    pytest.param(case, id=f"{path.stem}: {case.name}")
    for path in sorted(_FOLDER.glob("*.md"))
    for case in read_cases(path)
]
_REST = "…\n"


@pytest.mark.parametrize("case", _CASES)
def test_the_answer_is_the_one_shown(case: Case) -> None:
    scene = scene_of(case)
    asked = case.of(*ANSWERS)
    assert asked, "a case needs a question"
    for fence in asked:
        answer, expected = ANSWERS[fence.kind](scene, fence).replace("\r", "␍"), fence.text
        if expected.endswith(_REST):
            expected = expected.removesuffix(_REST)
            answer = "".join(answer.splitlines(keepends=True)[: expected.count("\n")])
        assert answer == expected


def _completion(scene: Scene, fence: Fence) -> str:
    items = _offered(scene, fence)
    return "".join(f"{_shown(item)}\n" for item in items)


def _shown(item: Completion) -> str:
    parts = (item.label, item.description, item.detail)
    return " · ".join(part for part in parts if part) + (" *" if item.is_preselected else "")


def _snippet(scene: Scene, fence: Fence) -> str:
    return f"{snippet(_chosen(scene, fence).parts)}\n"


def _result(scene: Scene, fence: Fence) -> str:
    item = _chosen(scene, fence)
    edits = [*item.also, Edit(item.span, plain(item.parts))]
    return apply(scene.place.document.text, edits)


def _chosen(scene: Scene, fence: Fence) -> Completion:
    return next(item for item in _offered(scene, fence) if fence.title in ("", item.label))


def _offered(scene: Scene, fence: Fence) -> list[Completion]:
    """The items that pass an editor's filter, in its order; each must fit the cursor's line."""
    place = place_for(scene, fence)
    found = sorted(
        complete(place, snippets=fence.path != "plain").items, key=lambda item: item.rank
    )
    for item in found:
        assert place.line.covers(item.span)
        assert item.span.holds(place.offset)
    typed = place.document.text
    return [item for item in found if _passes(typed[item.span.start : place.offset], item.filter)]


def _passes(typed: str, text: str) -> bool:
    """Whether a text has the typed letters in their order, as editors require."""
    letters = iter(text.casefold())
    return all(letter in letters for letter in typed.casefold().replace(" ", ""))


def _hover(scene: Scene, fence: Fence) -> str:
    found = scene.world.diagnose(scene.path) if fence.path in ("why", "beside") else ()
    card = describe(place_for(scene, fence), found)
    return f"{card.markdown}\n" if card else "nothing\n"


def _hover_span(scene: Scene, fence: Fence) -> str:
    card = describe(scene.place)
    return underlined(scene.world, [(scene.path, card.span, "")] if card else [])


def _actions(scene: Scene, fence: Fence) -> str:
    only = (fence.path,) if fence.path else ()
    found = actions(scene.place.page, _cursor(scene), scene.world.diagnose(scene.path), only)
    return "".join(f"{each.title} [{each.kind}]\n" for each in found)


def _after(scene: Scene, fence: Fence) -> str:
    path, fix = fence.path or scene.path, _fix(scene, fence.title)
    edits = [change.edit for change in fix.changes if change.path == path]
    return apply(scene.world.text(path), edits)


def _created(scene: Scene, fence: Fence) -> str:
    file = _fix(scene, fence.title).new_file
    assert file, "no file is created"
    assert file.path == fence.path
    return file.text


def _moved(scene: Scene, fence: Fence) -> str:
    rename = _fix(scene, fence.title).rename
    assert rename, "no file is renamed"
    return "{} => {}\n".format(*rename)


def _fix(scene: Scene, title: str) -> Fix:
    found = actions(scene.place.page, _cursor(scene), scene.world.diagnose(scene.path))
    fix = next(each for each in found if each.title == title).work()
    assert fix
    return fix


def _inserted(scene: Scene, fence: Fence) -> str:
    fix = insert_missing(scene.place.page)
    edits = [change.edit for change in fix.changes] if fix else []
    return apply(scene.place.document.text, edits)


def _fixed(scene: Scene, fence: Fence) -> str:
    fix_all = scene.place.page.fix_all
    assert fix_all
    return fix_all()


def _placeholders(scene: Scene, fence: Fence) -> str:
    """The placeholders from the cursor on, until the first one is reached again."""
    backwards = fence.path == "backwards"
    found: list[PlaceToFill] = []
    stop = next_placeholder(scene.place.page, scene.offset, backwards=backwards)
    while stop and stop not in found:
        found.append(stop)
        stop = next_placeholder(scene.place.page, stop.span.start, backwards=backwards)
    numbered = fence.path == "numbered"
    notes = (f"{each.number} of {each.count}" if numbered else "" for each in found)
    places = ((scene.path, each.span, note) for each, note in zip(found, notes, strict=True))
    return underlined(scene.world, places)


def _cursor(scene: Scene) -> Span:
    return Span(scene.offset, scene.offset)


ANSWERS: dict[str, Callable[[Scene, Fence], str]] = {
    "completion": _completion,
    "snippet": _snippet,
    "result": _result,
    "hover": _hover,
    "hover-span": _hover_span,
    "actions": _actions,
    "after": _after,
    "created": _created,
    "moved": _moved,
    "inserted": _inserted,
    "fix-all": _fixed,
    "placeholders": _placeholders,
}
