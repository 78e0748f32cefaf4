"""One workspace: a folder with its configuration, its templates and all its documents.

Paths are relative to that folder, with forward slashes.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, TypeVar

from spec_lsp.identifiers import prefix_of
from spec_lsp.memo import once
from spec_lsp.template.match.binding import Binding, bind
from spec_lsp.template.match.choose_template import Chosen
from spec_lsp.workspace.affected import replace
from spec_lsp.workspace.collect.parts import mentions_alone
from spec_lsp.workspace.collect.progress import stage_of
from spec_lsp.workspace.collect.summary import NO_TEXTS, summarise
from spec_lsp.workspace.evidence import is_same
from spec_lsp.workspace.files import Files, NoFiles
from spec_lsp.workspace.index import Index
from spec_lsp.workspace.known_ids import own_key
from spec_lsp.workspace.settings import Past, Settings, current

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.document import Document
    from spec_lsp.template.schema import Template
    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.evidence import Demand
    from spec_lsp.workspace.facts import Mention

_Answer = TypeVar("_Answer")
# Cached answers, enough for a few open documents; at this number, the cache is cleared.
_MOST_SETTLED = 10_000


def _answers(*_: object) -> dict[Hashable, Any]:
    return {}


class Workspace:
    """The documents of one folder: their settings, their files and their index."""

    def __init__(
        self, settings: Settings | None = None, files: Files | None = None, past: Past = current
    ) -> None:
        self.settings = settings or Settings()
        self.past = past
        self.files: Files = files or NoFiles()
        self.index = Index()

    def settled(self, key: Hashable, ask: Callable[[], _Answer]) -> _Answer:
        """Cache an answer until `index.names` is replaced or the IDs in use change.

        The answer may depend only on the names in the index and on the IDs in use, not on spans:
        most edits change neither.
        """
        known = once(self.index.names, _answers, self.settings.ids)
        if key not in known:
            if len(known) >= _MOST_SETTLED:
                known.clear()
            known[key] = ask()
        answer: _Answer = known[key]
        return answer

    def bind(self, document: Document) -> Binding | None:
        """Match a document with its template; None for plain Markdown."""
        template = self.chosen(document).template
        return bind(document, template) if template else None

    def chosen(self, document: Document) -> Chosen:
        """The template that a document follows, in the version at its creation, and why."""
        return self.settings.chosen(document, self.past)

    def put(self, document: Document, binding: Binding | None = None) -> set[str]:
        """Add or update a document; return the other paths whose findings may have changed."""
        return self.put_entry(self.summarise(document, binding or self.bind(document)))

    def put_entry(self, entry: Entry) -> set[str]:
        """Add or update an entry; return the other paths whose findings may have changed."""
        return self._replaced(entry.path, entry)

    def remove(self, path: str) -> set[str]:
        """Remove a document; return the other paths whose findings may have changed."""
        return self._replaced(path, None) if path in self.index.entries else set()

    def is_waived(self, kind: str, demand: Demand) -> bool:
        """Whether a demand of a kind's template is not in force."""
        return self.index.evidence.is_waived(kind, demand, self.settings.config.evidence)

    def is_shared(self, kind: str, demand: Demand, value: str) -> bool:
        """Whether several documents have a value that is not among the choices."""
        return (demand, value) in self.index.evidence.shared(kind)

    def waived(self, kind: str) -> frozenset[Demand]:
        """The demands of a kind's template that are not in force."""
        return self.index.evidence.waived(kind, self.settings.config.evidence)

    def summarise(self, document: Document, binding: Binding | None) -> Entry:
        """Summarise a document as its index entry."""
        settings = self.settings
        texts = settings.own_texts(binding.template) if binding else NO_TEXTS
        entry = summarise(document, binding, settings.ids, settings.words, texts)
        place = settings.families.place(document.path) if binding else None
        if not place:
            return entry
        status = entry.status or place.told
        told = stage_of(status, None, settings.words) if place.told and not entry.status else ""
        return dataclasses.replace(
            entry,
            unit=place.unit,
            base=place.base or ".",
            status=status,
            stage=place.stage or entry.stage or told,
            carried_out=place.linked,
        )

    def mentions_alone(
        self, chunk: Chunk, template: Template | None, path: str
    ) -> tuple[Mention, ...] | None:
        """The mentions of a part of a document; None if they depend on other parts."""
        texts = self.settings.own_texts(template) if template else NO_TEXTS
        return mentions_alone(chunk, template, self.settings.ids, texts, path)

    def knows(self, mention: Mention) -> bool:
        """Whether text in the shape of an ID is an ID in this workspace; cached."""
        key = (mention.text, mention.owner)
        return self.settled(key, lambda: self._knows(mention))

    def _knows(self, mention: Mention) -> bool:
        """Whether templates, configuration or documents define an ID or its prefix.

        A prefix that neither templates nor configuration have is learnt from documents that carry
        it in their ID fields; the ID of a document always counts.
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
        """The mentions of a file, including the possible ones that count in this workspace.

        With a test, which must not read spans, only the mentions that pass.
        """
        yield from entry.mentions_where(test)
        yield from entry.possible_where(
            lambda mention: (not test or test(mention)) and self.knows(mention)
        )

    def entry(self, path: str) -> Entry | None:
        """The index entry of a path."""
        return self.index.entries.get(path)

    def taken_ids(self, prefix: str) -> list[str]:
        """The IDs with a prefix that documents carry."""
        return [text for key, path in self.index.ids(prefix) for text in self._texts(key, path)]

    def _replaced(self, path: str, new: Entry | None) -> set[str]:
        """Replace or remove an entry; include what follows from a demand that comes into force."""
        old = self.index.entries.get(path)
        if is_same(old, new):
            return replace(self, path, new)
        kinds = {each.kind for each in (old, new) if each and each.kind}
        before = {kind: self.waived(kind) for kind in kinds}
        shared = {kind: self.index.evidence.shared(kind) for kind in kinds}
        affected = replace(self, path, new)
        for kind, was in before.items():
            now = self.waived(kind)
            changed = {demand for demand, _ in shared[kind] ^ self.index.evidence.shared(kind)}
            affected |= self.index.evidence.paths(kind, (was ^ now) | changed)
            template = self.settings.template(kind)
            if (was or now) and template and not template.is_builtin:
                affected.add(template.path)
        return affected - {path}

    def _texts(self, key: str, path: str) -> Iterator[str]:
        """The spellings of one of a document's own IDs; nearly all documents have a single one."""
        entry = self.index.entries[path]
        if entry.id and own_key(entry.id, path) == key:
            yield entry.id
        else:
            yield from (d.text for d in entry.unplaced("defined") if d.is_own and d.key == key)
