"""Findings to diagnostics, for the server, the command line and the tests alike.

Only this module applies configuration, the document's stage, suppression comments, the baseline
and the order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, cast

from spec_lsp.markdown.parse import TOO_MUCH
from spec_lsp.rules.engine import baseline
from spec_lsp.rules.engine.baseline import Baseline
from spec_lsp.rules.engine.evidence import is_waived, merged
from spec_lsp.rules.engine.model import (
    Diagnostic,
    DocumentContext,
    FileContext,
    Finding,
    Level,
    Listed,
)
from spec_lsp.rules.engine.registry import Reads, Rule, rules, rules_reading
from spec_lsp.text import Lines, Span
from spec_lsp.workspace.collect.suppressions import EVERY
from spec_lsp.workspace.config.globs import matches

if TYPE_CHECKING:
    from spec_lsp.markdown.document import Document
    from spec_lsp.workspace.config.config import Config
    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Suppression

_UNREAD = f"Cannot read this file: {TOO_MUCH}"
Failure = Callable[[Rule, str, Exception], None]


class RuleFinding(NamedTuple):
    """A finding, the code of its rule and its first line, which is 0 if no comment asks for it."""

    code: str
    finding: Finding
    line: int


class Crash(NamedTuple):
    """An exception of a rule: a bug in spec-lsp, which must not stop the other rules."""

    rule: Rule
    path: str
    error: Exception


class Diagnosis(NamedTuple):
    """The diagnostics of one file, in order.

    `known` are hidden by the baseline, and `gone` counts its entries that no longer occur.
    `is_complete` is False while other files are still being read: findings that depend on them are
    left out.
    """

    shown: tuple[Diagnostic, ...] = ()
    known: tuple[Diagnostic, ...] = ()
    gone: int = 0
    is_complete: bool = True


def diagnose(
    view: FileContext,
    found: Iterable[RuleFinding],
    known: Baseline | None = None,
    on_failure: Failure | None = None,
    *,
    is_complete: bool = True,
) -> Diagnosis:
    """Diagnose a file from its findings; run the rules that depend on today's date."""
    today = _find(view, "day", on_failure) if is_complete else ()
    config = view.workspace.settings.config_at(view.entry.path)
    waived = partial(is_waived, view.workspace, view.entry.kind)
    every = diagnostics(view.entry, (*found, *today), config, waived)
    if not is_complete:
        # A finding that is still missing may use the suppression.
        every = [each for each in every if each.code != "unused-suppression"]
    return without_known(every, view.lines, known)._replace(is_complete=is_complete)


def find_inside(
    document: Document,
    subject: DocumentContext | None,
    on_failure: Failure | None = None,
    code: str = "",
) -> tuple[RuleFinding, ...]:
    """Run the rules that read one document, or only one; `subject` is None for plain Markdown.

    The result depends only on the document, its template and today's version of the template: it
    is cached until one of them changes.
    """
    found: list[RuleFinding] = []
    if not document.is_whole:
        return (RuleFinding("unreadable-file", Finding(Span(0, 0), _UNREAD), 0),)
    for each in _rules_inside(subject.template.demands if subject else ""):
        if code not in ("", each.code):
            continue
        given = subject if subject and each.reads == "binding" else document
        for finding in _run(each, given, document.path, on_failure):
            line = document.position(finding.span.start).line
            found.append(RuleFinding(each.code, finding, line))
    return tuple(found)


@cache
def _rules_inside(demands: str) -> tuple[Rule, ...]:
    """The rules that read one document, by what its kind demands; empty for plain Markdown."""
    reads = ("document", "binding") if demands else ("document",)
    inside = (each for each in rules().values() if each.reads in reads)
    return tuple(each for each in inside if demands in ("", "template") or each.is_asked(demands))


def find_across(
    view: FileContext, on_failure: Failure | None = None, code: str = ""
) -> tuple[RuleFinding, ...]:
    """Run the rules that read the workspace, or only one."""
    across = chain.from_iterable(
        _find(view, reads, on_failure, code) for reads in ("workspace", "references")
    )
    return tuple(sorted(across, key=lambda each: each.code))


