"""Faults of a template as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.report.formats import as_text
from spec_lsp.report.model import Issue, Source
from spec_lsp.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.template.schema import Fault


def render(path: str, text: str, faults: Iterable[Fault], *, colour: bool = False) -> str:
    """Render the faults of one file with their lines."""
    source = Source(path, LineIndex(text))
    issues = (
        Issue(source.place(fault.span), "invalid-template", "error", fault.message)
        for fault in faults
    )
    return as_text.blocks(issues, colour=colour)
