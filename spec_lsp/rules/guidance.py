"""Guidance for writers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from spec_lsp.markdown.document import Document
from spec_lsp.rules.engine.model import DocumentContext, Finding, Fix, FixContext, replacement
from spec_lsp.rules.engine.registry import LADDER, rule
from spec_lsp.template.match.guidance import kept_guidance
from spec_lsp.template.notation.wording import removes_later
from spec_lsp.text import Span, line_ending


@rule("leftover-guidance", LADDER, reads="binding")
def leftover_guidance(subject: DocumentContext) -> Iterator[Finding]:
    """Guidance that the template asks to remove is still there.

    Readers of a finished document cannot use it, and tools may read it as content.

    Only comments and paragraphs that are unchanged and ask for their own removal are reported, such
    as `TODO: remove this comment before submitting`.
    If they say when to remove them (`when`, `once`, `after`, `before merging`), they are not
    reported while the status is one of an unfinished document.

    ```template
    # Note: [Title]

    <!-- Delete this comment when it is done. -->

    ## Reason

    Say why. Remove this paragraph before submitting.
    ```

    ```markdown
    # Note: Passkeys

    <!-- Delete this comment when it is done. -->
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The template asks to remove this guidance

    ## Reason

    Passwords are phished.
    ```
    """
    for section, span in kept_guidance(subject.binding):
        is_open = subject.stage in ("draft", "active")
        is_due = not is_open or not removes_later(span.of(subject.document.text))
        if is_due and section.index not in subject.unwritten:
            yield Finding(
                span,
                "The template asks to remove this guidance",
                fixer=partial(_removal, subject.document, span),
            )


def _removal(document: Document, span: Span, _: FixContext) -> Iterator[Fix]:
    """Remove the guidance and the blank lines around it, without joining what it divides."""
    text = document.text
    end = len(text) - len(text[span.end :].lstrip("\r\n"))
    is_last = end == len(text)
    start = len(text[: span.start].rstrip()) if is_last else span.start
    new = line_ending(text) if is_last else ""
    yield replacement(document, Span(start, end), new, "Remove this guidance")
