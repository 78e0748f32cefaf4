"""Text of documents in HTML."""

from __future__ import annotations

import html

from spec_lsp.printable import printable


def escape(text: str) -> str:
    """Escape markup and characters that hide or reorder text."""
    return html.escape(printable(text))
