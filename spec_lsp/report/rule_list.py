"""The list of rules, and what programs read about one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spec_lsp.report.formats.as_text import Paint, table
from spec_lsp.rules.engine.pages import explain
from spec_lsp.rules.engine.registry import Rule

VERSION = 1


def rule_table(rules: Iterable[Rule], *, colour: bool = False) -> str:
    """The table of rules with their levels from draft to final."""
    paint = Paint(is_on=colour)
    rules = list(rules)
    rows = [(rule.code, " → ".join(_levels(rule)), rule.summary) for rule in rules]
    head, *lines = table([("RULE", "LEVEL", "DESCRIPTION"), *rows]).split("\n")
    styles = (rule.severity.final if rule.is_on else "dim" for rule in rules)
    painted = (
        paint(rule.code, style) + line.removeprefix(rule.code)
        for rule, style, line in zip(rules, styles, lines, strict=True)
    )
    return "\n".join([paint(head, "bold"), *painted])


def rule_data(rules: Iterable[Rule], *, with_pages: bool) -> dict[str, Any]:
    """Rules for JSON; `page` is the page of a rule in Markdown."""
    return {"version": VERSION, "rules": [_data(rule, with_page=with_pages) for rule in rules]}


def _data(rule: Rule, *, with_page: bool) -> dict[str, Any]:
    severity = rule.severity
    found: dict[str, Any] = {
        "code": rule.code,
        "summary": rule.summary,
        "on": rule.is_on,
        "levels": {
            "draft": severity.draft,
            "active": severity.active,
            "final": severity.final,
        },
    }
    return found | ({"page": explain(rule.code)} if with_page else {})


def _levels(rule: Rule) -> list[str]:
    severity = rule.severity
    found = dict.fromkeys((severity.draft, severity.active, severity.final))
    return list(found) if rule.is_on else ["off"]
