"""Paths on other branches in the npm package, whose host is simulated: it has no threads."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from spec_lsp.storage import node
from spec_lsp.storage.claims import Claims


@dataclass
class Host:
    """Runs programs, and keeps what is left for the event loop."""

    left: list[Callable[[], object]] = field(default_factory=list)

    def later(self, work: Callable[[], object]) -> None:
        self.left.append(work)

    def run_program(
        self,
        command: Sequence[str],
        given: bytes | None,
        milliseconds: float | None,
        environment: Mapping[str, str] | None,
    ) -> tuple[int, bytes]:
        done = subprocess.run(
            command, input=given, env=environment, capture_output=True, check=False
        )
        assert milliseconds
        return done.returncode, done.stdout


def test_only_the_first_request_of_a_client_waits_for_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host, now = Host(), time.monotonic()
    monkeypatch.setattr(node, "IS_HERE", True)
    monkeypatch.setattr(node, "_outside", lambda: host)
    monkeypatch.setattr("spec_lsp.storage.claims.time.monotonic", lambda: now)
    run(tmp_path, "init", "--quiet")
    add(tmp_path, "SPEC-001.md")
    claims = Claims(tmp_path, is_live=True)
    assert claims.text().split() == ["SPEC-001.md"]
    add(tmp_path, "SPEC-002.md")
    now += 61
    assert claims.text().split() == ["SPEC-001.md"]
    for work in host.left:
        work()
    assert {*claims.text().split()} == {"SPEC-001.md", "SPEC-002.md"}
    assert len(host.left) == 1


def add(folder: Path, name: str) -> None:
    """Commit a document."""
    (folder / name).write_text("# x\n")
    run(folder, "add", ".")
    run(folder, "-c", "user.name=A", "-c", "user.email=a@b", "commit", "--quiet", "-m", "x")


def run(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True)
