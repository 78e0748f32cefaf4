"""Diagnose folders and build the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spec_lsp.cli.errors import unknown
from spec_lsp.cli.folders import CheckTarget, here, read, sources
from spec_lsp.cli.terminal import complain, progress, shown
from spec_lsp.report.model import Report, in_order, issue_of
from spec_lsp.report.packed import pack_report, unpack_report
from spec_lsp.rules.engine.diagnose import Diagnosis
from spec_lsp.rules.engine.model import LEVELS, Diagnostic, FixContext, Level
from spec_lsp.rules.engine.registry import rules
from spec_lsp.storage.clock import today
from spec_lsp.storage.kept_report import keep_answer, keep_findings, recall, recall_before

if TYPE_CHECKING:
    from spec_lsp.storage.folder import Folder


@dataclass(frozen=True)
class RuleSelection:
    """The rules selected and ignored on the command line."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def takes(self, code: str) -> bool:
        """Whether problems of a rule are reported."""
        return code not in self.ignore and (not self.select or code in self.select)


@dataclass(frozen=True)
class FixesShown:
    """Which problems are shown with their fixes: from a level on, if there are at most `most`.

    To find the fixes of a problem takes longer than to find the problem; `titles` are enough where
    their edits are not shown.
    """

    level: Level = "hint"
    most: int | None = None
    titles: bool = False

    def among(self, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics whose fixes are shown."""
        least = LEVELS.index(self.level)
        found = [each for each in diagnostics if LEVELS.index(each.level) >= least]
        return found if self.most is None or len(found) <= self.most else []


NO_FIXES = FixesShown(most=0)


def choice_of(select: Iterable[str], ignore: Iterable[str]) -> RuleSelection:
    """Parse `--select` and `--ignore`, which may be repeated or comma-separated."""
    return RuleSelection(frozenset(_codes(select)), frozenset(_codes(ignore)))


def switch_on(folder: Folder, choice: RuleSelection) -> None:
    """Enable selected rules that are off by default."""
    if not choice.select:
        return
    config = folder.workspace.settings.config
    selected = {
        code: each.severity.active
        for code, each in rules().items()
        if code in choice.select and not each.is_on and code not in config.rules
    }
    if selected:
        folder.set_levels({**config.rules, **selected})


def report_on(
    asked: Iterable[CheckTarget], choice: RuleSelection, fixes: FixesShown = NO_FIXES
) -> Report:
    """Diagnose the selected files and merge the reports of all folders."""
    parts = [_report(each, choice, fixes) for each in asked]
    return Report(
        in_order(issue for part in parts for issue in part.issues),
        tuple(sorted(path for part in parts for path in part.paths)),
        sum(part.documents for part in parts),
        sum(part.known for part in parts),
        sum(part.gone for part in parts),
        tuple(path for part in parts for path in part.sources),
    )


def _report(asked: CheckTarget, choice: RuleSelection, fixes: FixesShown) -> Report:
    """The report on one folder, from the cache if the folder is unchanged."""
    folder = asked.folder
    switch_on(folder, choice)
    if not asked.is_whole:
        return _worked_out(asked, choice, fixes)
    question = _question(folder, choice, fixes)
    kept = unpack_report(recall(folder, question) or b"")
    if kept is None:
        read(folder)
        kept = _renewed(asked, choice, fixes, question) or _worked_out(asked, choice, fixes)
        keep_answer(folder, question, pack_report(kept))
    return kept


def _question(folder: Folder, choice: RuleSelection, fixes: FixesShown) -> str:
    """The cache key of a report, besides the state of the folder."""
    families = sorted(folder.loaded.family_texts.items())
    around = (str(here()), today(), folder.author, families)
    return repr(("report", sorted(choice.select), sorted(choice.ignore), fixes, *around))


def _renewed(
    asked: CheckTarget, choice: RuleSelection, fixes: FixesShown, question: str
) -> Report | None:
    """The report before the last changes, with the problems of the affected files computed again.

    None if these cannot be told from the others.
    """
    found = recall_before(asked.folder, question)
    before = unpack_report(found[0]) if found else None
    if not found or not before:
        return None
    folder = asked.folder
    shown_as = {path: shown(folder.at(path)) for path in asked.files}
    stale = {shown_as.get(path) or shown(folder.at(path)) for path in found[1]}
    stale |= {each.place.path for each in before.issues if not stale.isdisjoint(each.elsewhere)}
    again = frozenset(
        path for path in shown_as if shown_as[path] in stale or folder.shapes_settings(path)
    )
    few = NO_FIXES if fixes.most is not None else fixes
    part = _worked_out(replace(asked, wanted=again.__contains__), choice, few)
    renewed = stale | {shown_as[path] for path in again}
    kept = [each for each in before.issues if each.place.path not in renewed]
    whole = replace(part, issues=in_order((*part.issues, *kept)), paths=tuple(shown_as.values()))
    if fixes.most and not all(
        len(each.at_least(fixes.level)) > fixes.most for each in (before, whole)
    ):
        return None
    return replace(whole, documents=_documents(asked))


def _worked_out(asked: CheckTarget, choice: RuleSelection, fixes: FixesShown) -> Report:
    folder = asked.folder
    texts = sources(folder)
    desk = desk_of(folder)
    found = diagnose(asked)
    shown_here = [each for one in found.values() for each in one.shown if choice.takes(each.code)]
    hidden = [each for one in found.values() for each in one.known if choice.takes(each.code)]
    with_fixes = set(map(id, fixes.among(shown_here)))
    return Report(
        tuple(
            issue_of(each, texts, desk if id(each) in with_fixes else None, titles=fixes.titles)
            for each in shown_here
        ),
        tuple(shown(folder.at(path)) for path in asked.files),
        _documents(asked),
        len(hidden),
        sum(one.gone for path, one in found.items() if path not in asked.across_only),
        tuple(shown(folder.at(path)) for path in found if folder.shapes_settings(path)),
    )


def _documents(asked: CheckTarget) -> int:
    """How many of the selected files follow a template."""
    entries = asked.folder.workspace.index.entries
    return sum(path in entries and entries[path].is_spec for path in asked.paths)


def diagnose(asked: CheckTarget) -> dict[str, Diagnosis]:
    """Diagnose the selected files, by path."""
    folder, day = asked.folder, today()
    read(folder)
    paths = asked.files
    found: dict[str, Diagnosis] = {}
    with progress("Checking") as advance:
        for done, path in enumerate(paths):
            one = folder.diagnose(path, day)
            found[path] = _across(one) if path in asked.across_only else one
            advance(done + 1, len(paths))
    keep_findings(folder)
    for crash in folder.crashes:
        file = shown(folder.at(crash.path))
        complain(
            f"warning: {crash.rule.code} crashed on {file}; its problems are missing. "
            f"This is a bug in spec-lsp; please report it: {crash.error!r}"
        )
    return found


def _across(one: Diagnosis) -> Diagnosis:
    """Only the diagnostics that depend on other documents."""
    return one._replace(
        shown=tuple(each for each in one.shown if _is_across(each)),
        known=tuple(each for each in one.known if _is_across(each)),
    )


def desk_of(folder: Folder) -> FixContext:
    """The context of fixes: workspace, date and author."""
    return FixContext(folder.workspace, today(), folder.author)


def _is_across(diagnostic: Diagnostic) -> bool:
    return rules()[diagnostic.code].reads in ("workspace", "references", "day")


def _codes(given: Iterable[str]) -> Iterator[str]:
    for each in given:
        for code in filter(None, (part.strip() for part in each.split(","))):
            if code not in rules():
                raise unknown("rule", code, rules())
            yield code
