"""The sentence about a folder that nothing configures, which an editor shows once."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec_lsp.features.show.found import found_sentence
from spec_lsp.storage.read import open_folder
from tests.storage.trees import grow

DECISION = "# 1. Keep it\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nSo.\n"
DECISION += "\n## Decision\n\nYes.\n\n## Consequences\n\nNone.\n"
BUG = "---\ntemplate: bug-fix\n---\n# Bug Fix: One\n"
TASK = "---\ntemplate: task\n---\n# Task: One\n"
ADRS = {"docs/adr/0001-one.md": DECISION, "docs/adr/0002-two.md": DECISION}
KIT = {
    ".specify/memory/constitution.md": "# Constitution\n",
    "specs/001-a/spec.md": "# Feature Specification: A\n",
}
PLAN = {"specs/001-a/plan.md": "# Implementation Plan: A\n"}
OTHERS = {
    "specs/001-a/tasks.md": "# Tasks: A\n",
    "specs/001-a/research.md": "# Research\n",
    "specs/001-a/checklists/all.md": "# Checklist\n",
}
INNER = {f"app/{path}": text for path, text in {**KIT, **PLAN}.items()}


@pytest.mark.parametrize(
    ("files", "templates", "sentence"),
    [
        ({}, 0, ""),
        ({"notes.md": "# Notes\n"}, 0, ""),
        ({}, 1, "Found 1 template that `spec-lsp init` can put to use"),
        ({}, 5, "Found 5 templates that `spec-lsp init` can put to use"),
        ({"a.md": BUG}, 0, "Found 1 document of kind bug-fix"),
        ({"a.md": BUG, "b.md": BUG}, 0, "Found 2 documents of kind bug-fix"),
        (
            {"a.md": BUG, "b.md": BUG, "c.md": TASK},
            2,
            "Found 3 documents: 2 bug-fix, 1 task. `spec-lsp init` can put 2 templates to use",
        ),
        (ADRS, 0, "Found 2 documents of the adr layout"),
        (
            {**ADRS, "a.md": BUG},
            0,
            "Found 3 documents: 1 bug-fix; adr (2)",
        ),
    ],
)
def test_every_number_of_kinds_and_documents(
    files: dict[str, str], templates: int, sentence: str, tmp_path: Path
) -> None:
    folder = open_folder(grow(tmp_path, files))
    found = found_sentence(folder.settings.families, folder.workspace.index.entries, templates)
    assert found == sentence


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {**KIT, **PLAN},
            "Found 3 documents of the spec-kit layout: 1 constitution, 1 plan, 1 spec",
        ),
        (
            {**KIT, **PLAN, **OTHERS},
            (
                "Found 6 documents of the spec-kit layout:"
                " 1 checklist, 1 constitution, 1 plan, 1 spec and 2 more kinds"
            ),
        ),
        (INNER, "Found 3 documents of the spec-kit layout in app: 1 constitution, 1 plan, 1 spec"),
        (
            {**INNER, **ADRS},
            "Found 5 documents: adr (2); spec-kit in app (1 constitution, 1 plan, 1 spec)",
        ),
        # A layout with documents of one kind, which has another name.
        (
            {".kiro/steering/product.md": "# Product\n", ".kiro/steering/tech.md": "# Tech\n"},
            "Found 2 documents of the kiro layout, all of kind steering",
        ),
        (
            {".kiro/steering/product.md": "# Product\n"},
            "Found 1 document of the kiro layout, of kind steering",
        ),
    ],
)
def test_layouts_with_several_kinds(files: dict[str, str], sentence: str, tmp_path: Path) -> None:
    folder = open_folder(grow(tmp_path, files))
    found = found_sentence(folder.settings.families, folder.workspace.index.entries, 0)
    assert found == sentence
