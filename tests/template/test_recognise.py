"""Which Markdown files are templates: by their name, and by what they leave to fill in."""

from __future__ import annotations

import pytest

from spec_lsp.markdown.parse import parse
from spec_lsp.template.read.infer import infer
from spec_lsp.template.read.recognise import is_named_like_template, why_no_template


@pytest.mark.parametrize(
    "path",
    [
        "template.md",
        "design/_template.md",
        "rfc-template.md",
        "guides/proposal_template.md",
        "NOTE_TEMPLATE.md",
        "0000-template.md",
        "xyz-0000-template.md",
        "XXXX-template.md",
        "template-full.md",
        "docs/decisions/record-template-minimal.md",
        "templates/record.md",
        "templates/work/task.md",
        "docs/doc_templates/review.md",
        ".specify/templates/plan.md",
        "docs/adr/plantilla.md",
        "docs/adr/Vorlage-Entscheidung.md",
        "docs/adr/0000-modèle.md",
        "docs/adr/adr-模板.md",
        "docs/设计模板.md",
        "plantillas/informe.md",
        "proposals/NNNN-proposal-template/README.md",
        "proposals/NNNN-proposal-template/proposal.md",
    ],
)
def test_names_of_templates(path: str) -> None:
    assert is_named_like_template(path)


@pytest.mark.parametrize(
    "path",
    [
        "templates/README.md",
        "templates/CHANGELOG.md",
        "readme-template.md",
        "document-templates.md",
        "templates_of_pages.md",
        "docs/modelo-de-dados.md",
        "docs/domain-modello.md",
        "design/one-pager-template-of-the-stack.md",
        "specs/issue-template/spec.md",
        "templates/work/2024/task.md",
        "docs/issue_template.md",
        "docs/pull_request_template.md",
        "templates/review-prompt.md",
        "templates/prompt_review.md",
        "templates/SKILL.md",
        "prompts/spec-template.md",
        "skills/writing/templates/spec.md",
        ".claude/templates/spec.md",
        ".newagent/templates/spec.md",
        ".github/spec-template.md",
        "vendor/tool/templates/spec.md",
        "tests/fixtures/spec-template.md",
        "templates/record.txt",
    ],
)
def test_names_of_other_files(path: str) -> None:
    assert not is_named_like_template(path)


@pytest.mark.parametrize(
    "text",
    [
        "# RFC: [Title]\n\n## Motivation\n",
        "# A title\n\n## Motivation\n\nWhy are we doing this?\n",
        "# Título\n\n## Motivación\n\n¿Por qué?\n",
        "# Title\n\n## Motivation\n\n<!-- The reasons -->\n",
        "# Title\n\n- Status: draft | accepted\n\n## Motivation\n\nIt is so.\n",
        "# Title\n\n## Motivation\n\n*The reasons*\n",
        "# Title\n\n## Motivation\n\n(the reasons)\n",
        "# Title\n\n## Motivation\n",
    ],
)
def test_a_template_leaves_something_to_fill_in(text: str) -> None:
    assert _reason("docs/rfc-template.md", text) == ""


FINISHED = "# Queue\n\n## Context\n\nMail gets lost.\n\n## Decision\n\nKeep a queue.\n"
USAGE = "# Mail\n\n## Use\n\nCall `send {{name}}`.\n\n## Types\n\nText.\n\n## Limits\n\nNone.\n"


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("template.md", "Use one of the other files.\n", "it has fewer than two headings"),
        (
            "plan-template.md",
            "# Plan\n\n```markdown\n# [Title]\n\n## Goals\n```\n",
            "it has fewer than two headings",
        ),
        (
            "templates/work.md",
            "---\nallowed-tools: Read, Write\n---\n# [Name]\n\n## Steps\n",
            "it is a prompt",
        ),
        ("rfc-template.md", FINISHED, "it has nothing to fill in"),
        ("templates/decision.md", FINISHED, "it has nothing to fill in"),
        ("templates/mail.md", USAGE, "it has nothing to fill in"),
        (
            "templates/0000-use-a-queue.md",
            "# Use a queue\n\n## Context\n\nWhat happens if mail gets lost?\n",
            "it is named like a document, and has no placeholder",
        ),
        (
            "texts/0101-queue-in-a-template.md",
            "# Queue\n\n## Why\n\n<!-- The reasons -->\n",
            "it is named like a document, and has no placeholder",
        ),
    ],
)
def test_other_files_say_why_not(path: str, text: str, reason: str) -> None:
    assert is_named_like_template(path)
    assert _reason(path, text) == reason


@pytest.mark.parametrize(
    "path", ["templates/01-goals.md", "notes/XYZ-003-template.md", "stage-1-draft-template.md"]
)
def test_a_template_may_have_a_number(path: str) -> None:
    assert is_named_like_template(path)
    assert _reason(path, "# Goals of [name]\n\n## Needs\n") == ""


def _reason(path: str, text: str) -> str:
    return why_no_template(infer(parse(path, text)))
