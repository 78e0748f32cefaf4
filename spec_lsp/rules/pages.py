"""The documentation of the rules: a page for each, a table of all, the schema of their settings.

Everything comes from the rules themselves; `make docs` writes it into `docs/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from spec_lsp.rules.model import Severity
from spec_lsp.rules.registry import Rule, rules
from spec_lsp.workspace.config import json_schema
from spec_lsp.workspace.suppress import EVERY

# The address of the documentation site, without a slash at its end; empty until there is one.
SITE = ""
FOLDER = "docs/rules"
SCHEMA = "docs/spec-lsp.schema.json"
# What the examples of the pages follow, unless they show a template of their own.
TEMPLATE = """\
# Specification: [Title]

**Specification ID**: SPEC-XXX
**Status**: Draft | Approved | Implemented
**Created**: YYYY-MM-DD
**Last Updated**: YYYY-MM-DD

## Overview

[What this is about and why it is needed.]

## Requirements

[What must be true in the end.]

## Acceptance

- [ ] Reviewed
"""
_NOTE = "<!-- Written by `make docs` from the rule itself. -->"
_GROUPS = (
    ("Sections", ("sections", "structure", "order", "history")),
    ("Fields, values and tables", ("fields", "values", "dates", "placeholders", "tables")),
    ("Documents among others", ("identity", "references", "states", "tasks")),
    ("Comments and files that are no documents", ("comments", "files")),
)


def url_of(code: str) -> str:
    """Where a rule is documented, from the root of this project's repository.

    The project has no address of its own, so this is a path and no link for editors.
    """
    return f"{FOLDER}/{code}.md"


def page_address(code: str) -> str:
    """Where the site shows a rule; empty while there is no site."""
    return f"{SITE}/rules/{code}/" if SITE else ""


def explain(code: str) -> str:
    """A rule's page, as Markdown; a `KeyError` for an unknown code."""
    rule = rules()[code]
    body = rule.page.partition("\n\n")[2]
    parts = (f"# {code}", rule.summary, _weight(rule), body, _silencing(code))
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def files() -> dict[str, str]:
    """Every generated file of the documentation, by its path in the repository."""
    pages = {url_of(code): f"{_NOTE}\n\n{explain(code)}" for code in rules()}
    return {f"{FOLDER}/README.md": _table(), **pages, SCHEMA: _schema()}


def _weight(rule: Rule) -> str:
    level = _level(rule.severity)
    silent = "" if rule.is_on else " It is off by default."
    dropped = " A dropped document is left alone." if rule.follows_life else ""
    return f"Level: {level}.{silent}{dropped}"


def _level(severity: Severity) -> str:
    draft, active, final = severity.draft, severity.active, severity.final
    if draft == active == final:
        return draft
    return f"{draft} in a draft, {active} in between, {final} in a finished document"


def _silencing(code: str) -> str:
    return f"""\
## Another level

```toml
[rules]
{code} = "off" # or "hint", "info", "warning", "error"
```

`<!-- spec-lsp: ignore {code} -->` silences it on that line and the next.
`<!-- spec-lsp: ignore-file {code} -->` silences it in the whole file."""


def _table() -> str:
    return "\n".join((_NOTE, "", "# Rules", "", *_table_lines())) + "\n"


def _table_lines() -> Iterator[str]:
    yield "What spec-lsp can find, and how much each finding weighs."
    yield "What only asks for completion weighs more the further a document has come."
    yield "`spec-lsp explain CODE` shows a page on the command line."
    for title, found in _grouped():
        yield from ("", f"## {title}", "", "| rule | what it finds | level |", "|---|---|---|")
        for rule in found:
            level = _level(rule.severity) if rule.is_on else f"off, else {rule.severity.active}"
            yield f"| [{rule.code}]({rule.code}.md) | {_cell(rule.summary)} | {level} |"
    yield from ("", "## The examples", "")
    yield "Carets below a line stand under what is found, with the message behind them."
    yield "Where a page shows no template, its documents follow this one:"
    yield from ("", "````markdown", *TEMPLATE.splitlines(), "````")


def _grouped() -> Iterator[tuple[str, list[Rule]]]:
    left = dict(rules())
    for title, subjects in _GROUPS:
        found = [rule for rule in left.values() if rule.group in subjects]
        for rule in found:
            del left[rule.code]
        yield title, found
    if left:
        yield "Others", list(left.values())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _schema() -> str:
    """The configuration's schema, in which the rules are known by name."""
    schema = json_schema()
    names = {"enum": [EVERY, *rules()]}
    schema["properties"]["rules"]["propertyNames"] = names
    schema["$defs"]["Override"]["properties"]["rules"]["propertyNames"] = names
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
