"""What was found between files, and whole answers, kept for as long as no file has changed.

Rules that read the workspace depend on all entries, on the settings, and on whether some other
files exist. When every one of those is as it was, so are their findings, and so is what a report
says of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from spec_lsp.rules.registry import rules
from spec_lsp.rules.run import is_awake
from spec_lsp.workspace.packing import NOTHING, pack, unpack

if TYPE_CHECKING:
    from spec_lsp.storage.cache import Cache
    from spec_lsp.storage.files import Disk
    from spec_lsp.storage.history import History
    from spec_lsp.storage.scope import Sight
    from spec_lsp.workspace.config import Config

_Notes = tuple[dict[str, bool], dict[str, tuple[str, ...]]]


class Outside:
    """The disk as the workspace asks for it, with a note of what it was asked and answered.

    It is steady as long as it has not answered the same question in two ways.
    """

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.is_steady = True
        self._standing: dict[str, bool] = {}
        self._names: dict[str, tuple[str, ...]] = {}

    def exists(self, path: str) -> bool:
        """Whether a file or folder stands at a path."""
        answer = self.disk.exists(path)
        self.is_steady &= self._standing.setdefault(path, answer) is answer
        return answer

    def nearby(self, path: str) -> Iterable[str]:
        """The names of what stands in the folder of a path."""
        answer = tuple(self.disk.nearby(path))
        self.is_steady &= self._names.setdefault(path, answer) == answer
        return answer

    @property
    def notes(self) -> _Notes:
        """Everything that was asked, with the answers."""
        return self._standing, self._names

    def confirms(self, notes: _Notes) -> bool:
        """Whether the disk still answers as it did; what rests on it may then be built on."""
        standing, names = notes
        return all(self.exists(path) is known for path, known in standing.items()) and all(
            self.nearby(path) == known for path, known in names.items()
        )


class Verdicts:
    """What was found while everything stood as it does now; from the cache, or to be kept there.

    `found` are the findings between files by path, packed.
    """

    def __init__(self, cache: Cache, state: str, outside: Outside) -> None:
        self.cache = cache
        self.state = state
        self.outside = outside
        self.found: dict[str, bytes] = {}
        self._old: dict[str, dict[str, bytes] | None] = {}
        self._named: tuple[Config, str] | None = None

    def of(self, path: str, config: Config) -> bytes | None:
        """What was found about a file, if nothing has changed since."""
        old = self._kept(self._name(config))
        return None if old is None else old.get(path, NOTHING)

    def forget(self) -> None:
        """Something changes: what is known holds no longer, and is not kept."""
        self.state = ""
        self._old.clear()

    def keep(self, paths: Iterable[str], config: Config) -> None:
        """Keep what was found, if all files have been judged."""
        name = self._name(config)
        if name and self._kept(name) is None and self.found.keys() >= set(paths):
            some = {path: data for path, data in self.found.items() if data != NOTHING}
            self._write("verdict", name, some)

    def recall(self, question: str) -> bytes | None:
        """What the answer to a question was, if nothing has changed since."""
        found = self._read("answer", self._named_by(question))
        return found if isinstance(found, bytes) else None

    def keep_answer(self, question: str, answer: bytes) -> None:
        """Keep the answer to a question that asks for nothing but what stands here."""
        self._write("answer", self._named_by(question), answer)

    def _name(self, config: Config) -> str:
        """The state of everything, and which rules are looked at."""
        if self._named is None or self._named[0] is not config:
            awake = sorted(code for code, each in rules().items() if is_awake(each, config))
            self._named = config, self._named_by(*awake)
        return self._named[1] if self.state else ""

    def _named_by(self, *facts: str) -> str:
        """A name for what depends on the state and some more; none while the state is unknown."""
        data = pack((self.state, facts))
        return hashlib.blake2b(data, digest_size=16).hexdigest() if self.state else ""

    def _kept(self, name: str) -> dict[str, bytes] | None:
        if name and name not in self._old:
            found = self._read("verdict", name)
            self._old[name] = found if isinstance(found, dict) else None
        return self._old.get(name)

    def _read(self, kind: str, name: str) -> Any:  # noqa: ANN401 -- what was kept of that kind.
        data = self.cache.fact(f"{kind}:{name}") if name else None
        with suppress(ValueError, TypeError, EOFError, AttributeError):
            notes, found = unpack(data) if data else (None, None)
            return found if notes and self.outside.confirms(notes) else None
        return None

    def _write(self, kind: str, name: str, found: Any) -> None:  # noqa: ANN401
        if name and self.outside.is_steady:
            self.cache.keep_fact(kind, name, pack((self.outside.notes, found)))


def state_of(signature: str, sights: Iterable[Sight], history: History) -> str:
    """The state of all files as a short text; nothing when one of them has changed just now."""
    found = hashlib.blake2b(signature.encode(), digest_size=16)
    found.update(pack(tuple(sorted(history.blobs.items()))))
    for sight in sights:
        if sight.what == "document" and sight.stamp is None:
            return ""
        line = f"{sight.path}\0{sight.what}\0{sight.stamp}\0{history.mark(sight.path)}\n"
        found.update(line.encode("utf-8", "surrogatepass"))
    return found.hexdigest()