def _find(
    view: FileContext, reads: Reads, on_failure: Failure | None, code: str = ""
) -> tuple[RuleFinding, ...]:
    config = view.workspace.settings.config
    found: list[RuleFinding] = []
    if view.entry.demands == "nothing":
        return ()
    is_silenced = bool(view.entry.suppressions)
    for each in rules_reading(reads):
        if code not in ("", each.code):
            continue
        # A suppression of a disabled rule is not unused if the rule would report something.
        is_due = is_enabled(each, config) and covers(each, view.entry, config)
        if is_due or is_silenced:
            for finding in _run(each, view, view.entry.path, on_failure):
                line = view.lines.position(finding.span.start).line if is_silenced else 0
                found.append(RuleFinding(each.code, finding, line))
    return tuple(found)


def diagnostics(
    entry: Entry,
    found: Iterable[RuleFinding],
    config: Config,
    waived: Callable[[str, Finding], bool] = lambda *_: False,
) -> list[Diagnostic]:
    """Diagnostics of findings: with levels, without suppressed and waived ones, sorted."""
    used: set[Suppression] = set()
    suppressions = entry.suppressions
    every: list[tuple[Diagnostic, Listed | None]] = []
    levels: dict[str, Level | None] = {}
    for each in found:
        by = [s for s in suppressions if _suppresses(s, each)]
        used.update(by)
        code, finding, _ = each
        if code not in levels:
            levels[code] = level_of(rules()[code], entry, config)
        level = levels[code]
        if level and not by and not (finding.asked and waived(code, finding)):
            every.append((_diagnostic(entry, each, level), finding.listed))
    kept = [*merged(every)]
    unused = [s for s in suppressions if s not in used]
    kept += _unused(entry, unused, config)
    return sorted(kept, key=attrgetter("span", "code", "message"))


def without_known(every: Iterable[Diagnostic], lines: Lines, known: Baseline | None) -> Diagnosis:
    """Hide the diagnostics that the baseline lists for the file."""
    if not known:
        return Diagnosis(tuple(every))

    def line_of(each: Diagnostic) -> str:
        return lines.line_at(each.span.start).of(lines.text)

    applied = baseline.apply(known, every, line_of)
    return Diagnosis(tuple(applied.kept), tuple(applied.known), applied.gone)


def is_enabled(each: Rule, config: Config) -> bool:
    """Whether a rule is enabled for any file; other rules are not run."""
    tables = (config.rules, *(override.rules for override in config.overrides))
    return each.is_on or any(each.code in rules or EVERY in rules for rules in tables)


def covers(each: Rule, entry: Entry, config: Config) -> bool:
    """Whether a rule checks a file: some rules leave plain Markdown alone."""
    return each.reads != "references" or config.check.covers(is_document=entry.is_spec)


def level_of(each: Rule, entry: Entry, config: Config) -> Level | None:
    """The level of a rule's findings in a file; None if they are not reported.

    Rules about completeness do not apply to dropped documents.
    """
    if not covers(each, entry, config):
        return None
    for override in reversed(config.overrides):
        level = override.rules.get(each.code, override.rules.get(EVERY))
        if level and matches(entry.path, override.paths):
            return None if level == "off" else level
    level = config.rules.get(each.code)
    if level:
        return None if level == "off" else level
    if config.rules.get(EVERY) == "off" or not each.is_on:
        return None
    if each.follows_life and entry.stage == "dropped":
        return None
    if every := config.rules.get(EVERY):
        return cast("Level", every)
    return each.severity.at(entry.stage if config.lifecycle.ladder else "")


def _run(
    each: Rule,
    subject: Document | DocumentContext | FileContext,
    path: str,
    on_failure: Failure | None,
) -> Iterator[Finding]:
    """Run a rule; pass an exception to `on_failure`, so that the other rules still run."""
    try:
        yield from each.find(subject)
    except Exception as error:
        if on_failure is None:
            raise
        on_failure(each, path, error)


def _suppresses(suppression: Suppression, each: RuleFinding) -> bool:
    if EVERY not in suppression.codes and each.code not in suppression.codes:
        return False
    first, last = suppression.lines
    return suppression.is_whole_file or first <= each.line <= last


def _diagnostic(entry: Entry, each: RuleFinding, level: Level) -> Diagnostic:
    finding = each.finding
    return Diagnostic(
        entry.path, each.code, level, finding.span, finding.message, finding.related, finding.fixer
    )


def _unused(entry: Entry, unused: Iterable[Suppression], config: Config) -> Iterator[Diagnostic]:
    each = rules().get("unused-suppression")
    level = level_of(each, entry, config) if each else None
    if not each or not level:
        return
    for suppression in unused:
        for finding in each.find(suppression):
            yield Diagnostic(
                entry.path, each.code, level, finding.span, finding.message, fixer=finding.fixer
            )
