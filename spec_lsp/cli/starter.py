"""The configuration written by `init`: every key with its description and default or example."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields

from spec_lsp.workspace.config.config import Config, described

_EXAMPLES = {
    "documents": '[[documents]]\npaths = ["docs/adr/**"]\ntemplate = "decision"',
    "rules": '[rules]\nmissing-section = "warning"\norphan = "info"',
    "overrides": '[[overrides]]\npaths = ["docs/archive/**"]\nrules = { "*" = "off" }',
    "ids": '[ids.prefixes]\n"REQ-" = { digits = 3, scope = "workspace" }\n\n'
    '[ids.external]\nJIRA = "https://example.atlassian.net/browse/{id}"',
    "check": '[check]\nfiles = "all"',
    "links": '[links]\nsites = ["docs"]\nmap = { "drafts/x-" = "final/x-" }\n'
    'external = ["handbook/**"]',
    "lifecycle": '[lifecycle]\nladder = true\ndraft = ["Idea"]\nfinal = ["Shipped"]',
    "evidence": "[evidence]\ndocuments = 10\nmissing = 0.33\nvalues = 0.33\ntext = 0.33",
    "new": '[new.bug-fix]\ndirectory = "docs/bugs"\nfilename = "{id}-{slug}.md"',
}


def short(templates: list[str] | None) -> str:
    """The same without comments on every key."""
    head = "# Configuration of spec-lsp; `spec-lsp init --full` writes every key as a comment.\n"
    return f"{head}\n{_key('templates', templates)}\n"


def starter(templates: list[str] | None) -> str:
    """The text of a new configuration that lists some templates; None is the default."""
    plain = [each.name for each in fields(Config) if each.name not in _EXAMPLES]
    blocks = [*(_key(name, templates) for name in plain), *map(_table, _EXAMPLES)]
    head = (
        "# Configuration of spec-lsp for this folder.\n"
        "# Commented-out lines show defaults, or an example where there is no default."
    )
    return "\n\n".join((head, *blocks)) + "\n"


def _key(name: str, templates: list[str] | None) -> str:
    meaning = f"# {described(name)}"
    if name == "templates" and templates is not None:
        return f"{meaning}\ntemplates = {_toml(templates)}"
    return f"{meaning}\n# {name} = {_toml(getattr(Config(), name))}"


def _table(name: str) -> str:
    lines = [f"# {described(name)}", *_commented(_EXAMPLES[name])]
    return "\n".join(lines)


def _commented(example: str) -> Iterator[str]:
    return (f"# {line}".rstrip() for line in example.split("\n"))


def _toml(value: object) -> str:
    """A value as TOML: strings, lists of strings and Booleans are written as in JSON."""
    return json.dumps(value, ensure_ascii=False)
