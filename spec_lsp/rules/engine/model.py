"""What a rule says, and what is published of it.

A rule yields findings: a place, a sentence, ways out. It knows no severity and no configuration;
the runner makes diagnostics of its findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from spec_lsp.markdown.document import Document
from spec_lsp.template.match.binding import Binding
from spec_lsp.template.match.content import unfilled
from spec_lsp.template.match.sections import SectionMatch
from spec_lsp.template.schema import Template
from spec_lsp.template.write.snippet import Part
from spec_lsp.text import Edit, LineIndex, Lines, Span
from spec_lsp.workspace.collect.progress import stage_of
from spec_lsp.workspace.config.status_words import StatusWords
from spec_lsp.workspace.entry import Entry, Stage
from spec_lsp.workspace.workspace import Workspace

Level = Literal["hint", "info", "warning", "error"]
LEVELS: tuple[Level, ...] = ("hint", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Severity:
    """How much a finding weighs while a document is a draft, in between, and when it is final.

    `stateless` is for documents that say nothing of their state, and may well be drafts.
    """

    draft: Level
    active: Level
    final: Level
    stateless: Level

    def at(self, stage: Stage) -> Level:
        """The level at a stage."""
        if stage in ("draft", "final"):
            return self.draft if stage == "draft" else self.final
        return self.active if stage else self.stateless


@dataclass(frozen=True, slots=True)
class Change:
    """An edit of one file."""

    path: str
    edit: Edit


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be created."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A way out of a finding.

    A safe fix does what the author meant beyond doubt, and may be applied without asking.
    `parts` are for editors that know snippets: they replace the text of the only change.
    """

    title: str
    changes: tuple[Change, ...] = ()
    is_safe: bool = False
    is_preferred: bool = False
    new_file: NewFile | None = None
    rename: tuple[str, str] | None = None
    parts: tuple[Part, ...] = ()

    def is_safe_in(self, path: str) -> bool:
        """Whether it may be applied without asking, and edits one file alone."""
        is_edit = bool(self.changes) and not self.new_file and not self.rename
        return self.is_safe and is_edit and all(change.path == path for change in self.changes)


@dataclass(frozen=True, slots=True)
class FixContext:
    """What fixes may use besides the document: the workspace, today's date, who is writing."""

    workspace: Workspace
    today: str = ""
    author: str = ""


Fixer = Callable[[FixContext], Iterable[Fix]]


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a finding."""

    path: str
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of one place. Its fixes are worked out only when somebody asks."""

    span: Span
    message: str
    fixer: Fixer | None = None
    related: tuple[Related, ...] = ()


@dataclass(frozen=True)
class DocumentContext:
    """A document of a kind under judgement.

    `template_at_creation` is the template that the document was created from, if history knows it
    and it differs from today's. `words` say what statuses mean where the template does not.
    """

    binding: Binding
    template_at_creation: Template | None = None
    words: StatusWords = field(default_factory=StatusWords)

    @property
    def document(self) -> Document:
        """The document."""
        return self.binding.document

    @property
    def template(self) -> Template:
        """The template of today."""
        return self.binding.template

    @property
    def stage(self) -> Stage:
        """How far the document has come."""
        return stage_of(self.binding.status, self.binding, self.words)

    @cached_property
    def unfilled(self) -> tuple[SectionMatch, ...]:
        """The sections in which nothing has been written yet."""
        return tuple(unfilled(self.binding))

    def is_unwritten(self, span: Span) -> bool:
        """Whether a place lies in one of those, so that its faults are not told one by one."""
        return self.document.section_at(span.start).index in self.unwritten

    @cached_property
    def unwritten(self) -> frozenset[int]:
        """The indices of those sections."""
        return frozenset(match.index for match in self.unfilled)


@dataclass(frozen=True, slots=True)
class FileContext:
    """A file among all others, as rules see it; `lines` are those of its text."""

    workspace: Workspace
    entry: Entry
    today: str = ""
    lines: Lines = field(default_factory=lambda: LineIndex(""))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding as it is published."""

    path: str
    code: str
    level: Level
    span: Span
    message: str
    related: tuple[Related, ...] = ()
    fixer: Fixer | None = None

    def fixes(self, desk: FixContext) -> tuple[Fix, ...]:
        """The ways out."""
        return tuple(self.fixer(desk)) if self.fixer else ()


def replacement(
    document: Document, span: Span, text: str, title: str, *, is_safe: bool = False
) -> Fix:
    """A fix that replaces one stretch of a document."""
    return Fix(title, (Change(document.path, Edit(span, text)),), is_safe=is_safe)
