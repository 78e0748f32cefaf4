"""Reference links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spec_lsp.compare import same_text
from spec_lsp.markdown.chunk import Chunk
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.nodes import Link
from spec_lsp.rules.engine.model import DocumentContext, Finding, Fix, Fixer, replacement
from spec_lsp.rules.engine.registry import rule
from spec_lsp.text import Span
from spec_lsp.workspace.collect.links import own_texts

_ADDRESS = re.compile(r"#(?!\d+$)[^\s#]+|https?://\S+")
# Also in a list or a quote, and with a target that is none.
_DEFINED = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?\[([^\]\n]+)\]:", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]{2}|#\d")
# Before brackets that are an index, as in `rows[first][name]`.
_INDEXED = re.compile(r"[\w)\]]")


@rule("undefined-label", "warning", reads="binding")
def undefined_label(subject: DocumentContext) -> Iterator[Finding]:
    """The label of a reference link is not defined, so readers see its brackets.

    Brackets may mean other things: labels are checked in documents that also have a reference link
    with a definition.
    An address in the place of the label is always reported: it belongs in parentheses.
    Links copied from the template are not checked.

    ```markdown
    # Specification: Login

    See [the plan][plan] and [the passkeys][passkey].
                                            ^^^^^^^ “passkey” has no link definition

    The rest is [below][#requirements].
                        ^^^^^^^^^^^^^ Not a link: write (#requirements)

    [plan]: https://example.org/plan
    ```
    """
    document = subject.document
    references = [
        link.shift(section.start)
        for section, found in document.sections_with(_references)
        for link in found
    ]
    if not references:
        return
    defined = {_label(match[1]) for match in _DEFINED.finditer(document.text)}
    # The target itself is without code: `[the type `A`][]`.
    labels = [link.target_span.of(document.text) for link in references]
    lost = [
        (link, label)
        for link, label in zip(references, labels, strict=True)
        if _label(label) not in defined
    ]
    is_style = len(lost) < len(references)
    for link, label in lost:
        is_address = bool(_ADDRESS.fullmatch(label))
        if (is_address or (is_style and _WORD.search(label))) and _is_own(subject, link):
            yield Finding(
                link.target_span,
                f"Not a link: write ({label})"
                if is_address
                else f"“{label}” has no link definition",
                fixer=_in_parentheses(document, link) if is_address else None,
            )


def _references(chunk: Chunk) -> tuple[Link, ...]:
    return tuple(link for link in chunk.links if link.kind == "reference")


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_own(subject: DocumentContext, link: Link) -> bool:
    """Whether the author wrote a link, neither the template nor a program that has an index."""
    text = subject.document.text
    if _INDEXED.match(text[max(link.span.start - 1, 0) : link.span.start]):
        return False
    versions = filter(None, (subject.template, subject.template.today))
    written = same_text(link.span.of(text))
    return not any(written in own_texts(each.document) for each in versions)


def _in_parentheses(document: Document, link: Link) -> Fixer:
    def fixes(_: object) -> Iterator[Fix]:
        span = Span(link.target_span.start - 1, link.target_span.end + 1)
        yield replacement(document, span, f"({link.target})", f"Change to ({link.target})")

    return fixes
