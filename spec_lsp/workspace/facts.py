"""What a file defines and uses: the facts that tie files together.

They are named tuples, since there are a million of them in a large workspace.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from spec_lsp.memo import lazy
from spec_lsp.workspace.relations import relation_of

if TYPE_CHECKING:
    from spec_lsp.markdown.nodes import DefinitionForm
    from spec_lsp.text import Span


class Defined(NamedTuple):
    """An ID that a file defines.

    `key` is its compared form. `is_own` marks the document's own ID, which the whole workspace
    knows; the others are known inside the document, and outside behind its own ID.
    `span` is the ID itself, `name_span` the line that names what it stands for.
    `is_definite` is false for a heading in a plain file, which defines an ID only if no document of its
    own does: it may be a log of decisions, or notes on somebody else's.
    """

    key: str
    text: str
    title: str
    span: Span
    name_span: Span
    form: DefinitionForm | Literal["field", "title", "file"]
    is_own: bool = False
    is_definite: bool = True

    def shift(self, by: int) -> Defined:
        """The same, further on."""
        return self._replace(span=self.span.shift(by), name_span=self.name_span.shift(by))


class Mention(NamedTuple):
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

    def shift(self, by: int) -> Mention:
        """The same, further on."""
        return Mention(
            self.key,
            self.text,
            self.span.shift(by),
            self.owner,
            self.field,
            self.subject,
            self.is_implied,
            self.is_linked,
            self.is_template_text,
        )


class Reference(NamedTuple):
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

    def shift(self, by: int) -> Reference:
        """The same, further on."""
        return self._replace(span=self.span.shift(by), text_span=self.text_span.shift(by))


class Suppression(NamedTuple):
    """A comment that silences rules: on its own lines and the next, or in the whole file.

    `whole` is what goes when it goes: its line where it stands alone, else the comment.
    """

    path: str
    codes: tuple[str, ...]
    span: Span
    whole: Span
    lines: tuple[int, int]
    is_whole_file: bool = False


class Uses(NamedTuple):
    """What a file says of others; `Workspace.mentions` knows which of the possible ones count."""

    mentions: tuple[Mention, ...] = ()
    possible: tuple[Mention, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class PartFacts:
    """What one part of an open document defines and uses, counted from where the part begins.

    Versions of the document share it while the part and what is said of it stay the same.
    """

    defined: tuple[Defined, ...] = ()
    mentions: tuple[Mention, ...] = ()
    possible: tuple[Mention, ...] = ()
    references: tuple[Reference, ...] = ()

    @lazy
    def mentioned(self) -> tuple[str, ...]:
        """The keys that it mentions, and those in front of them."""
        return mentioned_keys(self.mentions)

    @lazy
    def possibly_mentioned(self) -> tuple[str, ...]:
        """The same of what may be a mention."""
        return mentioned_keys(self.possible)

    @lazy
    def is_ordering(self) -> bool:
        """Whether it says something of documents that come before it."""
        uses: tuple[Mention | Reference, ...]
        uses = (*self.mentions, *self.possible, *self.references)
        return any(relation_of(use.field) for use in uses)


NOTHING = PartFacts()


def mentioned_keys(mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """The keys of some mentions and of the documents in front of them, each once."""
    found: dict[str, None] = {}
    for mention in mentions:
        found[mention.key] = None
        if mention.owner:
            found[mention.owner] = None
    return tuple(found)
