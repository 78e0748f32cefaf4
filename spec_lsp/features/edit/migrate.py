"""Bring a document to the newest version of its template, one step at a time.

No step loses text: a section or a field is inserted, a heading or a label that the template has
renamed is renamed, and a section is moved to its place. `then` is the version of the template that
the document was made from, the template itself if it has not changed, and None if it is unknown:
then all that is missing counts as gained. Unsafe steps are those that the author may not want.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise
from spec_lsp.memo import once
from spec_lsp.rules.engine.model import DocumentContext, FixContext
from spec_lsp.rules.fields import field_insertion
from spec_lsp.rules.fixes.edits import (
    heading_place,
    insert_sections,
    known_text,
    shown_title,
)
from spec_lsp.rules.missing_sections import misnamed_section
from spec_lsp.rules.section_order import misplaced_section
from spec_lsp.template.match.binding import bind
from spec_lsp.template.match.changes import changes
from spec_lsp.template.match.content import explains
from spec_lsp.template.match.missing import missing_sections
from spec_lsp.text import Edit, Span

if TYPE_CHECKING:
    from spec_lsp.rules.engine.model import Finding
    from spec_lsp.template.match.binding import Binding
    from spec_lsp.template.match.changes import TemplateChanges
    from spec_lsp.template.schema import FieldSlot, SectionSlot, Template

IsWanted = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class MigrationStep:
    """Edits of one document, and what they do; those of a heading break links to it."""

    edits: tuple[Edit, ...]
    what: str
    is_heading: bool = False


def next_step(
    binding: Binding, then: Template | None, wanted: IsWanted, desk: FixContext, *, unsafe: bool
) -> MigrationStep | None:
    """The next step of a document, None if there is none left.

    `wanted` tells whether the problems of a rule are to be repaired.
    """
    return next(_steps(binding, then, wanted, desk, unsafe=unsafe), None)


def _steps(
    binding: Binding, then: Template | None, wanted: IsWanted, desk: FixContext, *, unsafe: bool
) -> Iterator[MigrationStep]:
    since = once(binding.template, changes_since, then) if then else None
    if since and wanted("missing-section"):
        yield from _renamed_sections(binding, since)
    if since and wanted("missing-field"):
        yield from _renamed_fields(binding, since)
    if unsafe and wanted("misnamed-section"):
        misnamed = misnamed_section(DocumentContext(binding))
        yield from _of(binding, misnamed, desk, is_heading=True)
    if wanted("missing-section"):
        yield from _gained_sections(binding, None if unsafe else since)
    if wanted("missing-field"):
        yield from _gained_fields(binding, None if unsafe else since, desk)
    if wanted("misplaced-section") and (unsafe or since):
        yield from _of(binding, _misplaced(binding, None if unsafe else since), desk)


def changes_since(template: Template, then: Template) -> TemplateChanges:
    """What a template has gained and lost since an earlier version."""
    return changes(then, template)


def _renamed_sections(binding: Binding, since: TemplateChanges) -> Iterator[MigrationStep]:
    """Headings that the template has renamed, as far as the new one is not there yet."""
    renamed = [each for each in since.sections if each.what == "renamed"]
    before = bind(binding.document, since.old) if renamed else binding
    titles = {normalise(section.title) for section in binding.document.sections}
    for each in renamed:
        if not each.old or not each.new or each.new.pattern.key in titles:
            continue
        for section in before.sections_of(each.old):
            place = heading_place(binding.document, section)
            edit = _replaced(place, binding.document.text, each.old, each.new)
            if section.title and edit:
                new, old = shown_title(each.new), shown_title(each.old)
                yield MigrationStep((edit,), f"rename “{old}” to “{new}”", is_heading=True)


def _replaced(place: Span, text: str, old: SectionSlot, new: SectionSlot) -> Edit | None:
    """The new title in place of the old one; numbers, signs and remarks around it stay."""
    if not old.pattern.is_literal or not new.pattern.is_literal:
        return None
    found = re.search(re.escape(shown_title(old)), place.of(text), re.IGNORECASE)
    if not found:
        return None
    span = Span(place.start + found.start(), place.start + found.end())
    return Edit(span, shown_title(new))


def _renamed_fields(binding: Binding, since: TemplateChanges) -> Iterator[MigrationStep]:
    renamed = [each for each in since.fields if each.what == "renamed" and not each.section]
    before = bind(binding.document, since.old) if renamed else binding
    for each in renamed:
        if not each.old or not each.new or binding.field(each.new.key):
            continue
        if field := before.field(each.old.key):
            edit = Edit(field.name_span, each.new.name)
            yield MigrationStep((edit,), f"rename “{field.name}” to “{each.new.name}”")


def _gained_sections(binding: Binding, since: TemplateChanges | None) -> Iterator[MigrationStep]:
    missing = [
        each
        for each in missing_sections(binding)
        if not explains(each.slot) and (not since or _is_gained(each.slot, since))
    ]
    if missing:
        edits = (change.edit for change in insert_sections(binding, missing).changes)
        yield MigrationStep(tuple(edits), f"insert {_quoted(each.slot for each in missing)}")


def _gained_fields(
    binding: Binding, since: TemplateChanges | None, desk: FixContext
) -> Iterator[MigrationStep]:
    for slot in binding.missing_fields:
        if since and not _is_new_field(slot, since):
            continue
        # Today's date and the user's name are not those of an old document.
        for fix in field_insertion(binding, slot, _value)(FixContext(desk.workspace)):
            edits = tuple(change.edit for change in fix.changes)
            yield MigrationStep(edits, f"insert “{slot.name}”")


def _value(slot: FieldSlot, binding: Binding, desk: FixContext) -> str:
    """The choices of a field as the template has them, for the author to choose; else its value."""
    node, text = slot.node, binding.template.document.text
    if not slot.choices:
        return known_text(slot, binding, desk)
    if node.style != "yaml":
        return node.value
    return text[node.name_span.end : node.span.end].lstrip(" \t:").rstrip()


def _is_gained(slot: SectionSlot, since: TemplateChanges) -> bool:
    old = since.before.get(slot.path)
    return old is None or not old.is_required


def _is_new_field(slot: FieldSlot, since: TemplateChanges) -> bool:
    old = since.old.field(slot.key)
    return old is None or not old.is_required


def _misplaced(binding: Binding, since: TemplateChanges | None) -> Iterator[Finding]:
    """The sections that are misplaced now, and were not in the version of then."""
    known: set[Span] = set()
    if since:
        before = DocumentContext(bind(binding.document, since.old))
        known = {each.span for each in misplaced_section(before)}
    found = misplaced_section(DocumentContext(binding))
    return (each for each in found if each.span not in known)


def _of(
    binding: Binding, found: Iterable[Finding], desk: FixContext, *, is_heading: bool = False
) -> Iterator[MigrationStep]:
    """The steps of the fixes of some findings."""
    for finding in found:
        for fix in finding.fixer(desk) if finding.fixer else ():
            edits = tuple(change.edit for change in fix.changes)
            what = fix.title[:1].lower() + fix.title[1:]
            title = finding.span.of(binding.document.text)
            yield MigrationStep(edits, f"“{title}”: {what}", is_heading=is_heading)


def _quoted(slots: Iterable[SectionSlot]) -> str:
    return ", ".join(f"“{shown_title(slot)}”" for slot in slots)
