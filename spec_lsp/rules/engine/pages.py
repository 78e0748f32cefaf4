"""Documentation of the rules: a page for each, a table of all, the JSON schema of the settings.

All of it is generated from the rules; `make docs` writes it to `docs/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from spec_lsp.rules.engine.model import Severity
from spec_lsp.rules.engine.registry import Rule, rules
from spec_lsp.workspace.collect.suppressions import EVERY

# URL of the documentation site, without a final slash; empty until the site exists.
SITE = ""
FOLDER = "docs/rules"
SCHEMA = "docs/spec-lsp.schema.json"
# Template of the examples on pages that show no template.
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


def url_of(code: str) -> str:
    """Path of a rule's page from the root of this repository."""
    return f"{FOLDER}/{code}.md"


def page_address(code: str) -> str:
    """URL of a rule's page on the site; empty while there is no site."""
    return f"{SITE}/rules/{code}/" if SITE else ""


def explain(code: str) -> str:
    """Return a rule's page as Markdown; raise `KeyError` for an unknown code."""
    rule = rules()[code]
    body = rule.page.partition("\n\n")[2]
    parts = (f"# {code}", rule.summary, _weight(rule), body, _ignoring(code))
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def files() -> dict[str, str]:
    """All generated files of the documentation, by path in the repository."""
    pages = {url_of(code): f"{_NOTE}\n\n{explain(code)}" for code in rules()}
    return {f"{FOLDER}/README.md": _table(), **pages, SCHEMA: _schema()}


def _weight(rule: Rule) -> str:
    level = _level(rule.severity)
    silent = "" if rule.is_on else " It is off by default."
    dropped = " Dropped documents are not checked." if rule.follows_life else ""
    return f"Level: {level}.{silent}{dropped}"


def _level(severity: Severity) -> str:
    draft, active, final = severity.draft, severity.active, severity.final
    if draft == active == final:
        return draft
    return f"{draft} in a draft, {active} in progress, {final} in a final document"


def _ignoring(code: str) -> str:
    return f"""\
## Change the level or ignore it

```toml
[rules]
{code} = "off" # or "hint", "info", "warning", "error"
```

`<!-- spec-lsp: ignore {code} -->` ignores it on that line and the next.
`<!-- spec-lsp: ignore-file {code} -->` ignores it in the whole file."""


def _table() -> str:
    return "\n".join((_NOTE, "", "# Rules", "", *_table_lines())) + "\n"


def _table_lines() -> Iterator[str]:
    yield "The problems that spec-lsp reports, with their default levels."
    yield "Severity of incomplete documents grows as they mature."
    yield "`spec-lsp explain CODE` shows a page on the command line."
    for title, found in _grouped():
        yield from ("", f"## {title}", "", "| Rule | Problem | Level |", "|---|---|---|")
        for rule in found:
            level = _level(rule.severity) if rule.is_on else f"off ({rule.severity.active} if on)"
            yield f"| [{rule.code}]({rule.code}.md) | {_cell(rule.summary)} | {level} |"
    yield from ("", "## Examples", "")
    yield "Carets mark the text of a problem in the line above; its message follows them."
    yield "Unless a page shows a template, its documents follow this one:"
    yield from ("", "````markdown", *TEMPLATE.splitlines(), "````")


def _grouped() -> Iterable[tuple[str, list[Rule]]]:
    """Rules by group."""
    found: dict[str, list[Rule]] = {}
    for rule in rules().values():
        found.setdefault(rule.group, []).append(rule)
    return sorted(found.items())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _schema() -> str:
    """The JSON schema of the configuration, with an enum of the rule codes."""
    from spec_lsp.workspace.config.checked import json_schema  # noqa: PLC0415 -- pydantic.

    schema = json_schema()
    names = {"enum": [EVERY, *rules()]}
    schema["properties"]["rules"]["propertyNames"] = names
    schema["$defs"]["Override"]["properties"]["rules"]["propertyNames"] = names
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
