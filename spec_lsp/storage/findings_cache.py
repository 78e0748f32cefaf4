"""Cached findings between files, and cached reports, valid while no file has changed.

Rules that read the workspace depend on all entries, on the settings, and on whether some other
files exist. While all of these are unchanged, so are the findings, and the reports of them. When a
few texts have changed, the index computes which files are affected.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from spec_lsp.rules.engine.diagnose import find_across, is_enabled
from spec_lsp.rules.engine.packed_findings import LastFixers, pack_found, unpack_found
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
    """The findings between files, read from the cache and written to it.

    `state` is the key of the stamps of all files, `texts` that of their contents, and `before` that
    of their contents when the findings were last cached; `doubted` are the files whose cached
    findings are stale, and `is_named_alike` says that all files and IDs have kept their names.
    """

    def __init__(self, cache: Store, state: str, texts: Texts) -> None:
        self.cache = cache
        self.state = state
        self.files = texts
        self.texts = self.before = ""
        self.doubted: set[str] = set()
        self.is_named_alike = False
        self._found: dict[str, bytes] = {}
        self._old: dict[str, bytes] = {}
        self._last = LastFixers()
        self._config: Config | None = None
        self._awake: tuple[str, ...] = ()

    def found(self, view: FileContext, on_failure: Failure) -> Iterable[RuleFinding]:
        """The findings of a file that depend on other files, cached or computed now."""
        path = view.entry.path
        if path in self.files.open:
            return find_across(view, on_failure)  # Of unsaved text, nothing is cached.
        kept = self._of(path, view.workspace.settings.config)
        if kept is not None:
            return unpack_found(
                kept,
                lambda code: self._last.of(view, code, lambda: find_across(view, code=code)),
            )
        found = find_across(view, on_failure)
        self._found[path] = pack_found(found)
        return found

    def _of(self, path: str, config: Config) -> bytes | None:
        """The packed findings of a file that depend on others, None if not cached or stale."""
        self._go_by(config)
        data = self._found.get(path)
        if data is None and path not in self.doubted:
            data = self._old.get(path)
        return data

    def doubt(self, paths: Iterable[str]) -> None:
        """Mark the cached findings of some files as stale; of all, if other files came or went.

        A client tells which files came or went: the disk is not asked at each of its keystrokes.
        """
        self.doubted.update(paths)
        for path in paths:
            self._found.pop(path, None)
        if not (self.files.is_live or self.files.confirms(self.files.answers)):
            self._found.clear()
            self._old.clear()

    def forget(self) -> None:
        """Drop the keys of the whole folder, which are invalid once single files change."""
        self.state = self.texts = ""

    def keep(self, paths: Iterable[str], config: Config) -> None:
        """Cache the known findings, with the key of the current texts."""
        known = {path: data for path in paths if (data := self._of(path, config)) is not None}
        if known and self.texts and (self._found or self.texts != self.before):
            self._write("verdict", self._named_by(self.texts, self._awake), known)

    def recall(self, question: str) -> bytes | None:
        """The cached answer to a question, None if something has changed since."""
        texts = self.cache.fact(f"texts:{self.state}") if self.state else None
        return self._answer(texts.decode("ascii", "ignore") if texts else "", question)

    def recall_before(self, question: str) -> bytes | None:
        """The answer to a question when the findings were last cached."""
        return self._answer(self.before, question)

    def keep_answer(self, question: str, answer: bytes) -> None:
        """Cache the answer to a question; the answer must depend on this folder alone."""
        self._write("answer", self._named_by(self.texts, question), answer)
        if self.state and self.texts:
            self.cache.keep_fact("texts", self.state, self.texts.encode())

    def _answer(self, texts: str, question: str) -> bytes | None:
        found = self._read("answer", self._named_by(texts, question))
        return found if isinstance(found, bytes) else None

    def _go_by(self, config: Config) -> None:
        """Load the cached findings of the enabled rules."""
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
        """The cache key of a state and some more; empty while the state is unknown."""
        data = pack((state, more))
        return hashlib.blake2b(data, digest_size=16).hexdigest() if state else ""

    def _read(self, kind: str, name: str) -> Any:  # noqa: ANN401 -- any plain values.
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
    """Hash the stamps of all files; empty if a file has changed too recently for a stamp."""
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
    """Hash the contents of all files."""
    blobs = tuple(sorted(history.blobs.items()))
    data = pack((signature, blobs, tuple(sorted(marks.items()))))
    return hashlib.blake2b(data, digest_size=16).hexdigest()
