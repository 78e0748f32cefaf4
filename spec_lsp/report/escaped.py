"""Texts of a workspace in HTML."""

from __future__ import annotations

import html

from spec_lsp.printable import printable


def escape(text: str) -> str:
    """A text as it is shown: no markup, and nothing that hides or reorders it."""
    return html.escape(printable(text))
