"""What an edit parses again, and what it leaves unchanged."""

import pytest

from spec_lsp.markdown.chunk import Chunk
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse, reparse
from spec_lsp.text import Edit, Span

SPEC = """\
# Title

**Status**: Draft

## Goals

First paragraph.

- item

Last paragraph.

## Risks

None.
"""


def replace(document: Document, old: str, new: str) -> Document:
    """The document after the one edit that replaces `old`."""
    start = document.text.index(old)
    return reparse(document, Edit(Span(start, start + len(old)), new))


def test_other_chunks_stay_the_same_objects() -> None:
    before = parse("a.md", SPEC)
    after = replace(before, "First", "Second")
    assert after.chunks[0] is before.chunks[0]
    assert after.chunks[1] != before.chunks[1]
    assert after.chunks[2] is before.chunks[2]


def test_moved_text_is_found_at_its_new_place() -> None:
    before = parse("a.md", SPEC)
    assert before.sections[2].heading
    after = replace(before, "First", "The very first")
    assert after.sections[2].heading == parse("a.md", after.text).sections[2].heading


def test_a_new_heading_divides_a_section_and_its_loss_joins_two() -> None:
    divided = replace(parse("a.md", SPEC), "- item", "## Aims")
    assert [section.title for section in divided.sections] == ["Title", "Goals", "Aims", "Risks"]
    joined = replace(divided, "## Aims", "- item")
    assert joined == parse("a.md", SPEC)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        pytest.param(SPEC, "First", "```\nFirst", id="an open fence reaches to the end"),
        pytest.param(SPEC, "First", "<!-- First", id="so does an open comment"),
        pytest.param(SPEC, "# Title", "---\nid: 1\n# Title", id="open front matter"),
        pytest.param(f"---\nid: 1\n{SPEC}", "None.", "---", id="an end of front matter far below"),
        pytest.param(
            f"---\nid: 1\n---\n{SPEC}\n---\n", "---\n#", "#", id="front matter with another end"
        ),
        pytest.param("a\n\n   # B\n", "a", "- a", id="an item takes the heading below in"),
        pytest.param("a\n\nB\n===\n", "\n\n", "\n", id="a paragraph joins an underlined one"),
        pytest.param("# A\n\nb\n\n    c\n\nd\n", "b", "- b", id="an item takes indented code in"),
        pytest.param("# A\n\nb\n\n- c\n\n  d\n", "b", "1. b", id="a list before a list"),
        pytest.param("# A\n\n| a |\n\n|---|\n", "\n\n|-", "\n|-", id="two rows become a table"),
        pytest.param("a\n# b | c\nd\n", "d", "--|--", id="a heading becomes a table"),
        pytest.param("# A\r\nb\r\n# C\r\n", "b\r\n", "b\r", id="half a line end"),
        pytest.param("# A\nb\n# C\n", "b\n", "b", id="no line end before a heading"),
        pytest.param("\ufeff# A\n\nb\n\nc\n", "b", "x", id="below a byte order mark"),
        pytest.param(SPEC, SPEC, "", id="nothing is left"),
    ],
)
def test_edits_give_the_same_document_as_a_new_parse(text: str, old: str, new: str) -> None:
    before = parse("a.md", text)
    after = replace(before, old, new)
    assert after == parse("a.md", text.replace(old, new, 1))
    start = text.index(old)
    assert reparse(after, Edit(Span(start, start + len(new)), old)) == before


def test_values_are_recomputed_only_for_edited_chunks() -> None:
    """Even if it changes the outline; with another argument, everything is recomputed."""
    asked: list[str] = []

    def says(chunk: Chunk, word: str) -> bool:
        asked.append(chunk.text.split()[1])
        return word in chunk.text

    def titles(document: Document, word: str) -> list[str]:
        return [section.title for section, _ in document.sections_with(says, word)]

    word, other = "paragraph", "None"
    before = parse("a.md", SPEC)
    assert titles(before, word) == ["Goals"]
    after = replace(before, "None.", "A paragraph.")
    assert titles(after, word) == ["Goals", "Risks"]
    assert asked == ["Title", "Goals", "Risks", "Risks"]
    divided = replace(after, "A paragraph", "## New\n\nA paragraph")
    assert titles(divided, word) == ["Goals", "New"]
    assert asked[4:] == ["Risks", "New"]
    assert titles(replace(divided, "## Risks\n\n", ""), word) == ["Goals", "New"]
    assert asked[6:] == ["Goals", "New"]
    assert titles(before, other) == ["Risks"]


def test_sections_of_versions_are_equal_where_they_show_the_same() -> None:
    before = parse("a.md", SPEC)
    after = replace(before, "None.", "Few.")
    assert after.sections[1] == before.sections[1]
    assert after.sections[2] != before.sections[2]
    moved = replace(before, "First", "The first")
    assert moved.sections[2] != before.sections[2]
    assert moved.sections[2] in moved.children(moved.sections[0])
