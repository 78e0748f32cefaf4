r"""Every family finds the defects that are planted in its sample tree, and says nothing else.

The trees are the files before the first heading of `NAME.md` beside this file. A row of
`planted.txt` is one defect: a code, a path, a text in that file, and what replaces it; without a
text, the file is new. `\n` is a line break, `\|` a vertical bar.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from spec_lsp.storage.read import open_folder
from spec_lsp.template import builtin
from tests.cli.transcript import read_stories
from tests.storage.trees import grow

_HERE = Path(__file__).parent
_BAR = re.compile(r"(?<!\\)\|")
_LEAST = {"spec-kit": 18, "openspec": 12}
_ROWS = {
    family: rows.strip().split("\n")
    for family, _, rows in (
        each.partition("\n")
        for each in (_HERE / "planted.txt").read_text("utf-8").removeprefix("# ").split("\n# ")
    )
}

Found = Counter[tuple[str, str, str]]


@pytest.mark.parametrize("family", _ROWS)
def test_what_is_planted_is_found(family: str, tmp_path: Path) -> None:
    files = dict(read_stories(_HERE / f"{family}.md")[0].files)
    healthy = _found(tmp_path / "healthy", files)
    for at, row in enumerate(_ROWS[family]):
        code, planted = _planted(files, row)
        found = _found(tmp_path / str(at), planted)
        assert {each[1] for each in found - healthy} == {code}, row
        assert not healthy - found, row


def test_each_family_has_its_defects() -> None:
    assert set(_ROWS) >= set(builtin.family_names())
    assert {
        name: len(rows) for name, rows in _ROWS.items() if len(rows) < _LEAST.get(name, 8)
    } == {}


def _planted(files: Mapping[str, str], row: str) -> tuple[str, dict[str, str]]:
    """The code of a defect, and the files with it."""
    cells = (each.strip().replace("\\n", "\n").replace("\\|", "|") for each in _BAR.split(row))
    code, path, old, new = cells
    assert old in files.get(path, ""), row
    return code, {**files, path: files[path].replace(old, new, 1) if old else new}


def _found(folder: Path, files: Mapping[str, str]) -> Found:
    grow(folder, files)
    opened = open_folder(folder)
    return Counter(
        (path, each.code, each.message)
        for path in opened.workspace.index.entries
        for each in opened.diagnose(path, "2026-03-14").shown
    )
