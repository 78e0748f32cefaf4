"""Every family finds the defects that are planted in its sample tree, and says nothing else.

The trees are the files before the first heading of `NAME.md` beside this file. A row of
`planted.txt` is a code, a path, a text in that file, and what replaces it; without a text, the file
is new, or is reported because of another one.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from spec_lsp.storage.read import open_folder
from tests.cli.transcript import read_stories
from tests.storage.trees import grow

_HERE = Path(__file__).parent
_ROWS = {
    family: rows.strip().split("\n")
    for family, _, rows in (
        each.partition("\n")
        for each in (_HERE / "planted.txt").read_text("utf-8").removeprefix("# ").split("\n# ")
    )
}


@pytest.mark.parametrize("family", _ROWS)
def test_what_is_planted_is_found(family: str, tmp_path: Path) -> None:
    files = dict(read_stories(_HERE / f"{family}.md")[0].files)
    healthy = _found(tmp_path / "healthy", files)
    planted: Counter[tuple[str, str]] = Counter()
    for row in _ROWS[family]:
        code, path, old, new = (each.strip().replace("\\n", "\n") for each in row.split("|"))
        assert old in files.get(path, ""), row
        files[path] = files[path].replace(old, new, 1) if old else new or files[path]
        planted[path, code] += 1
    assert _found(tmp_path / "planted", files) == healthy + planted


def _found(folder: Path, files: dict[str, str]) -> Counter[tuple[str, str]]:
    grow(folder, files)
    opened = open_folder(folder)
    return Counter(
        (path, each.code)
        for path in opened.workspace.index.entries
        for each in opened.diagnose(path, "2026-03-14").shown
    )
