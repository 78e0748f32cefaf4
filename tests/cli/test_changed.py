"""A check after a few changes reports the same as one without a cache."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spec_lsp.storage.store import VARIABLE
from tests.cli.checked import checked, uncached
from tests.storage.cached import PATHS, TEXTS
from tests.storage.trees import grow


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_after_any_changes_the_report_equals_that_without_a_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    monkeypatch.setattr("spec_lsp.storage.store._TICK", 0)
    home = Path(tempfile.mkdtemp(dir=tmp_path))
    monkeypatch.setenv(VARIABLE, str(home / "cache"))
    folder = grow(home.resolve() / "project", {path: data.draw(TEXTS) for path in PATHS})
    checked(folder)
    for _ in range(3):
        for path in data.draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=2)):
            grow(folder, {path: data.draw(TEXTS)})
        assert checked(folder) == uncached(folder)
