"""A path in a template may be the pattern of a file name."""

from __future__ import annotations

import pytest

from spec_lsp.markdown.parse import parse
from spec_lsp.template.notation.file_patterns import file_pattern
from spec_lsp.template.read.infer import infer
from spec_lsp.template.write.file_name import file_name, new_text
from spec_lsp.template.write.values import Values

TEXT = "# Memo: [Title]\n\n**{field}:** `../notes/YYYY-MM-DD_memo_short-title.md`\n\n## Text\n"
VALUES = Values("Blue Sky", date="2026-03-14")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`../notes/YYYY-MM-DD_memo_short-title.md`", ("notes", "{date}_memo_{slug}.md")),
        ("docs/log/NNNN-short-title.md", ("docs/log", "{number}-{slug}.md")),
        ("log/YYYYMMDD-[slug].md", ("log", "{day}-{slug}.md")),
        ("docs/[name].md", None),
        ("docs/2026-01-02-first.md", None),
        ("src/XXX/main.py", None),
    ],
)
def test_patterns(text: str, expected: tuple[str, str] | None) -> None:
    assert file_pattern(text) == expected


@pytest.mark.parametrize("field", ["File", "Path", "File name", "Save as"])
def test_a_field_for_the_path_names_new_documents(field: str) -> None:
    template = infer(parse("memo.md", TEXT.format(field=field)))
    assert template.directory == "notes"
    assert file_name(template, VALUES) == "2026-03-14_memo_blue-sky.md"
    assert "`../notes/2026-03-14_memo_blue-sky.md`" in new_text(template, VALUES)


def test_other_fields_do_not() -> None:
    assert not infer(parse("memo.md", TEXT.format(field="Based on"))).filename


def test_a_number_before_a_hash_only_sorts_files() -> None:
    assert not infer(parse("000_1408053b05.md", "# Memo: [Title]\n")).id
    assert infer(parse("000-memo.md", "# Memo: [Title]\n")).id
