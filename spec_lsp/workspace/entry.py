"""What the workspace keeps of every file: enough to answer for it without its text.

Spans are offsets into the text that the entry was made from; whoever shows them reads that text.
What a closed file defines and uses is kept packed, because ten thousand files hold a million such
facts: it is unpacked when somebody asks, and the last few stay unpacked.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from spec_lsp.workspace import packed
from spec_lsp.workspace.facts import Uses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spec_lsp.text import Span
    from spec_lsp.workspace.facts import Defined, Mention, Reference, Suppression

Stage = Literal["", "draft", "active", "final", "dropped"]

_NO_USES = Uses()


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as the workspace knows it.

    `kind` is that of its template, empty for plain Markdown. `fields` are those of its header and
    footer by normalised name. `sections` counts the required sections that have been filled and
    all of them. `review` is when it is to be looked at again. What it says of `names`, `uses`,
    `named` places and `silences` may be packed, and is asked for by the properties.
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
    review: str = ""
    title_span: Span | None = None
    status_span: Span | None = None
    review_span: Span | None = None
    names: bytes | tuple[Defined, ...] = ()
    uses: bytes | Uses = _NO_USES
    named: bytes | tuple[str, ...] = ()
    silences: bytes | tuple[Suppression, ...] = ()
    _memo: dict[object, object] | None = field(default=None, init=False, repr=False, compare=False)

    def packed(self) -> Entry:
        """The same in little space."""
        return replace(
            self,
            names=packed.pack_defined(self.defined),
            uses=packed.pack_uses(self._all_uses),
            named=packed.pack(self.anchors),
            silences=packed.pack_silences(self.suppressions),
        )

    @property
    def defined(self) -> tuple[Defined, ...]:
        """The IDs that it defines, its own first."""
        return packed.defined(self.names) if isinstance(self.names, bytes) else self.names

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The IDs that it uses."""
        return self._all_uses.mentions

    @property
    def possible(self) -> tuple[Mention, ...]:
        """Texts that are mentions only if some document carries such an ID."""
        return self._all_uses.possible

    @property
    def references(self) -> tuple[Reference, ...]:
        """Its links to files and headings."""
        return self._all_uses.references

    @property
    def anchors(self) -> tuple[str, ...]:
        """What the `#` of a link may name in it."""
        return packed.anchors(self.named) if isinstance(self.named, bytes) else self.named

    @property
    def suppressions(self) -> tuple[Suppression, ...]:
        """The comments in it that silence rules."""
        if isinstance(self.silences, bytes):
            return packed.silences(self.silences)
        return self.silences

    @property
    def _all_uses(self) -> Uses:
        return packed.uses(self.uses) if isinstance(self.uses, bytes) else self.uses

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
        """The share of required sections that have been filled, from 0 to 1.

        Where they all are, placeholders that are left count as one section more, still to be done.
        """
        filled, wanted = self.sections
        if self.placeholders and filled == wanted:
            wanted += 1
        return filled / wanted if wanted else 1.0
