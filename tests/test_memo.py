"""What is computed once, and how long it is cached."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.markdown.chunk import Chunk
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse, reparse
from spec_lsp.memo import each_part, once
from spec_lsp.rules.engine.diagnose import find_inside
from spec_lsp.rules.engine.model import DocumentContext
from spec_lsp.template.builtin import templates
from spec_lsp.template.match.binding import Binding
from spec_lsp.template.match.rebind import has_same_outline, rebound
from spec_lsp.template.write.file_name import new_text
from spec_lsp.template.write.values import Values
from spec_lsp.text import Edit, Span
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.workspace import Workspace

SOURCES = Path(__file__).parent.parent / "spec_lsp"
ASKING = {"once": 1, "each_part": 1, "each_match": 1, "sections_with": 0}
asked: list[str] = []


def size(chunk: Chunk, extra: object = None) -> int:
    asked.append(chunk.title)
    return len(chunk.text) + (extra is not None)


def title(entry: Entry) -> str:
    asked.append(entry.path)
    return entry.title


@pytest.fixture(autouse=True)
def _nothing_asked() -> None:
    asked.clear()


def test_a_function_is_called_once_per_value_and_arguments() -> None:
    chunk = parse("a.md", "# A\n").chunks[0]
    assert once(chunk, size) == once(chunk, size) == 4
    assert once(chunk, size, asked) == once(chunk, size, asked) == 5
    assert asked == ["A", "A"]


def test_cached_values_of_an_entry_do_not_affect_its_equality() -> None:
    entry = Entry("a.md", title="A")
    assert once(entry, title) == once(entry, title) == "A"
    assert entry == Entry("a.md", title="A")
    once(entry.packed("# A"), title)
    assert asked == ["a.md", "a.md"]


def test_versions_share_cached_values_of_shared_parts() -> None:
    document = parse("a.md", "# A\n\n## B\n\n## C\n")
    assert each_part(document, size) == [5, 6, 5]
    more = reparse(document, Edit(Span(10, 10), "b\n## D\n"))
    assert each_part(more, size) == [5, 7, 6, 5]
    assert asked == ["A", "B", "C", "B", "D"]
    assert each_part(document, size) == [5, 6, 5]


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9), st.sampled_from(("x", "\n## H\n"))))
)
def test_after_any_edits_cached_values_equal_those_of_a_new_document(
    edits: list[tuple[int, int, str]],
) -> None:
    document = parse("a.md", "# A\n\n## B\n\ntext\n\n## C\n")
    for at, length, text in edits:
        start = min(at, len(document.text))
        end = min(start + length, len(document.text))
        document = reparse(document, Edit(Span(start, end), text))
        parsed = parse("a.md", document.text)
        assert each_part(document, size) == [size(chunk) for chunk in parsed.chunks]


def kept(document: Document, binding: Binding) -> tuple[int, int, int]:
    """The number of values cached for an unedited part, for the document and for its matches."""
    memo: dict[object, object] = vars(document.chunks[-1]).get("_memo", {})
    rows = len(document.rows), len(binding.matches.rows)
    return (len(memo), *rows)


def test_the_cache_does_not_grow_with_edits() -> None:
    """2,000 keystrokes in one paragraph cache no more for an untouched part than 20."""
    workspace = Workspace()
    template = next(each for each in templates() if each.kind == "technical")
    text = new_text(template, Values("Login", "SPEC-001", "2026-01-02", "Ann"))
    document = parse("docs/SPEC-001-login.md", text)
    binding = workspace.bind(document)
    assert binding
    at = document.sections[len(document.sections) // 2].end - 1
    sizes = []
    for turn in range(2_000):
        before = document
        document = reparse(document, Edit(Span(at, at + turn % 2), "" if turn % 2 else "x"))
        assert has_same_outline(before, document)
        binding = rebound(binding, document)
        workspace.put(document, binding)
        if turn in (19, 1_999):
            find_inside(document, DocumentContext(binding, workspace.settings.words))
            sizes.append(kept(document, binding))
    assert sizes[0] == sizes[1]


def test_questions_are_functions_of_modules() -> None:
    """Any other function would be a new key each time, and cached values would pile up."""
    found = [place for file in sorted(SOURCES.rglob("*.py")) for place in unfit(file)]
    assert found == []


def unfit(file: Path) -> Iterator[str]:
    """The calls in a file with another function, or with a number or a text as an argument."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    known = {
        name
        for node in tree.body
        for name in (
            [node.name]
            if isinstance(node, ast.FunctionDef)
            else [alias.asname or alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name not in ASKING or file.name == "memo.py":
            continue
        ask, *given = call.args[ASKING[name] :]
        is_function = isinstance(ask, ast.Name) and ask.id in known
        if not is_function and not isinstance(ask, ast.Starred) and not is_passed_on(tree, call):
            yield f"{file.relative_to(SOURCES)}:{call.lineno}: {ast.unparse(ask)}"
        if any(isinstance(each, ast.Constant | ast.Lambda | ast.JoinedStr) for each in given):
            yield f"{file.relative_to(SOURCES)}:{call.lineno}: {ast.unparse(call)}"


def is_passed_on(tree: ast.Module, call: ast.Call) -> bool:
    """Whether a function passes on a parameter."""
    return any(
        call in ast.walk(node) and "ask" in {argument.arg for argument in node.args.args}
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    )
