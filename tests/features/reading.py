"""Cases for features that read: `$0` in one of the files is the cursor, a fence is the answer.

A fence named after a question holds the rendered answer: `definition`, `references`, `outline` and
so on. `after PATH` holds a file after a change, `moved OLD` its new name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from spec_lsp.features.shared.place import Page, Place
from spec_lsp.features.shared.results import Location
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse
from spec_lsp.storage.fix import fix
from spec_lsp.template.builtin import texts
from spec_lsp.text import LineIndex, Span
from spec_lsp.workspace.entry import Entry
from tests.harness.casefile import Case, Fence
from tests.harness.world import AUTHOR, CONFIG, DOCUMENT, TODAY, World, folder_of, text_of, world_of

CURSOR = "$0"
Reader = Callable[[str], Document | None]


@dataclass(frozen=True)
class Scene:
    """The files of a case and the position of the request."""

    world: World
    path: str
    offset: int

    @property
    def place(self) -> Place:
        """The place of the cursor."""
        return Place(page_of(self.world, self.path), self.offset)


def place_for(scene: Scene, fence: Fence) -> Place:
    """The place of the cursor; a fence `beside` is for an editor with Markdown support."""
    place = scene.place
    page = replace(place.page, avoids_duplicates=fence.path == "beside")
    return Place(page, place.offset)


def scene_of(case: Case) -> Scene:
    """The scene that a case describes; without a cursor, the start of its first document."""
    fences, path, offset = [], "", 0
    for fence in case.of("template", "markdown", "file", "toml"):
        text = text_of(fence)
        if CURSOR in text:
            path, offset = fence.path or DOCUMENT, text.index(CURSOR)
            text = text.replace(CURSOR, "")
        fences.append(replace(fence, text=fence.text.replace(CURSOR, "")))
    world = world_of(fences)
    return Scene(world, path or next(iter(world.documents)), offset)


def page_of(world: World, path: str) -> Page:
    """A file of a world as an open document."""
    workspace = world.workspace
    document = parse(path, world.text(path))
    entry = workspace.entry(path) or Entry(path)

    def fix_all() -> str:
        documents = (parse(each, text) for each, text in world.documents.items())
        fixed = fix(folder_of(workspace, documents), [path], world.desk)
        return fixed.after.get(path, document.text)

    return Page(
        workspace,
        document,
        workspace.bind(document),
        entry,
        reader(world),
        TODAY,
        AUTHOR,
        fix_all,
    )


def reader(world: World) -> Reader:
    """How features read other files."""
    texts = {**world.documents, **({CONFIG: world.toml} if world.toml else {})}
    return lambda path: parse(path, texts[path]) if path in texts else None


def underlined(world: World, places: Iterable[tuple[str, Span, str]]) -> str:
    """Places as their lines with carets below, and a note after the carets."""
    shown: list[str] = []
    for path, span, note in places:
        text = any_text(world, path)
        index = LineIndex(text)
        line = index.line_of(span.start)
        whole = index.line_span(line)
        head = f"{path}:{line + 1}: "
        width = max(min(span.end, whole.end) - span.start, 1)
        carets = " " * (len(head) + span.start - whole.start) + "^" * width
        shown += (f"{head}{whole.of(text)}".rstrip(), f"{carets} {note}".rstrip())
    return "".join(f"{line}\n" for line in shown)


def locations(world: World, found: Iterable[Location]) -> str:
    """Locations as underlined lines."""
    return underlined(world, ((each.path, each.span, "") for each in found))


def any_text(world: World, path: str) -> str:
    """The text of a file of the world or of a built-in template."""
    if path.startswith("builtin:"):
        return texts()[path.removeprefix("builtin:").removesuffix(".md")]
    return world.text(path)
