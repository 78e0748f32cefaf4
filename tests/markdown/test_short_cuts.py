"""The parser's short cuts find the same as a full scan."""

from hypothesis import given

from spec_lsp.markdown import inline, lists
from spec_lsp.markdown.chunk import Chunk
from spec_lsp.markdown.parse import parse
from tests.markdown.hostile import texts


def chunks(text: str) -> tuple[Chunk, ...]:
    return parse("a.md", text).chunks


@given(texts)
def test_links_and_ids_are_those_of_the_whole_prose(text: str) -> None:
    for chunk in chunks(text):
        assert chunk.links == inline.links(chunk.prose)
        assert chunk.identifiers == inline.identifiers(chunk.prose, chunk.links)


@given(texts)
def test_ids_are_defined_on_no_line_but_those_that_one_heads(text: str) -> None:
    for chunk in chunks(text):
        found = lists.definitions(chunk.plain, chunk.heading, chunk.items, chunk.tables)
        assert chunk.definitions == (*found,)
        headings = [each for each in chunk.definitions if each.form == "heading"]
        assert chunk.heading_definitions == (*headings,)


@given(texts)
def test_tasks_are_counted_as_they_are_read(text: str) -> None:
    for chunk in chunks(text):
        assert chunk.tasks == tuple(item for item in chunk.items if item.checked is not None)
        assert chunk.checks == tuple(task.checked for task in chunk.tasks)


@given(texts)
def test_a_title_is_the_text_of_its_heading(text: str) -> None:
    for chunk in chunks(text):
        if chunk.heading:
            assert (chunk.title, chunk.body_start) == (chunk.heading.text, chunk.heading.span.end)
        else:
            assert not chunk.title
