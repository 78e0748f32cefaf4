"""The figures of an audit: counts, samples, and shares of accepted findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from tests.audit.finding import LEVELS, Finding
from tests.audit.verdicts import Verdict


@dataclass(frozen=True)
class RuleFigures:
    """The counts of a rule by level, and what was said of those that were read."""

    rule: str
    levels: Counter[str]
    judged: int = 0
    accepted: int = 0

    @property
    def shown(self) -> int:
        return sum(self.levels.values())

    @property
    def share(self) -> float | None:
        """The share of accepted findings; none if none was read."""
        return self.accepted / self.judged if self.judged else None

    @property
    def false_alarms(self) -> float:
        """The estimated number of errors and warnings that an author would reject."""
        loud = self.levels["error"] + self.levels["warning"]
        return loud * (1 - self.share) if self.share is not None else 0.0


@dataclass(frozen=True)
class Figures:
    """The figures of all rules, the most frequent first."""

    rules: tuple[RuleFigures, ...]
    documents: int

    @property
    def share(self) -> float | None:
        """The share of accepted findings in the default output, each rule by its frequency."""
        read = [each for each in self.rules if each.share is not None]
        shown = sum(each.shown for each in read)
        return sum(each.shown * (each.share or 0.0) for each in read) / shown if shown else None

    @property
    def false_alarms_per_hundred(self) -> float:
        """Errors and warnings per 100 bound documents that an author would reject."""
        total = sum(each.false_alarms for each in self.rules)
        return 100 * total / self.documents if self.documents else 0.0

    @property
    def levels(self) -> Counter[str]:
        """All findings by level."""
        return Counter({level: sum(each.levels[level] for each in self.rules) for level in LEVELS})


def figures(
    findings: Iterable[Finding], verdicts: Mapping[str, Verdict], documents: int
) -> Figures:
    """Count findings by rule, and take the verdicts of those that were read."""
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_rule[finding.rule].append(finding)
    rules = [_of_rule(rule, found, verdicts) for rule, found in by_rule.items()]
    return Figures(tuple(sorted(rules, key=lambda each: (-each.shown, each.rule))), documents)


def sample(findings: Iterable[Finding], count: int, seed: int) -> list[Finding]:
    """Up to `count` random findings of each rule.

    The order of a finding depends on itself and the seed alone: after a change of the program, the
    samples that are still reported are the same.
    """
    by_rule: dict[str, dict[str, Finding]] = defaultdict(dict)
    for finding in findings:
        by_rule[finding.rule].setdefault(finding.fingerprint, finding)
    return [
        found[fingerprint]
        for _, found in sorted(by_rule.items())
        for fingerprint in sorted(found, key=lambda each: _draw(each, seed))[:count]
    ]


def _of_rule(rule: str, findings: list[Finding], verdicts: Mapping[str, Verdict]) -> RuleFigures:
    prints = {finding.fingerprint for finding in findings}
    judged = [verdicts[each] for each in prints if each in verdicts]
    accepted = sum(verdict.is_accepted for verdict in judged)
    levels: Counter[str] = Counter(finding.level for finding in findings)
    return RuleFigures(rule, levels, len(judged), accepted)


def _draw(fingerprint: str, seed: int) -> str:
    return sha256(f"{seed} {fingerprint}".encode()).hexdigest()
