"""Checklists."""

from __future__ import annotations

from collections.abc import Iterator

from spec_lsp.compare import fold
from spec_lsp.markdown.chunk import Chunk
from spec_lsp.markdown.nodes import Item
from spec_lsp.rules.engine.model import Asked, DocumentContext, Finding, Related, Severity
from spec_lsp.rules.engine.registry import rule
from spec_lsp.rules.fixes.edits import title_place
from spec_lsp.workspace.entry import Stage

TASKS = "tasks"  # names the tasks of a document, as keys name its sections and fields
_DECIDED = ("accepted", "agreed", "approved", "decided", "ratified")
_MOST_RELATED = 10


@rule("open-tasks", Severity(*("warning",) * 4), reads="binding", needs_template=False)
def open_tasks(subject: DocumentContext) -> Iterator[Finding]:
    """A document is final, but some of its tasks are open.

    Either work is left, or the checklist is out of date.

    The problem is reported once, on the document's status.
    Documents that are drafts, in progress or dropped may have open tasks, and so may documents
    whose final status is a decision, such as Accepted or Approved: the work follows it.
    If most final documents of a kind have open tasks, `unmet-requirement` reports it instead.

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
    if not are_due(subject.stage, subject.binding.status):
        return
    checks = document.checks
    if all(checks):
        return
    still_open = [
        (section, item) for section, items in document.sections_with(_open_tasks) for item in items
    ]
    lifecycle = subject.template.lifecycle
    status = subject.binding.field(lifecycle.field) if lifecycle else None
    verb = "task is" if len(checks) == 1 else "tasks is" if len(still_open) == 1 else "tasks are"
    yield Finding(
        status.value_span if status else title_place(document),
        f"{len(still_open)} of {len(checks)} {verb} still open, but the document is final",
        related=tuple(
            Related(document.path, item.text_span.shift(section.start), item.text or "Open task")
            for section, item in still_open[:_MOST_RELATED]
        ),
        asked=Asked(TASKS),
    )


def are_due(stage: Stage, status: str) -> bool:
    """Whether the tasks of a document must be done: it is final, and not only decided."""
    return stage == "final" and not fold(status).startswith(_DECIDED)


def _open_tasks(chunk: Chunk) -> tuple[Item, ...]:
    return tuple(item for item in chunk.tasks if not item.checked)
