"""From projects to a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spec_lsp.cli.errors import unknown
from spec_lsp.cli.folders import Asked, here, read, sources
from spec_lsp.cli.terminal import complain, progress, shown
from spec_lsp.report.model import Report, Sources, in_order, issues_of
from spec_lsp.report.packed import pack_report, unpack_report
from spec_lsp.rules.engine.baseline import LineOf
from spec_lsp.rules.engine.model import Desk, Diagnostic
from spec_lsp.rules.engine.registry import rules
from spec_lsp.rules.files import unreadable
from spec_lsp.storage.baseline import news
from spec_lsp.storage.clock import today
from spec_lsp.storage.discover import own_findings
from spec_lsp.storage.history import author

if TYPE_CHECKING:
    from spec_lsp.storage.project import Project


@dataclass(frozen=True)
class Choice:
    """Which rules are reported."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def takes(self, code: str) -> bool:
        """Whether findings of a rule are reported."""
        return code not in self.ignore and (not self.select or code in self.select)


def choice_of(select: Iterable[str], ignore: Iterable[str]) -> Choice:
    """The rules that the command line names, with or without commas between them."""
    return Choice(frozenset(_codes(select)), frozenset(_codes(ignore)))


def switch_on(project: Project, choice: Choice) -> None:
    """Rules that are off by default are on when the command line selects them."""
    config = project.workspace.settings.config
    asleep = {
        code: each.severity.active
        for code, each in rules().items()
        if code in choice.select and not each.is_on and code not in config.rules
    }
    if asleep:
        project.set_levels({**config.rules, **asleep})


def judge(asked: Iterable[Asked], choice: Choice) -> Report:
    """The report on what was asked for."""
    parts = [_report(each, choice) for each in asked]
    return Report(
        in_order(issue for part in parts for issue in part.issues),
        tuple(sorted(path for part in parts for path in part.paths)),
        sum(part.documents for part in parts),
        sum(part.known for part in parts),
        sum(part.gone for part in parts),
    )


def _report(asked: Asked, choice: Choice) -> Report:
    """The report on one project: the one of last time, while nothing has changed since."""
    project = asked.project
    switch_on(project, choice)
    if not asked.is_whole:
        return _worked_out(asked, choice)
    question = _question(project, choice)
    kept = unpack_report(project.recall(question) or b"")
    if kept is None:
        kept = _worked_out(asked, choice)
        project.keep_answer(question, pack_report(kept))
    return kept


def _question(project: Project, choice: Choice) -> str:
    """What a report depends on besides its project."""
    around = (str(here()), today(), author(project.folder))
    return repr(("report", sorted(choice.select), sorted(choice.ignore), *around))


def _worked_out(asked: Asked, choice: Choice) -> Report:
    project = asked.project
    texts = sources(project)
    every = list(diagnostics_of(asked))
    whole = [path for path in asked.files if path not in asked.across_only]
    applied = news(project.loaded.known, whole, every, line_texts(texts))
    chosen = [each for each in applied.kept if choice.takes(each.code)]
    entries = project.workspace.index.entries
    return Report(
        tuple(issues_of(chosen, texts, desk_of(project))),
        tuple(shown(project.disk.at(path)) for path in asked.files),
        sum(path in entries and entries[path].is_spec for path in asked.paths),
        sum(choice.takes(each.code) for each in every) - len(chosen),
        applied.fixed,
    )


def line_texts(read: Sources) -> LineOf:
    """Tells the line on which a diagnostic begins."""

    def line_of(diagnostic: Diagnostic) -> str:
        return read(diagnostic.path).place(diagnostic.span).line

    return line_of


def diagnostics_of(asked: Asked) -> Iterator[Diagnostic]:
    """Everything that is wrong with what was asked for."""
    read(asked.project)
    paths = asked.paths
    yield from _faults(asked)
    day = today()
    with progress("Checking") as advance:
        for done, path in enumerate(paths):
            for diagnostic in asked.project.check(path, day):
                if path not in asked.across_only or _is_across(diagnostic):
                    yield diagnostic
            advance(done + 1, len(paths))
    asked.project.remember()
    for crash in asked.project.crashes:
        # Its findings are missing, and all others are there.
        file = shown(asked.project.disk.at(crash.path))
        complain(f"warning: the rule {crash.code} failed on {file}: {crash.error!r}")


def desk_of(project: Project) -> Desk:
    """What fixes may use."""
    return Desk(project.workspace, today(), author(project.folder))


def _faults(asked: Asked) -> Iterator[Diagnostic]:
    """What is wrong with configuration and templates, and with what cannot be read."""
    project = asked.project
    for diagnostic in own_findings(project.loaded):
        if asked.wanted(diagnostic.path):
            yield diagnostic
    for path, reason in project.unread.items():
        if asked.wanted(path):
            yield from unreadable(path, reason, project.workspace.settings.config)


def _is_across(diagnostic: Diagnostic) -> bool:
    return rules()[diagnostic.code].reads in ("workspace", "day")


def _codes(given: Iterable[str]) -> Iterator[str]:
    for each in given:
        for code in filter(None, (part.strip() for part in each.split(","))):
            if code not in rules():
                raise unknown("rule", code, rules())
            yield code
