"""What a reader said of single findings, and what a reader missed; both are plain text files.

A file of verdicts has one line per finding, with a reason below it:

    yes 3f2a91c04bd1 error broken-link here/docs/a.md:12: …
    no  77aa01f2c3d4 error missing-section here/docs/b.md:1: …
      why: the section is called “Aims” there

`?` in the place of `yes` or `no` is a finding that is waiting for its reader. All other lines are
for the reader only. A file of misses has one line per problem that is not reported:

    here/docs/a.md:12 missing-section: has no goals
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.audit.finding import Finding

_VERDICT = re.compile(r"(?P<word>yes|no|\?)\s+(?P<fingerprint>[0-9a-f]{12})\b")
_WHY = re.compile(r"\s+why:(?P<why>.*)")
_MISS = re.compile(r"(?P<address>\S.*?:\d+)\s+(?:(?P<rule>[a-z]+(?:-[a-z]+)+):\s*)?(?P<text>.*)")


@dataclass(frozen=True)
class Verdict:
    """Whether an author would accept a finding, and why."""

    is_accepted: bool
    why: str = ""


@dataclass(frozen=True)
class Miss:
    """Something true that a reader saw; `rule` is the one that should say it, if known."""

    address: str
    rule: str
    text: str

    def is_said(self, findings: Iterable[Finding]) -> bool:
        """Whether it is reported now: at this line, by the rule if one is known."""
        return any(
            finding.address == self.address and self.rule in ("", finding.rule)
            for finding in findings
        )


def read_verdicts(text: str) -> dict[str, Verdict]:
    """The verdicts in a file, by fingerprint."""
    found: dict[str, Verdict] = {}
    fingerprint = ""
    for line in text.split("\n"):
        if verdict := _VERDICT.match(line):
            fingerprint = verdict["fingerprint"] if verdict["word"] != "?" else ""
            if fingerprint:
                found[fingerprint] = Verdict(verdict["word"] == "yes")
        elif fingerprint and (why := _WHY.match(line)):
            found[fingerprint] = Verdict(found[fingerprint].is_accepted, why["why"].strip())
    return found


def read_misses(text: str) -> list[Miss]:
    """The misses in a file."""
    matches = (_MISS.match(line) for line in text.split("\n") if not line.startswith("#"))
    return [Miss(each["address"], each["rule"] or "", each["text"]) for each in matches if each]


def to_fill_in(findings: Iterable[Finding]) -> Iterator[str]:
    """The lines of a file in which a reader fills in verdicts."""
    yield "# Replace each ? by yes (an author would accept it) or no, after reading the document."
    for finding in findings:
        first, *others = finding.lines()
        yield ""
        yield f"? {finding.fingerprint} {first}"
        yield from others
        yield "  why:"
