"""Several programs use one cache at once, and each says what it says alone."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, ClassVar

import pytest

from spec_lsp.storage.cache import VARIABLE, cache_of
from tests.lsp.raw import Raw

CHECK = [sys.executable, "-m", "spec_lsp", "check", "--format", "json"]


class Puller(Raw):
    """A client that asks for diagnostics."""

    capabilities: ClassVar[dict[str, object]] = {"textDocument": {"diagnostic": {}}}


def test_two_servers_and_checks_on_one_cache(
    project: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = (project / "docs/specs/SPEC-002-log-out.md").read_text(encoding="utf-8")
    for number in range(3, 90):
        name = f"SPEC-{number:03}"
        file = project / f"docs/specs/{name}-log-out.md"
        file.write_text(other.replace("SPEC-002", name), encoding="utf-8")
    monkeypatch.setenv(VARIABLE, "off")
    expected = _checked(project)
    with Puller(project) as alone:
        told = _told(alone)

    monkeypatch.setenv(VARIABLE, str(tmp_path_factory.mktemp("cache")))
    for _ in range(2):
        with ExitStack() as both:
            servers = [both.enter_context(Puller(project)) for _ in range(2)]
            checks = [_started(project) for _ in range(2)]
            assert [check.communicate()[0] for check in checks] == [expected, expected]
            assert [_told(server) for server in servers] == [told, told]
    kept = cache_of(project).file
    assert kept
    assert kept.exists()


def _told(server: Raw) -> list[Any]:
    """What a server says of all documents, once it has read them."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        answer = server.ask("workspace/diagnostic", {"previousResultIds": []})
        found = [(each["uri"], each["items"]) for each in answer["result"]["items"]]
        if len(found) == 90:
            return sorted(found, key=lambda each: each[0])
        time.sleep(0.05)
    raise AssertionError("the documents are still not read")


def _started(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(CHECK, cwd=folder, stdout=subprocess.PIPE)


def _checked(folder: Path) -> bytes:
    return subprocess.run(CHECK, cwd=folder, stdout=subprocess.PIPE, check=False).stdout
