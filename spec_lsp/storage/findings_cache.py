"""What was found between files, and whole answers, kept for as long as no file has changed.

Rules that read the workspace depend on all entries, on the settings, and on whether some other
files exist. When every one of those is as it was, so are their findings, and so is what a report
says of them. When a few texts have changed, the index tells of which files something else may be
said.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from spec_lsp.rules.engine.diagnose import find_across, is_enabled
from spec_lsp.rules.engine.packed_findings import pack_found, unpack_found
from spec_lsp.rules.engine.registry import rules
from spec_lsp.workspace.packed import pack, unpack

if TYPE_CHECKING:
    from spec_lsp.rules.engine.diagnose import Failure, RuleFinding
    from spec_lsp.rules.engine.model import FileContext
    from spec_lsp.storage.file_filter import ScannedFile
    from spec_lsp.storage.history import History
    from spec_lsp.storage.store import Marks, Store
    from spec_lsp.storage.texts import Texts
    from spec_lsp.workspace.config.config import Config


class FindingsCache:
    """What was found while all texts were as they were; from the cache, or to be kept there.

    `state` names how all files stand, `texts` what is in them, and `before` what was in them when
    they were judged last; `doubted` are the files of which something else may be said since.
    """

    def __init__(self, cache: Store, state: str, texts: Texts) -> None:
        self.cache = cache
        self.state = state
        self.files = texts
        self.texts = self.before = ""
        self.doubted: set[str] = set()
        self._found: dict[str, bytes] = {}
        self._old: dict[str, bytes] = {}
        self._config: Config | None = None
        self._awake: tuple[str, ...] = ()

    def found(self, view: FileContext, on_failure: Failure) -> Iterable[RuleFinding]:
        """The findings about a file between all others, cached or found now."""
        path = view.entry.path
        kept = self._of(path, view.workspace.settings.config)
        if kept is not None:
            return unpack_found(kept, lambda: find_across(view))
        found = find_across(view, on_failure)
        self._found[path] = pack_found(found)
        return found

    def _of(self, path: str, config: Config) -> bytes | None:
        """What was found about a file between files, packed, if it still holds."""
        self._go_by(config)
        data = self._found.get(path)
        if data is None and path not in self.doubted:
            data = self._old.get(path)
        return data

    def doubt(self, paths: Iterable[str]) -> None:
        """Something has changed, and what is said of some files may have."""
        self.doubted.update(paths)
        for path in paths:
            self._found.pop(path, None)
        if not self.files.confirms(self.files.answers):
            self._found.clear()
            self._old.clear()

    def forget(self) -> None:
        """Something changes by and by: how all files stand is not known any more."""
        self.state = self.texts = ""

    def keep(self, paths: Iterable[str], config: Config) -> None:
        """Keep what is known for the texts as they are now."""
        known = {path: data for path in paths if (data := self._of(path, config)) is not None}
        if known and self.texts and (self._found or self.texts != self.before):
            self._write("verdict", self._named_by(self.texts, self._awake), known)

    def recall(self, question: str) -> bytes | None:
        """What the answer to a question was, if nothing has changed since."""
        found = self._read("answer", self._named_by(self.state, question))
        return found if isinstance(found, bytes) else None

    def keep_answer(self, question: str, answer: bytes) -> None:
        """Keep the answer to a question that asks for nothing but what stands here."""
        self._write("answer", self._named_by(self.state, question), answer)

    def _go_by(self, config: Config) -> None:
        """Look at what was found by the rules that a configuration looks at."""
        if config is self._config:
            return
        self._config = config
        awake = tuple(sorted(code for code, each in rules().items() if is_enabled(each, config)))
        if awake != self._awake:
            self._awake = awake
            self._found = {}
            found = self._read("verdict", self._named_by(self.before, awake))
            self._old = found if isinstance(found, dict) else {}

    def _named_by(self, state: str, more: object) -> str:
        """A name for what depends on a state and some more; none while the state is unknown."""
        data = pack((state, more))
        return hashlib.blake2b(data, digest_size=16).hexdigest() if state else ""

    def _read(self, kind: str, name: str) -> Any:  # noqa: ANN401 -- what was kept of that kind.
        data = self.cache.fact(f"{kind}:{name}") if name else None
        with suppress(ValueError, TypeError, EOFError, AttributeError):
            notes, found = unpack(data) if data else (None, None)
            return found if notes and self.files.confirms(notes) else None
        return None

    def _write(self, kind: str, name: str, found: Any) -> None:  # noqa: ANN401
        if name:
            self.cache.keep_fact(kind, name, pack((self.files.answers, found)))


def state_of(
    signature: str, sights: Iterable[ScannedFile], inner: Iterable[str], history: History
) -> str:
    """The state of all files as a short text; nothing when one of them has changed just now."""
    found = hashlib.blake2b(signature.encode(), digest_size=16)
    found.update(pack(tuple(sorted(history.blobs.items()))))
    found.update(pack(tuple(inner)))
    for sight in sights:
        if sight.what == "document" and sight.stamp is None:
            return ""
        line = f"{sight.path}\0{sight.what}\0{sight.stamp}\0{history.mark(sight.path)}\n"
        found.update(line.encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def texts_of(signature: str, marks: Marks, history: History) -> str:
    """What is in all files, as a short text."""
    blobs = tuple(sorted(history.blobs.items()))
    data = pack((signature, blobs, tuple(sorted(marks.items()))))
    return hashlib.blake2b(data, digest_size=16).hexdigest()
