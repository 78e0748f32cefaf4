"""Documents with carets under what is found in them.

    **Status**: Aproved
                ^^^^^^^ error[invalid-value]: Expected one of Draft, Approved
                = templates/spec.md:3: Listed in the template

The line with `=` is a related place; where a text shows none, none are compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from spec_lsp.rules.engine.model import Diagnostic, Related
from spec_lsp.text import LineIndex

_CARETS = re.compile(r"[ \t]*\^+ (?:\S.*)?\n", re.MULTILINE)
_RELATED = re.compile(r"[ \t]*= \S+:\d+: .*\n")

Label = Callable[[Diagnostic], str]
Line = Callable[[Related], int]


def without_carets(text: str) -> str:
    """The document itself."""
    kept: list[str] = []
    was_caret = False
    for line in text.splitlines(keepends=True):
        was_caret = bool(_CARETS.fullmatch(line)) or (was_caret and bool(_RELATED.fullmatch(line)))
        if not was_caret:
            kept.append(line)
    return "".join(kept)


def shows_findings(text: str) -> bool:
    """Whether a text shows findings."""
    return without_carets(text) != text


def shows_related(text: str) -> bool:
    """Whether a text with carets shows related places."""
    return any(_RELATED.fullmatch(line) for line in text.splitlines(keepends=True))


def full_label(diagnostic: Diagnostic) -> str:
    """What stands behind the carets in a test."""
    return f"{diagnostic.level}[{diagnostic.code}]: {diagnostic.message}"


def short_label(diagnostic: Diagnostic) -> str:
    """What stands behind the carets in a rule's page."""
    return diagnostic.message


def with_carets(
    text: str, diagnostics: Iterable[Diagnostic], label: Label, line_of: Line | None = None
) -> str:
    """A document with its diagnostics below the lines on which they begin."""
    index = LineIndex(text)
    below: dict[int, list[str]] = defaultdict(list)
    for each in diagnostics:
        line = index.line_of(each.span.start)
        end = min(each.span.end, index.line_span(line).end)
        column = each.span.start - index.starts[line]
        carets = "^" * max(end - each.span.start, 1)
        below[line].append(f"{' ' * column}{carets} {label(each)}\n")
        for related in each.related if line_of else ():
            place = f"{related.path}:{line_of(related) if line_of else 0}"
            below[line].append(f"{' ' * column}= {place}: {related.message}\n")
    lines: list[str] = []
    for number, line_text in enumerate(index.lines()):
        closed = line_text if line_text.endswith(("\n", "\r")) or not below[number] else "\n"
        lines += (closed if line_text else "", *below[number])
    return "".join(lines)
