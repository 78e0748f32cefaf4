"""The figures of an audit as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tests.audit.figures import Figures, RuleFigures
from tests.audit.finding import LEVELS, Finding
from tests.audit.run import Audited
from tests.audit.verdicts import Miss


def by_rule(figures: Figures) -> Iterator[str]:
    """One line per rule, then all rules together."""
    yield f"{'rule':24}" + "".join(f"{head:>9}" for head in (*LEVELS, "all", "read", "accepted"))
    for each in figures.rules:
        yield _row(each.rule, each.levels) + f"{each.judged:9}{_percent(each.share):>9}"
    judged = sum(each.judged for each in figures.rules)
    yield _row("together", figures.levels) + f"{judged:9}{_percent(figures.share):>9}"
    if judged:
        yield (
            f"False errors and warnings per 100 bound documents:"
            f" {figures.false_alarms_per_hundred:.1f}"
        )
        yield from _unread(figures.rules)


def by_repository(audits: Iterable[Audited]) -> Iterator[str]:
    """One line per repository, with its rules below."""
    yield f"{'repository':40}" + "".join(
        f"{head:>9}" for head in ("files", "bound", *LEVELS, "hints", "seconds")
    )
    for each in audits:
        levels = Counter(finding.level for finding in each.findings)
        counts = (each.files, each.documents, *(levels[level] for level in LEVELS), each.hints)
        yield f"{each.name[:39]:40}" + "".join(f"{n:9}" for n in counts) + f"{each.seconds:9.1f}"
        if each.failure:
            yield f"    failed: {each.failure}"
        if not each.is_lawful:
            yield "    init wrote what check rejects: see invalid-config, invalid-template"
        rules = Counter(finding.rule for finding in each.findings).most_common()
        if rules:
            yield "    " + ", ".join(f"{rule} {count}" for rule, count in rules)


def samples(findings: Sequence[Finding]) -> Iterator[str]:
    """The samples, each with the lines around it."""
    for finding in findings:
        yield ""
        yield from finding.lines()


def missed(misses: Sequence[Miss], findings: Sequence[Finding]) -> Iterator[str]:
    """How many misses are reported now, and those that are not."""
    open_ = [miss for miss in misses if not miss.is_said(findings)]
    yield f"Misses: {len(open_)} of {len(misses)} are not reported"
    for miss in open_:
        rule = f" {miss.rule}:" if miss.rule else ""
        yield f"  {miss.address}{rule} {miss.text}"


def _row(name: str, levels: Counter[str]) -> str:
    counts = [levels[level] for level in LEVELS]
    return f"{name:24}" + "".join(f"{count:9}" for count in (*counts, sum(counts)))


def _unread(rules: Iterable[RuleFigures]) -> Iterator[str]:
    names = [each.rule for each in rules if not each.judged]
    if names:
        yield f"Not read, and not in these figures: {', '.join(names)}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f}%"
