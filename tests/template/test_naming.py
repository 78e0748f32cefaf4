"""The names of kinds, files and IDs."""

from __future__ import annotations

import pytest

from spec_lsp.template.write.file_name import file_name, is_safe_id, next_id, slug_id
from spec_lsp.template.write.name_parts import slug_of
from spec_lsp.template.write.values import Values
from tests.template.support import template


@pytest.mark.parametrize(
    ("path", "text", "kind", "name"),
    [
        (
            "templates/bug-fix.md",
            "# Bug Fix Specification: [x]",
            "bug-fix",
            "Bug Fix Specification",
        ),
        ("docs/adr-template.md", "# {short title}", "adr", "Adr"),
        ("docs/template_for_plans.md", "# Plan: [x]", "for-plans", "Plan"),
        ("x/docs__templates__proposal.md", "# Title of proposal", "proposal", "Proposal"),
        ("0000-template.md", "---\ntitle: A title for this RFC\n---\n# {{TITLE}}", "rfc", "RFC"),
        (
            "XXXX-template.md",
            "---\ntitle: Title of SIMD. Be brief\n---\n## Summary",
            "simd",
            "SIMD",
        ),
        ("proposals/0000-template.md", "# [Title]", "proposal", "Proposal"),
        ("0000-template.md", "# Summary\n\n# Motivation", "document", "Document"),
        ("0000-template.md", "- RFC PR: x\n\n# (Title goes here)\n", "rfc", "RFC"),
        ("0000-template.md", "---\npr: # The URL for the RFC PR\n---\n# [Title]", "rfc", "RFC"),
        ("text/0000-template.md", "# Meta\n\n# Summary\n\n# Costs\n", "text", "Text"),
        ("_templates/template.md", "# Change Plan", "change-plan", "Change Plan"),
        ("seeds/004_068f153d.txt", "# Technical Specification", "technical-specification", ""),
        ("", "# [x]", "document", "Document"),
        ("template.md", "# ADR-NNNN: [Title]", "adr", "ADR"),
        ("plantilla.md", "# ADR-NNNN: [Título]", "adr", "ADR"),
        ("docs/0000-modele.md", "# ADR-0000 : [Titre]", "adr", "ADR"),
        ("0000-template.md", "# RFC-0000 [Title]", "rfc", "RFC"),
        ("template.md", "# BUG-### Bug Report: [Title]", "bug-report", "Bug Report"),
    ],
)
def test_a_kind_is_named_by_file_title_or_what_it_calls_itself(
    path: str, text: str, kind: str, name: str
) -> None:
    found = template(text + "\n\n## Context\n", path)
    assert found.kind == kind
    assert found.name == name or not name


BUG = "# Bug: [Title]\n\n**ID**: BUG-XXX\n\n## Context\n"
FEATURE = "# Feature: [Title]\n\n**Feature ID:** `[feature_id]`\n\n## Context\n"
RFC = "# [Title]\n\n## Context\n"


@pytest.mark.parametrize(
    ("text", "path", "values", "expected"),
    [
        (BUG, "bug.md", Values("Login fails", "BUG-012"), "BUG-012-login-fails.md"),
        (BUG, "bug.md", Values("", "BUG-012"), "BUG-012.md"),
        (BUG, "bug.md", Values("Login fails"), "login-fails.md"),
        (FEATURE, "f.md", Values("Login", "login_throttle"), "login_throttle.md"),
        (RFC, "0000-template.md", Values("Login", "0042"), "0042-login.md"),
        (BUG, "bug.md", Values("../../etc/passwd", "BUG-1"), "BUG-1-etc-passwd.md"),
        (BUG, "bug.md", Values("Ünï cödé & Löwe!", "BUG-1"), "BUG-1-uni-code-lowe.md"),
        (BUG, "bug.md", Values("日本語", "BUG-1"), "BUG-1-日本語.md"),
        (BUG, "bug.md", Values("???", "BUG-1"), "BUG-1-untitled.md"),
    ],
)
def test_a_new_file_is_called_by_id_and_title(
    text: str, path: str, values: Values, expected: str
) -> None:
    assert file_name(template(text, path), values) == expected


def test_a_template_may_give_the_pattern() -> None:
    corrected = "---\nspec-lsp:\n  filename: '{date}_{number}_{slug}'\n---\n" + BUG
    values = Values("Login fails", "BUG-012", "2026-01-02")
    assert file_name(template(corrected), values) == "2026-01-02_012_login-fails.md"


def test_a_long_title_makes_a_file_name_of_whole_words() -> None:
    slug = slug_of("word " * 100)
    assert len(slug) <= 60
    assert set(slug.split("-")) == {"word"}
    assert len(slug_of("x" * 500)) == 60


def test_the_next_id_is_one_more_than_the_highest() -> None:
    bug = template(BUG)
    assert next_id(bug, []) == "BUG-001"
    assert (
        next_id(bug, ["BUG-007", "bug-12", "BUG-3", "SPEC-900", "BUG-X", "BUG-012-x"]) == "BUG-013"
    )
    assert next_id(bug, ["BUG-999"]) == "BUG-1000"
    assert next_id(template(RFC, "0000-template.md"), ["0041", "7"]) == "0042"


def test_a_kind_without_numbers_has_no_next_id() -> None:
    assert next_id(template(FEATURE), ["login"]) == ""
    assert next_id(template(RFC, "rfc.md"), []) == ""
    assert slug_id("Login throttle") == "login_throttle"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BUG-012", True),
        ("login_throttle", True),
        ("../../x", False),
        ("a/b", False),
        ("a\\b", False),
        ("a b", False),
        ("C:x", False),
        (".hidden", False),
        ("a..b", False),
        ("", False),
        ("x" * 200, False),
        ("a\n", False),
    ],
)
def test_an_id_may_become_part_of_a_file_name_only_if_it_is_one_word(
    text: str, expected: bool
) -> None:
    assert is_safe_id(text) is expected
