"""The facts of a file, which relate files: definitions, mentions, links and suppressions.

Facts are named tuples, because a large workspace has a million of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from spec_lsp.memo import lazy
from spec_lsp.workspace.relations import is_dependency

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.nodes import DefinitionForm
    from spec_lsp.text import Span


_IN_GROUP = "\t"


class Defined(NamedTuple):
    """An ID that a file defines.

    `key` is its compared form. `is_own` marks the document's own ID, which is known in the whole
    workspace; inner IDs are known in the document, and elsewhere after the document's own ID.
    `span` is the ID itself, `name_span` the line with the name of what it stands for.
    `is_definite` is false for a heading in a plain file, which defines an ID only if no document
    carries the ID: the file may be a log of decisions, or notes on another document. `scope` is
    that of an inner ID which is known in more than its document: the unit, such as a feature's
    folder, or everything below the base of the family. An item that is numbered is not definite
    either: its number may occur again.
    """

    key: str
    text: str
    title: str
    span: Span
    name_span: Span
    form: DefinitionForm | Literal["field", "title", "file", "item"]
    is_own: bool = False
    is_definite: bool = True
    scope: Literal["", "unit", "base"] = ""

    def shift(self, by: int) -> Defined:
        """A copy with its spans moved."""
        return self._replace(span=self.span.shift(by), name_span=self.name_span.shift(by))


class Mention(NamedTuple):
    """An ID that a file uses. `owner` is the key of the document's ID, or the unit, before it.

    `field` is the normalised name of the field that holds the mention, and `subject` the key of the
    inner ID in whose section that field is. `is_implied` marks an ID inside a range. `is_linked`
    marks the text of a link, a file name or an example, which says itself what is meant.
    `is_template_text` marks an ID that the template has too, as an example. `is_head` marks an ID
    with which a heading, an item with a title, a row or a link definition begins.
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
    is_head: bool = False

    def shift(self, by: int) -> Mention:
        """A copy with its spans moved."""
        key, text, span, *others = self
        return tuple.__new__(Mention, (key, text, span.shift(by), *others))


class Reference(NamedTuple):
    """A link of a file, resolved to a path in the workspace and an anchor.

    `span` is the destination as written. `field` and `subject` are as for a mention.
    `is_template_text` marks a link that the template has too: the author has not chosen a
    destination yet.
    """

    path: str
    anchor: str
    span: Span
    text_span: Span
    field: str = ""
    subject: str = ""
    is_template_text: bool = False

    def shift(self, by: int) -> Reference:
        """A copy with its spans moved."""
        path, anchor, span, text_span, *others = self
        moved = (path, anchor, span.shift(by), text_span.shift(by), *others)
        return tuple.__new__(Reference, moved)


class Suppression(NamedTuple):
    """A comment that suppresses rules: on its own lines and the next, or in the whole file.

    `whole` is the span to delete with it: its lines if it is alone on them, else the comment.
    """

    path: str
    codes: tuple[str, ...]
    span: Span
    whole: Span
    lines: tuple[int, int]
    is_whole_file: bool = False


class Uses(NamedTuple):
    """The mentions and links of a file; `Workspace.mentions` selects from the possible ones."""

    mentions: tuple[Mention, ...] = ()
    possible: tuple[Mention, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class PartFacts:
    """What one part of an open document defines and uses, with spans relative to the part.

    Versions of the document share these facts while the part and its context are unchanged.
    """

    defined: tuple[Defined, ...] = ()
    mentions: tuple[Mention, ...] = ()
    possible: tuple[Mention, ...] = ()
    references: tuple[Reference, ...] = ()

    @lazy
    def mentioned(self) -> tuple[str, ...]:
        """The keys of the mentions and of their owners."""
        return mentioned_keys(self.mentions)

    @lazy
    def headed(self) -> tuple[str, ...]:
        """The keys of the mentions that name something here."""
        return tuple(dict.fromkeys(headed_keys((*self.mentions, *self.possible))))

    @lazy
    def possibly_mentioned(self) -> tuple[str, ...]:
        """The keys of the possible mentions and of their owners."""
        return mentioned_keys(self.possible)

    @lazy
    def is_ordering(self) -> bool:
        """Whether the part has dependencies."""
        uses: tuple[Mention | Reference, ...]
        uses = (*self.mentions, *self.possible, *self.references)
        return any(is_dependency(use.field) for use in uses)


NOTHING = PartFacts()


def unit_owner(unit: str) -> str:
    """The owner of IDs that are named after a unit, by the name or the number of its folder."""
    return f"{unit.casefold()}/"


def is_unit_owner(owner: str) -> bool:
    """Whether the owner of a mention is a unit, not a document."""
    return owner.endswith("/")


def title_key(group: str, title: str) -> str:
    """The key of an ID that is a title, exact in its case."""
    return f"{group}{_IN_GROUP}{' '.join(title.split())}"


def is_title_key(key: str) -> bool:
    """Whether a key is that of a title."""
    return _IN_GROUP in key


def split_title_key(key: str) -> tuple[str, str]:
    """The group and the title in a key."""
    group, _, title = key.partition(_IN_GROUP)
    return group, title


def headed_keys(mentions: Iterable[Mention]) -> Iterator[str]:
    """The keys of the mentions that name something."""
    return (mention.key for mention in mentions if mention.is_head)


def mentioned_keys(mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """The keys of some mentions and of their owners, each once."""
    found: dict[str, None] = {}
    for mention in mentions:
        found[mention.key] = None
        if mention.owner:
            found[mention.owner] = None
    return tuple(found)
