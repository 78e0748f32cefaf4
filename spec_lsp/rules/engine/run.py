"""Running rules: what turns findings into diagnostics.

Configuration, the document's life, suppression comments and order are applied here, and nowhere
else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from spec_lsp.rules.engine.model import Diagnostic, Finding, Level, Subject, View
from spec_lsp.rules.engine.registry import Reads, Rule, rules
from spec_lsp.workspace.collect.suppressions import EVERY
from spec_lsp.workspace.config.globs import matches

if TYPE_CHECKING:
    from spec_lsp.markdown.document import Document
    from spec_lsp.workspace.config.config import Config
    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Suppression

Failure = Callable[[Rule, str, Exception], None]


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and the code of the rule that made it; `line` is where it begins."""

    code: str
    finding: Finding
    line: int


def find_inside(
    document: Document, subject: Subject | None, on_failure: Failure | None = None
) -> tuple[Found, ...]:
    """What the rules say that read one document; `subject` is None for plain Markdown."""
    found: list[Found] = []
    for each in rules().values():
        given = {"document": document, "binding": subject}.get(each.reads)
        if given is not None:
            for finding in _run(each, given, document.path, on_failure):
                line = document.position(finding.span.start).line
                found.append(Found(each.code, finding, line))
    return tuple(found)


def find_across(
    view: View, line_of: Callable[[int], int], on_failure: Failure | None = None
) -> tuple[Found, ...]:
    """What the rules say that read the workspace; `line_of` tells the line of an offset."""
    return tuple(_find_in(view, "workspace", line_of, on_failure))


def find_today(
    view: View, line_of: Callable[[int], int], on_failure: Failure | None = None
) -> tuple[Found, ...]:
    """What the rules say that read nothing but a file's entry and the day."""
    return tuple(_find_in(view, "day", line_of, on_failure))


def is_awake(each: Rule, config: Config) -> bool:
    """Whether anything switches a rule on; what is off everywhere need not be run."""
    tables = (config.rules, *(override.rules for override in config.overrides))
    return each.is_on or any(each.code in rules or EVERY in rules for rules in tables)


def _find_in(
    view: View, reads: Reads, line_of: Callable[[int], int], on_failure: Failure | None
) -> Iterator[Found]:
    config = view.workspace.settings.config
    for each in rules().values():
        # A comment that silences a rule is of use even where the rule is off.
        if each.reads == reads and (is_awake(each, config) or view.entry.suppressions):
            for finding in _run(each, view, view.entry.path, on_failure):
                yield Found(each.code, finding, line_of(finding.span.start))


def judge(entry: Entry, found: Iterable[Found], config: Config) -> list[Diagnostic]:
    """The diagnostics of a file: levels given, suppressed ones left out, in order."""
    found = list(found)
    used: set[Suppression] = set()
    kept: list[Diagnostic] = []
    for each in found:
        by = [s for s in entry.suppressions if _silences(s, each)]
        used.update(by)
        level = level_of(rules()[each.code], entry, config)
        if level and not by:
            kept.append(_diagnostic(entry, each, level))
    unused = [s for s in entry.suppressions if s not in used]
    kept += _unused(entry, unused, config)
    return sorted(kept, key=lambda each: (each.span, each.code, each.message))


def level_of(each: Rule, entry: Entry, config: Config) -> Level | None:
    """How much a rule's findings in a file weigh; None when they are not reported.

    A dropped document owes nothing, so what only asks for completion is silent there.
    """
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
    each: Rule, subject: Document | Subject | View, path: str, on_failure: Failure | None
) -> Iterator[Finding]:
    """A rule that fails is reported and silences nobody else."""
    try:
        yield from each.find(subject)
    except Exception as error:
        if on_failure is None:
            raise
        on_failure(each, path, error)


def _silences(suppression: Suppression, each: Found) -> bool:
    if EVERY not in suppression.codes and each.code not in suppression.codes:
        return False
    first, last = suppression.lines
    return suppression.is_whole_file or first <= each.line <= last


def _diagnostic(entry: Entry, each: Found, level: Level) -> Diagnostic:
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
