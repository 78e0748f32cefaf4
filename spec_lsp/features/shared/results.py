"""What features answer with: plain values that the protocol layer turns into messages.

A path is relative to the workspace; a span counts code points in that file's text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from spec_lsp.rules.engine.model import Fix
from spec_lsp.template.write.snippet import Part
from spec_lsp.text import Edit, Span
from spec_lsp.workspace.entry import Stage


@dataclass(frozen=True, slots=True)
class Location:
    """Something in a file. `span` is the name to land on, `whole` what it belongs to.

    `origin` is what the user pointed at, so that editors can underline it. A path that begins with
    `builtin:` is a template that comes with the program.
    """

    path: str
    span: Span
    whole: Span
    origin: Span | None = None


@dataclass(frozen=True, slots=True)
class Highlight:
    """A stretch of the open document that names the same thing as the place asked about."""

    span: Span
    is_definition: bool = False


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A stretch of text that leads somewhere: to a file and one of its anchors, or to a URL."""

    span: Span
    path: str = ""
    anchor: str = ""
    url: str = ""
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Markdown to show beside a stretch of text."""

    markdown: str
    span: Span


CompletionKind = Literal[
    "template",
    "section",
    "block",
    "row",
    "field",
    "value",
    "date",
    "person",
    "id",
    "file",
    "heading",
    "tag",
    "key",
]


@dataclass(frozen=True, slots=True)
class Completion:
    """One thing to insert.

    `parts` replace `span`, which lies on the cursor's line and holds the cursor. `filter` is what
    the typed text is compared with. `documentation` is worked out when the item is looked at.
    `also` are edits elsewhere in the document.
    """

    label: str
    kind: CompletionKind
    span: Span
    parts: tuple[Part, ...]
    detail: str = ""
    description: str = ""
    filter: str = ""
    rank: int = 0
    is_preselected: bool = False
    documentation: Callable[[], str] | None = None
    also: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Completions:
    """What can be inserted at a place, best first.

    `is_incomplete` says that there is more, to be asked for when more has been typed.
    """

    items: tuple[Completion, ...] = ()
    is_incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Symbol:
    """A named stretch of a document, with those inside it."""

    name: str
    kind: Literal["document", "section", "field", "id", "task"]
    span: Span
    name_span: Span
    detail: str = ""
    children: tuple[Symbol, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkspaceSymbol:
    """Something to find by name anywhere."""

    name: str
    kind: Literal["document", "id"]
    path: str
    span: Span
    container: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do at a place. `kind` is the protocol's name for the sort of action.

    `work` makes the change when the action is chosen; `codes` are the diagnostics it mends.
    """

    title: str
    kind: str
    work: Callable[[], Fix | None]
    codes: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    is_preferred: bool = False


@dataclass(frozen=True, slots=True)
class Lens:
    """A line of facts above a stretch of text. `show` lists the places that a click shows."""

    span: Span
    title: str
    show: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """A short text shown inside the line, behind an offset."""

    offset: int
    text: str
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class SemanticToken:
    """A coloured stretch: `kind` is a token type, `modifiers` are added to it."""

    span: Span
    kind: Literal["id", "field", "value", "placeholder"]
    modifiers: tuple[str, ...] = ()


FoldKind = Literal["section", "comment", "matter", "code", "table", "list"]


@dataclass(frozen=True, slots=True)
class Fold:
    """A stretch of lines that can be folded, first and last line included."""

    first: int
    last: int
    kind: FoldKind = "section"


@dataclass(frozen=True, slots=True)
class Call:
    """A document in the trace tree.

    `uses` are the places that lead from one document to the other, in the one that refers.
    """

    path: str
    name: str
    detail: str
    kind: str
    span: Span
    name_span: Span
    uses: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Renamable:
    """What of the open document would be renamed, and how it is called; or why nothing can be."""

    span: Span
    text: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A document in the graph of what refers to what."""

    path: str
    id: str
    title: str
    kind: str
    status: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class Edge:
    """One document refers to another; `label` names the field that says so."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """What refers to what, both in path order."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class FileChange:
    """Edits by path and files to rename, as one change. `refusal` says why there is none."""

    edits: dict[str, tuple[Edit, ...]] = field(default_factory=dict)
    renames: tuple[tuple[str, str], ...] = ()
    refusal: str = ""
