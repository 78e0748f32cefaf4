"""The work of `spec-lsp check`: reading, fixing, judging, showing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from spec_lsp.cli.baselining import with_baseline
from spec_lsp.cli.judging import Choice, choice_of, judge
from spec_lsp.cli.mending import mend
from spec_lsp.cli.precommit import revision_for
from spec_lsp.cli.problem import CannotRunError
from spec_lsp.cli.projects import Asked, look_at, open_stdin, read
from spec_lsp.cli.rendering import render
from spec_lsp.cli.terminal import clear, write, write_data
from spec_lsp.report.model import Report
from spec_lsp.rules.model import Level
from spec_lsp.storage.changes import affected_by, changed_since, reshapes
from spec_lsp.storage.watch import watch


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    paths: tuple[Path, ...] = ()
    output: str = "text"
    level: Level | None = None
    fail_on: Level = "error"
    statistics: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    changed_since: str = ""
    stdin_filename: Path | None = None
    watch: bool = False
    fix: bool = False
    unsafe: bool = False
    diff: bool = False
    baseline: Path | None = None
    write_baseline: bool = False


def run(options: Options) -> int:
    """Check once, or until somebody stops it; the exit code."""
    _refuse_what_does_not_go_together(options)
    choice = choice_of(options.select, options.ignore)
    if options.stdin_filename:
        asked = [open_stdin(options.stdin_filename)]
    else:
        asked = look_at(options.paths or (Path(),))
    if options.watch or options.fix or options.changed_since:
        # These go through files one by one; a plain check may find its whole report kept.
        for each in asked:
            read(each.project)
    asked = with_baseline(options, asked)
    if options.watch:
        return _watch(options, asked, choice)
    if options.changed_since:
        asked = [_narrowed(each, options.changed_since) for each in asked]
    return _once(options, asked, choice)


def _once(options: Options, asked: list[Asked], choice: Choice) -> int:
    if options.fix and mend(options, asked, choice):
        return 1 if judge(asked, choice).at_least(options.fail_on) else 0
    report = judge(asked, choice)
    _show(report, options)
    return 1 if report.at_least(options.fail_on) else 0


def _watch(options: Options, asked: list[Asked], choice: Choice) -> int:
    """Show findings anew after every change, until the user has seen enough."""
    if len(asked) != 1:
        raise CannotRunError("`--watch` looks at one workspace at a time")
    changes = watch(asked[0].project)
    known = asked[0].project.loaded.known
    report = judge(asked, choice)
    try:
        _show_again(report, options)
        for project in changes:
            if options.baseline or options.write_baseline:
                # A project that was opened anew knows what its configuration names.
                project.loaded = replace(project.loaded, known=known)
            report = judge([replace(asked[0], project=project)], choice)
            _show_again(report, options)
    except KeyboardInterrupt:
        pass
    return 1 if report.at_least(options.fail_on) else 0


def _show_again(report: Report, options: Options) -> None:
    clear()
    _show(report, options)


def _show(report: Report, options: Options) -> None:
    form = write if options.output == "text" else write_data
    form(render(report, options), flush=True)


def _narrowed(asked: Asked, revision: str) -> Asked:
    """Only what changed since a revision; elsewhere only what other documents may have broken."""
    project = asked.project
    since = revision_for(project.folder, revision)
    if not since:
        return asked
    changes = changed_since(project, since)
    if changes is None:
        raise CannotRunError(f"git does not know “{since}” in {project.folder}")
    if reshapes(project, changes):
        return asked
    affected = frozenset(affected_by(project, changes))
    return replace(
        asked,
        wanted=lambda path: asked.wanted(path) and (path in changes.paths or path in affected),
        across_only=affected,
    )


def _refuse_what_does_not_go_together(options: Options) -> None:
    pairs = (
        ("--watch", options.watch, "--fix", options.fix),
        ("--watch", options.watch, "--stdin-filename", bool(options.stdin_filename)),
        ("--watch", options.watch, "--changed-since", bool(options.changed_since)),
        ("--changed-since", bool(options.changed_since), "--stdin-filename",
         bool(options.stdin_filename)),
        ("PATHS", bool(options.paths), "--stdin-filename", bool(options.stdin_filename)),
    )  # fmt: skip
    for one, has_one, other, has_other in pairs:
        if has_one and has_other:
            raise CannotRunError(f"{one} and {other} do not go together")
    narrow = bool(options.paths or options.changed_since or options.select or options.ignore)
    if options.write_baseline and (narrow or options.fix or options.stdin_filename):
        raise CannotRunError("--write-baseline takes in a whole workspace; give it alone")
    if options.unsafe and not options.fix:
        raise CannotRunError("--unsafe-fixes says what --fix and --diff do; give one of them too")
