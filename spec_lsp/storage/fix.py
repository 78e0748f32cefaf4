"""Apply fixes in rounds, until no fix is left.

Fixes that overlap wait for the next round. A safe fix that adds a finding, in this document or
another, is reverted. The folder is changed for the trial and restored at the end, so there must be
no `await` in between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from spec_lsp.rules.engine.model import Change, Diagnostic, Fix, FixContext
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.trial import Trial
from spec_lsp.text import Edit, apply

_MOST_ROUNDS = 50

Wanted = Callable[[Diagnostic], bool]


@dataclass
class Fixed:
    """The changes of all fixes: texts before and after, new files, and renamed files."""

    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    created: list[str] = field(default_factory=list)
    renames: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0

    @property
    def files(self) -> set[str]:
        """Every file that is changed, by its old name."""
        return {*self.before, *self.created, *(old for old, _ in self.renames)}


def fix(
    folder: Folder,
    paths: Iterable[str],
    desk: FixContext,
    wanted: Wanted = lambda _: True,
    *,
    unsafe: bool = False,
) -> Fixed:
    """Fix the shown diagnostics of some documents: with safe fixes only, or with all."""
    work = _Fixing(folder, desk, wanted, Trial(folder), unsafe=unsafe)
    paths = list(paths)
    try:
        for _ in range(_MOST_ROUNDS):
            if not sum(work.round(path) for path in paths):
                break
            paths += [path for path in work.fixed.created if path not in paths]
        touched = {*work.fixed.files, *(new for _, new in work.fixed.renames)}
        work.fixed.after = {path: folder.texts.text(path) or "" for path in touched}
    finally:
        work.trial.restore()
    return work.fixed


@dataclass
class _Fixing:
    folder: Folder
    desk: FixContext
    wanted: Wanted
    trial: Trial
    unsafe: bool
    fixed: Fixed = field(default_factory=Fixed)
    refused: set[tuple[str, str, str, str]] = field(default_factory=set)

    def round(self, path: str) -> int:
        """Run one round in one document; return the number of applied fixes."""
        chosen = self._chosen(path)
        if not chosen:
            return 0
        if self.unsafe:
            done = self._apply_all(path, chosen)
        elif self._try(path, chosen):
            done = len(chosen)
        else:
            # One of these fixes adds a finding; try each alone.
            done = self._first_harmless(path, chosen)
        self.fixed.count += done
        return done

    def _chosen(self, path: str) -> list[tuple[Diagnostic, Fix]]:
        """One fix for each diagnostic that has one, as far as the fixes do not overlap."""
        found: list[tuple[Diagnostic, Fix]] = []
        taken: list[Change] = []
        for diagnostic in self._shown(path):
            fix = self._fix_of(diagnostic) if self.wanted(diagnostic) else None
            if not fix or any(_touch(one, other) for one in fix.changes for other in taken):
                continue
            if fix.new_file or fix.rename:
                return found or [(diagnostic, fix)]
            taken += fix.changes
            found.append((diagnostic, fix))
        return found

    def _fix_of(self, diagnostic: Diagnostic) -> Fix | None:
        """The fix to apply: a safe one, or if all are wanted the only or the preferred one."""
        fixes = [
            fix for fix in diagnostic.fixes(self.desk) if _key(diagnostic, fix) not in self.refused
        ]
        safe = [fix for fix in fixes if fix.is_safe_in(diagnostic.path)]
        if safe or not self.unsafe:
            return next((fix for fix in safe if fix.is_preferred), safe[0] if safe else None)
        preferred = [fix for fix in fixes if fix.is_preferred]
        chosen = (preferred or fixes)[:1] if preferred or len(fixes) == 1 else []
        return chosen[0] if chosen else None

    def _try(self, path: str, chosen: list[tuple[Diagnostic, Fix]]) -> bool:
        """Apply safe fixes together; revert them if any document then has more findings."""
        old = self.folder.texts.text(path) or ""
        new = apply(old, [change.edit for _, fix in chosen for change in fix.changes])
        before = self._count([path])
        others = self.trial.put(path, new) - {path}
        after = self._count([path])
        if others and after <= before:
            after = self._count([path, *others])
            self.trial.put(path, old)
            before = self._count([path, *others])
            self.trial.put(path, new)
        if after < before:
            self.fixed.before.setdefault(path, old)
            return True
        self.trial.put(path, old)
        return False

    def _first_harmless(self, path: str, chosen: list[tuple[Diagnostic, Fix]]) -> int:
        for diagnostic, fix in chosen:
            if self._try(path, [(diagnostic, fix)]):
                return 1
            self.refused.add(_key(diagnostic, fix))
        return 0

    def _apply_all(self, path: str, chosen: list[tuple[Diagnostic, Fix]]) -> int:
        """Apply safe and unsafe fixes; a fix that has not helped is not tried again."""
        before = self._messages(path)
        for _, fix in chosen:
            self._apply(fix)
        after = self._messages(path)
        for diagnostic, fix in chosen:
            message = (diagnostic.code, diagnostic.message)
            if after[message] >= before[message]:
                self.refused.add(_key(diagnostic, fix))
        return len(chosen)

    def _apply(self, fix: Fix) -> None:
        """Apply one fix, in all files that it changes."""
        texts = self.folder.texts
        by_path: dict[str, list[Edit]] = {}
        for change in fix.changes:
            by_path.setdefault(change.path, []).append(change.edit)
        for path, edits in by_path.items():
            old = texts.text(path)
            if old is not None:
                self.fixed.before.setdefault(path, old)
                self.trial.put(path, apply(old, edits))
        if fix.new_file and not texts.exists(fix.new_file.path):
            self.trial.put(fix.new_file.path, fix.new_file.text)
            self.fixed.created.append(fix.new_file.path)
        if fix.rename and not texts.exists(fix.rename[1]):
            self._rename(*fix.rename)

    def _rename(self, old: str, new: str) -> None:
        text = self.folder.texts.text(old) or ""
        self.trial.remove(old)
        self.trial.put(new, text)
        self.fixed.renames.append((old, new))

    def _shown(self, path: str) -> tuple[Diagnostic, ...]:
        return self.folder.diagnose(path, self.desk.today).shown

    def _messages(self, path: str) -> Counter[tuple[str, str]]:
        return Counter((each.code, each.message) for each in self._shown(path))

    def _count(self, paths: Iterable[str]) -> Counter[tuple[str, str]]:
        return Counter((each.path, each.code) for path in paths for each in self._shown(path))


def _key(diagnostic: Diagnostic, fix: Fix) -> tuple[str, str, str, str]:
    return diagnostic.path, diagnostic.code, diagnostic.message, fix.title


def _touch(one: Change, other: Change) -> bool:
    """Whether two changes overlap or are adjacent."""
    if one.path != other.path:
        return False
    return one.edit.span.start <= other.edit.span.end and other.edit.span.start <= one.edit.span.end
