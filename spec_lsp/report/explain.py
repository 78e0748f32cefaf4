"""What is said of a rule: its page, how much it weighs, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable

from spec_lsp.report.as_text import table
from spec_lsp.rules.model import Severity
from spec_lsp.rules.registry import Rule
from spec_lsp.workspace.suppress import suppression_comment


def page(rule: Rule) -> str:
    """A rule as a page of Markdown."""
    comment = suppression_comment(rule.code)
    where = "" if rule.is_on else " It is off unless the configuration switches it on."
    silence = (
        f"To silence it in one place, write `{comment}` on the line or on the one before; to"
        f' change its weight, write `{rule.code} = "off"` or another level under `[rules]` in the'
        " configuration."
    )
    return f"# {rule.code}\n\n{weight(rule.severity)}{where}\n\n{rule.page}\n\n{silence}"


def listing(rules: Iterable[Rule]) -> str:
    """All rules in a table."""
    rows = [(rule.code, levels(rule), rule.summary) for rule in rules]
    return table([("RULE", "LEVEL", "WHAT IT SAYS"), *rows])


def levels(rule: Rule) -> str:
    """The levels of a rule, from a draft to a finished document."""
    severity = rule.severity
    found = dict.fromkeys((severity.draft, severity.active, severity.final))
    return " → ".join(found) if rule.is_on else "off"


def weight(severity: Severity) -> str:
    """How much a finding weighs, in a sentence."""
    if severity.draft == severity.active == severity.final:
        return f"Level: {severity.draft}."
    return (
        f"Level: {severity.draft} in a draft, {severity.active} under way, "
        f"{severity.final} in a finished document, {severity.stateless} in one without a state."
    )
