"""Applying fixes to a project in memory, round by round until nothing is left to be fixed.

Fixes that touch each other's places wait for the next round. A safe fix that would make a finding
more, here or in another document, is taken back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from spec_lsp.rules.engine.model import Change, Desk, Diagnostic, Fix
from spec_lsp.storage.files import Reading
from spec_lsp.storage.project import Project
from spec_lsp.text import Edit, apply

_MOST_ROUNDS = 50

Takes = Callable[[Diagnostic], bool]


@dataclass
class Fixed:
    """What fixing changed: each file's text before, what is new, and what has another name."""

    before: dict[str, str] = field(default_factory=dict)
    created: list[str] = field(default_factory=list)
    renames: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0


def fix_all(
    project: Project, paths: Iterable[str], desk: Desk, takes: Takes, *, is_unsafe: bool = False
) -> Fixed:
    """Fix what can be fixed in some documents: in the project, and not yet on the disk."""
    work = _Work(project, desk, takes, is_unsafe=is_unsafe)
    paths = list(paths)
    for _ in range(_MOST_ROUNDS):
        if not sum(work.fix(path) for path in paths):
            break
        paths += [path for path in work.fixed.created if path not in paths]
    return work.fixed


@dataclass
class _Work:
    project: Project
    desk: Desk
    takes: Takes
    is_unsafe: bool
    fixed: Fixed = field(default_factory=Fixed)
    refused: set[tuple[str, str, str, str]] = field(default_factory=set)

    def fix(self, path: str) -> int:
        """One round in one document: how many fixes were applied."""
        chosen = self._chosen(path)
        if not chosen:
            return 0
        if self.is_unsafe:
            done = self._apply_all(path, chosen)
        elif self._try(path, chosen):
            done = len(chosen)
        else:
            # One of them makes a finding more; on its own each shows whether it does.
            done = self._first_harmless(path, chosen)
        self.fixed.count += done
        return done

    def _chosen(self, path: str) -> list[tuple[Diagnostic, Fix]]:
        """A fix for each finding that has one, as far as they keep out of each other's way."""
        found: list[tuple[Diagnostic, Fix]] = []
        taken: list[Change] = []
        for diagnostic in self.project.check(path, self.desk.today):
            fix = self._fix_of(diagnostic) if self.takes(diagnostic) else None
            if not fix or any(_touch(one, other) for one in fix.changes for other in taken):
                continue
            if fix.new_file or fix.rename:
                return found or [(diagnostic, fix)]
            taken += fix.changes
            found.append((diagnostic, fix))
        return found

    def _fix_of(self, diagnostic: Diagnostic) -> Fix | None:
        """The fix to apply: a safe one, or when all are welcome the only or the preferred one."""
        fixes = [
            fix for fix in diagnostic.fixes(self.desk) if _key(diagnostic, fix) not in self.refused
        ]
        safe = [fix for fix in fixes if _is_safe(fix, diagnostic.path)]
        if safe or not self.is_unsafe:
            return next((fix for fix in safe if fix.is_preferred), safe[0] if safe else None)
        preferred = [fix for fix in fixes if fix.is_preferred]
        chosen = (preferred or fixes)[:1] if preferred or len(fixes) == 1 else []
        return chosen[0] if chosen else None

    def _try(self, path: str, chosen: list[tuple[Diagnostic, Fix]]) -> bool:
        """Apply safe fixes together, unless a rule then fires more often anywhere."""
        old = self.project.disk.text(path) or ""
        edits = [change.edit for _, fix in chosen for change in fix.changes]
        new = apply(old, edits)
        before = self._count([path])
        affected = self._put(path, new)
        after = self._count([path])
        if affected and after <= before:
            after = self._count([path, *affected])
            self._put(path, old)
            before = self._count([path, *affected])
            self._put(path, new)
        if after < before:
            self.fixed.before.setdefault(path, old)
            return True
        self._put(path, old)
        return False

    def _first_harmless(self, path: str, chosen: list[tuple[Diagnostic, Fix]]) -> int:
        for diagnostic, fix in chosen:
            if self._try(path, [(diagnostic, fix)]):
                return 1
            self.refused.add(_key(diagnostic, fix))
        return 0

    def _apply_all(self, path: str, chosen: list[tuple[Diagnostic, Fix]]) -> int:
        """Apply any fixes; what has not helped is not tried again."""
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
        """Apply any fix, in as many files as it needs."""
        by_path: dict[str, list[Edit]] = {}
        for change in fix.changes:
            by_path.setdefault(change.path, []).append(change.edit)
        for path, edits in by_path.items():
            old = self.project.disk.text(path)
            if old is not None:
                self.fixed.before.setdefault(path, old)
                self._put(path, apply(old, edits))
        if fix.new_file and not self.project.disk.exists(fix.new_file.path):
            self._put(fix.new_file.path, fix.new_file.text)
            self.fixed.created.append(fix.new_file.path)
        if fix.rename and not self.project.disk.exists(fix.rename[1]):
            self._rename(*fix.rename)

    def _rename(self, old: str, new: str) -> None:
        text = self.project.disk.text(old) or ""
        self.project.forget(old)
        self._put(new, text)
        self.fixed.renames.append((old, new))

    def _put(self, path: str, text: str) -> set[str]:
        self.project.disk.unsaved[path] = text
        return self.project.take(path, Reading(text)) if self.project.holds(path) else set()

    def _messages(self, path: str) -> Counter[tuple[str, str]]:
        return Counter((d.code, d.message) for d in self.project.check(path, self.desk.today))

    def _count(self, paths: Iterable[str]) -> Counter[tuple[str, str]]:
        return Counter(
            (each.path, each.code)
            for path in paths
            for each in self.project.check(path, self.desk.today)
        )


def _is_safe(fix: Fix, path: str) -> bool:
    is_edit = bool(fix.changes) and not fix.new_file and not fix.rename
    return fix.is_safe and is_edit and all(change.path == path for change in fix.changes)


def _key(diagnostic: Diagnostic, fix: Fix) -> tuple[str, str, str, str]:
    return diagnostic.path, diagnostic.code, diagnostic.message, fix.title


def _touch(one: Change, other: Change) -> bool:
    """Whether two changes meet, be it only at their ends."""
    if one.path != other.path:
        return False
    return one.edit.span.start <= other.edit.span.end and other.edit.span.start <= one.edit.span.end
