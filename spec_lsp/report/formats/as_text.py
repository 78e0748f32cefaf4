"""Text for terminals, in the style of compilers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.cells import cell_len

from spec_lsp.printable import printable
from spec_lsp.rules.engine.model import LEVELS, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.report.model import Issue, Report, ShownRange

_WIDEST = 100
_LONGEST_MESSAGE = 200
_TAB = "    "
_COLOURS: dict[str, str] = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;34",
    "hint": "1;36",
    "bold": "1",
    "dim": "2",
    "good": "1;32",
}


def render(report: Report, level: Level = "hint", *, colour: bool = False) -> str:
    """Render the problems at or above a level, and a summary of all."""
    shown = blocks(report.at_least(level), colour=colour)
    last = summary(report, level, Paint(is_on=colour))
    return f"{shown}\n{last}" if shown else last


def blocks(issues: Iterable[Issue], *, colour: bool = False) -> str:
    """Render problems with their lines, each followed by a blank line."""
    paint = Paint(is_on=colour)
    return "\n".join(f"{line}" for issue in issues for line in (*_block(issue, paint), ""))


def statistics(report: Report, level: Level = "hint", *, colour: bool = False) -> str:
    """Render the number of problems per rule, the most frequent first."""
    paint = Paint(is_on=colour)
    return "\n".join([*rule_counts(report, level, paint), summary(report, level, paint)])


def rule_counts(report: Report, level: Level, paint: Paint) -> list[str]:
    """A line for each rule and level: the number of problems."""
    counts = Counter((issue.code, issue.level) for issue in report.at_least(level))
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    width = max((len(str(count)) for count in counts.values()), default=1)
    return [f"{count:>{width}}  {paint(level, level)}[{code}]" for (code, level), count in rows]


def head(issue: Issue, paint: Paint) -> str:
    """A problem in one line."""
    kind = f"{paint(issue.level, issue.level)}{paint(f'[{issue.code}]', 'dim')}"
    return f"{paint(str(issue.place), 'bold')}: {kind} {_message(issue.message)}"


class Paint:
    """Add ANSI colours if enabled."""

    def __init__(self, *, is_on: bool) -> None:
        self.is_on = is_on

    def __call__(self, text: str, style: str) -> str:
        """Colour a text."""
        return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if self.is_on and text else text


def summary(report: Report, level: Level, paint: Paint) -> str:
    """The last line: counts of problems, files and documents."""
    followed = f"{report.documents} {'follows' if report.documents == 1 else 'follow'} a template."
    if not report.issues:
        text = f"{paint('No problems', 'good')} in {plural(report.files, 'file')}; {followed}"
    else:
        counts = [
            paint(plural(report.count(each), each), each)
            for each in reversed(LEVELS)
            if report.count(each)
        ]
        places = len({issue.place.path for issue in report.issues})
        files = plural(report.files, "file")
        text = f"Found {joined(counts)} in {places} of {files}; {followed}"
    if report.known:
        text += f" {report.known} more {'is' if report.known == 1 else 'are'} in the baseline."
    if report.gone:
        occurs, it = ("occurs", "it") if report.gone == 1 else ("occur", "them")
        entries = plural(report.gone, "baseline entry", "baseline entries")
        text += f" {entries} no longer {occurs}; run `--write-baseline` to remove {it}."
    hidden = len(report.issues) - len(report.at_least(level))
    if hidden:
        is_hidden = f"{'is' if hidden == 1 else 'are'} hidden"
        text += f" {hidden} below {level} {is_hidden}; use `--level hint` to show all."
    return text


def plural(count: int, one: str, many: str = "") -> str:
    """A count and its noun: `1 error`, `2 errors`, `2 fixes`."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def joined(parts: list[str]) -> str:
    """Join parts with commas and “and”."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def _block(issue: Issue, paint: Paint) -> Iterator[str]:
    yield head(issue, paint)
    blank = " " * len(str(issue.place.start.line + 1))
    yield from _excerpt_lines(issue, paint)
    for text in _help(issue):
        yield f"{paint(f'{blank} =', 'dim')} {text}"


def _excerpt_lines(issue: Issue, paint: Paint) -> Iterator[str]:
    if not issue.place.line:
        return
    number = str(issue.place.start.line + 1)
    blank = " " * len(number)
    line, carets = _excerpt(issue.place)
    yield paint(f"{blank} |", "dim")
    yield f"{paint(f'{number} |', 'dim')} {line}".rstrip(" ")
    yield f"{paint(f'{blank} |', 'dim')} {carets.replace('^', '')}{_marks(carets, issue, paint)}"


def _marks(carets: str, issue: Issue, paint: Paint) -> str:
    return paint("^" * carets.count("^"), issue.level)


def _help(issue: Issue) -> Iterator[str]:
    for place, message in issue.related:
        yield f"note: {place}: {_message(message)}"
    safe = next((fix for fix in issue.fixes if fix.is_safe), None)
    if safe:
        yield f"help: {visible(safe.title)} (applied by `--fix`)"
    elif issue.fixes:
        first, *others = (visible(fix.title) for fix in issue.fixes[:3])
        more = f", … ({len(issue.fixes)} in all)" if len(issue.fixes) > 3 else ""
        yield f"help: {', or '.join((first, *map(_inner, others)))}{more}"


def _inner(sentence: str) -> str:
    """Lower the first letter, unless it starts an acronym."""
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence


def _excerpt(place: ShownRange) -> tuple[str, str]:
    """The line, cut around the place, and carets under the place."""
    line, start = place.line, place.start.column
    end = place.end.column if place.end.line == place.start.line else len(line)
    end = max(min(end, len(line)), start)
    left = max(0, min(start - _WIDEST // 3, len(line) - _WIDEST))
    right = left + _WIDEST
    before = visible(line[left:start])
    under = visible(line[start : min(end, right)])
    after = visible(line[min(end, right) : right])
    lead, tail = ("…" if left else ""), ("…" if right < len(line) else "")
    padding = " " * cell_len(lead + before)
    return f"{lead}{before}{under}{after}{tail}", padding + "^" * max(cell_len(under), 1)


def visible(text: str) -> str:
    """Expand tabs and escape control characters."""
    return printable(text.replace("\t", _TAB))


def _message(text: str) -> str:
    """A message, cut to `_LONGEST_MESSAGE`."""
    text = visible(text)
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[: _LONGEST_MESSAGE - 1]}…"


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """Align rows in columns."""
    rows = [tuple(visible(cell) for cell in row) for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )
