"""Corrections of the inferred schema, in a template's front matter under the key `spec-lsp`.

They are for the few facts that inference gets wrong or cannot know. A wrong or unknown key is a
fault of the template, at the position of the key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from spec_lsp.template.schema import NO_OVERLAY, Fault, Overlay
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml import Node

    from spec_lsp.markdown.document import Document

KEY = "spec-lsp"
TEXT_KEYS = {
    "kind": "Short name of the kind, for the command line and the configuration.",
    "title": "Name of this kind of document for readers.",
    "description": "One sentence on the purpose of these documents.",
    "id": "Pattern of the document's own ID, such as `BUG-###`.",
    "filename": "File name of new documents: `{id}-{slug}.md`.",
    "directory": "Folder of new documents, relative to the workspace root.",
}
LIST_KEYS = {
    "required": "Sections and fields that every document must have.",
    "optional": "Sections and fields that a document may omit.",
    "repeatable": "Sections that may occur more than once.",
}
OTHER_KEYS = {
    "aliases": "Alternative titles of sections: `Title: [Other title]`.",
    "lifecycle": "Status values by stage: `field`, `draft`, `final`, `dropped`.",
}
LIFECYCLE_KEYS = {
    "field": "Field that contains the status.",
    "draft": "Status values of documents that are still being written.",
    "final": "Status values of documents that must be complete.",
    "dropped": "Status values of documents that are not checked for completeness.",
}
EVERY = "*"  # among the optional ones: every section and field that is not required
_LONGEST = 50_000  # code points of corrections that are read
_TOO_MUCH = f"`{KEY}` is too long or too deeply nested"
_BLOCK = re.compile(rf"^{KEY}[ \t]*:.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Corrections:
    """The corrections of one template; `places` holds the spans of their values by key."""

    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lifecycle: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, Span] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @property
    def frees_all(self) -> bool:
        """Whether every section and field that is not required is optional."""
        return EVERY in self.lists.get("optional", ())


def corrections_span(document: Document) -> Span | None:
    """The lines of the front matter with the corrections, line end included."""
    matter = document.chunks[0].matter
    match = _BLOCK.search(document.text, 0, matter.end) if matter else None
    if not match or not matter:
        return None
    end = match.end()
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
    fence = closing.search(document.text, match.start(), matter.end)
    return Span(match.start(), min(end, fence.start()) if fence else end)


def read_corrections(document: Document) -> Corrections:
    """The corrections in a template's front matter; most templates have none."""
    span = corrections_span(document)
    if not span:
        return Corrections()
    if span.end - span.start > _LONGEST:
        return Corrections(faults=(Fault(Span(span.start, span.start + len(KEY)), _TOO_MUCH),))
    import yaml  # noqa: PLC0415 -- only templates that correct something pay for it.

    try:
        root = yaml.compose(span.of(document.text), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = span.start + (mark.index if mark else 0)
        message = f"Not valid YAML: {getattr(error, 'problem', None) or error}"
        return Corrections(faults=(Fault(Span(at, min(at + 1, span.end)), message),))
    except RecursionError:
        return Corrections(faults=(Fault(Span(span.start, span.start + len(KEY)), _TOO_MUCH),))
    return _CorrectionsReader(span.start).read(root)


def with_overlay(own: Corrections, over: Overlay) -> Corrections:
    """Corrections with those from outside, as far as they do not contradict."""
    if over == NO_OVERLAY:
        return own
    lists = own.lists
    required = (each for each in over.required if each not in lists.get("optional", ()))
    optional = (each for each in over.optional if each not in lists.get("required", ()))
    merged = {
        "required": (*lists.get("required", ()), *required),
        "optional": (*lists.get("optional", ()), *optional),
        "repeatable": (*lists.get("repeatable", ()), *over.repeatable),
        "guidance": over.guidance,
    }
    return replace(own, lists=merged, aliases={**dict(over.aliases), **own.aliases})


class _CorrectionsReader:
    """Collects values and faults from the YAML nodes, which have positions."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.found = Corrections()
        self.faults: list[Fault] = []

    def read(self, root: Node | None) -> Corrections:
        for _, body in self._pairs(root, {KEY: ""}, "front matter"):
            for key, value in self._pairs(body, TEXT_KEYS | LIST_KEYS | OTHER_KEYS, KEY):
                self._take(key, value)
        found = self.found
        return Corrections(
            found.texts,
            found.lists,
            found.aliases,
            found.lifecycle,
            found.places,
            tuple(self.faults),
        )

    def _take(self, key: str, value: Node) -> None:
        self.found.places[key] = self._span(value)
        if key in TEXT_KEYS:
            text = self._text(value, key)
            if text is not None:
                self.found.texts[key] = text
        elif key in LIST_KEYS:
            self.found.lists[key] = self._texts(value, key)
        elif key == "aliases":
            for title, others in self._pairs(value, None, key):
                self.found.aliases[title] = self._texts(others, key)
        else:
            for name, states in self._pairs(value, LIFECYCLE_KEYS, key):
                self.found.lifecycle[name] = self._texts(states, name)
                self.found.places[f"lifecycle.{name}"] = self._span(states)

    def _pairs(
        self, node: Node | None, known: dict[str, str] | None, name: str
    ) -> Iterator[tuple[str, Node]]:
        from yaml import MappingNode, ScalarNode  # noqa: PLC0415 -- as in read_corrections.

        if not isinstance(node, MappingNode):
            if node is not None:
                self._fault(node, f"`{name}` must be a mapping")
            return
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self._fault(key, f"A key of `{name}` must be a plain text")
            elif known is not None and key.value not in known:
                self._fault(key, f"Unknown key `{key.value}`; expected one of {', '.join(known)}")
            else:
                yield key.value, value

    def _text(self, node: Node, name: str) -> str | None:
        from yaml import ScalarNode  # noqa: PLC0415 -- as in read_corrections.

        if isinstance(node, ScalarNode):
            return str(node.value)
        self._fault(node, f"`{name}` must be a text")
        return None

    def _texts(self, node: Node, name: str) -> tuple[str, ...]:
        from yaml import ScalarNode, SequenceNode  # noqa: PLC0415 -- as in read_corrections.

        if isinstance(node, ScalarNode):
            return (str(node.value),)
        if isinstance(node, SequenceNode):
            texts = (self._text(member, name) for member in node.value)
            return tuple(text for text in texts if text is not None)
        self._fault(node, f"`{name}` must be a list of texts")
        return ()

    def _fault(self, node: Node, message: str) -> None:
        self.faults.append(Fault(self._span(node), message))

    def _span(self, node: Node) -> Span:
        return Span(self.start + node.start_mark.index, self.start + node.end_mark.index)
