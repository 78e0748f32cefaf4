"""What was found between files, kept for as long as no file has changed.

Rules that read the workspace depend on all entries, on the settings, and on whether some other
files exist. When every one of those is as it was, so are their findings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from spec_lsp.rules.registry import rules
from spec_lsp.rules.run import is_awake
from spec_lsp.workspace.packing import NOTHING, pack, unpack

if TYPE_CHECKING:
    from spec_lsp.storage.cache import Cache
    from spec_lsp.storage.files import Disk
    from spec_lsp.storage.history import History
    from spec_lsp.storage.scope import Sight
    from spec_lsp.workspace.config import Config


class Outside:
    """The disk as the workspace asks for it, with a note of what it was asked."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.answers: dict[str, bool] = {}

    def exists(self, path: str) -> bool:
        """Whether a file or folder stands at a path."""
        answer = self.answers[path] = self.disk.exists(path)
        return answer

    def text(self, path: str) -> str | None:
        """The text of a file."""
        return self.disk.text(path)

    def nearby(self, path: str) -> Iterable[str]:
        """The names of what stands in the folder of a path."""
        return self.disk.nearby(path)


class Verdicts:
    """The findings between files by path, packed; from the cache, or to be kept there."""

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
        if not name or self._kept(name) is not None or not self.found.keys() >= set(paths):
            return
        some = {path: data for path, data in self.found.items() if data != NOTHING}
        self.cache.keep_fact("verdict", name, pack((self.outside.answers, some)))

    def _name(self, config: Config) -> str:
        """The state of everything, and which rules are looked at."""
        if not self.state:
            return ""
        if self._named is None or self._named[0] is not config:
            awake = sorted(code for code, each in rules().items() if is_awake(each, config))
            data = pack((self.state, tuple(awake)))
            self._named = config, hashlib.blake2b(data, digest_size=16).hexdigest()
        return self._named[1]

    def _kept(self, name: str) -> dict[str, bytes] | None:
        if name and name not in self._old:
            self._old[name] = None
            data = self.cache.fact(f"verdict:{name}")
            with suppress(ValueError, TypeError, EOFError, AttributeError):
                answers, found = unpack(data) if data else (None, None)
                disk = self.outside.disk
                if answers is not None and all(disk.exists(p) is a for p, a in answers.items()):
                    self._old[name] = found
        return self._old.get(name)


def state_of(signature: str, sights: Iterable[Sight], history: History) -> str:
    """The state of all files as a short text; nothing when one of them has changed just now."""
    found = hashlib.blake2b(signature.encode(), digest_size=16)
    for sight in sights:
        if sight.what == "document" and sight.stamp is None:
            return ""
        line = f"{sight.path}\0{sight.what}\0{sight.stamp}\0{history.mark(sight.path)}\n"
        found.update(line.encode("utf-8", "surrogatepass"))
    return found.hexdigest()
