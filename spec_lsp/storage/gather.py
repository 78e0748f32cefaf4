"""Reading all documents of a folder: from the cache what has not changed, the rest anew.

Batches come as they are ready, so that a server can answer between two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from spec_lsp.markdown import parse
from spec_lsp.rules.registry import Rule
from spec_lsp.rules.run import Failure
from spec_lsp.storage.cache import UNSURE, Cache, Marks, Row, Stamp, is_storable
from spec_lsp.storage.crew import read_beside
from spec_lsp.storage.digest import Digest, digest, mark_of, pack_digest, unpack_digest
from spec_lsp.storage.files import Disk
from spec_lsp.storage.history import History
from spec_lsp.storage.scope import Sight
from spec_lsp.storage.signature import signature_of
from spec_lsp.storage.worker import task
from spec_lsp.workspace.workspace import Settings, Workspace

_BATCH = 500
_FEW = 8
_MANY = 2_000
# When more has changed, everything is judged anew.
_FEW_CHANGES = 300


class Taken(NamedTuple):
    """A file that was read: its digest, or the reason why there is none."""

    path: str
    digest: Digest | None
    reason: str = ""


@dataclass
class Gathering:
    """The documents that a scan saw, on their way in; politely, when others are at work.

    `marks` are those of their texts, and `marks_before` those of the texts that the cache held.
    """

    disk: Disk
    settings: Settings
    history: History
    cache: Cache
    sights: Sequence[Sight]
    on_failure: Failure
    is_polite: bool = False
    marks: Marks = field(default_factory=dict)
    marks_before: Marks = field(default_factory=dict)
    _missing: list[str] = field(default_factory=list)
    _new: list[tuple[str, Row]] = field(default_factory=list)

    @cached_property
    def signature(self) -> str:
        """What all digests depend on."""
        return signature_of(self.settings)

    def batches(self) -> Iterator[list[Taken]]:
        """All documents, a batch at a time; at the end the cache is brought up to date."""
        yield from self.recalled()
        yield from self.read()

    def recalled(self) -> Iterator[list[Taken]]:
        """Those that the cache still knows."""
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

    def before(self) -> list[Taken] | None:
        """What the cache held of texts that have changed or gone.

        None when they are many, or when it does not hold all of what it held a moment ago.
        """
        other = self.marks_before.keys() - self.marks.keys()
        is_little = self.marks and len({*other, *self._missing}) <= _FEW_CHANGES
        if not is_little or not self.marks.items() <= self.marks_before.items():
            return None
        found = [*_unpacked(self.cache.digests(self.signature, other))]
        return found if len(found) == len(other) else None

    def read(self) -> Iterator[list[Taken]]:
        """All others, read anew."""
        for batch in self._read(self._missing):
            yield batch
            if len(self._new) > _MANY:
                self._flush(())
        self._flush(self.marks_before.keys() - {each.path for each in self.sights})

    def _recalled(self, sights: Sequence[Sight]) -> list[Taken]:
        """What the cache still knows of documents that follow each other."""
        known = self.cache.rows(self.signature, [each.path for each in sights])
        fresh = [each.path for each in sights if self._is_known(each, known.get(each.path))]
        found = list(_unpacked((path, known[path].digest) for path in fresh))
        for each in found:
            row = known[each.path]
            self.marks[each.path] = row.mark, row.born
        return found

    def _flush(self, gone: Iterable[str]) -> None:
        if self._new or gone:
            self.cache.keep(self.signature, self._new, gone)
            self._new.clear()

    def _is_known(self, sight: Sight, row: Row | None) -> bool:
        """Whether a file stands as it did; one that was written again may have the same text."""
        if row is None or row.born != self.history.mark(sight.path):
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

    def _read(self, paths: Sequence[str]) -> Iterator[list[Taken]]:
        left = dict.fromkeys(paths)
        stamps = {each.path: each.stamp for each in self.sights}
        known = task(self.disk.folder, self.settings, self.history)
        for answers in read_beside(known, paths, is_polite=self.is_polite):
            read = {path: (data, mark) for path, data, mark, _ in answers if data is not None}
            taken = list(_unpacked(((path, data) for path, (data, _) in read.items())))
            for each in taken:
                self._note(each.path, stamps.get(each.path), *read[each.path])
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
                    mark = mark_of(reading.text)
                    self._note(path, stamps.get(path), pack_digest(found), mark)
                batch.append(Taken(path, found))
            yield batch

    def _note(self, path: str, stamp: Stamp | None, data: bytes, mark: bytes) -> None:
        born = self.history.mark(path)
        self.marks[path] = mark, born
        self._new.append((path, Row(stamp or UNSURE, born, mark, data)))


def _unpacked(rows: Iterable[tuple[str, bytes]]) -> Iterator[Taken]:
    """Digests from bytes, but for those that cannot be understood."""
    for path, data in rows:
        with suppress(ValueError, TypeError, EOFError):
            yield Taken(path, unpack_digest(data))
