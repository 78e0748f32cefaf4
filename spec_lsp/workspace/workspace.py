"""One workspace: a folder with its configuration, its templates and all its documents.

Paths are relative to that folder, with forward slashes. Files come in through a small port, so that
nothing here or below touches the disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from spec_lsp.identifiers import prefix_of
from spec_lsp.memo import once
from spec_lsp.template.match.binding import Binding, bind
from spec_lsp.workspace.affected import replace
from spec_lsp.workspace.collect.summary import NO_TEXTS, summarise
from spec_lsp.workspace.index import Index
from spec_lsp.workspace.known_ids import own_key
from spec_lsp.workspace.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from spec_lsp.markdown.document import Document
    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Mention

_Answer = TypeVar("_Answer")
# What a few open documents need; whoever goes through all of them asks nothing twice.
_MOST_SETTLED = 10_000


class Files(Protocol):
    """What the workspace asks of the world outside."""

    def exists(self, path: str) -> bool:
        """Whether a file or folder stands at a path."""
        ...

    def nearby(self, path: str) -> Iterable[str]:
        """The names of the files beside a path, for links that nearly fit."""
        ...


class NoFiles:
    """A world without files, for a single document."""

    def exists(self, path: str) -> bool:  # noqa: ARG002 -- the port fixes the parameters.
        """Nothing exists."""
        return False

    def nearby(self, path: str) -> Iterable[str]:  # noqa: ARG002
        """Nothing stands anywhere."""
        return ()


def _answers(*_: object) -> dict[Hashable, Any]:
    return {}


class Workspace:
    """The documents of one folder, and everything that can be asked about them together."""

    def __init__(self, settings: Settings | None = None, files: Files | None = None) -> None:
        self.settings = settings or Settings()
        self.files: Files = files or NoFiles()
        self.index = Index()

    def settled(self, key: Hashable, ask: Callable[[], _Answer]) -> _Answer:
        """An answer that is worked out again only when names have come to mean something else.

        It may depend on nothing but what the index knows by name and the IDs in use, not on
        where anything stands: most edits leave all of it alone.
        """
        known = once(self.index.names, _answers, self.settings.ids)
        if key not in known:
            if len(known) >= _MOST_SETTLED:
                known.clear()
            known[key] = ask()
        answer: _Answer = known[key]
        return answer

    def bind(self, document: Document) -> Binding | None:
        """A document seen through its template."""
        template = self.settings.template_of(document)
        return bind(document, template) if template else None

    def put(self, document: Document, binding: Binding | None = None) -> set[str]:
        """Take in a document; the other paths whose findings may have changed."""
        return self.put_entry(self.summarise(document, binding or self.bind(document)))

    def put_entry(self, entry: Entry) -> set[str]:
        """Take in what is known of a document without its text."""
        return replace(self.index, entry.path, entry)

    def remove(self, path: str) -> set[str]:
        """Forget a document; the other paths whose findings may have changed."""
        return replace(self.index, path, None) if path in self.index.entries else set()

    def summarise(self, document: Document, binding: Binding | None) -> Entry:
        """What is kept of a document."""
        settings = self.settings
        texts = settings.own_texts(binding.template) if binding else NO_TEXTS
        return summarise(document, binding, settings.ids, settings.words, texts)

    def knows(self, mention: Mention) -> bool:
        """Whether text in the shape of an ID is one here."""
        key = (mention.text, mention.owner)
        return self.settled(key, lambda: self._knows(mention))

    def _knows(self, mention: Mention) -> bool:
        """Whether templates, configuration or documents make an ID of a text.

        A prefix that neither templates nor configuration show is learnt from documents that carry
        it in their ID fields; and what a document is called is never mere text.
        """
        prefix = prefix_of(mention.text)
        return (
            prefix in self.settings.ids.own
            or self.settings.ids.is_inner(prefix)
            or self.index.carries(prefix)
            or any(self.index.owners(mention.owner or mention.key))
        )

    def mentions(
        self, entry: Entry, test: Callable[[Mention], object] | None = None
    ) -> Iterator[Mention]:
        """The IDs that a file uses, those included that only other documents make IDs.

        A test, which reads no spans, leaves only those that pass.
        """
        yield from entry.mentions_where(test)
        yield from entry.possible_where(
            lambda mention: (not test or test(mention)) and self.knows(mention)
        )

    def entry(self, path: str) -> Entry | None:
        """What is known of a path."""
        return self.index.entries.get(path)

    def taken_ids(self, prefix: str) -> list[str]:
        """The IDs with a prefix that documents carry."""
        return [text for key, path in self.index.ids(prefix) for text in self._texts(key, path)]

    def _texts(self, key: str, path: str) -> Iterator[str]:
        """How a document writes one of its own IDs; nearly all have but one."""
        entry = self.index.entries[path]
        if entry.id and own_key(entry.id, path, entry.kind) == key:
            yield entry.id
        else:
            yield from (d.text for d in entry.unplaced("defined") if d.is_own and d.key == key)
