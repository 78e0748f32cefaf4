"""Show the results: tables, `results.json`, a plot, and a table for `docs/performance.md`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.goals import Verdict, verdicts
from benchmarks.plot import plot
from benchmarks.results import FOLDER, Results

SNIPPET = "readme.md"
PICTURE = "speed.svg"

# The figures that come first; all others follow under their own names.
ROWS = {
    "start": "start → initialize answered",
    "open": "open → findings",
    "index.cold": "index ready, first start",
    "index.warm": "index ready, later start",
    "memory.small": "memory after indexing 100 documents",
    "memory": "memory after indexing",
    "memory.warm": "memory after a later start",
    "memory.each": "memory for 1,000 documents",
    "memory.end": "memory at the end",
    "key.small": "keystroke → findings, 100 documents",
    "key.large": "keystroke → findings",
    "key.10 KB": "keystroke → findings, 10 KB",
    "key.400 KB": "keystroke → findings, 400 KB",
    "push": "keystroke → findings, pushed",
    "completion": "keystroke → completion",
    "burst": "burst of 30 keys",
    "storm.one.worst": "5,000 files change: worst answer",
    "storm.one.updates": "– updates",
    "storm.one.quiet": "– quiet after",
    "storm.many.worst": "the same in 50 parts: worst answer",
    "storm.many.updates": "– updates",
    "storm.many.quiet": "– quiet after",
    "edits.each": "long run of edits: each",
    "edits.before": "– memory before",
    "edits.after": "– memory after",
    "check.imports": "check of one unchanged document",
    "check.cold": "check, first",
    "check.warm": "check, again",
    "check.work": "– of 10,000, without imports",
    "check.one": "check after one change",
    "check.undone": "check after the change is undone",
    "check.clone": "check of a fresh clone, cache restored",
}


def main(arguments: Sequence[str]) -> None:
    """Show the latest results again."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks report", description=__doc__)
    parser.add_argument("--output", type=Path, default=FOLDER)
    show(Results(parser.parse_args(arguments).output))


def show(results: Results) -> None:
    """Print the tables, and write the plot and the table for `docs/performance.md`."""
    console = Console(width=150)
    for part in ("server", "check"):
        kept = results.part(part)
        if kept["rounds"]:
            share = median(kept["others"])
            console.print(
                f"{part}: {kept['documents']:,} documents, {len(kept['rounds'])} rounds, medians; "
                f"other processes took {share:.0%} of the machine"
            )
        for line in kept["wrong"]:
            console.print(f"  failed: {line}", style="red")
    console.print(_figures(results))
    console.print(_goals(list(verdicts(results))))
    results.folder.mkdir(parents=True, exist_ok=True)
    (results.folder / PICTURE).write_text(plot(results), encoding="utf-8")
    (results.folder / SNIPPET).write_text(snippet(results), encoding="utf-8")
    console.print(f"Written: results.json, {PICTURE} and {SNIPPET} in {results.folder}")


def cell(results: Results, server: str, key: str) -> str:
    """A figure of a server; p50 / p95 / worst where there are many."""
    if key == "memory.each":
        return _memory_for_each(results, server)
    value = results.median(server, key)
    if value is not None:
        return _written(key, value)
    spread = [results.median(server, f"{key}.{end}") for end in ("p50", "p95", "max")]
    return " / ".join(_written(key, each) for each in spread if each is not None)


def _figures(results: Results) -> Table:
    """A row for each figure, a column for each server; p50 / p95 / worst where there are many."""
    servers = results.servers()
    table = Table("", *servers)
    for column in table.columns[1:]:
        column.justify = "right"
    for key in _keys(results):
        cells = [cell(results, server, key) for server in servers]
        if any(cells):
            table.add_row(ROWS.get(key, key.removeprefix("request.")), *cells)
    return table


def _keys(results: Results) -> list[str]:
    """The names of all figures, without the parts of a spread."""
    found = dict.fromkeys(ROWS)
    for each in results.rounds():
        for figures in each.values():
            found |= dict.fromkeys(figure.removesuffix(_spread(figure)) for figure in figures)
    return list(found)


def _spread(figure: str) -> str:
    return next((end for end in (".p50", ".p95", ".max") if figure.endswith(end)), "")


def _memory_for_each(results: Results, server: str) -> str:
    """The memory of 1,000 more documents."""
    small, large = results.median(server, "memory.small"), results.median(server, "memory")
    more = results.part("server")["documents"] - 100
    if small is None or large is None or more <= 0:
        return ""
    return f"{max(0.0, large - small) / more * 1000:.1f} MB"


def _written(key: str, value: float) -> str:
    """A figure with its unit."""
    if key.endswith(".updates"):
        return f"{value:.0f}"
    if key.startswith("memory") or key in ("edits.before", "edits.after"):
        return f"{value:.0f} MB"
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


def _goals(found: Sequence[Verdict]) -> Table:
    table = Table("goal", "against", "measured", "at most", "")
    for verdict in found:
        goal = verdict.goal
        if verdict.value is None:
            table.add_row(goal.name, verdict.against, "–", f"{goal.most:g}", "not measured")
            continue
        mark = "[green]reached" if verdict.is_reached else "[red]not reached"
        table.add_row(goal.name, verdict.against, f"{verdict.value:.3f}", f"{goal.most:g}", mark)
    return table


def snippet(results: Results) -> str:
    """The ratios to the peers as a table in Markdown."""
    kept = results.part("server")
    machine = results.parts.get("machine", {})
    measured = f"{kept['documents']:,} documents, {len(kept['rounds'])} rounds in turn"
    where = f"{machine.get('processors')} processors, Python {machine.get('python')}"
    lines = [
        f"{measured}; {where}.",
        "A ratio below 1 means that spec-lsp needs less.",
        "",
        "| | compared with | ratio |",
        "|---|---|---:|",
    ]
    for verdict in verdicts(results):
        goal = verdict.goal
        if verdict.value is not None and goal.server:
            lines.append(f"| {goal.name} | {verdict.against} | {verdict.value:.2f} |")
        elif verdict.value is not None:
            value = _written(goal.figure, verdict.value)
            lines.append(f"| {goal.name} | | {value} |")
    return "\n".join([*lines, ""])
