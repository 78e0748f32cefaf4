"""The digest of a closed file, also as bytes for workers and the cache."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.rules.engine.diagnose import find_inside
from spec_lsp.rules.engine.evidence import demand_of
from spec_lsp.rules.engine.model import DocumentContext
from spec_lsp.rules.engine.packed_findings import pack_found
from spec_lsp.rules.tasks import due_lists
from spec_lsp.template.match.slot_keys import keys_of
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.evidence import pack_evidence
from spec_lsp.workspace.index_keys import IndexKeys, faces
from spec_lsp.workspace.packed import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.markdown.document import Document
    from spec_lsp.rules.engine.diagnose import Failure, RuleFinding
    from spec_lsp.template.match.binding import Binding
    from spec_lsp.workspace.settings import Settings
    from spec_lsp.workspace.workspace import Workspace


class Digest(NamedTuple):
    """An entry with its index keys, and the packed findings inside the file."""

    entry: Entry
    keys: IndexKeys
    inside: bytes


def digest(document: Document, workspace: Workspace, on_failure: Failure) -> Digest:
    """Compute the digest of a document."""
    binding = workspace.bind(document)
    found = inside_of(document, binding, workspace.settings, on_failure)
    entry = entry_of(workspace, document, binding, found)
    return Digest(entry.packed(document.text), faces(entry), pack_found(found))


def entry_of(
    workspace: Workspace,
    document: Document,
    binding: Binding | None,
    found: Iterable[RuleFinding],
) -> Entry:
    """The entry of a document, with the demands that it meets and, by its findings, does not."""
    entry = workspace.summarise(document, binding)
    if not binding or binding.template.is_later:
        return entry
    present = (*keys_of(binding), *due_lists(DocumentContext(binding, workspace.settings.words)))
    asked = ((demand_of(each.code, each.finding), each.finding.value) for each in found)
    unmet = ((demand, value) for demand, value in asked if demand)
    return replace(entry, evidence=pack_evidence(present, unmet))


def inside_of(
    document: Document,
    binding: Binding | None,
    settings: Settings,
    on_failure: Failure | None = None,
    code: str = "",
) -> tuple[RuleFinding, ...]:
    """The findings inside a document; with a code, only those of one rule."""
    subject = DocumentContext(binding, settings.words) if binding else None
    return find_inside(document, subject, on_failure, code)


def mark_of(text: str) -> bytes:
    """Hash a text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def pack_digest(digest: Digest) -> bytes:
    """Pack a digest as bytes."""
    entry = digest.entry
    card = tuple(_plain(getattr(entry, name)) for name in _NAMES)
    return pack((card, tuple(digest.keys), digest.inside))


def unpack_digest(data: bytes) -> Digest:
    """Unpack a digest."""
    card, keys, inside = unpack(data)
    values, spans, packed = card[:_SPANS], card[_SPANS:_PACKED], card[_PACKED:]
    entry = Entry(*values, *map(_span, spans), *packed)
    return Digest(entry, IndexKeys(*keys), inside)


# In the order of the fields of `Entry`: plain values, then spans, then what is already packed.
_NAMES = tuple(f.name for f in fields(Entry) if f.init)
_SPANS = _NAMES.index("title_span")
_PACKED = _NAMES.index("names")


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, Span) else value


def _span(value: tuple[int, int] | None) -> Span | None:
    return Span(*value) if value else None
