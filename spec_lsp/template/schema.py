"""What a template says of its documents: the schema, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from spec_lsp.compare import same_text
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.section import Section
from spec_lsp.template.notation.candidates import candidates_in
from spec_lsp.template.notation.choices import Choices
from spec_lsp.template.notation.id_patterns import IdPattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.nodes import Field, Table
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.notation.titles import TitlePattern
    from spec_lsp.text import Span

FieldRegion = Literal["matter", "header", "footer", "section"]
ValueKind = Literal["text", "date", "person", "id", "choice", "link", "number", "tags"]


@dataclass(frozen=True, slots=True)
class FieldSlot:
    """A field that a template asks for.

    `placeholder` is the template's value where it waits to be replaced, `default` any other.
    `is_commented` says that the template only mentions it, in a comment of its front matter.
    """

    name: str
    key: str
    place: FieldRegion
    kind: ValueKind
    node: Field
    choices: Choices | None = None
    is_required: bool = True
    default: str = ""
    placeholder: str = ""
    date_format: str = ""
    is_commented: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """The values it may hold, or none when any will do."""
        return self.choices.texts if self.choices else ()


@dataclass(frozen=True, slots=True)
class TableSlot:
    """A table that a template shows: its columns, and which of them hold choices."""

    columns: tuple[str, ...]
    node: Table
    choices: Mapping[int, Choices] = field(default_factory=dict)


@dataclass(frozen=True)
class SectionSlot:
    """A section that a template asks for.

    `samples` are the template's sections that show it: one, or several for a repeatable block, of
    which `further` holds what all but the first show.
    `path` holds the normalised titles from the outermost section down to this one.
    """

    title: str
    pattern: TitlePattern
    path: tuple[str, ...]
    level: int
    samples: tuple[Section, ...]
    is_required: bool = True
    is_repeatable: bool = False
    aliases: tuple[TitlePattern, ...] = ()
    guidance: str = ""
    fields: tuple[FieldSlot, ...] = ()
    tables: tuple[TableSlot, ...] = ()
    checklist: tuple[str, ...] = ()
    children: tuple[SectionSlot, ...] = ()
    further: tuple[SectionSlot, ...] = ()

    @cached_property
    def fields_by_key(self) -> dict[str, FieldSlot]:
        """The fields in it by normalised name."""
        return {slot.key: slot for slot in self.fields}

    @property
    def section(self) -> Section:
        """The template's section that shows it first."""
        return self.samples[0]

    def walk(self) -> Iterator[SectionSlot]:
        """The slot and all below it, in the template's order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The states that a document passes through.

    `dropped` are ends that ask for nothing any more, such as Rejected.
    """

    field: str
    order: tuple[str, ...]
    draft: tuple[str, ...]
    final: tuple[str, ...]
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a template that cannot be understood, said where it stands."""

    span: Span
    message: str


class Marks(NamedTuple):
    """The titles of a template's telling sections and the names of its fields, normalised."""

    titles: tuple[str, ...]
    optional_titles: tuple[str, ...]
    names: tuple[str, ...]
    optional_names: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """A kind of document, read from a Markdown file.

    `name` is what people call the kind; `kind` is its short name on the command line and in
    configuration. `id` is the pattern of the document's own ID, if it has one.
    """

    kind: str
    name: str
    document: Document
    title: TitlePattern | None
    fields: tuple[FieldSlot, ...]
    sections: tuple[SectionSlot, ...]
    ids: tuple[IdPattern, ...]
    placeholders: Mapping[str, frozenset[int]]
    id: IdPattern | None = None
    id_field: str = ""
    lifecycle: Lifecycle | None = None
    filename: str = ""
    directory: str = ""
    description: str = ""
    checklist: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    is_builtin: bool = False

    @property
    def path(self) -> str:
        """Where the template stands."""
        return self.document.path

    @cached_property
    def slots(self) -> tuple[SectionSlot, ...]:
        """All section slots, in the template's order."""
        return tuple(slot for root in self.sections for slot in root.walk())

    @cached_property
    def telling(self) -> tuple[SectionSlot, ...]:
        """The sections by which a kind is known: the outermost that bear a title of their own."""
        level = self.sections
        while level:
            found = tuple(slot for slot in level if slot.pattern.is_literal)
            if found:
                return found
            level = tuple(child for slot in level for child in slot.children)
        return ()

    @cached_property
    def marks(self) -> Marks:
        """What a document of the kind is known by."""
        titles = [(slot.pattern.key, slot.is_required) for slot in self.telling]
        names = [(slot.key, slot.is_required) for slot in self.fields]
        return Marks(*_parted(titles), *_parted(names))

    @cached_property
    def required(self) -> tuple[SectionSlot, ...]:
        """The section slots that every document must fill."""
        return tuple(slot for slot in self.slots if slot.is_required)

    @cached_property
    def waiting(self) -> frozenset[int]:
        """The indices of the template's sections in which placeholders stand."""
        return frozenset().union(*self.placeholders.values())

    @cached_property
    def order(self) -> dict[tuple[str, ...], int]:
        """The places of all section slots by their paths."""
        return {slot.path: place for place, slot in enumerate(self.slots)}

    @cached_property
    def coded(self) -> frozenset[str]:
        """The placeholders that stand in code."""
        return frozenset(
            same_text(candidate.text)
            for section in self.document.sections
            for candidate in candidates_in(section)
            if candidate.in_code
        ) & frozenset(self.placeholders)

    def field(self, key: str) -> FieldSlot | None:
        """The field slot with a normalised name, outside of sections."""
        return next((slot for slot in self.fields if slot.key == key), None)


def _parted(keys: Iterable[tuple[str, bool]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys that are required, and the others."""
    keys = tuple(keys)
    return tuple(key for key, is_required in keys if is_required), tuple(
        key for key, is_required in keys if not is_required
    )


def body_text(document: Document, section: Section) -> str:
    """What stands below a heading, up to the next heading or the closing block."""
    span = section.body_span
    return document.text[span.start : min(span.end, max(document.footer_start, span.start))]
