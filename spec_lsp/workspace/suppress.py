"""Comments that silence rules: `<!-- spec-lsp: ignore CODE[, CODE] -->` and `ignore-file`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.workspace.entry import Suppression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown import Document

_SUPPRESSION = re.compile(
    r"\s*spec-lsp:\s*(?P<what>ignore-file|ignore)\b[:\s]*(?P<codes>[\w\s,*-]*)"
)
EVERY = "*"


def suppressions(document: Document) -> Iterator[Suppression]:
    """The suppression comments of a document; one without codes silences every rule."""
    for section in document.sections:
        for comment in section.comments:
            match = _SUPPRESSION.match(comment.text)
            if not match:
                continue
            codes = (
                tuple(re.split(r"[\s,]+", match["codes"].strip()))
                if match["codes"].strip()
                else (EVERY,)
            )
            first = document.position(comment.span.start).line
            last = document.position(comment.span.end).line
            yield Suppression(
                codes, comment.span, (first, last + 1), match["what"] == "ignore-file"
            )


def suppression_comment(code: str, *, whole_file: bool = False) -> str:
    """The comment that silences a rule."""
    return f"<!-- spec-lsp: {'ignore-file' if whole_file else 'ignore'} {code} -->"
