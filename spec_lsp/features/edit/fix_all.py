"""Applying every safe fix of a document until none is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from spec_lsp.features.shared.place import Page
from spec_lsp.markdown.parse import parse
from spec_lsp.rules.engine.diagnose import check, look_inside
from spec_lsp.rules.engine.model import Desk, Diagnostic, Fix, View
from spec_lsp.text import Edit, LineIndex, Span, apply

_MOST_ROUNDS = 10


def fix_all(page: Page, diagnostics: Iterable[Diagnostic]) -> tuple[Edit, ...]:
    """The edits that safe fixes make of a page; made again, they find nothing to do."""
    text = page.document.text
    for _ in range(_MOST_ROUNDS):
        edits = safe_edits(page.path, diagnostics, page.desk)
        changed = apply(text, edits)
        if changed == text:
            break
        text = changed
        diagnostics = _judged(page, text)
    return tuple(_difference(page.document.text, text))


def safe_edits(path: str, diagnostics: Iterable[Diagnostic], desk: Desk) -> list[Edit]:
    """The edits of one safe fix for each diagnostic, as far as they do not touch each other."""
    taken: list[Edit] = []
    for each in diagnostics:
        safe = [fix for fix in each.fixes(desk) if _is_safe_here(path, fix)]
        fix = next((fix for fix in safe if fix.is_preferred), safe[0] if safe else None)
        edits = [change.edit for change in fix.changes] if fix else []
        if not any(_collide(edit, other) for edit in edits for other in taken):
            taken += edits
    return taken


def _judged(page: Page, text: str) -> list[Diagnostic]:
    """What the rules say of the text that the page would have."""
    workspace = page.workspace
    document = parse(page.path, text)
    binding = workspace.bind(document)
    view = View(workspace, workspace.summarise(document, binding), page.today)
    line_of = LineIndex(text).line_of
    return check(view, look_inside(document, binding, workspace.settings.words), line_of)


def _is_safe_here(path: str, fix: Fix) -> bool:
    is_edit = bool(fix.changes) and not fix.new_file and not fix.rename
    return fix.is_safe and is_edit and all(change.path == path for change in fix.changes)


def _collide(one: Edit, other: Edit) -> bool:
    """Whether two edits touch the same text; two insertions at one place do as well."""
    return one.span.overlaps(other.span) or one.span.start == other.span.start


def _difference(old: str, new: str) -> Iterable[Edit]:
    """The edits between two texts, line by line, so that nothing else is touched."""
    before, after = list(LineIndex(old).lines()), list(LineIndex(new).lines())
    starts = LineIndex(old).starts
    for what, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            start, end = _offset(starts, i, old), _offset(starts, j, old)
            yield Edit(Span(start, end), "".join(after[k:m]))


def _offset(starts: Sequence[int], line: int, text: str) -> int:
    return starts[line] if line < len(starts) else len(text)
