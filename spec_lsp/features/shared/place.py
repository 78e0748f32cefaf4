"""A document and an offset, the input of every feature."""

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
    """An open document with its workspace, binding and entry.

    `read` returns any other file of the workspace as a document, the unsaved buffer first.
    `fix_all` returns the text after all safe fixes. `avoids_duplicates` means that the editor has
    the headings, links and link targets of any Markdown file too, and shows diagnostics in hovers.
    """

    workspace: Workspace
    document: Document
    binding: Binding | None
    entry: Entry
    read: Callable[[str], Document | None]
    today: str = ""
    author: str = ""
    fix_all: Callable[[], str] | None = None
    avoids_duplicates: bool = False

    @property
    def path(self) -> str:
        return self.document.path

    @property
    def desk(self) -> FixContext:
        """The context for fixes."""
        return FixContext(self.workspace, self.today, self.author)


@dataclass(frozen=True)
class Place:
    """One offset of a page."""

    page: Page
    offset: int

    @property
    def workspace(self) -> Workspace:
        return self.page.workspace

    @property
    def document(self) -> Document:
        return self.page.document

    @property
    def entry(self) -> Entry:
        """The index entry of the document."""
        return self.page.entry

    @cached_property
    def spot(self) -> SlotPosition | None:
        """The template slot at the offset; None without a template."""
        return slot_at(self.page.binding, self.offset) if self.page.binding else None

    @cached_property
    def line(self) -> Span:
        """The line at the offset, without its line end."""
        return self.document.line_at(self.offset)

    @property
    def before(self) -> str:
        """The text of the line before the offset."""
        return self.document.text[self.line.start : self.offset]

    @property
    def after(self) -> str:
        """The text of the line after the offset."""
        return self.document.text[self.offset : self.line.end]

    @cached_property
    def mention(self) -> Mention | None:
        """The mention of an ID at the offset."""
        mentions = self.workspace.mentions(self.entry)
        return next((m for m in mentions if m.span.holds(self.offset)), None)

    @cached_property
    def defined(self) -> Defined | None:
        """The definition of an ID at the offset."""
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
        """The link whose text or target is at the offset."""
        for reference in self.entry.references:
            if reference.span.holds(self.offset) or reference.text_span.holds(self.offset):
                return reference
        return None
