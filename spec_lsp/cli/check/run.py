"""The steps of `spec-lsp check`: read, fix, diagnose, report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from spec_lsp.cli.check.baseline import with_baseline
from spec_lsp.cli.check.fix import apply_fixes
from spec_lsp.cli.check.options import Options
from spec_lsp.cli.check.pre_commit import revision_for
from spec_lsp.cli.check.render import MANY, show
from spec_lsp.cli.check.report import NO_FIXES, FixesShown, RuleSelection, choice_of, report_on
from spec_lsp.cli.errors import CannotRunError
from spec_lsp.cli.folders import CheckTarget, look_at, open_stdin, read
from spec_lsp.cli.terminal import clear
from spec_lsp.report.model import Report
from spec_lsp.storage.changed_files import affected_by, changed_since, reshapes
from spec_lsp.storage.watch import watch


def run(options: Options) -> int:
    """Check once, or on every change with `--watch`; return the exit code."""
    _refuse_what_does_not_go_together(options)
    choice = choice_of(options.select, options.ignore)
    if options.stdin_filename:
        asked = [open_stdin(options.stdin_filename)]
    else:
        asked = look_at(options.paths or (Path(),))
    if options.watch or options.fix or options.changed_since:
        # These need the files; a plain check may load its whole report from the cache.
        for each in asked:
            read(each.folder)
    asked = with_baseline(options, asked)
    if options.watch:
        return _watch(options, asked, choice)
    if options.changed_since:
        asked = [_narrowed(each, options.changed_since) for each in asked]
    return _once(options, asked, choice)


def _once(options: Options, asked: list[CheckTarget], choice: RuleSelection) -> int:
    if options.fix and apply_fixes(options, asked, choice):
        return 1 if report_on(asked, choice).at_least(options.fail_on) else 0
    report = report_on(asked, choice, _fixes_shown(options))
    show(report, options)
    return 1 if report.at_least(options.fail_on) else 0


def _watch(options: Options, asked: list[CheckTarget], choice: RuleSelection) -> int:
    """Report again after every change, until Ctrl+C."""
    if len(asked) != 1:
        raise CannotRunError("--watch checks one workspace at a time")
    changes = watch(asked[0].folder)
    known = asked[0].folder.loaded.known
    fixes = _fixes_shown(options)
    report = report_on(asked, choice, fixes)
    try:
        _show_again(report, options)
        for folder in changes:
            if options.baseline or options.write_baseline:
                # A re-opened folder has loaded the baseline of its configuration.
                folder.loaded = replace(folder.loaded, known=known)
            report = report_on([replace(asked[0], folder=folder)], choice, fixes)
            _show_again(report, options)
    except KeyboardInterrupt:
        pass
    return 1 if report.at_least(options.fail_on) else 0


def _show_again(report: Report, options: Options) -> None:
    clear()
    show(report, options)


def _fixes_shown(options: Options) -> FixesShown:
    """The fixes that the formats show."""
    outputs = {options.output, *(output for output, _ in options.files)}
    if options.statistics or not outputs & {"text", "json", "sarif", "rdjson"}:
        return NO_FIXES
    if "json" in outputs:
        return FixesShown(options.level_in("json"))
    most = MANY if options.is_overview else None
    return FixesShown(options.level_shown, most, titles=not outputs & {"sarif", "rdjson"})


def _narrowed(asked: CheckTarget, revision: str) -> CheckTarget:
    """Narrow to files changed since a revision; in others, to problems across documents."""
    folder = asked.folder
    since = revision_for(folder.root, revision)
    if not since:
        return asked
    changes = changed_since(folder, since)
    if changes is None:
        raise CannotRunError(f"“{since}” is not a git revision in {folder.root}")
    if reshapes(folder, changes):
        return asked
    affected = frozenset(affected_by(folder, changes))
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
            raise CannotRunError(f"{one} and {other} cannot be combined")
    narrow = bool(options.paths or options.changed_since or options.select or options.ignore)
    if options.write_baseline and (narrow or options.fix or options.stdin_filename):
        raise CannotRunError(
            "--write-baseline cannot be combined with PATHS, --fix or a narrower selection"
        )
    if options.unsafe and not options.fix:
        raise CannotRunError("--unsafe-fixes requires --fix or --diff")
