"""Everything that is measured of one server in one round, as seconds and megabytes by name."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.driver.client import StalledError
from benchmarks.driver.keys import burst, completed, edited, pushed, typed
from benchmarks.driver.requests import asked, held
from benchmarks.driver.servers import Server
from benchmarks.driver.session import Buffer, Session
from benchmarks.driver.storm import EVENTS, changed, storm

_BURSTS = 5
_TIMES = 20
_KEYS_IN_STORM = 40


@dataclass(frozen=True)
class Ground:
    """What is measured: a small and a large workspace, and documents that both have.

    `typical` is a document of usual size; `sized` are others to type in, by name. That many `keys`
    are typed in each, and an answer is waited for with that `wait_limit`, in seconds. All others
    mention the `hub`, if there is one.
    """

    small: Path
    large: Path
    typical: str
    sized: Mapping[str, str]
    hub: str = ""
    keys: int = 200
    wait_limit: float = 180


Figures = dict[str, float]
Part = Callable[[Server, Ground, Path], Iterator[tuple[str, float]]]


def measure(server: Server, ground: Ground, edits: int = 0) -> tuple[Figures, list[str]]:
    """The figures of one round, and what went wrong; the long run is left out without edits."""
    figures: Figures = {}
    wrong = []
    parts: dict[str, Part] = {"small": _small, "push": _push, "large": _large}
    if edits:
        parts["edits"] = partial(_endurance, edits=edits)
    for name, part in parts.items():
        with tempfile.TemporaryDirectory(prefix="spec-lsp-bench-") as cache:
            try:
                for figure, value in part(server, ground, Path(cache)):
                    figures[figure] = value
            except (StalledError, OSError) as error:
                wrong.append(f"{server.name}, {name}: {error}")
    return figures, wrong


def _small(server: Server, ground: Ground, cache: Path) -> Iterator[tuple[str, float]]:
    """Typing in a small workspace, for what the size of one costs."""
    with Session(server, ground.small, cache, wait_limit=ground.wait_limit) as session:
        yield "memory.small", session.memory()
        yield from _spread("key.small", typed(session.open(ground.typical), ground.keys))


def _push(server: Server, ground: Ground, cache: Path) -> Iterator[tuple[str, float]]:
    """The same with a client that does not pull diagnostics."""
    if not server.pushes:
        return
    with Session(server, ground.small, cache, pulls=False, wait_limit=ground.wait_limit) as session:
        yield from _spread("push", pushed(session.open(ground.typical), ground.keys // 4))


def _large(server: Server, ground: Ground, cache: Path) -> Iterator[tuple[str, float]]:
    """Starting twice, then everything else in the second session."""
    if server.has_cache:
        with Session(server, ground.large, cache, wait_limit=ground.wait_limit) as session:
            yield "index.cold", session.ready
            yield "memory", session.memory()
    with Session(server, ground.large, cache, wait_limit=ground.wait_limit) as session:
        yield "start", session.start
        if server.ready != "at once":
            yield f"index.{'warm' if server.has_cache else 'cold'}", session.ready
        yield f"memory{'.warm' if server.has_cache else ''}", session.memory()
        began = perf_counter()
        buffer = session.open(ground.typical)
        yield "open", perf_counter() - began
        yield from _spread("key.large", typed(buffer, ground.keys))
        if "completionProvider" in session.can:
            yield from _spread("completion", completed(buffer, ground.keys))
        yield "burst", sorted(burst(buffer) for _ in range(_BURSTS))[_BURSTS // 2]
        for name, path in ground.sized.items():
            yield from _spread(f"key.{name}", typed(session.open(path), ground.keys))
        for name, seconds in asked(buffer, min(ground.keys, _TIMES)):
            yield from _spread(f"request.{name}", seconds)
        if ground.hub:
            yield from held(session.open(ground.hub))
        yield from _storms(buffer, ground)
        yield "memory.end", session.memory()


def _storms(buffer: Buffer, ground: Ground) -> Iterator[tuple[str, float]]:
    """Files change, and change back; the server is notified once, then many times."""
    files = sorted(ground.large.rglob("*.md"))[:EVENTS]
    keys = min(ground.keys, _KEYS_IN_STORM)
    with changed(files):
        yield from _storm("storm.one", storm(buffer, files, 1, keys))
    yield from _storm("storm.many", storm(buffer, files, 50, keys))


def _storm(name: str, found: tuple[float, int, float]) -> Iterator[tuple[str, float]]:
    worst, updates, seconds = found
    yield f"{name}.worst", worst
    yield f"{name}.updates", updates
    yield f"{name}.quiet", seconds


def _endurance(
    server: Server, ground: Ground, cache: Path, edits: int
) -> Iterator[tuple[str, float]]:
    """Memory before and after thousands of edits of one document."""
    with Session(server, ground.small, cache, wait_limit=ground.wait_limit) as session:
        before, after, seconds = edited(session, session.open(ground.typical), edits)
    yield "edits.before", before
    yield "edits.after", after
    yield "edits.each", seconds / edits


def _spread(name: str, seconds: list[float]) -> Iterator[tuple[str, float]]:
    """The median, the 95th percentile and the maximum."""
    ranked = sorted(seconds)
    yield f"{name}.p50", ranked[len(ranked) // 2]
    yield f"{name}.p95", ranked[int(len(ranked) * 0.95)]
    yield f"{name}.max", ranked[-1]
