"""Results of features: plain values that the protocol layer converts to messages.

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

QUICK_FIX = "quickfix"


@dataclass(frozen=True, slots=True)
class Location:
    """A target in a file. `span` is the name to select, `whole` the range around it.

    `origin` is the span at the cursor, which editors underline. A path that starts with
    `builtin:` is a built-in template.
    """

    path: str
    span: Span
    whole: Span
    origin: Span | None = None


@dataclass(frozen=True, slots=True)
class Highlight:
    """An occurrence of the target in the open document."""

    span: Span
    is_definition: bool = False


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A link to a file and anchor, or to a URL."""

    span: Span
    path: str = ""
    anchor: str = ""
    url: str = ""
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Markdown for the hover of a span."""

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
    """A completion item.

    `parts` replace `span`, which is on the cursor's line and contains the cursor. `filter` is
    compared with the typed text. `documentation` is computed when the item is selected. `also` are
    edits elsewhere in the document.
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
    """The completions at a place, best first.

    `is_incomplete` means that further typing requires a new request.
    """

    items: tuple[Completion, ...] = ()
    is_incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Symbol:
    """A named span of a document, with its children."""

    name: str
    kind: Literal["document", "section", "field", "id", "task"]
    span: Span
    name_span: Span
    detail: str = ""
    children: tuple[Symbol, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkspaceSymbol:
    """A search result in the workspace."""

    name: str
    kind: Literal["document", "id"]
    path: str
    span: Span
    container: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A code action; `kind` is a `CodeActionKind`.

    `work` computes the change when the action is chosen; `codes` are the rules that it fixes.
    `opens` is the path of a file that is opened instead.
    """

    title: str
    kind: str
    work: Callable[[], Fix | None]
    codes: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    is_preferred: bool = False
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Lens:
    """A code lens above a span; a link shows the references to what is there."""

    span: Span
    title: str
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """An inlay hint after an offset."""

    offset: int
    text: str
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class SemanticToken:
    """A semantic token: `kind` is its type."""

    span: Span
    kind: Literal["id", "field", "value", "placeholder"]
    modifiers: tuple[str, ...] = ()


FoldKind = Literal["section", "comment", "matter", "code", "table", "list"]


@dataclass(frozen=True, slots=True)
class Fold:
    """A foldable range of lines, inclusive."""

    first: int
    last: int
    kind: FoldKind = "section"


@dataclass(frozen=True, slots=True)
class Call:
    """A document in the trace tree.

    `uses` are the references, in the document that refers.
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
    """The span and text to rename, or a refusal."""

    span: Span
    text: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A document in the trace graph."""

    path: str
    id: str
    title: str
    kind: str
    status: str
    stage: Stage
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A reference between documents; `label` is the name of its field."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """The trace graph; nodes and edges are in path order."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class FileChange:
    """Edits by path and files to rename, as one change, or a `refusal`."""

    edits: dict[str, tuple[Edit, ...]] = field(default_factory=dict)
    renames: tuple[tuple[str, str], ...] = ()
    refusal: str = ""
