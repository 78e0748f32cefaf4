"""What the workspace keeps of every file: enough to answer for it without its text.

Spans are offsets into the text that the entry was made from; whoever shows them reads that text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spec_lsp.markdown.nodes import DefinitionForm
    from spec_lsp.text import Span

Stage = Literal["", "draft", "active", "final", "dropped"]


@dataclass(frozen=True, slots=True)
class Defined:
    """An ID that a file defines.

    `key` is its compared form. `is_own` marks the document's own ID, which the whole workspace
    knows; the others are known inside the document, and outside behind its own ID.
    `span` is the ID itself, `name_span` the line that names what it stands for.
    `is_sure` is false for a heading in a plain file, which defines an ID only if no document of its
    own does: it may be a log of decisions, or notes on somebody else's.
    """

    key: str
    text: str
    title: str
    span: Span
    name_span: Span
    form: DefinitionForm | Literal["field", "title", "file"]
    is_own: bool = False
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """An ID that a file uses. `owner` is the key of the document's ID in front of it, if any.

    `field` is the normalised name of the field that holds it, and `subject` the key of the inner ID
    whose section that field stands in. `is_implied` says that it lies inside a range, `is_linked`
    that it is the text of a link, which says what is meant, and `is_template_text` that the
    template holds the same ID, as an example.
    """

    key: str
    text: str
    span: Span
    owner: str = ""
    field: str = ""
    subject: str = ""
    is_implied: bool = False
    is_linked: bool = False
    is_template_text: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A link of a file: where it leads, as a path in the workspace and an anchor.

    `span` is the destination as written. `field` and `subject` are as for a mention.
    `is_template_text` says that the template holds the same link, so that nobody has decided yet
    where it leads.
    """

    path: str
    anchor: str
    span: Span
    text_span: Span
    field: str = ""
    subject: str = ""
    is_template_text: bool = False


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that silences rules: on its own lines and the next, or in the whole file.

    `whole` is what goes when it goes: its line where it stands alone, else the comment.
    """

    path: str
    codes: tuple[str, ...]
    span: Span
    whole: Span
    lines: tuple[int, int]
    is_whole_file: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as the workspace knows it.

    `kind` is that of its template, empty for plain Markdown. `fields` are those of its header and
    footer by normalised name. `sections` counts the required sections that have been filled and
    all of them. `possible` holds texts in the shape of IDs that are mentions only if some document
    carries such an ID; `Workspace.mentions` knows. `review` is when it is to be looked at again.
    """

    path: str
    kind: str = ""
    title: str = ""
    id: str = ""
    status: str = ""
    stage: Stage = ""
    summary: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[int, int] = (0, 0)
    tasks: tuple[int, int] = (0, 0)
    placeholders: int = 0
    defined: tuple[Defined, ...] = ()
    mentions: tuple[Mention, ...] = ()
    possible: tuple[Mention, ...] = ()
    references: tuple[Reference, ...] = ()
    anchors: tuple[str, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    title_span: Span | None = None
    status_span: Span | None = None
    review: str = ""
    review_span: Span | None = None

    @property
    def is_spec(self) -> bool:
        """Whether a template governs it."""
        return bool(self.kind)

    @property
    def label(self) -> str:
        """How people refer to it: its ID, else its title, else its path."""
        return self.id or self.title or self.path

    @property
    def completeness(self) -> float:
        """The share of required sections that have been filled, from 0 to 1."""
        filled, wanted = self.sections
        return filled / wanted if wanted else 1.0
