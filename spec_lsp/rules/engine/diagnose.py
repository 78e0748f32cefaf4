"""Judging one file: the command line and the server ask here, and so find the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.rules.engine.model import Diagnostic, Subject, View
from spec_lsp.rules.engine.run import Failure, Found, find_across, find_inside, find_today, judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spec_lsp.markdown.document import Document
    from spec_lsp.template.match.binding import Binding
    from spec_lsp.template.schema import Template
    from spec_lsp.workspace.config.status_words import LifeWords


def look_inside(
    document: Document,
    binding: Binding | None,
    words: LifeWords,
    born: Template | None = None,
    on_failure: Failure | None = None,
) -> tuple[Found, ...]:
    """What is wrong with a document by itself.

    This depends on nothing but the document, its template, the template it was `born` with, and the
    `words` for states, so it can be kept until one of them changes.
    """
    return find_inside(document, Subject(binding, born, words) if binding else None, on_failure)


def check(
    view: View,
    inside: Iterable[Found],
    line_of: Callable[[int], int],
    on_failure: Failure | None = None,
) -> list[Diagnostic]:
    """The diagnostics of a file: what was found inside, and what its place among others shows."""
    across = find_across(view, line_of, on_failure)
    return conclude(view, (*inside, *across), line_of, on_failure)


def conclude(
    view: View,
    found: Iterable[Found],
    line_of: Callable[[int], int],
    on_failure: Failure | None = None,
) -> list[Diagnostic]:
    """The diagnostics of a file of which everything has been found but what depends on the day."""
    today = find_today(view, line_of, on_failure)
    return judge(view.entry, (*found, *today), view.workspace.settings.config)
