"""A file with thousands of problems shows the most severe ones, and how many others it has."""

from __future__ import annotations

import pytest

from tests.lsp.conftest import SPEC as TEXT
from tests.lsp.talk import Talk

pytestmark = pytest.mark.asyncio
_NAME = "docs/specs/SPEC-003-many.md"


async def test_at_most_a_thousand_are_shown(talk: Talk) -> None:
    left = "".join(f"[NEEDS CLARIFICATION: {number}]\n" for number in range(1_200))
    broken = "[the end](missing.md)\n"
    text = TEXT.replace("SPEC-001", "SPEC-003") + left + broken
    (talk.folder / _NAME).write_text(text, encoding="utf-8")
    talk.changed_on_disk(_NAME)
    talk.open(_NAME)
    *shown, last = await talk.diagnostics(_NAME, "broken-link: missing.md")
    assert len(shown) == 1_000
    assert last.startswith("None: ")
