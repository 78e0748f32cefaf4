"""The audit of a small repository: what it prints, and how verdicts and misses count."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.__main__ import main
from tests.audit.figures import figures, sample
from tests.audit.finding import Finding, Place
from tests.audit.repository import copy_into
from tests.audit.run import Audited, audit
from tests.audit.verdicts import read_misses, read_verdicts
from tests.storage.trees import commit, git, grow

FILES = {
    "docs/note-template.md": "# Note: [Title]\n\n## Context\n\n## Outcome\n",
    "docs/one.md": "# Note: One\n\n## Context\n\nSee [two](two.md) and [three](three.md).\n",
    "docs/two.md": "# Note: Two\n\n## Context\n\nMail gets lost.\n\n## Outcome\n\nA queue.\n",
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit") / "notes"
    commit(folder, FILES)
    return folder


@pytest.fixture(scope="module")
def audited(repository: Path) -> Audited:
    return audit(repository)


def test_a_repository_stays_as_it_is(repository: Path, audited: Audited) -> None:
    assert (audited.failure, audited.is_lawful, audited.documents) == ("", True, 2)
    assert {finding.rule for finding in audited.findings} == {"broken-link", "missing-section"}
    assert not (repository / "spec-lsp.toml").exists()


def test_a_copy_has_the_history(repository: Path, tmp_path: Path) -> None:
    copy_into(repository, tmp_path / "copy")
    assert git(tmp_path / "copy", "log", "--format=%s") == "A step"
    assert git(tmp_path / "copy", "status", "--short") == ""


def test_a_folder_without_history_is_copied_too(tmp_path: Path) -> None:
    copy_into(grow(tmp_path / "notes", FILES), tmp_path / "copy")
    assert (tmp_path / "copy" / "docs" / "one.md").exists()


def test_a_finding_has_the_lines_around_it_and_its_ground(audited: Audited) -> None:
    findings = {finding.rule: finding for finding in audited.findings}
    assert list(findings["broken-link"].lines()) == [
        "error broken-link notes/docs/one.md:5: docs/three.md does not exist",
        "       3 | ## Context",
        "       4 | ",
        "  >    5 | See [two](two.md) and [three](three.md).",
        "       6 | ",
    ]
    assert list(findings["missing-section"].lines())[-1] == (
        "   note: docs/note-template.md:5: Required by the template: ## Outcome"
    )


def test_samples_are_judged_in_a_file(
    audited: Audited,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.audit.__main__.audit", lambda _: audited)
    file = tmp_path / "verdicts.txt"
    main(["notes", "--write", str(file)])
    text = file.read_text(encoding="utf-8")
    assert text.count("\n? ") == 2
    first, _, rest = text.partition("\n? ")
    file.write_text(f"{first}\nno  {rest.replace('? ', 'yes ')}", encoding="utf-8")
    capsys.readouterr()
    main(["notes", "--verdicts", str(file), "--write", str(file)])
    assert " 50%\n" in capsys.readouterr().out
    assert "? " not in file.read_text(encoding="utf-8").partition("\n")[2]


def test_verdicts_are_read_with_their_reasons() -> None:
    text = (
        "# Notes\n\nyes 0123456789ab error broken-link a/b.md:1: …\n  why: it is gone\n"
        "? 1123456789ab error\n  why:\nno  2123456789ab info\n   > 1 | text\n"
    )
    found = read_verdicts(text)
    assert {key: verdict.is_accepted for key, verdict in found.items()} == {
        "0123456789ab": True,
        "2123456789ab": False,
    }
    assert found["0123456789ab"].why == "it is gone"


def test_a_rule_counts_as_often_as_it_is_shown() -> None:
    links = [_finding("broken-link", line) for line in range(30)]
    sections = [_finding("missing-section", line) for line in range(10)]
    verdicts = read_verdicts(
        f"no  {links[0].fingerprint}\nyes {links[1].fingerprint}\nyes {sections[0].fingerprint}"
    )
    found = figures([*links, *sections], verdicts, documents=50)
    assert [(each.rule, each.shown, each.share) for each in found.rules] == [
        ("broken-link", 30, 0.5),
        ("missing-section", 10, 1.0),
    ]
    assert found.share == (30 * 0.5 + 10) / 40
    assert found.false_alarms_per_hundred == 30.0


def test_the_samples_that_are_still_reported_stay_the_same() -> None:
    findings = [_finding("broken-link", line) for line in range(50)]
    before = sample(findings, 10, seed=1)
    fixed = before[0]
    after = sample((each for each in findings if each != fixed), 10, seed=1)
    assert after[:9] == before[1:]
    assert sample(findings, 10, seed=2) != before


def test_a_verdict_outlives_moved_lines_and_new_words() -> None:
    before = Finding("a", "missing-section", "error", Place("b.md", 1, "“X” is missing", "# T"))
    after = Finding("a", "missing-section", "info", Place("b.md", 9, "“X” is missing here", "# T"))
    assert before.fingerprint == after.fingerprint


def test_misses_that_are_reported_now_are_no_misses() -> None:
    text = "# Read in May\na/b.md:3 broken-link: leads to nothing\na/b.md:4 says nothing\n"
    misses = read_misses(text)
    findings = [_finding("broken-link", 3)]
    assert [miss.is_said(findings) for miss in misses] == [True, False]


def _finding(rule: str, line: int) -> Finding:
    return Finding("a", rule, "error", Place("b.md", line, f"line {line}", f"text {line}"))
