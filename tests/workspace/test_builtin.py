"""Templates are inferred one by one, when they are asked for."""

from __future__ import annotations

import pytest

from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse
from spec_lsp.template import builtin
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import Template
from spec_lsp.workspace import own_templates
from spec_lsp.workspace.config.config import Config
from spec_lsp.workspace.own_templates import known_templates
from spec_lsp.workspace.settings import Settings

OWN = infer(parse("templates/fix.md", "# Bug Fix Specification: [Title]\n\n## Cause\n"))


@pytest.fixture
def inferred(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of the built-in templates that a test infers."""
    kinds: list[str] = []

    def template(kind: str, of: object = builtin.template) -> object:
        kinds.append(kind)
        return of(kind)  # type: ignore[operator]

    monkeypatch.setattr(builtin, "template", template)
    return kinds


@pytest.mark.parametrize("kind", ["bug-fix", "Bug-Fix"])
def test_a_kind_needs_no_other_template(inferred: list[str], kind: str) -> None:
    found = Settings().template(kind)
    assert found
    assert found.kind == "bug-fix"
    assert inferred == ["bug-fix"]


def test_a_document_of_a_known_kind_needs_no_other_template(inferred: list[str]) -> None:
    settings = Settings()
    template = settings.template("task")
    assert template
    document = parse("notes.md", template.document.text)
    assert settings.narrowed(template).template_of(document) is template
    assert set(inferred) == {"task"}


@pytest.mark.parametrize("builtin_kinds", [False, ["task"]])
def test_only_templates_in_use_have_a_kind(builtin_kinds: bool | list[str]) -> None:
    assert Settings(Config(builtin=builtin_kinds)).template("bug-fix") is None


def test_an_own_template_of_the_same_title_replaces_a_builtin_one() -> None:
    assert Settings(own=known_templates([OWN])).template("bug-fix") is None
    assert Settings(own=known_templates([OWN])).narrowed(OWN).templates == (OWN,)


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        ("fix", ["fix.md"]),
        ("FIX", ["fix.md"]),
        # Two templates are called so, and one of them will be called `plan-2`.
        ("plan", ["fix.md", "note.md", "plan.md", "plan.txt"]),
        ("plan-2", ["fix.md", "note.md", "plan.md", "plan.txt"]),
        ("templates/note.md", ["fix.md", "note.md", "plan.md", "plan.txt"]),
    ],
)
def test_an_own_template_needs_no_other(
    monkeypatch: pytest.MonkeyPatch, kind: str, needed: list[str]
) -> None:
    texts = {
        "fix.md": "# Fix: [Title]\n\n## Cause\n",
        "note.md": "# Note: [Title]\n",
        "plan.md": "# Plan: [Title]\n\n## Aim\n\n## Steps\n\n## Risks\n",
        "plan.txt": "# Plan: [Title]\n\n## Who\n\n## When\n\n## Where\n",
    }
    read: list[str] = []

    def inferred(document: Document) -> Template:
        read.append(document.path.removeprefix("templates/"))
        return infer(document)

    monkeypatch.setattr(own_templates, "infer", inferred)
    own = own_templates.own_templates(
        ((f"templates/{name}", text) for name, text in texts.items()), Config()
    )
    found = Settings(own=own).template(kind)
    assert found
    assert (found.kind, read) == (kind.casefold().split("/")[-1].removesuffix(".md"), needed)
    assert [each.kind for each in own.inferred] == ["fix", "note", "plan", "plan-2"]
    assert sorted(read) == sorted(texts)
    assert found in own.inferred


@pytest.mark.parametrize("kind", builtin.texts())
def test_the_title_of_a_built_in_template_is_inferred_alone(kind: str) -> None:
    assert builtin.title(kind) == builtin.template(kind).title
