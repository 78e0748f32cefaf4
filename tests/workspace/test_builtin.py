"""Built-in templates are inferred one by one, when they are asked for."""

from __future__ import annotations

import pytest

from spec_lsp.markdown.parse import parse
from spec_lsp.template import builtin
from spec_lsp.template.read.infer import infer
from spec_lsp.workspace.config.config import Config
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
    assert Settings(own_templates=(OWN,)).template("bug-fix") is None
    assert Settings(own_templates=(OWN,)).narrowed(OWN).templates == (OWN,)
