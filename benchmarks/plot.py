"""A dot for each server on a logarithmic scale, drawn as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from benchmarks.results import Results

_COLOURS = {
    "spec-lsp": "#1a5fb4",
    "empty pygls": "#8a8a8a",
    "rumdl": "#c64600",
    "vscode-markdown": "#26835a",
}
_TIMES = {
    "start": "Start until ready to talk",
    "index.cold": "Index ready, first start",
    "index.warm": "Index ready, later start",
    "key.large.p95": "Keystroke → findings, p95",
    "key.large.max": "Keystroke → findings, worst",
    "key.400 KB.p95": "Keystroke in 400 KB, p95",
    "completion.p95": "Keystroke → completion, p95",
    "burst": "Burst of 30 keys",
    "request.workspace symbols.p95": "Search in the workspace, p95",
    "check.cold": "Check on the command line, first",
    "check.warm": "Check on the command line, again",
}
_MEMORY = {"memory": "Memory after indexing"}
_WIDTH, _LEFT, _RIGHT, _ROW = 860, 250, 40, 34
_FONT = "font-family='system-ui, Segoe UI, Helvetica, Arial, sans-serif'"


@dataclass(frozen=True)
class Axis:
    """A logarithmic scale between two powers of ten, and how its figures are written."""

    low: int
    high: int
    unit: str

    def x(self, value: float) -> float:
        """The x coordinate of a figure."""
        share = (log10(value) - self.low) / (self.high - self.low)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def written(self, value: float) -> str:
        """A figure with its unit."""
        if self.unit == "MB":
            return f"{value:,.0f} MB"
        if value >= 1:
            return f"{value:.3g} s"
        return f"{value * 1000:.3g} ms"


def plot(results: Results) -> str:
    """The picture: times above, memory below, the servers' colours on top."""
    servers = results.servers()
    documents = results.part("server")["documents"] or results.part("check")["documents"]
    title = f"{documents:,} documents: less is better (logarithmic scale)"
    drawn = [_text(20, 30, title, size=17, weight=600), *_legend(servers)]
    y = 96.0
    for rows, unit in ((_TIMES, "s"), (_MEMORY, "MB")):
        lines = list(_panel(results, servers, rows, unit, y))
        drawn += [line for line, _ in lines]
        y = lines[-1][1] if lines else y
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH} {y:.0f}' {_FONT}"
    ground = f"<rect width='{_WIDTH}' height='{y:.0f}' fill='#ffffff'/>"
    head += f" role='img' aria-label='{escape(title)}'"
    return "\n".join([f"{head} width='{_WIDTH}' height='{y:.0f}'>", ground, *drawn, "</svg>", ""])


def _panel(
    results: Results, servers: Sequence[str], rows: dict[str, str], unit: str, top: float
) -> Iterator[tuple[str, float]]:
    """The rows on one axis; each line comes with how far down the panel reaches."""
    found = {key: {s: value for s in servers if (value := results.median(s, key))} for key in rows}
    found = {key: values for key, values in found.items() if values}
    every = [value for values in found.values() for value in values.values()]
    if not every:
        return
    axis = Axis(floor(log10(min(every))), ceil(log10(max(every))), unit)
    end = top + len(found) * _ROW
    for power in range(axis.low, axis.high + 1):
        x = axis.x(10.0**power)
        yield f"<path d='M{x:.1f} {top - 6:.0f}V{end:.0f}' stroke='#dcdcdc'/>", end
        label = axis.written(10.0**power)
        yield _text(x, end + 18, label, size=12, anchor="middle", colour="#555555"), end
    for place, (key, values) in enumerate(found.items()):
        middle = top + place * _ROW + _ROW / 2
        yield _text(20, middle + 4, rows[key], size=13), end
        yield _row(axis, middle, values), end
    yield "", end + 52


def _figure(results: Results, server: str, key: str) -> float | None:
    """A figure to draw. For a server without a cache, a later start is like the first."""
    if key == "index.warm" and server != "spec-lsp":
        key = "index.cold"
    return results.median(server, key)


def _row(axis: Axis, y: float, values: dict[str, float]) -> str:
    """The dots of a row, ours last and with its figure above it."""
    xs = [axis.x(value) for value in values.values()]
    drawn = [f"<path d='M{min(xs):.1f} {y:.1f}H{max(xs):.1f}' stroke='#bbbbbb'/>"]
    for server in reversed(values):
        radius = 7 if server == "spec-lsp" else 5.5
        drawn.append(
            f"<circle cx='{axis.x(values[server]):.1f}' cy='{y:.1f}' r='{radius}' "
            f"fill='{_COLOURS[server]}' stroke='#ffffff'/>"
        )
    if "spec-lsp" in values:
        own = values["spec-lsp"]
        label = axis.written(own)
        colour = _COLOURS["spec-lsp"]
        drawn.append(_text(axis.x(own), y - 10, label, size=11, anchor="middle", colour=colour))
    return "".join(drawn)


def _legend(servers: Sequence[str]) -> Iterator[str]:
    x = 26
    for server in servers:
        yield f"<circle cx='{x}' cy='54' r='6' fill='{_COLOURS[server]}'/>"
        yield _text(x + 12, 59, server, size=13)
        x += 36 + 8 * len(server)


def _text(  # noqa: PLR0913 -- Each is an attribute of a text.
    x: float,
    y: float,
    text: str,
    *,
    size: int,
    anchor: str = "start",
    colour: str = "#222222",
    weight: int = 400,
) -> str:
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' font-size='{size}' text-anchor='{anchor}' "
        f"fill='{colour}' font-weight='{weight}'>{escape(text)}</text>"
    )
