"""The server ends with its client, whatever else is running, and logs unusual ends."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.command import COMMAND, PATIENCE
from tests.lsp.conftest import SPEC
from tests.lsp.raw import Raw
from tests.lsp.stand_in import stand_in_for_git

SHUTTING_DOWN = {"code": -32600, "message": "The server is shutting down"}


@pytest.fixture
def slow_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose history takes git ten minutes, and the file that git creates at the start."""
    project, began = tmp_path / "project", tmp_path / "began"
    work = f"echo $$ > {began}.new && mv {began}.new {began}\nexec sleep 600"
    stand_in_for_git(tmp_path / "tools", work, monkeypatch)
    templates = project / ".spec-lsp/templates"
    templates.mkdir(parents=True)
    (templates / "note.md").write_text("# Note: [Title]\n\n**Status**: Draft\n")
    (project / "note.md").write_text("# Note: x\n")
    return began


@contextmanager
def served(folder: Path, **given: object) -> Iterator[Raw]:
    """A server with a folder; its process is ended in any case."""
    raw = Raw(folder)
    try:
        uri = folder.as_uri()
        hello = {"processId": None, "rootUri": uri, "capabilities": {}, **given}
        raw.ask("initialize", hello)
        raw.tell("initialized", {})
        yield raw
    finally:
        raw.end()


def wait_for(file: Path) -> int:
    """Wait for a file and return the number in it."""
    until = time.monotonic() + PATIENCE
    while not file.exists():
        assert time.monotonic() < until, f"{file} was never written"
        time.sleep(0.02)
    return int(file.read_text())


def is_gone(pid: int) -> bool:
    """Whether a process ends soon."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and " Z " in Path(f"/proc/{pid}/stat").read_text():
            return True
        time.sleep(0.02)
    return False


def test_exit_does_not_wait_for_git_and_ends_it(slow_git: Path) -> None:
    with served(slow_git.parent / "project") as raw:
        git = wait_for(slow_git)
        assert raw.ask("shutdown", None) == {"result": None}
        raw.tell("exit", None)
        assert raw.process.wait(PATIENCE) == 0
        assert is_gone(git)


def test_the_end_of_the_input_does_not_wait_for_git(slow_git: Path) -> None:
    with served(slow_git.parent / "project") as raw:
        git = wait_for(slow_git)
        assert raw.process.stdin
        raw.process.stdin.close()
        assert raw.process.wait(PATIENCE) == 1
        assert is_gone(git)


def test_the_server_ends_with_its_client_though_the_pipe_stays_open(slow_git: Path) -> None:
    client = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert client.stdin
    with client, served(slow_git.parent / "project", processId=client.pid) as raw:
        git = wait_for(slow_git)
        client.stdin.close()
        client.wait()
        assert raw.process.wait(PATIENCE) == 1
        assert is_gone(git)


def test_a_client_that_cannot_be_seen_from_here_is_not_waited_for(project: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with served(project, processId=gone.pid) as raw:
        assert "result" in raw.ask("workspace/symbol", {"query": "log"})


def test_workers_end_with_the_server(project: Path) -> None:
    if not Path("/proc/self/task").exists():
        pytest.skip("children are found in /proc, which this system does not have")
    for number in range(100, 2_000):
        (project / f"docs/specs/SPEC-{number}-x.md").write_text(SPEC, encoding="utf-8")
    with served(project) as raw:
        children: list[int] = []
        until = time.monotonic() + PATIENCE
        while not children and time.monotonic() < until:
            children = _children(raw.process.pid)
        if not children:
            pytest.skip("this machine has one processor, for which no workers are started")
        raw.tell("exit", None)
        assert raw.process.wait(PATIENCE) == 1
        assert all(map(is_gone, children))


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").glob("*/children"))
        return [int(each) for task in tasks for each in task.read_text().split()]
    except OSError:
        return []


def test_exit_without_shutdown_is_a_failure(project: Path) -> None:
    with served(project) as raw:
        raw.tell("exit", None)
        assert raw.process.wait(PATIENCE) == 1


def test_shutdown_overtakes_a_flood_of_requests(project: Path) -> None:
    with served(project) as raw:
        for _ in range(1_000):
            raw.send(_request(raw, "workspace/symbol", {"query": "log"}))
            raw.send(_request(raw, "workspace/executeCommand", {"command": "specLsp.graph"}))
        assert raw.ask("shutdown", None) == {"result": None}
        assert raw.answer(raw.number - 1) == {"error": SHUTTING_DOWN}
        raw.tell("exit", None)
        assert raw.process.wait(PATIENCE) == 0


def test_waiting_requests_can_be_cancelled(project: Path) -> None:
    with served(project) as raw:
        for _ in range(1_000):
            raw.send(_request(raw, "workspace/symbol", {"query": "log"}))
        number = raw.number
        raw.tell("$/cancelRequest", {"id": number})
        answer = raw.answer(number)
        assert answer.get("error", {"code": -32800})["code"] == -32800


def test_answers_to_what_was_sent_at_once_come_before_the_end(project: Path) -> None:
    with served(project) as raw:
        raw.send(_request(raw, "workspace/executeCommand", {"command": "specLsp.templates"}))
        raw.send(_request(raw, "shutdown", None))
        raw.tell("exit", None)
        assert "result" in raw.answer(raw.number - 1)
        assert raw.answer(raw.number) == {"result": None}
        assert raw.process.wait(PATIENCE) == 0


def _request(raw: Raw, method: str, given: object) -> dict[str, object]:
    raw.number += 1
    return {"jsonrpc": "2.0", "id": raw.number, "method": method, "params": given}


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n",
        b"Content-Length: 100000000000000000\r\n\r\n",
        b'Content-Length: 41\n\n{"jsonrpc":"2.0","id":1,"method":"exit"}',
        b"Content-Length: -5\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
    ids=["digits", "size", "line-feeds", "negative", "http"],
)
def test_an_input_that_is_not_a_client_ends_the_server_with_one_line(data: bytes) -> None:
    command = [*COMMAND, "serve"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        try:
            process.stdin.write(data)
            process.stdin.flush()
            # The input stays open, so the server must end on its own.
            assert process.wait(PATIENCE) == 1
        finally:
            process.kill()
        lines = process.stderr.read().decode().splitlines()
        assert len(lines) == 1
        assert "Invalid input from the client" in lines[0]
        assert process.stdout.read() == b""


def test_a_client_may_connect_over_tcp(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*COMMAND, "serve", "--tcp", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            with _connected(port) as connection:
                connection.sendall(
                    b'Content-Length: 40\r\n\r\n{"jsonrpc":"2.0","id":1,"method":"exit"}'
                )
                assert process.wait(PATIENCE) == 1
        finally:
            process.kill()


def _connected(port: int) -> socket.socket:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            assert time.monotonic() < until, "the server does not listen"
            time.sleep(0.02)
