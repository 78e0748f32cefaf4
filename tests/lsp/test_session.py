"""Law 5: a state reached by edits equals the state loaded cold.

Random edits, opens, closes, renames and file events drive one session. In the end, a new session
that opens the same folder and the same buffers must report the same for every file.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spec_lsp.lsp.buffers import Buffer, TextChange
from spec_lsp.lsp.session import Session
from spec_lsp.storage.folder import Folder
from spec_lsp.text import LineIndex
from tests.lsp.conftest import BUG, OTHER, SPEC
from tests.lsp.talk import read_now

NAMES = ("SPEC-001-a.md", "SPEC-002-b.md", "BUG-001-c.md", "notes.md")
TEXTS = (SPEC, OTHER, BUG, "# Notes\n\nSee SPEC-001 and [b](SPEC-002-b.md#summary).\n")
PIECES = (
    "SPEC-001",
    "SPEC-002",
    "BUG-001",
    "## Summary\n",
    "\n### FR-1: One\n\n- **Depends on**: SPEC-002\n",
    "- **FR-1**: again\n",
    "**Status**: Draft\n",
    "[x](SPEC-001-a.md)",
    "```\n",
    "<!--",
    "-->",
    "---\n",
    "\r\n",
    "\u2028",
    "😀",
    "",
)

_steps = st.lists(
    st.tuples(
        st.sampled_from(["type", "type", "type", "open", "close", "write", "delete", "rename"]),
        st.integers(0, len(NAMES) - 1),
        st.integers(0, 400),
        st.integers(0, 12),
        st.sampled_from(PIECES),
    ),
    max_size=14,
)


@given(_steps)
@settings(max_examples=60)
def test_edits_reach_the_state_of_a_cold_start(
    steps: list[tuple[str, int, int, int, str]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        for file, text in zip(NAMES, TEXTS, strict=True):
            (folder / file).write_text(text, encoding="utf-8", newline="")
        warm = _Driver(folder)
        for step in steps:
            warm.take(*step)
        cold = _Driver(folder)
        for uri, buffer in warm.session.buffers.items():
            cold.session.open(uri, buffer.document.text, 1)
        cold.settle()
        assert warm.said() == cold.said()


def test_findings_between_files_are_reported_once_all_are_read(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    (folder / NAMES[0]).write_text(SPEC, encoding="utf-8")
    (folder / NAMES[1]).write_text(OTHER, encoding="utf-8")
    # IDs of bugs are checked where there are bugs.
    (folder / "BUG-002-slow.md").write_text("# Bug Fix Specification: Slow\n", encoding="utf-8")
    session = Session()
    opened = session.add_folder(folder.as_posix())
    buffer = session.open((folder / NAMES[0]).as_uri(), SPEC, 1)
    opened.edit(buffer.document)

    def unresolved() -> set[str]:
        found = session.diagnostics(opened, buffer.path)
        return {
            SPEC[each.span.start : each.span.end] for each in found if "unresolved" in each.code
        }

    assert session.diagnostics(opened, buffer.path)
    assert unresolved() == set()
    read_now(opened)
    assert unresolved() == {"BUG-001"}


def test_values_cached_with_old_settings_are_freed_when_settings_change(tmp_path: Path) -> None:
    session = Session()
    opened = session.add_folder(tmp_path.resolve().as_posix())
    buffer = session.open((tmp_path.resolve() / NAMES[0]).as_uri(), SPEC, 1)
    assert not [*session.catch_up()]
    before = buffer.document
    opened.set_levels({"orphan": "info"})
    session.follow()
    assert buffer.document == before
    assert len(before.rows) > 0
    assert len(buffer.document.rows) == 0


class _Driver:
    """A session as the server uses it, without the protocol around it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.session = Session()
        self.session.encoding = "utf-16"
        self.session.add_folder(folder.as_posix())
        self._index()

    @property
    def opened(self) -> Folder:
        """The only folder."""
        return next(iter(self.session.roots.values()))

    def take(self, what: str, number: int, at: int, length: int, piece: str) -> None:
        """Do one thing to one file."""
        file = self.folder / NAMES[number]
        uri = file.as_uri()
        buffer = self.session.buffer(uri)
        if what == "open" and not buffer and file.exists():
            text = file.read_bytes().decode("utf-8")
            self._taken(self.session.open(uri, text, 1))
        elif what == "close" and buffer:
            self.session.close(uri)
            buffer.folder.close(buffer.path)
        elif what == "type" and buffer:
            self._type(uri, at, length, piece)
        elif what == "write":
            file.write_text(TEXTS[at % len(TEXTS)] + piece, encoding="utf-8", newline="")
            self.opened.refresh([file.name])
        elif what == "delete" and file.exists():
            file.unlink()
            self.opened.refresh([file.name])
        elif what == "rename" and file.exists():
            other = self.folder / NAMES[(number + 1) % len(NAMES)]
            file.rename(other)
            self.opened.refresh([file.name])
            self.opened.refresh([other.name])

    def settle(self) -> None:
        """Process the changes of open files."""
        for buffer in self.session.buffers.values():
            buffer.folder.edit(buffer.document)

    def said(self) -> dict[str, list[tuple[object, ...]]]:
        """All diagnostics of every file."""
        return {
            path: [
                (each.code, each.level, each.span, each.message, each.related)
                for each in self.session.diagnostics(self.opened, path)
            ]
            for path in self.opened.paths
        }

    def _type(self, uri: str, at: int, length: int, piece: str) -> None:
        buffer = self.session.buffer(uri)
        assert buffer
        lines = LineIndex(buffer.document.text)
        end = len(buffer.document.text)
        start = lines.position(min(at, end), "utf-16")
        stop = lines.position(min(at + length, end), "utf-16")
        change = TextChange(piece, start, stop)
        changed = self.session.change(uri, None, [change])
        assert changed
        self._taken(changed)

    def _taken(self, buffer: Buffer) -> None:
        buffer.folder.edit(buffer.document)

    def _index(self) -> None:
        read_now(self.opened)


def test_a_session_is_typed_in_until_nothing_was_typed_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    session = Session()
    uri = (tmp_path / "a.md").as_uri()
    session.open(uri, "# A\n", 1)
    told = [session.is_typed_in]
    session.change(uri, 2, [TextChange("# AB\n")])
    now += 3
    session.change(uri, 3, [TextChange("# ABC\n")])
    for pause in (4, 2):
        now += pause
        told.append(session.is_typed_in)
    assert told == [False, True, False]


def test_a_session_is_idle_until_something_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    session = Session()
    told = [session.is_idle]
    list(session.catch_up())  # before each request
    for pause in (4, 2):
        now += pause
        told.append(session.is_idle)
    assert told == [True, False, True]
