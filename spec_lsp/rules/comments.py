"""Comments that suppress rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import partial

from spec_lsp.markdown.document import Document
from spec_lsp.markdown.section import Section
from spec_lsp.rules.engine.model import Change, Diagnostic, Finding, Fix, FixContext
from spec_lsp.rules.engine.registry import rule, rules
from spec_lsp.text import Edit, Span, line_ending
from spec_lsp.workspace.collect.suppressions import EVERY, suppression_comment, suppressions
from spec_lsp.workspace.facts import Suppression

_MARGIN = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")
_BREAK = re.compile(r"[ \t]*\\?$")


@rule("unused-suppression", "warning", reads="comment")
def unused_suppression(suppression: Suppression) -> Iterator[Finding]:
    """A comment ignores a rule that reports nothing there.

    `<!-- spec-lsp: ignore CODE -->` ignores a rule on its own line and the next, `ignore-file` in
    the whole file.
    Separate several codes with commas; add a reason after two hyphens.

    ```markdown
    # Specification: Login

    <!-- spec-lsp: ignore invalid-value -- a state of our own -->
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Unused suppression
    **Status**: Draft
    ```
    """
    unknown = [code for code in suppression.codes if code != EVERY and code not in rules()]
    message = "Unused suppression"
    if unknown:
        near = get_close_matches(unknown[0], rules(), 1)
        message = f"Unknown rule {unknown[0]}" + (f"; did you mean {near[0]}?" if near else "")
    yield Finding(suppression.span, message, partial(_remove, suppression))


def suppressing(document: Document, diagnostic: Diagnostic) -> list[Fix]:
    """The fixes that silence a diagnostic where it stands, and in its whole file."""
    here = _here(document, diagnostic)
    code = diagnostic.code
    fixes = [Fix(f"Ignore {code} here", (here,))] if here else []
    return [*fixes, Fix(f"Ignore {code} in this file", (_in_file(document, code),))]


def _remove(suppression: Suppression, _desk: FixContext) -> Iterator[Fix]:
    edit = Edit(suppression.whole, "")
    yield Fix("Remove this comment", (Change(suppression.path, edit),), is_safe=True)


def _here(document: Document, diagnostic: Diagnostic) -> Change | None:
    """A comment behind the line or on the one before it, whichever the text can bear."""
    line = document.position(diagnostic.span.start).line
    for each in suppressions(document):
        if not each.is_whole_file and each.lines[0] <= line <= each.lines[1]:
            return _extended(document, each, diagnostic.code)
    at = document.line_span(line)
    section = document.section_at(at.start)
    comment = suppression_comment(diagnostic.code)
    if _is_dead(section, at):
        return None
    if _needs_own_line(section, at):
        return _before(document, at, comment)
    if _is_row(section, at) and not at.of(document.text).rstrip().endswith("|"):
        comment = f"| {comment}"
    return _behind(document, at, comment)


def _in_file(document: Document, code: str) -> Change:
    for each in suppressions(document):
        if each.is_whole_file:
            return _extended(document, each, code)
    matter = document.chunks[0].matter
    start = matter.end if matter else int(document.text.startswith("\ufeff"))
    end = line_ending(document.text)
    lead = end if matter and not document.text[:start].endswith(("\n", "\r")) else ""
    text = f"{lead}{suppression_comment(code, whole_file=True)}{end}"
    return Change(document.path, Edit(Span(start, start), text))


def _extended(document: Document, suppression: Suppression, code: str) -> Change:
    """A comment that silences one rule more; its reason stays."""
    codes = [each for each in suppression.codes if each not in (EVERY, code)]
    text = suppression.span.of(document.text)
    if not codes:
        new = suppression_comment(code, whole_file=suppression.is_whole_file)
        return Change(document.path, Edit(suppression.span, new))
    at = suppression.span.start + text.index(codes[-1]) + len(codes[-1])
    return Change(document.path, Edit(Span(at, at), f", {code}"))


def _is_dead(section: Section, line: Span) -> bool:
    """Whether nothing on a line is read as a comment: front matter, code, a longer comment."""
    dead = [fence.span for fence in section.fences]
    dead += (each.span for each in section.comments if each.span.start < line.start)
    if section.chunk.matter:
        dead.append(section.chunk.matter)
    return any(span.start <= line.start < max(span.end, span.start + 1) for span in dead)


def _is_row(section: Section, line: Span) -> bool:
    """Whether a line is a table's row; a further cell behind it is not shown."""
    return any(span.overlaps(line) for table in section.tables for span in table.row_spans)


def _needs_own_line(section: Section, line: Span) -> bool:
    """Whether a comment behind a line would become part of what stands in it."""
    taken = [field.span for field in section.fields if field.style != "row"]
    taken += (link.span for link in section.links if link.kind == "definition")
    taken += (table.header[0].span for table in section.tables if table.header)
    if section.heading:
        taken.append(section.heading.span)
    return any(span.overlaps(line) for span in taken)


def _before(document: Document, line: Span, comment: str) -> Change:
    margin = _MARGIN.match(document.text, line.start, line.end)
    text = f"{margin[0] if margin else ''}{comment}{line_ending(document.text)}"
    return Change(document.path, Edit(Span(line.start, line.start), text))


def _behind(document: Document, line: Span, comment: str) -> Change:
    """Before what breaks the line: blanks or a backslash at its end."""
    at = line.start + len(_BREAK.sub("", line.of(document.text)))
    return Change(document.path, Edit(Span(at, at), f" {comment}"))
