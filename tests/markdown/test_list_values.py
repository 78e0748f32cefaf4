"""Lists in front matter, in either style."""

import pytest

from spec_lsp.markdown.front_matter import list_values


@pytest.mark.parametrize(
    ("value", "members"),
    [
        ("", []),
        ("Anna", ["Anna"]),
        ("[]", []),
        ("[Anna, Ben]", ["Anna", "Ben"]),
        ("[\"Anna, the first\", 'Ben',\n  Cid]", ["Anna, the first", "Ben", "Cid"]),
        ("- Anna\n- Ben", ["Anna", "Ben"]),
        ("- Anna # lead\r\n  - 'Ben'\r\n  -\r\n", ["Anna", "Ben"]),
        ("- [a](b.md)", ["[a](b.md)"]),
    ],
)
def test_members_come_without_quotes_and_notes(value: str, members: list[str]) -> None:
    assert list_values(value) == members
