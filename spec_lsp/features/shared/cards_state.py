"""The progress of a document in a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from spec_lsp.features.shared import cards
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.workspace import Workspace

DOT = " · "


def state(entry: Entry) -> str:
    """Return status and progress: `Draft · tasks 3/7 · 2 placeholders`."""
    return DOT.join(
        part for part in (cards.state(entry), progress(entry.tasks, entry.placeholders)) if part
    )


def progress(tasks: tuple[int, int], placeholders: int) -> str:
    """Return the progress: `tasks 3/7 · 2 placeholders`."""
    return DOT.join(_progress(tasks, placeholders))


def full_name(entry: Entry) -> str:
    """Return ID and title; the path if there is neither."""
    return " ".join(part for part in (entry.id, entry.title) if part) or entry.path


def kind_name(workspace: Workspace, kind: str) -> str:
    """Return the display name of a kind."""
    template = workspace.settings.template(kind) if kind else None
    return template.name if template else kind


def by_kind(workspace: Workspace, entries: Iterable[Entry]) -> str:
    """Count documents by kind: `2 tasks · 1 decision record`."""
    names = Counter(kind_name(workspace, entry.kind).lower() or "file" for entry in entries)
    return DOT.join(
        plural(names[name], name) for name in sorted(names, key=lambda n: (-names[n], n))
    )


def plural(count: int, noun: str) -> str:
    """Return a count with its noun, such as `2 tasks`."""
    return f"{count} {noun if count == 1 else _plural(noun)}"


def _plural(noun: str) -> str:
    if noun.endswith("sis"):
        return f"{noun[:-2]}es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def _progress(tasks: tuple[int, int], placeholders: int) -> Iterator[str]:
    done, wanted = tasks
    if wanted:
        yield f"tasks {done}/{wanted}"
    if placeholders:
        yield plural(placeholders, "placeholder")
