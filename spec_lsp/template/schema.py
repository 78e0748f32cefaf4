"""The schema that a template defines, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from spec_lsp.compare import same_text
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.section import Section
from spec_lsp.template.notation.candidates import candidates_in
from spec_lsp.template.notation.choices import Choices
from spec_lsp.template.notation.id_patterns import IdPattern
from spec_lsp.template.notation.number_ids import NumberIds
from spec_lsp.template.notation.title_ids import TitleIds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spec_lsp.markdown.nodes import Field, Table
    from spec_lsp.template.notation.titles import TitlePattern
    from spec_lsp.text import Span

FieldRegion = Literal["matter", "header", "footer", "section", "heading"]
ValueKind = Literal["text", "date", "person", "id", "choice", "link", "number", "tags"]


@dataclass(frozen=True, slots=True)
class FieldSlot:
    """A field that a template defines.

    `placeholder` is the template's value if authors are meant to replace it, `default` is any other
    value. `is_commented` means that the field is in a comment of the template's front matter. The
    place of the value of a section, such as the status of a decision, is its heading.
    `why` says why it is optional, and `kind_why` which words told the kind of its value.
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
    why: str = ""
    kind_why: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """The allowed values; empty if any value is allowed."""
        return self.choices.texts if self.choices else ()


@dataclass(frozen=True, slots=True)
class TableSlot:
    """A table that a template defines: its columns, and the choices of columns that have some."""

    columns: tuple[str, ...]
    node: Table
    choices: Mapping[int, Choices] = field(default_factory=dict)


@dataclass(frozen=True)
class SectionSlot:
    """A section that a template defines.

    `samples` are the template's sections for this slot: one, or several for a repeatable block;
    `further` holds the slots of all but the first. `path` holds the normalised titles from the
    outermost section down to this one. `why` says what marks it as required or optional.
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
    why: str = ""
    is_guidance: bool = False

    @cached_property
    def fields_by_key(self) -> dict[str, FieldSlot]:
        """The fields of the section by normalised name."""
        return {slot.key: slot for slot in self.fields}

    @cached_property
    def value(self) -> FieldSlot | None:
        """The slot of the section's value, if it holds one instead of text."""
        return next((slot for slot in self.fields if slot.place == "heading"), None)

    @property
    def section(self) -> Section:
        """The template's first section for this slot."""
        return self.samples[0]

    @cached_property
    def is_group(self) -> bool:
        """Whether the section only has other sections, and those have text."""
        return not self.has_text and any(each.has_text for each in self.children)

    @property
    def has_text(self) -> bool:
        """Whether the template has text below the heading."""
        chunk = self.section.chunk
        return bool(chunk.text[chunk.body_start :].strip())

    def walk(self) -> Iterator[SectionSlot]:
        """The slot and all its descendants, in the template's order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The statuses that a document passes through.

    `dropped` are final statuses with no requirements, such as Rejected.
    """

    field: str
    order: tuple[str, ...]
    draft: tuple[str, ...]
    final: tuple[str, ...]
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """An error in a template, with its span."""

    span: Span
    message: str


class Overlay(NamedTuple):
    """Corrections from outside of a template; what the template itself says comes first.

    `*` among the optional ones means every section and field that is not required. `guidance`
    are sections that only explain the template, although copies of it have them too.
    """

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    repeatable: tuple[str, ...] = ()
    aliases: tuple[tuple[str, tuple[str, ...]], ...] = ()
    guidance: tuple[str, ...] = ()


NO_OVERLAY = Overlay()


class Marks(NamedTuple):
    """The normalised titles of the sections that identify a kind, and the names of its fields."""

    titles: tuple[str, ...]
    optional_titles: tuple[str, ...]
    names: tuple[str, ...]
    optional_names: tuple[str, ...]


class SectionNeed(NamedTuple):
    """What sections need whose title begins with `heading`, below one of some in lower case."""

    heading: str
    below: tuple[str, ...]
    part: str
    words: tuple[str, ...]
    sections: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """A kind of document, read from a Markdown file.

    `name` is what people call the kind; `kind` is its short name on the command line and in
    configuration. `id` is the pattern of the document's own ID, if it has one. `demands` is less
    than the template for kinds of a family whose documents have no common structure. A foreign
    template is for documents with titles of their own, or in another language.

    A document follows the version at its creation. `today` is the current version if this is an
    earlier one, and `date` the day since when this one was in use. `is_later` means that the
    document is older than the template, which then demands nothing of it.
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
    today: Template | None = None
    date: str = ""
    is_later: bool = False
    family: str = ""
    demands: Literal["template", "ids", "nothing"] = "template"
    over: Overlay = NO_OVERLAY
    is_foreign: bool = False
    title_ids: tuple[TitleIds, ...] = ()
    number_ids: tuple[NumberIds, ...] = ()
    needs: tuple[SectionNeed, ...] = ()
    fillers: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return self.document.path

    @cached_property
    def slots(self) -> tuple[SectionSlot, ...]:
        """All section slots, in the template's order."""
        return tuple(slot for root in self.sections for slot in root.walk())

    @cached_property
    def telling(self) -> tuple[SectionSlot, ...]:
        """The sections that identify a kind: the outermost ones with literal titles."""
        level = self.sections
        while level:
            found = tuple(slot for slot in level if slot.pattern.is_literal)
            if found:
                return found
            level = tuple(child for slot in level for child in slot.children)
        return ()

    @cached_property
    def marks(self) -> Marks:
        """The titles and names that identify a document of this kind."""
        titles = [(slot.pattern.key, slot.is_required) for slot in self.telling]
        names = [(slot.key, slot.is_required) for slot in self.fields]
        return Marks(*_parted(titles), *_parted(names))

    @cached_property
    def required(self) -> tuple[SectionSlot, ...]:
        """The section slots of required sections."""
        return tuple(slot for slot in self.slots if slot.is_required)

    @cached_property
    def waiting(self) -> frozenset[int]:
        """The indices of the template's sections that contain placeholders."""
        return frozenset().union(*self.placeholders.values())

    @cached_property
    def order(self) -> dict[tuple[str, ...], int]:
        """The positions of all section slots by their paths."""
        return {slot.path: place for place, slot in enumerate(self.slots)}

    @cached_property
    def coded(self) -> frozenset[str]:
        """The placeholders in code."""
        return frozenset(
            same_text(candidate.text)
            for section in self.document.sections
            for candidate in candidates_in(section)
            if candidate.in_code
        ) & frozenset(self.placeholders)

    def field(self, key: str) -> FieldSlot | None:
        """The slot of a field outside of sections, or of a section's value, by normalised name."""
        slots = (*self.fields, *(each.value for each in self.sections))
        return next((slot for slot in slots if slot and slot.key == key), None)


def without_titles(template: Template) -> Template:
    """A template for documents whose titles are no IDs."""
    return replace(template, title_ids=()) if template.title_ids else template


def _parted(keys: Sequence[tuple[str, bool]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The required keys, and the optional ones."""
    required, optional = ([key for key, is_due in keys if is_due is each] for each in (True, False))
    return tuple(required), tuple(optional)


def body_text(document: Document, section: Section) -> str:
    """The text below a heading, up to the next heading or the footer."""
    span = section.body_span
    return document.text[span.start : min(span.end, max(document.footer_start, span.start))]
