"""From projects to a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spec_lsp.cli.problem import unknown
from spec_lsp.cli.projects import Asked, sources
from spec_lsp.cli.terminal import complain, progress, shown
from spec_lsp.report.model import Issue, Report, in_order, issues_of
from spec_lsp.rules.files import unreadable
from spec_lsp.rules.model import Desk, Diagnostic
from spec_lsp.rules.registry import rules
from spec_lsp.storage.discover import own_findings
from spec_lsp.storage.history import author
from spec_lsp.storage.today import today

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
    issues: list[Issue] = []
    files: list[str] = []
    documents = 0
    for each in asked:
        switch_on(each.project, choice)
        diagnostics = [one for one in diagnostics_of(each) if choice.takes(one.code)]
        desk = desk_of(each.project)
        issues += issues_of(diagnostics, sources(each.project), desk, lambda _code: "")
        files += (shown(each.project.disk.at(path)) for path in each.files)
        entries = each.project.workspace.index.entries
        documents += sum(path in entries and entries[path].is_spec for path in each.paths)
        report_crashes(each.project)
    return Report(in_order(issues), tuple(sorted(files)), documents)


def diagnostics_of(asked: Asked) -> Iterator[Diagnostic]:
    """Everything that is wrong with what was asked for."""
    paths = asked.paths
    yield from _faults(asked)
    day = today()
    with progress("Checking") as advance:
        for done, path in enumerate(paths):
            for diagnostic in asked.project.check(path, day):
                if path not in asked.across_only or _is_across(diagnostic):
                    yield diagnostic
            advance(done + 1, len(paths))


def desk_of(project: Project) -> Desk:
    """What fixes may use."""
    return Desk(project.workspace, today(), author(project.folder))


def report_crashes(project: Project) -> None:
    """Say which rules failed; their findings are missing, and all others are there."""
    for crash in project.crashes:
        file = shown(project.disk.at(crash.path))
        complain(f"warning: the rule {crash.code} failed on {file}: {crash.error!r}")


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
    return rules()[diagnostic.code].reads == "workspace"


def _codes(given: Iterable[str]) -> Iterator[str]:
    for each in given:
        for code in filter(None, (part.strip() for part in each.split(","))):
            if code not in rules():
                raise unknown("rule", code, rules())
            yield code
