"""The driver of the benchmarks: its figures of a server, and how a server that hangs is ended."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.corpus.choice import Choice
from benchmarks.curve import curves
from benchmarks.driver.figures import Ground, measure
from benchmarks.driver.servers import OURS, Server
from benchmarks.goals import verdicts
from benchmarks.report import snippet
from benchmarks.results import Results
from benchmarks.server import prepare


def small_ground(folder: Path, documents: int, *, is_hard: bool = False) -> Ground:
    """Two small workspaces, without the long documents, which take a while to read."""
    ground = prepare(folder, Choice(documents, is_hard=is_hard), keys=4)
    for file in folder.rglob("*-about-*.md"):
        if not file.name.endswith("about-10-kb.md"):
            file.unlink()
    return replace(ground, sized={"10 KB": ground.sized["10 KB"]})


@pytest.mark.slow
def test_a_round_with_our_own_server_yields_every_figure(tmp_path: Path) -> None:
    ground = small_ground(tmp_path, documents=20, is_hard=True)

    figures, wrong = measure(OURS, ground, edits=4)

    assert not wrong
    names = {figure.split(".")[0] for figure in figures}
    assert names == {
        *("start", "open", "index", "memory", "key", "push", "completion", "burst"),
        *("request", "hub", "storm", "edits"),
    }
    assert figures["index.warm"] > figures["start"] > 0
    assert figures["memory"] > 10
    asked = {figure.split(".")[1] for figure in figures if figure.startswith("request")}
    assert {"hover, ID", "rename, heading", "code actions", "call hierarchy, ID"} <= asked
    assert figures["hub.references, ID.first"] <= figures["hub.references, ID.whole"]


def test_a_server_that_hangs_is_ended_and_the_round_goes_on(tmp_path: Path) -> None:
    ground = replace(small_ground(tmp_path, documents=8), wait_limit=0.2)
    note = tmp_path / "pid"
    silent = Server("silent", ("sh", "-c", f"echo $$ > {note}; exec sleep 60"), ready="at once")

    figures, wrong = measure(silent, ground)

    assert not figures
    assert wrong == [
        f"silent, {part}: no answer within 0.2 s" for part in ("small", "push", "large")
    ]
    assert not Path("/proc", note.read_text().strip()).exists()


def test_goals_are_measured_by_the_ratios_within_each_round(tmp_path: Path) -> None:
    results = Results(tmp_path)
    results.begin("server", 1_000)
    for ours, floor in ((0.5, 0.25), (0.4, 0.4), (0.3, 0.5)):
        round_ = {"spec-lsp": {"start": ours}, "empty pygls": {"start": floor}}
        results.add("server", lambda found=round_: (found, []))  # type: ignore[misc]

    again = Results(tmp_path)

    start = next(verdict for verdict in verdicts(again) if verdict.goal.figure == "start")
    assert start.value == 1.0
    assert start.is_reached
    assert "| start → initialize answered | empty pygls | 1.00 |" in snippet(again)
    assert not any(
        each.is_reached for each in verdicts(again) if each is not start and each.value is None
    )


def test_a_curve_has_a_row_for_each_figure_and_a_column_for_each_scale(tmp_path: Path) -> None:
    found = {}
    for scale, seconds in ((100, 0.5), (1_000, 2.0)):
        found[scale] = Results(tmp_path / f"{scale}")
        found[scale].begin("check", scale)
        round_ = {"spec-lsp": {"check.cold": seconds}, "rumdl": {"check.cold": seconds / 2}}
        found[scale].add("check", lambda made=round_: (made, []))  # type: ignore[misc]

    table = curves(found)

    rows = list(zip(*(column.cells for column in table.columns), strict=True))
    assert rows == [
        ("check, first", "spec-lsp", "500.0 ms", "2.00 s"),
        ("check, first", "rumdl", "250.0 ms", "1.00 s"),
    ]
