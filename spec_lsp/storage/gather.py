"""Reading all documents of a folder: from the cache what has not changed, the rest anew.

Batches come as they are ready, so that a server can answer between two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from spec_lsp.markdown import parse
from spec_lsp.rules.registry import Rule
from spec_lsp.rules.run import Failure
from spec_lsp.storage.cache import Cache, Row, Stamp, is_storable
from spec_lsp.storage.crew import read_beside
from spec_lsp.storage.digest import Digest, digest, pack_digest, unpack_digest
from spec_lsp.storage.files import Disk
from spec_lsp.storage.history import History
from spec_lsp.storage.scope import Sight
from spec_lsp.storage.signature import signature_of
from spec_lsp.storage.worker import task
from spec_lsp.workspace.workspace import Settings, Workspace

_BATCH = 500
_FEW = 8
_MANY = 2_000


class Taken(NamedTuple):
    """A file that was read: its digest, or the reason why there is none."""

    path: str
    digest: Digest | None
    reason: str = ""


@dataclass
class Gathering:
    """The documents that a scan saw, on their way in; politely, when others are at work."""

    disk: Disk
    settings: Settings
    history: History
    cache: Cache
    sights: Sequence[Sight]
    on_failure: Failure
    is_polite: bool = False
    _new: list[tuple[str, Row]] = field(default_factory=list)

    def batches(self) -> Iterator[list[Taken]]:
        """All documents, a batch at a time; at the end the cache is brought up to date."""
        signature = signature_of(self.settings)
        missing = [each.path for each in self.sights if not is_storable(each.path)]
        sights = sorted((s for s in self.sights if is_storable(s.path)), key=lambda s: s.path)
        for at in range(0, len(sights), _BATCH):
            some = sights[at : at + _BATCH]
            batch = self._recalled(signature, some)
            recalled = {each.path for each in batch}
            missing += (each.path for each in some if each.path not in recalled)
            yield batch
        for batch in self._read(missing):
            yield batch
            if len(self._new) > _MANY:
                self._flush(signature, ())
        self._flush(signature, self.cache.paths(signature) - {each.path for each in self.sights})

    def _recalled(self, signature: str, sights: Sequence[Sight]) -> list[Taken]:
        """What the cache still knows of documents that follow each other."""
        known = self.cache.rows(signature, sights[0].path, sights[-1].path)
        fresh = [each.path for each in sights if self._is_known(each, known.get(each.path))]
        return list(_unpacked((path, known[path].digest) for path in fresh))

    def _flush(self, signature: str, gone: Iterable[str]) -> None:
        if self._new or gone:
            self.cache.keep(signature, self._new, gone)
            self._new.clear()

    def _is_known(self, sight: Sight, row: Row | None) -> bool:
        return (
            row is not None
            and row.stamp == sight.stamp
            and row.born == self.history.mark(sight.path)
        )

    def _read(self, paths: Sequence[str]) -> Iterator[list[Taken]]:
        left = dict.fromkeys(paths)
        stamps = {each.path: each.stamp for each in self.sights}
        known = task(self.disk.folder, self.settings, self.history)
        for answers in read_beside(known, paths, is_polite=self.is_polite):
            packed = {path: data for path, data, _ in answers if data is not None}
            taken = list(_unpacked(packed.items()))
            for each in taken:
                self._note(each.path, stamps.get(each.path), packed[each.path])
                left.pop(each.path, None)
            yield taken
        yield from self._read_here(list(left), stamps)

    def _read_here(
        self, paths: Sequence[str], stamps: dict[str, Stamp | None]
    ) -> Iterator[list[Taken]]:
        workspace = Workspace(self.settings)
        failed: set[str] = set()

        def note_failure(rule: Rule, path: str, error: Exception) -> None:
            failed.add(path)
            self.on_failure(rule, path, error)

        for at in range(0, len(paths), _FEW):
            batch = []
            for path in paths[at : at + _FEW]:
                reading = self.disk.read(path)
                if reading.text is None:
                    batch.append(Taken(path, None, reading.reason))
                    continue
                found = digest(parse(path, reading.text), workspace, self.history, note_failure)
                if path not in failed:
                    self._note(path, stamps.get(path), pack_digest(found))
                batch.append(Taken(path, found))
            yield batch

    def _note(self, path: str, stamp: Stamp | None, data: bytes) -> None:
        if stamp:
            self._new.append((path, Row(stamp, self.history.mark(path), data)))


def _unpacked(rows: Iterable[tuple[str, bytes]]) -> Iterator[Taken]:
    """Digests from bytes, but for those that cannot be understood."""
    for path, data in rows:
        with suppress(ValueError, TypeError, EOFError):
            yield Taken(path, unpack_digest(data))
