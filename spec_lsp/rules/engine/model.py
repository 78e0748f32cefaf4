"""Findings, which rules yield, and diagnostics, which are published.

A finding has a span, a message and fixes, but no severity: `diagnose` applies the configuration and
makes diagnostics of findings. Both are named tuples, because a document can have thousands, which
are made at each keystroke.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from spec_lsp.markdown.document import Document
from spec_lsp.template.match.binding import Binding, bind
from spec_lsp.template.match.content import unfilled
from spec_lsp.template.match.sections import SectionMatch
from spec_lsp.template.notation.status_words import StatusWords
from spec_lsp.template.schema import Template
from spec_lsp.template.write.snippet import Part
from spec_lsp.text import Edit, LineIndex, Lines, Span
from spec_lsp.workspace.collect.progress import stage_of
from spec_lsp.workspace.entry import Entry, Stage
from spec_lsp.workspace.workspace import Workspace

Level = Literal["hint", "info", "warning", "error"]
# The folder of the pages of the rules among the built-in documents.
RULE_PAGES = "rules/"
LEVELS: tuple[Level, ...] = ("hint", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Severity:
    """The level of a finding in a draft, in a document in progress and in a final one.

    `stateless` is for documents without a status.
    """

    draft: Level
    active: Level
    final: Level
    stateless: Level

    def at(self, stage: Stage) -> Level:
        """Return the level at a stage."""
        if stage in ("draft", "final"):
            return self.draft if stage == "draft" else self.final
        return self.active if stage else self.stateless


@dataclass(frozen=True, slots=True)
class Change:
    """An edit of one file."""

    path: str
    edit: Edit


@dataclass(frozen=True)
class NewFile:
    """A file to be created; `write` gives its text, which is written on request only."""

    path: str
    write: Callable[[], str]

    @cached_property
    def text(self) -> str:
        return self.write()


@dataclass(frozen=True, slots=True)
class Fix:
    """A fix for a finding.

    A safe fix is unambiguous and may be applied without confirmation.
    `parts` are for editors that support snippets: they replace the text of the only change.
    """

    title: str
    changes: tuple[Change, ...] = ()
    is_safe: bool = False
    is_preferred: bool = False
    new_file: NewFile | None = None
    rename: tuple[str, str] | None = None
    parts: tuple[Part, ...] = ()

    def is_safe_in(self, path: str) -> bool:
        """Whether the fix is safe and edits only this file."""
        is_edit = bool(self.changes) and not self.new_file and not self.rename
        return self.is_safe and is_edit and all(change.path == path for change in self.changes)


@dataclass(frozen=True, slots=True)
class FixContext:
    """What fixes may read besides the document: the workspace, today's date, the author."""

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


class Asked(NamedTuple):
    """What the template demands: the key of a slot, empty for the whole document, and a part."""

    slot: str
    part: str = ""


class Listed(NamedTuple):
    """How findings at one place are reported together.

    If there are more than `most`, their names are joined into the message `many`.
    """

    name: str
    many: str
    most: int


class Finding(NamedTuple):
    """A problem at one span of a file. Its fixes are computed on request only.

    `asked` is set if documents can revoke the demand; `value` is what the document has instead.
    """

    span: Span
    message: str
    fixer: Fixer | None = None
    related: tuple[Related, ...] = ()
    asked: Asked | None = None
    value: str = ""
    listed: Listed | None = None


@dataclass(frozen=True)
class DocumentContext:
    """A document that follows a template, as rules read it.

    The template is the version at the document's creation, if the git history has it. `words` map
    statuses to stages where the template does not.
    """

    binding: Binding
    words: StatusWords = field(default_factory=StatusWords)

    @property
    def document(self) -> Document:
        return self.binding.document

    @property
    def template(self) -> Template:
        return self.binding.template

    @cached_property
    def today(self) -> Binding | None:
        """The matches to today's template, if the document follows an earlier version."""
        return bind(self.document, self.template.today) if self.template.today else None

    @cached_property
    def stage(self) -> Stage:
        """Stage of the document by its status; empty without a status."""
        return stage_of(self.binding.status, self.binding, self.words)

    @cached_property
    def unfilled(self) -> tuple[SectionMatch, ...]:
        """Sections that are empty or contain only template text."""
        return tuple(unfilled(self.binding))

    def is_unwritten(self, span: Span) -> bool:
        """Whether a span is in an unfilled section, where only `unfilled-section` reports."""
        return self.document.section_at(span.start).index in self.unwritten

    @property
    def is_bare(self) -> bool:
        """Whether the document is an unchanged copy of its template."""
        return self.document.text == self.template.document.text

    @cached_property
    def unwritten(self) -> frozenset[int]:
        """Indices of the unfilled sections."""
        if self.is_bare:
            return frozenset(range(len(self.document.sections)))
        return frozenset(match.index for match in self.unfilled)


@dataclass(frozen=True)
class FileContext:
    """A file and its workspace, as rules read them; `lines` maps offsets to lines of its text."""

    workspace: Workspace
    entry: Entry
    today: str = ""
    lines: Lines = field(default_factory=lambda: LineIndex(""))


class Diagnostic(NamedTuple):
    """A finding with its path, code and level, as it is published."""

    path: str
    code: str
    level: Level
    span: Span
    message: str
    related: tuple[Related, ...] = ()
    fixer: Fixer | None = None

    def fixes(self, desk: FixContext) -> tuple[Fix, ...]:
        """Compute the fixes."""
        return tuple(self.fixer(desk)) if self.fixer else ()


def replacement(
    document: Document, span: Span, text: str, title: str, *, is_safe: bool = False
) -> Fix:
    """A fix that replaces one span of a document."""
    return Fix(title, (Change(document.path, Edit(span, text)),), is_safe=is_safe)
