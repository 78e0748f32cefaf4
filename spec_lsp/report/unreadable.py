"""Faults of a template, and warnings about it, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.report.formats import as_text
from spec_lsp.report.model import Issue, Source
from spec_lsp.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.rules.engine.model import Level
    from spec_lsp.template.schema import Fault


def render(
    path: str, text: str, faults: Iterable[Fault], level: Level = "error", *, colour: bool = False
) -> str:
    """Render the faults of one file with their lines."""
    source = Source(path, LineIndex(text))
    code = "invalid-template" if level == "error" else "template"
    issues = (Issue(source.place(fault.span), code, level, fault.message) for fault in faults)
    return as_text.blocks(issues, colour=colour)
