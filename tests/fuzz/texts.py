"""The documents that are edited, what is typed into them, and places as each encoding counts."""

from __future__ import annotations

import re
from random import Random
from typing import Literal

from tests.lsp.conftest import BUG, OTHER, SPEC
from tests.markdown.hostile import LINES, PIECES

Encoding = Literal["utf-8", "utf-16", "utf-32"]

TEMPLATE = """\
# Runbook: [Name]

**ID**: RUN-NNN
**Status**: Draft | Live | Gone
**Date**: YYYY-MM-DD

## Symptoms

[What someone sees]

## Steps

- [ ] [Step]
"""
RUNBOOK = """\
# Runbook: Search 😀 is é slow

**ID**: RUN-001
**Status**: Draft
**Date**: 2026-11-01

## Symptoms

See SPEC-001/FR-1, [out](../docs/SPEC-002-log-out.md#summary) and BUG-001.

## Steps

- [ ] Ask RUN-002
"""
NOTES = "---\nstatus: draft\n---\n# Notes\n\nSee SPEC-001 and [b](SPEC-002-log-out.md#summary).\n"
TEMPLATE_PATH = ".spec-lsp/templates/runbook.md"
FILES = {
    "spec-lsp.toml": '[rules]\nempty-section = "hint"\n',
    TEMPLATE_PATH: TEMPLATE,
    "docs/SPEC-001-log-in.md": SPEC,
    "docs/SPEC-002-log-out.md": OTHER,
    "docs/BUG-001-keys-are-lost.md": BUG,
    "docs/notes.md": NOTES,
    "runbooks/RUN-001-search.md": RUNBOOK,
    "runbooks/RUN-002-login.md": RUNBOOK.replace("RUN-001", "RUN-002"),
}
_OWN = (
    "SPEC-001",
    "SPEC-002",
    "SPEC-001/FR-1",
    "RUN-001",
    "BUG-001",
    "**Status**: Draft\n",
    "**ID**: SPEC-003\n",
    "## Summary\n",
    "\n## Steps\n\n",
    "# ",
    "[x](SPEC-001-log-in.md#summary)",
    "\n- **FR-1**: It works\n",
    "<!-- spec-lsp: ignore unresolved-id -->",
    "e\u0301",
    "\U0001f468\u200d\U0001f469",
)
_LONGEST = 6_000
_LINE_END = re.compile("\r\n|\n|\r")


def piece(chance: Random) -> str:
    """Something to type."""
    sort = chance.random()
    if sort < 0.3:
        return chance.choice("abc #-*`|[]()<>:\n\n\t")
    if sort < 0.5:
        return chance.choice(_OWN)
    if sort < 0.55:
        return ""
    return chance.choice(chance.choice((PIECES, LINES))) + chance.choice(("", "\n", "\r\n"))


def stretch(text: str, chance: Random) -> tuple[int, int]:
    """What an edit replaces: mostly nothing or little, now and then a lot of a long text."""
    start = chance.randint(0, len(text))
    longest = 1_500 if len(text) > _LONGEST else chance.choice((0, 0, 0, 1, 3, 20, 200))
    end = min(len(text), start + chance.randint(0, longest))
    return _outside_of_line_end(text, start), _outside_of_line_end(text, end)


def position(text: str, offset: int, encoding: Encoding) -> dict[str, int]:
    """A place as the protocol says it, told from the text alone."""
    ends = list(_LINE_END.finditer(text, 0, offset))
    start = ends[-1].end() if ends else 0
    return {"line": len(ends), "character": _units(text[start:offset], encoding)}


def _units(text: str, encoding: Encoding) -> int:
    if encoding == "utf-32":
        return len(text)
    if encoding == "utf-16":
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    return len(text.encode("utf-8", "surrogatepass"))


def _outside_of_line_end(text: str, offset: int) -> int:
    return offset + 1 if text[max(offset - 1, 0) : offset + 1] == "\r\n" else offset
