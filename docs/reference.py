"""The reference of settings: the configuration file, and the corrections of templates.

Both are generated from what the program reads; only the examples are written by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from docs.examples import CONFIGURATION, CORRECTIONS
from docs.text import NOTE, cell
from spec_lsp.template.read.corrections import (
    LIFECYCLE_KEYS,
    LIST_KEYS,
    OTHER_KEYS,
    TEXT_KEYS,
)
from spec_lsp.workspace.config.checked import json_schema

_TYPES = {"string": "text", "boolean": "`true` or `false`", "integer": "number", "number": "number"}
_CONFIGURATION = """\
# Configuration

What a team agrees on is in `spec-lsp.toml` or `.spec-lsp.toml` at the root of the workspace, or under `[tool.spec-lsp]` in `pyproject.toml`; the command line and all editors read it.
Everything has a default: without a file, the built-in templates and the recognised [families](families.md) are used.

`spec-lsp init` writes the file, `spec-lsp init --full` with every key as a comment, and `spec-lsp doctor` shows what is in force.
An unknown key or a wrong value is reported at its place as [invalid-config](rules/invalid-config.md), and the rest is used.
Paths count from the file; globs are `*`, `**/` and `{a,b}`.
For completion in an editor, [`spec-lsp.schema.json`](spec-lsp.schema.json) is the JSON schema of the file.\
"""
_CORRECTIONS = """\
# Template corrections

A template is read as it is; see [Write a template](write-a-template.md).
The few facts that a plain document cannot say go into its YAML front matter, below the key `spec-lsp`, which new documents do not get.
An unknown key or a wrong value is reported at its place as [invalid-template](rules/invalid-template.md).

```markdown
---
spec-lsp:
  kind: runbook
  directory: docs/runbooks
  optional: [Escalation]
---

# Runbook: [Name]
```

`spec-lsp template show` says for each line of the template whether a correction decided.\
"""


def files() -> dict[str, str]:
    """The generated pages of settings by path."""
    return {
        "docs/configuration.md": _page(_CONFIGURATION, _configuration()),
        "docs/template-corrections.md": _page(_CORRECTIONS, _corrections()),
    }


def _page(head: str, lines: Iterator[str]) -> str:
    return "\n".join((NOTE, "", head, *lines)) + "\n"


def _configuration() -> Iterator[str]:
    schema = json_schema()
    definitions = schema["$defs"]
    for name, key in schema["properties"].items():
        table = _table_of(key, definitions)
        yield from ("", f"## {name}", "", key.get("description") or table["description"], "")
        if table:
            yield from ("| key | type | default | |", "|---|---|---|---|")
            for inner, value in table["properties"].items():
                cells = (f"`{inner}`", _type(value, definitions), _default(value))
                yield f"| {' | '.join(map(cell, cells))} | {cell(value['description'])} |"
        else:
            yield f"Type: {_type(key, definitions)}. Default: {_default(key)}."
        yield from ("", "```toml", *CONFIGURATION[name].split("\n"), "```")


def _table_of(key: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The table that a key holds: one, several, or one for each name."""
    for each in (key, key.get("items", {}), key.get("additionalProperties", {})):
        if "$ref" in each:
            found: dict[str, Any] = definitions[each["$ref"].rpartition("/")[2]]
            return found
    return {}


def _type(value: dict[str, Any], definitions: dict[str, Any]) -> str:
    if "enum" in value:
        return ", ".join(f"`{each}`" for each in value["enum"])
    if "anyOf" in value:
        return ", or ".join(_type(each, definitions) for each in value["anyOf"])
    if value.get("type") == "array":
        return "list of texts"
    if value.get("type") == "object":
        inner = value.get("additionalProperties", {})
        table = _table_of(inner, definitions)
        names = ", ".join(f"`{each}`" for each in table.get("properties", ()))
        return f"table of {names}" if table else f"table of {_type(inner, definitions)}"
    return _TYPES[value["type"]]


def _default(value: dict[str, Any]) -> str:
    """The default as TOML; an empty one says so in words."""
    default = value.get("default")
    if default is None:
        return "required"
    if default in ("", [], {}):
        return "empty"
    if isinstance(default, float):
        return f"`{default:.2f}`"
    return f"`{json.dumps(default)}`"


def _corrections() -> Iterator[str]:
    for keys, kind in ((TEXT_KEYS, "text"), (LIST_KEYS, "list of titles"), (OTHER_KEYS, "mapping")):
        for name, about in keys.items():
            yield from ("", f"## {name}", "", about, "", f"Type: {kind}.")
            if name == "lifecycle":
                yield from ("", "| key | |", "|---|---|")
                yield from (f"| `{key}` | {text} |" for key, text in LIFECYCLE_KEYS.items())
            example = CORRECTIONS[name].split("\n")
            yield from ("", "```yaml", "spec-lsp:", *(f"  {line}" for line in example), "```")
