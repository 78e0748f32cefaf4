"""Index all documents of a folder: unchanged ones from the cache, the others from their text.

Documents are returned in batches, so that a server can answer between two batches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from spec_lsp.markdown.parse import parse
from spec_lsp.rules.engine.diagnose import Failure
from spec_lsp.rules.engine.registry import Rule
from spec_lsp.storage.cache_key import signature_of
from spec_lsp.storage.file_filter import ScannedFile
from spec_lsp.storage.files import Disk
from spec_lsp.storage.history import History
from spec_lsp.storage.indexing.digest import Digest, digest, mark_of, pack_digest, unpack_digest
from spec_lsp.storage.indexing.pool import read_beside
from spec_lsp.storage.indexing.worker import task
from spec_lsp.storage.store import UNSURE, CacheRow, Marks, Stamp, Store, is_storable
from spec_lsp.workspace.settings import Settings
from spec_lsp.workspace.workspace import Workspace

_BATCH = 500  # cached documents in a batch
_FEW = 8  # documents in a batch, if they are parsed in this process
_MANY = 2_000  # new rows, above which they are written to the cache
_FEW_CHANGES = 300  # changed documents, above which all findings between files are recomputed


class ReadResult(NamedTuple):
    """A file that was read: its digest, or the reason why there is none."""

    path: str
    digest: Digest | None
    reason: str = ""


@dataclass
class Indexer:
    """The indexer of scanned documents; with `low_priority`, its workers have a low priority.

    `marks` are the hashes of the texts, and `marks_before` those in the cache at the start.
    """

    disk: Disk
    settings: Settings
    history: History
    cache: Store
    sights: Sequence[ScannedFile]
    on_failure: Failure
    low_priority: bool = False
    marks: Marks = field(default_factory=dict)
    marks_before: Marks = field(default_factory=dict)
    _missing: list[str] = field(default_factory=list)
    _new: list[tuple[str, CacheRow]] = field(default_factory=list)

    @cached_property
    def signature(self) -> str:
        """The part of the cache key that all digests share."""
        return signature_of(self.settings)

    def batches(self) -> Iterator[list[ReadResult]]:
        """Yield all documents in batches; at the end, update the cache."""
        yield from self.recalled()
        yield from self.read()

    def recalled(self) -> Iterator[list[ReadResult]]:
        """Yield the unchanged documents, from the cache."""
        self.marks_before = self.cache.marks(self.signature)
        self._missing = [each.path for each in self.sights if not is_storable(each.path)]
        sights = sorted((s for s in self.sights if is_storable(s.path)), key=lambda s: s.path)
        for at in range(0, len(sights), _BATCH):
            some = sights[at : at + _BATCH]
            batch = self._recalled(some)
            recalled = {each.path for each in batch}
            self._missing += (each.path for each in some if each.path not in recalled)
            yield batch
            if len(self._new) > _MANY:
                self._flush(())

    def before(self) -> list[ReadResult] | None:
        """The cached digests of the documents that have changed or were deleted.

        None if these are many, or if another process has changed the cache meanwhile.
        """
        other = self.marks_before.keys() - self.marks.keys()
        is_little = self.marks and len({*other, *self._missing}) <= _FEW_CHANGES
        if not is_little or not self.marks.items() <= self.marks_before.items():
            return None
        found = [*_unpacked(self.cache.digests(self.signature, other))]
        return found if len(found) == len(other) else None

    def read(self) -> Iterator[list[ReadResult]]:
        """Yield all other documents, from their text."""
        for batch in self._read(self._missing):
            yield batch
            if len(self._new) > _MANY:
                self._flush(())
        self._flush(self.marks_before.keys() - {each.path for each in self.sights})

    def _recalled(self, sights: Sequence[ScannedFile]) -> list[ReadResult]:
        """The unchanged ones of some documents in path order, from the cache."""
        known = self.cache.rows(self.signature, [each.path for each in sights])
        fresh = [each.path for each in sights if self._is_known(each, known.get(each.path))]
        found = list(_unpacked((path, known[path].digest) for path in fresh))
        for each in found:
            row = known[each.path]
            self.marks[each.path] = row.mark, row.creation_commit
        return found

    def _flush(self, gone: Iterable[str]) -> None:
        if self._new or gone:
            self.cache.keep(self.signature, self._new, gone)
            self._new.clear()

    def _is_known(self, sight: ScannedFile, row: CacheRow | None) -> bool:
        """Whether a cached row is still valid: the stamp is equal, or else the hash of the text."""
        if row is None or row.creation_commit != self.history.mark(sight.path):
            return False
        if row.stamp == sight.stamp:
            return True
        if sight.stamp and sight.stamp.size != row.stamp.size != UNSURE.size:
            return False
        text = self.disk.read(sight.path).text
        is_same = text is not None and mark_of(text) == row.mark
        if is_same and sight.stamp:
            self._new.append((sight.path, row._replace(stamp=sight.stamp)))
        return is_same

    def _read(self, paths: Sequence[str]) -> Iterator[list[ReadResult]]:
        left = dict.fromkeys(paths)
        stamps = {each.path: each.stamp for each in self.sights}
        known = task(self.disk.folder, self.settings, self.history)
        for answers in read_beside(known, paths, low_priority=self.low_priority):
            read = {path: (data, mark) for path, data, mark, _ in answers if data is not None}
            taken = list(_unpacked(((path, data) for path, (data, _) in read.items())))
            for each in taken:
                self._note(each.path, stamps.get(each.path), *read[each.path])
                left.pop(each.path, None)
            yield taken
        yield from self._read_here(list(left), stamps)

    def _read_here(
        self, paths: Sequence[str], stamps: dict[str, Stamp | None]
    ) -> Iterator[list[ReadResult]]:
        workspace = Workspace(self.settings, past=self.history.template_of)
        failed: set[str] = set()

        def note_failure(rule: Rule, path: str, error: Exception) -> None:
            failed.add(path)
            self.on_failure(rule, path, error)

        for at in range(0, len(paths), _FEW):
            batch = []
            for path in paths[at : at + _FEW]:
                reading = self.disk.read(path)
                if reading.text is None:
                    batch.append(ReadResult(path, None, reading.reason))
                    continue
                found = digest(parse(path, reading.text), workspace, note_failure)
                if path not in failed:
                    mark = mark_of(reading.text)
                    self._note(path, stamps.get(path), pack_digest(found), mark)
                batch.append(ReadResult(path, found))
            yield batch

    def _note(self, path: str, stamp: Stamp | None, data: bytes, mark: bytes) -> None:
        creation_commit = self.history.mark(path)
        self.marks[path] = mark, creation_commit
        self._new.append((path, CacheRow(stamp or UNSURE, creation_commit, mark, data)))


def _unpacked(rows: Iterable[tuple[str, bytes]]) -> Iterator[ReadResult]:
    """Unpack digests, except invalid ones."""
    for path, data in rows:
        with suppress(ValueError, TypeError, EOFError):
            yield ReadResult(path, unpack_digest(data))
