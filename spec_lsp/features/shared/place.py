"""A document and an offset: what every feature begins with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from spec_lsp.markdown.document import Document
from spec_lsp.rules.engine.model import FixContext
from spec_lsp.template.match.binding import Binding
from spec_lsp.template.match.position import SlotPosition, slot_at
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import Defined, Mention, Reference
from spec_lsp.workspace.workspace import Workspace


@dataclass(frozen=True)
class Page:
    """An open document with all that is known of it.

    `read` gives any other file of the workspace as a document, the unsaved buffer before the disk.
    `fix_all` gives the text that all safe fixes make of it.
    """

    workspace: Workspace
    document: Document
    binding: Binding | None
    entry: Entry
    read: Callable[[str], Document | None]
    today: str = ""
    author: str = ""
    fix_all: Callable[[], str] | None = None

    @property
    def path(self) -> str:
        """The document's path in the workspace."""
        return self.document.path

    @property
    def desk(self) -> FixContext:
        """What fixes may use."""
        return FixContext(self.workspace, self.today, self.author)


@dataclass(frozen=True)
class Place:
    """One offset of a page."""

    page: Page
    offset: int

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return self.page.workspace

    @property
    def document(self) -> Document:
        """The document."""
        return self.page.document

    @property
    def entry(self) -> Entry:
        """What the workspace keeps of the document."""
        return self.page.entry

    @cached_property
    def spot(self) -> SlotPosition | None:
        """The slot of the template that governs the offset; None in plain Markdown."""
        return slot_at(self.page.binding, self.offset) if self.page.binding else None

    @cached_property
    def line(self) -> Span:
        """The line around the offset, without its line end."""
        return self.document.line_at(self.offset)

    @property
    def before(self) -> str:
        """What stands on the line before the offset."""
        return self.document.text[self.line.start : self.offset]

    @property
    def after(self) -> str:
        """What stands on the line behind the offset."""
        return self.document.text[self.offset : self.line.end]

    @cached_property
    def mention(self) -> Mention | None:
        """The mention of an ID at the offset."""
        mentions = self.workspace.mentions(self.entry)
        return next((m for m in mentions if m.span.holds(self.offset)), None)

    @cached_property
    def defined(self) -> Defined | None:
        """The ID that is defined at the offset."""
        return next(
            (
                d
                for d in self.entry.defined
                if d.span.holds(self.offset) and d.span.start < d.span.end
            ),
            None,
        )

    @cached_property
    def reference(self) -> Reference | None:
        """The link at the offset, its text or its target."""
        for reference in self.entry.references:
            if reference.span.holds(self.offset) or reference.text_span.holds(self.offset):
                return reference
        return None
