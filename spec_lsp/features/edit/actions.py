"""Code actions: fixes, and refactorings without a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial

from spec_lsp.features.edit import advance_status, create_document
from spec_lsp.features.edit.name_file import name_file
from spec_lsp.features.edit.team_actions import team_actions
from spec_lsp.features.shared.id_fields import takers
from spec_lsp.features.shared.new_document import phrase
from spec_lsp.features.shared.place import Page
from spec_lsp.features.shared.results import QUICK_FIX, Action
from spec_lsp.markdown.nodes import Item
from spec_lsp.markdown.section import Section
from spec_lsp.rules.comments import suppressing
from spec_lsp.rules.engine.model import Change, Diagnostic, Fix
from spec_lsp.rules.fixes.edits import insert_sections
from spec_lsp.template.match.missing import missing_sections
from spec_lsp.text import Edit, Span, edits_between

REWRITE = "refactor.rewrite"
CREATE = "refactor.create"
INSERT_MISSING = "source.insertMissing.spec-lsp"
FIX_ALL = "source.fixAll.spec-lsp"

_EVERYTHING = "Apply all safe fixes"
_Fixes = Callable[[Diagnostic], tuple[Fix, ...]]


def actions(
    page: Page, span: Span, diagnostics: Sequence[Diagnostic], only: Sequence[str] = ()
) -> list[Action]:
    """Return the actions in a span; `diagnostics` are those of the whole page."""
    here = [each for each in diagnostics if _touches(each.span, span)]
    fixes = cache(lambda each: each.fixes(page.desk))
    sources: tuple[tuple[str, Callable[[], Iterable[Action]]], ...] = (
        (QUICK_FIX, lambda: _fixes(page, here, fixes)),
        (REWRITE, lambda: _rewrites(page, span)),
        (CREATE, lambda: _creations(page, span)),
        (INSERT_MISSING, lambda: _missing(page)),
        (FIX_ALL, lambda: _fix_all(page, diagnostics, fixes)),
    )
    found = [each for kind, source in sources if _is_wanted(kind, only) for each in source()]
    return list({each.title: each for each in reversed(found)}.values())[::-1]


def insert_missing(page: Page) -> Fix | None:
    """Insert all missing required sections, each in its position."""
    binding = page.binding
    missing = missing_sections(binding) if binding else ()
    return insert_sections(binding, missing) if binding and missing else None


def _fixes(page: Page, diagnostics: Sequence[Diagnostic], fixes: _Fixes) -> Iterator[Action]:
    """Quick fixes, then “ignore” actions, then what concerns the whole team."""
    for each in diagnostics:
        yield from (_fix(each, fix) for fix in fixes(each))
    for each in diagnostics:
        yield from (_fix(each, fix) for fix in suppressing(page.document, each))
    yield from team_actions(page, diagnostics)


def _fix(diagnostic: Diagnostic, fix: Fix) -> Action:
    return Action(
        fix.title,
        QUICK_FIX,
        partial(_same, fix),
        (diagnostic.code,),
        (diagnostic.span,),
        is_preferred=fix.is_preferred or fix.is_safe,
    )


def _rewrites(page: Page, span: Span) -> Iterator[Action]:
    if page.binding and _is_about_state(page, span):
        state = advance_status.next_state(page.binding)
        if state:
            title = f"Advance status to “{state}”"
            yield Action(title, REWRITE, partial(advance_status.set_status, page, state, title))
    boxes = _boxes(page, span)
    left = [item for item in boxes if not item.checked]
    if left:
        title = f"Tick all {len(left)} open items of this list"
        yield Action(title, REWRITE, partial(_ticked, page, left, title))
    if _is_in_header(page, span):
        yield from name_file(page, REWRITE)


def _creations(page: Page, span: Span) -> Iterator[Action]:
    """Offer, in the header, to create documents that implement this one."""
    source = page.binding.template if page.binding else None
    if source and page.entry.id and _is_in_header(page, span):
        for template, _ in takers(source, page.workspace.settings):
            title = f"Create {phrase(template)} for {page.entry.id}"
            yield Action(title, CREATE, partial(create_document.derived, page, template))


def _missing(page: Page) -> Iterator[Action]:
    """Offer to insert missing sections, anywhere in the document."""
    fix = insert_missing(page)
    if fix:
        yield Action(fix.title, INSERT_MISSING, partial(_same, fix))


def _fix_all(page: Page, diagnostics: Sequence[Diagnostic], fixes: _Fixes) -> Iterator[Action]:
    """Offer all safe fixes if there is one; computed when the action is chosen."""
    found = (fix for each in diagnostics for fix in fixes(each))
    if page.fix_all and any(fix.is_safe_in(page.path) for fix in found):
        yield Action(_EVERYTHING, FIX_ALL, partial(_all_fixed, page, page.fix_all))


def _same(fix: Fix) -> Fix:
    return fix


def _all_fixed(page: Page, fix_all: Callable[[], str]) -> Fix:
    edits = edits_between(page.document.text, fix_all())
    changes = (Change(page.path, edit) for edit in edits)
    return Fix(_EVERYTHING, tuple(changes), is_safe=True)


def _ticked(page: Page, items: Iterable[Item], title: str) -> Fix:
    edits = [Edit(item.box_span, "x") for item in items if item.box_span]
    return Fix(title, tuple(Change(page.path, edit) for edit in edits))


def _boxes(page: Page, span: Span) -> list[Item]:
    """Return the check boxes of the list at a place."""
    section = page.document.section_at(span.start)
    line = page.document.line_at(span.start)
    at = next((i for i, item in enumerate(section.items) if line.holds(item.span.start)), None)
    if at is None:
        return []
    first, last = at, at
    while first and _is_joined(page, section, first - 1):
        first -= 1
    while last + 1 < len(section.items) and _is_joined(page, section, last):
        last += 1
    return [item for item in section.items[first : last + 1] if item.checked is not None]


def _is_joined(page: Page, section: Section, index: int) -> bool:
    """Whether an item and the next are in one list: only indented text is between them."""
    item, after = section.items[index], section.items[index + 1]
    start = page.document.line_at(item.span.start).end
    between = page.document.text[start : page.document.line_at(after.span.start).start]
    return all(not line.strip() or line[0].isspace() for line in between.splitlines())


def _is_about_state(page: Page, span: Span) -> bool:
    """Whether a span touches the title or the status."""
    binding = page.binding
    lifecycle = binding.template.lifecycle if binding else None
    field = binding.field(lifecycle.field) if binding and lifecycle else None
    if not field:
        return False
    line = page.document.line_at(field.span.start)
    line = Span(line.start, max(line.end, field.value_span.end))
    title = page.entry.title_span
    return _touches(line, span) or bool(title and _touches(title, span))


def _is_in_header(page: Page, span: Span) -> bool:
    return page.document.section_at(span.start) in page.document.header_sections


def _touches(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _is_wanted(kind: str, only: Sequence[str]) -> bool:
    """Whether a kind is among the requested ones."""
    return not only or any(kind == each or kind.startswith(f"{each}.") for each in only)
