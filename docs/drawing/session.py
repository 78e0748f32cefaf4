"""A recording of a session in a terminal, as a picture that plays by itself.

The commands are really run, in the small repository of `docs/first-ten-minutes.md`.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from docs.drawing.svg import COLUMN, LINE, PAPER, head, text, window

TITLE = "A session in a terminal: spec-lsp checks a document, repairs it and creates another"
COMMANDS = (
    "spec-lsp init",
    "spec-lsp check docs/runbooks/RUN-001-checkout.md",
    "spec-lsp check --fix docs/runbooks/RUN-001-checkout.md",
    'spec-lsp new runbook "Payments are refused" --set Owner=Grace',
    "spec-lsp list --columns kind,id,title,status,complete,tasks",
)
_ROOT = Path(__file__).parents[2]
_PAGE = _ROOT / "docs/first-ten-minutes.md"
_FILE = re.compile(r"^```markdown (?P<path>\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_STYLED = re.compile(r"\x1b\[(?P<codes>[\d;]*)m")
_COLOURS = {"2": "faint", "31": "red", "32": "green", "33": "yellow", "36": "cyan"}
COLUMNS = 106
_TYPING, _READING = 0.035, 0.32  # seconds for a character typed, and for a line to read
_LEAST = 2.5  # seconds for the output of a command
_STILL = 1  # the command that is shown where pictures do not move


def session() -> str:
    """The picture."""
    outputs = list(_run())
    seconds = [len(command) * _TYPING for command in COMMANDS]
    pauses = [max(len(output) * _READING, _LEAST) for output in outputs]
    total = sum(seconds) + sum(pauses)
    width, height = COLUMNS * COLUMN + 48, (max(map(len, outputs)) + 1) * LINE + 66
    scenes, style, start = [], [_STYLE], 0.0
    for number, (command, output) in enumerate(zip(COMMANDS, outputs, strict=True)):
        typed = start + seconds[number]
        end = typed + pauses[number]
        style += _keyframes(number, start / total, typed / total, end / total)
        scenes.append(_scene(number, command, output))
        start = end
    timed = "".join(style).replace("TOTAL", f"{total:.1f}s")
    parts = (head(width, height, TITLE, timed), window(8, 8, width - 16, height - 16, "Terminal"))
    return "\n".join((*parts, *scenes)) + "\n</svg>\n"


_STYLE = (
    ".s,.o{opacity:0}.s,.o,.c{animation-duration:TOTAL;animation-iteration-count:infinite}"
    ".s,.o{animation-timing-function:step-end}.b{font-weight:bold}"
    f"@media (prefers-reduced-motion:reduce){{.s,.o,.c{{animation:none!important}}"
    f"#s{_STILL},#o{_STILL}{{opacity:1}}.c{{display:none}}}}"
)


def _keyframes(number: int, start: float, typed: float, end: float) -> Iterator[str]:
    """When a command appears, is typed, and has printed its output, as shares of the whole."""
    columns = len(COMMANDS[number])
    for name, at in (("s", start), ("o", typed)):
        hidden = f"0%{{opacity:0}}{at:.2%}{{opacity:1}}" if at else "0%{opacity:1}"
        yield f"@keyframes {name}{number}{{{hidden}{end:.2%},100%{{opacity:0}}}}"
        yield f"#{name}{number}{{animation-name:{name}{number}}}"
    away = f"transform:translateX({columns * COLUMN:.1f}px)"
    yield f"@keyframes c{number}{{0%,{start:.2%}{{transform:none}}{typed:.2%},100%{{{away}}}}}"
    yield f"#c{number}{{animation-name:c{number};animation-timing-function:steps({columns})}}"


def _scene(number: int, command: str, output: list[str]) -> str:
    """A command and what it prints; a cover over the command moves away as it is typed."""
    x, y = 24.0, 62.0
    cover = f'<rect class="c" id="c{number}" x="{x + 2 * COLUMN:.1f}" y="{y - 16:g}"'
    cover += f' width="{len(command) * COLUMN + 4:.1f}" height="{LINE}" fill="{PAPER}"/>'
    lines = [_line(x, y + at * LINE, line) for at, line in enumerate(output, 1)]
    return "\n".join((
        f'<g class="s" id="s{number}">',
        (f'<clipPath id="k{number}"><rect x="{x + 2 * COLUMN:.1f}" y="{y - 16:g}"'
        f' width="{(COLUMNS - 2) * COLUMN:.1f}" height="{LINE}"/></clipPath>'),
        text(x, y, "$", "green") + text(x + 2 * COLUMN, y, command),
        f'<g clip-path="url(#k{number})">{cover}</g>',
        f'<g class="o" id="o{number}">{"".join(lines)}</g></g>',
    ))  # fmt: skip


def _line(x: float, y: float, line: str) -> str:
    """A line with the colours of the terminal."""
    parts, colour, weight, column, at = [], "ink", "", 0, 0
    for match in (*_STYLED.finditer(line), None):
        shown = line[at : match.start()] if match else line[at:]
        parts.append(text(x + column * COLUMN, y, shown, colour, weight))
        column += len(shown)
        if match:
            at = match.end()
            codes = match["codes"].split(";")
            colour = next((_COLOURS[code] for code in codes if code in _COLOURS), "ink")
            weight = ' class="b"' if "1" in codes else ""
    return "".join(parts)


def _run() -> Iterator[list[str]]:
    """The lines that each command prints, with the codes of their colours."""
    kept = {name: each for name, each in os.environ.items() if not name.startswith("GIT_")}
    kept.pop("NO_COLOR", None)
    environment = {
        **kept,
        "PYTHONPATH": str(_ROOT),
        "COLUMNS": str(COLUMNS),
        "CLICOLOR_FORCE": "1",
        "SOURCE_DATE_EPOCH": "1773446400",  # 2026-03-14
        "SPEC_LSP_CACHE": "off",
        "TERM": "xterm",
    }
    with tempfile.TemporaryDirectory() as folder:
        for file in _FILE.finditer(_PAGE.read_text(encoding="utf-8")):
            path = Path(folder, file["path"])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file["text"], encoding="utf-8")
        for command in COMMANDS:
            result = subprocess.run(  # noqa: S603 -- our own program.
                [sys.executable, "-m", *shlex.split(command.replace("spec-lsp", "spec_lsp", 1))],
                cwd=folder,
                env=environment,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            yield (result.stdout + result.stderr).rstrip().split("\n")
