"""What a file defines and uses: the facts that tie files together.

They are named tuples, since there are a million of them in a large workspace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

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
