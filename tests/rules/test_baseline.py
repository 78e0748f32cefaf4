"""A baseline matches findings by message and line text, not by line number."""

import json

import pytest

from spec_lsp.rules.engine import baseline
from spec_lsp.rules.engine.baseline import Applied, Baseline, BaselineError
from spec_lsp.rules.engine.model import Diagnostic
from spec_lsp.text import LineIndex
from spec_lsp.workspace.config.config import Check, Config
from tests.harness.world import DOCUMENT, World

ALL = Config(builtin=False, check=Check(files="all"))
OLD = """\
# Notes

See [one](one.md).
See [two](two.md) and [two](two.md).
"""
MOVED = """\
# Notes

A new paragraph.

See [two](two.md)   and [two](two.md).

See [one](one.md).
"""
GROWN = OLD + "See [three](three.md).\n\nSee [one](one.md).\n"
MENDED = OLD.replace("See [one](one.md).\n", "")


def judged(text: str) -> tuple[list[Diagnostic], baseline.LineOf]:
    """The findings in a text, and the function that returns their lines."""
    index = LineIndex(text)
    return (
        World({DOCUMENT: text}, config=ALL).diagnose(DOCUMENT),
        lambda each: index.line_span(index.line_of(each.span.start)).of(text),
    )


def known(text: str) -> Baseline:
    """A baseline of a text, written and read again."""
    return baseline.read(baseline.write(baseline.baseline_of(*judged(text))))


def version_1(text: str) -> Baseline:
    """A baseline of a text as version 1 wrote it, with other messages."""
    data = json.loads(baseline.write(known(text))) | {"version": 1}
    for each in data["files"][DOCUMENT]:
        each["message"] = f"old message of {each['rule']}"
    return baseline.read(json.dumps(data))


def applied(text: str) -> Applied:
    """What the baseline of the old text makes of another one."""
    return baseline.apply(known(OLD), *judged(text))


def counts(found: Applied) -> tuple[int, int, int]:
    return len(found.kept), len(found.known), found.gone


def messages(found: Applied) -> list[str]:
    return [each.message for each in found.kept]


def test_known_findings_are_hidden() -> None:
    assert counts(applied(OLD)) == (0, 3, 0)


def test_they_stay_known_when_lines_move() -> None:
    assert counts(applied(MOVED)) == (0, 3, 0)


def test_new_findings_and_further_copies_of_known_ones_are_reported() -> None:
    assert messages(applied(GROWN)) == ["three.md does not exist", "one.md does not exist"]


def test_fixed_findings_are_counted() -> None:
    assert counts(applied(MENDED)) == (0, 2, 1)


def test_a_baseline_only_shrinks() -> None:
    smaller = baseline.shrunk(known(OLD), *judged(MENDED))
    assert smaller == known(MENDED)
    assert baseline.shrunk(smaller, *judged(GROWN)) == known(MENDED)
    assert baseline.shrunk(known(OLD), *judged(GROWN)) == known(OLD)


def test_version_1_matches_without_the_message() -> None:
    old = version_1(OLD)
    assert counts(baseline.apply(old, *judged(OLD))) == (0, 3, 0)
    assert counts(baseline.apply(old, *judged(MOVED))) == (0, 3, 0)
    assert counts(baseline.apply(old, *judged(MENDED))) == (0, 2, 1)
    grown = baseline.apply(old, *judged(GROWN))
    assert messages(grown) == ["three.md does not exist", "one.md does not exist"]


@pytest.mark.parametrize(("text", "left"), [(OLD, OLD), (MENDED, MENDED), (GROWN, OLD)])
def test_version_1_is_rewritten_as_version_2_with_what_still_occurs(text: str, left: str) -> None:
    written = baseline.write(baseline.shrunk(version_1(OLD), *judged(text)))
    assert written == baseline.write(known(left))
    assert json.loads(written)["version"] == 2


def test_counts_in_a_message_may_change() -> None:
    (finding,) = World({DOCUMENT: "[one](one.md)\n"}, config=ALL).diagnose(DOCUMENT)
    tasks = [
        Diagnostic(finding.path, "open-tasks", "error", finding.span, f"{count} tasks of TASK-1")
        for count in (3, 2)
    ]
    old = baseline.baseline_of(tasks[:1], lambda _: "## Tasks")
    assert not baseline.apply(old, tasks[1:], lambda _: "## Tasks").kept


def test_the_file_is_easy_to_read_and_to_compare() -> None:
    assert json.loads(baseline.write(known(OLD))) == {
        "version": 2,
        "files": {
            "doc.md": [
                {
                    "rule": "broken-link",
                    "message": "one.md does not exist",
                    "line": "See [one](one.md).",
                },
                {
                    "rule": "broken-link",
                    "message": "two.md does not exist",
                    "line": "See [two](two.md) and [two](two.md).",
                    "count": 2,
                },
            ]
        },
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[1]", "`version` is missing"),
        ('{"findings": []}', "`version` is missing"),
        ('{"version": 7, "files": {}}', "baseline version 7 is not supported"),
        ('{"version": 1}', "is damaged"),
        ('{"version": 1, "files": {"a.md": [{"rule": "x"}]}}', "is damaged"),
        ('{"version": 1, "files": {"a.md": 3}}', "is damaged"),
        ('{"version": 2, "files": {"a.md": [{"rule": "x"}]}}', "is damaged"),
    ],
)
def test_any_other_text_is_refused_with_a_sentence(text: str, message: str) -> None:
    with pytest.raises(BaselineError, match=message):
        baseline.read(text)
