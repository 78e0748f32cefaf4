"""Workers read the same as the program itself, which reads what workers fail to read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from spec_lsp.storage.discover import load
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.history import History
from spec_lsp.storage.indexing import pool, worker
from spec_lsp.storage.indexing.digest import mark_of, unpack_digest
from spec_lsp.storage.indexing.worker import receive, send, task
from spec_lsp.storage.read import open_folder
from spec_lsp.storage.store import VARIABLE
from tests.storage.trees import commit, grow

TODAY = "2026-11-21"
TEMPLATE = "# Note: [Title]\n\n**ID**: NOTE-NNN\n**Status**: Open | Closed\n\n## Why\n\n[Reason]\n"
OLD = TEMPLATE.replace("## Why", "## Reason")
NOTE = "# Note: Number {0}\n\n**ID**: NOTE-{0}\n**Status**: Opn\n\n## Why\n\nAs NOTE-{1} says.\n"


@pytest.fixture(autouse=True)
def small_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers for a few files already, and no cache."""
    monkeypatch.setenv(VARIABLE, "off")
    monkeypatch.setattr(pool, "_WORTH_IT", 4)
    monkeypatch.setattr(pool, "_LOT", 3)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Notes whose template has changed since their creation, and a file that is not a text."""
    notes = {f"notes/{at}.md": NOTE.format(100 + at, 101 + at) for at in range(20)}
    commit(tmp_path, {".spec-lsp/templates/note.md": OLD, **notes})
    commit(tmp_path, {".spec-lsp/templates/note.md": TEMPLATE})
    (tmp_path / "notes/binary.md").write_bytes(b"\xff\xfe\0")
    return tmp_path.resolve()


def test_workers_and_one_process_report_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = _told(open_folder(folder))
    monkeypatch.setattr(pool, "_WORTH_IT", 10_000)
    assert beside == _told(open_folder(folder))
    assert "notes/19.md unresolved-id NOTE-120" in "\n".join(beside)
    assert "notes/binary.md not a text file (NUL byte)" in beside


def test_workers_read_a_folder_that_a_site_generator_publishes(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "mkdocs.yml").write_text("site_name: Notes\ndocs_dir: notes\n", encoding="utf-8")
    assert load(folder).settings.generators
    open_folder(folder)
    assert "a worker ended early" not in caplog.text


def test_a_worker_answers_for_each_path(folder: Path) -> None:
    process = pool.start()
    assert process
    assert process.stdin
    assert process.stdout
    send(process.stdin, task(folder, load(folder).settings, History()))  # type: ignore[arg-type]
    send(process.stdin, ["notes/1.md", "notes/binary.md", "notes/gone.md"])  # type: ignore[arg-type]
    (one, digest, mark, _), binary, gone = receive(process.stdout)  # type: ignore[arg-type]
    assert (one, unpack_digest(digest).entry.id) == ("notes/1.md", "NOTE-101")
    assert mark == mark_of((folder / "notes/1.md").read_text(encoding="utf-8"))
    assert binary == ("notes/binary.md", None, b"", "not a text file (NUL byte)")
    assert gone == ("notes/gone.md", None, b"", "no such file")
    process.stdin.close()
    assert process.wait(timeout=60) == 0, "it ends with its input"
    process.stdout.close()


MUMBLES = """
import sys
from spec_lsp.storage.worker import receive, send
receive(sys.stdin.buffer)
while (paths := receive(sys.stdin.buffer)) is not None:
    send(sys.stdout.buffer, [(path, b"?", b"", "") for path in paths])
"""


@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit",
        "import sys; sys.stdin.buffer.read(9); sys.stdout.write('nonsense')",
        MUMBLES,
    ],
)
def test_files_that_workers_fail_to_read_are_read_by_the_program(
    folder: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    expected = _told(open_folder(folder))
    popen = subprocess.Popen

    def start(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        is_worker = "spec_lsp.storage.indexing.worker" in command
        return popen([sys.executable, "-c", program] if is_worker else command, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(subprocess, "Popen", start)
    assert _told(open_folder(folder)) == expected


def test_a_worker_of_another_version_reads_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _told(open_folder(folder))
    answers: list[object] = []
    monkeypatch.setattr(worker, "signature_of", lambda _: "that of an older program")
    monkeypatch.setattr(pool, "receive", lambda stream: answers.append(receive(stream)))
    assert _told(open_folder(folder)) == expected
    assert set(answers) == {None}


def test_without_processes_everything_is_read_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _told(open_folder(folder))
    monkeypatch.setattr(pool, "start", lambda: None)
    assert _told(open_folder(folder)) == expected


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="no process priorities here")
def test_low_priority_workers_have_a_higher_niceness(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers: list[subprocess.Popen[bytes]] = []
    start = pool.start

    def noted() -> subprocess.Popen[bytes] | None:
        if process := start():
            workers.append(process)
        return process

    monkeypatch.setattr(pool, "start", noted)
    loaded = load(folder)
    given = task(folder, loaded.settings, History())
    paths = [f"notes/{at}.md" for at in range(20)]
    own = os.getpriority(os.PRIO_PROCESS, 0)
    for low_priority, expected in ((False, own), (True, min(own + 10, 19))):
        answers = pool.read_beside(given, paths, low_priority=low_priority)
        read = [path for path, *_ in next(answers)]
        assert {os.getpriority(os.PRIO_PROCESS, each.pid) for each in workers} == {expected}
        workers.clear()
        read += [path for lot in answers for path, *_ in lot]
        assert sorted(read) == sorted(paths)


def test_a_worker_imports_nothing_from_the_folder_it_is_started_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _told(open_folder(folder))
    grow(folder, {"spec_lsp/__init__.py": "raise SystemExit", "marshal.py": "raise SystemExit"})
    monkeypatch.chdir(folder)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert _told(open_folder(folder)) == expected


def _told(project: Folder) -> list[str]:
    """All diagnostics of a folder."""
    unread = [f"{path} {reason}" for path, reason in project.unreadable.items()]
    return unread + [
        f"{path} {each.code} {each.span.of(project.texts.text(path) or '')}: {each.message}"
        for path in project.documents
        for each in project.diagnose(path, TODAY).shown
    ]
