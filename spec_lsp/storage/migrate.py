"""Bring documents of a folder to the newest versions of their templates.

Each document is changed step by step until no step is left. Links follow renamed headings, in all
documents. A document that would never be done is left as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spec_lsp.features.edit.migrate import next_step
from spec_lsp.features.shared.steps import finish
from spec_lsp.features.shared.update_links import followed
from spec_lsp.rules.engine.diagnose import level_of
from spec_lsp.rules.engine.registry import rules
from spec_lsp.storage.fix import Fixed
from spec_lsp.storage.trial import Trial
from spec_lsp.template.match.binding import bind
from spec_lsp.text import apply
from spec_lsp.workspace.collect.suppressions import EVERY

if TYPE_CHECKING:
    from spec_lsp.features.edit.migrate import MigrationStep
    from spec_lsp.rules.engine.model import FixContext
    from spec_lsp.storage.folder import Folder
    from spec_lsp.storage.history import History
    from spec_lsp.workspace.entry import Entry

_MOST_STEPS = 200


@dataclass
class Migrated:
    """The changed texts, and the steps of each document."""

    fixed: Fixed = field(default_factory=Fixed)
    steps: dict[str, list[str]] = field(default_factory=dict)


def migrate(
    folder: Folder,
    paths: Iterable[str],
    history: History,
    desk: FixContext,
    *,
    unsafe: bool = False,
) -> Migrated:
    """Migrate some documents with safe steps only, or with all; the folder stays as it was.

    Documents that are dropped, and of kinds that demand no sections, are left alone.
    """
    work = _Migration(folder, history, desk, Trial(folder), unsafe=unsafe)
    try:
        for path in paths:
            work.migrate(path)
        work.done.fixed.after = {
            path: folder.texts.text(path) or "" for path in work.done.fixed.before
        }
    finally:
        work.trial.restore()
    return work.done


@dataclass
class _Migration:
    folder: Folder
    history: History
    desk: FixContext
    trial: Trial
    unsafe: bool
    done: Migrated = field(default_factory=Migrated)

    def migrate(self, path: str) -> None:
        """Take all steps of one document, or none if there is no end of them."""
        before: dict[str, str] = {}
        steps: list[str] = []
        while step := self._next(path):
            if len(steps) == _MOST_STEPS:
                for each, text in before.items():
                    self.trial.put(each, text)
                return
            steps.append(step.what)
            for each, text in self._texts(path, step).items():
                before.setdefault(each, self.folder.texts.text(each) or "")
                self.trial.put(each, text)
        if steps:
            self.done.steps[path] = steps
            for each, text in before.items():
                self.done.fixed.before.setdefault(each, text)

    def _next(self, path: str) -> MigrationStep | None:
        document = self.folder.texts.document(path)
        followed_now = self.folder.workspace.bind(document) if document else None
        entry = self.folder.workspace.entry(path)
        if not document or not followed_now or not entry or entry.stage == "dropped":
            return None
        version = followed_now.template
        today = version.today or version
        if version.demands != "template" or version.is_foreign:
            return None
        text = self.history.text_of(path, today)
        then = version if text is not None else None
        wanted = self._wanted(entry)
        return next_step(bind(document, today), then, wanted, self.desk, unsafe=self.unsafe)

    def _wanted(self, entry: Entry) -> Callable[[str], bool]:
        """Whether a rule is neither off nor ignored in a document."""
        config = self.folder.settings.config
        ignored = {
            code for each in entry.suppressions if each.is_whole_file for code in each.codes
        } | {code for each in entry.suppressions for code in each.codes if code != EVERY}

        def is_wanted(code: str) -> bool:
            is_on = level_of(rules()[code], entry, config) is not None
            return is_on and not {code, EVERY} & ignored

        return is_wanted

    def _texts(self, path: str, step: MigrationStep) -> dict[str, str]:
        """The texts that a step changes: of the document, and of those that link to a heading."""
        texts, edits = self.folder.texts, {path: step.edits}
        every = (
            finish(followed(self.folder.workspace, texts.document, edits, {}))
            if step.is_heading
            else edits
        )
        return {each: apply(texts.text(each) or "", found) for each, found in every.items()}
