"""Checklists."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from spec_lsp.compare import OPTIONAL, fold
from spec_lsp.markdown.chunk import Chunk
from spec_lsp.markdown.nodes import Item
from spec_lsp.markdown.section import Section
from spec_lsp.rules.engine.model import (
    Asked,
    DocumentContext,
    Finding,
    Listed,
    Related,
    Severity,
)
from spec_lsp.rules.engine.registry import rule
from spec_lsp.rules.fixes.edits import title_place
from spec_lsp.template.match.slot_keys import TASKS, section_key

_DECIDED = ("accepted", "agreed", "approved", "decided", "ratified")
_MOST_RELATED = 10
_OPTIONAL = re.compile(rf"(?:^\W*|[(\[（]){OPTIONAL}\b", re.IGNORECASE)


@rule("open-tasks", Severity(*("warning",) * 4), reads="binding", needs_template=False)
def open_tasks(subject: DocumentContext) -> Iterator[Finding]:
    """A document is final, but some of its tasks are open.

    Either work is left, or the checklist is out of date.

    The problem is reported once, on the document's status.
    Documents that are drafts, in progress or dropped may have open tasks, and so may documents
    whose final status is a decision, such as Accepted or Approved: the work follows it.
    Tasks marked as optional may stay open, and so may those marked `[-]`, which many teams drop
    that way.
    If most final documents leave a check list of the template open, `unmet-requirement` reports it.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Implemented
                ^^^^^^^^^^^ 1 of 2 tasks is still open, but the document is final
    **Created**: 2026-03-14

    ## Acceptance

    - [x] Reviewed
    - [ ] Tested
    ```
    """
    document = subject.document
    checks = document.checks
    if all(checks) or not _are_due(subject):
        return
    still_open: dict[str, list[tuple[Section, Item]]] = defaultdict(list)
    for section, items in document.sections_with(_open_tasks):
        still_open[_list_key(subject, section)] += [(section, item) for item in items]
    lifecycle = subject.template.lifecycle
    status = subject.binding.field(lifecycle.field) if lifecycle else None
    for key, tasks in still_open.items():
        total = len(checks) if len(still_open) == 1 else _total(subject, key)
        verb = "task is" if total == 1 else "tasks is" if len(tasks) == 1 else "tasks are"
        titles = dict.fromkeys(f"“{section.title}”" for section, _ in tasks)
        yield Finding(
            status.value_span if status else title_place(document),
            f"{len(tasks)} of {total} {verb} still open, but the document is final",
            related=tuple(
                Related(
                    document.path, item.text_span.shift(section.start), item.text or "Open task"
                )
                for section, item in tasks[:_MOST_RELATED]
            ),
            asked=Asked(key) if key else None,
            listed=Listed(
                ", ".join(titles), "Tasks of {} are still open, but the document is final", 1
            ),
        )


def due_lists(subject: DocumentContext) -> tuple[str, ...]:
    """The keys of the check lists that the template asks for, in a document whose tasks are due."""
    sections = subject.document.sections_with(_checks) if subject.document.checks else ()
    lists = {_list_key(subject, section) for section, _ in sections}
    return tuple(sorted(lists - {""})) if lists and _are_due(subject) else ()


def _are_due(subject: DocumentContext) -> bool:
    is_decision = fold(subject.binding.status).startswith(_DECIDED)
    return subject.stage == "final" and not is_decision


def _total(subject: DocumentContext, key: str) -> int:
    """The number of tasks in a check list of the template, or in all others."""
    sections = subject.document.sections_with(_checks)
    return sum(len(found) for section, found in sections if _list_key(subject, section) == key)


def _list_key(subject: DocumentContext, section: Section) -> str:
    slot = subject.binding.slot_of(section)
    return f"{TASKS}{section_key(slot)}" if slot and slot.section.chunk.tasks else ""


def _checks(chunk: Chunk) -> tuple[bool, ...]:
    return chunk.checks


def _open_tasks(chunk: Chunk) -> tuple[Item, ...]:
    return tuple(
        item
        for item in chunk.tasks
        if not (item.checked or _OPTIONAL.search(item.text) or _is_dropped(chunk, item))
    )


def _is_dropped(chunk: Chunk, item: Item) -> bool:
    return item.box_span is not None and item.box_span.of(chunk.text) == "-"
