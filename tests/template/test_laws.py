"""Laws for every template and every text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.markdown.parse import parse
from spec_lsp.template import builtin
from spec_lsp.template.match.binding import bind
from spec_lsp.template.match.missing import missing_sections
from spec_lsp.template.match.position import slot_at
from spec_lsp.template.notation.choices import find_choice, read_choices
from spec_lsp.template.notation.titles import title_pattern
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import Template
from spec_lsp.template.show.explain import explain
from spec_lsp.template.show.outline import describe, outline
from spec_lsp.template.show.understood import understood
from spec_lsp.template.write.file_name import file_name, is_safe_id, new_text
from spec_lsp.template.write.fill import (
    field_line,
    new_document,
    next_block,
    section_block,
    table_row,
)
from spec_lsp.template.write.snippet import Part, Stop, plain, snippet
from spec_lsp.template.write.values import Values
from tests.markdown.hostile import texts
from tests.template.snippets import rendered
from tests.template.sources import at_hand, foreign
from tests.template.strategies import templates
from tests.template.support import choose, view

KNOWN = Values("Some new thing", "SPEC-042", "2026-01-02", "Ann Author")


def shown(parts: list[Part]) -> str:
    """The text that an editor shows for parts: a choice as its first value."""
    return "".join(
        part if isinstance(part, str) else part.choices[0] if part.choices else part.default
        for part in parts
    )


def everything(template: Template) -> list[list[Part]]:
    """All that can be written from a template."""
    found = [new_document(template, Values()), new_document(template, KNOWN)]
    found += (field_line(field, template) for field in template.fields)
    for slot in template.slots:
        found += (section_block(slot, template), section_block(slot, template, shift=1))
        found.append(next_block(slot, template, 7))
        found += (table_row(table, template) for table in slot.tables)
        found += (field_line(field, template) for field in slot.fields)
    return found


def assert_follows(template: Template, text: str) -> None:
    """A document filled from a template has nothing missing, misplaced or misnamed."""
    binding = bind(parse("docs/new.md", text), template)
    assert [missing.slot.title for missing in missing_sections(binding)] == [], view(binding)
    assert [slot.name for slot in binding.missing_fields] == [], view(binding)
    assert [match.slot.title for match in binding.sections if match.how != "exact"] == []


@given(texts)
def test_any_text_is_a_template_and_a_document_of_every_kind(text: str) -> None:
    """Nothing raises, whatever the text."""
    document = parse("docs/x.md", text)
    template = infer(document)
    describe(template)
    outline(template)
    understood(template)
    for parts in everything(template):
        rendered(snippet(parts))
    for other in (*builtin.templates(), template):
        binding = bind(document, other)
        assert set(binding.matches.indices) <= set(range(len(document.sections)))
        assert all(0 <= missing.offset <= len(text) for missing in missing_sections(binding))
        list(binding.all_fields())
    choose(document, builtin.templates())
    file_name(template, Values(text[:80], "X-1"))


@given(texts, st.integers(min_value=-3, max_value=4_000))
def test_every_place_of_any_text_has_an_answer(text: str, offset: int) -> None:
    document = parse("docs/x.md", text)
    for template in (builtin.templates()[0], infer(document)):
        spot = slot_at(bind(document, template), offset)
        assert spot.section in document.sections
    explain(infer(document), min(max(offset, 0), len(text)))


@given(st.text(max_size=120), st.text(max_size=60))
def test_any_value_can_be_read_as_choices_and_found_among_them(value: str, name: str) -> None:
    choices = read_choices(value, name)
    if choices:
        assert len(choices.members) >= 2
        for choice in choices.members:
            assert find_choice(choice.text, choices) is not None or not choice.text.strip("-_ ")


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_title_can_be_compared_with_any_other(title: str, other: str) -> None:
    for pattern in (title_pattern(title), title_pattern(title, is_document_title=True)):
        pattern.matches(other)
        assert 0 <= pattern.nearness(other) <= 1


@given(st.text(max_size=100), st.text(max_size=30))
def test_a_file_name_is_never_a_path(title: str, own_id: str) -> None:
    template = builtin.templates()[0]
    if is_safe_id(own_id) or not own_id:
        name = file_name(template, Values(title, own_id))
        assert name.endswith(".md")
        assert not set(name) & set("/\\\0\n")
        assert not name.startswith(".")


@given(templates())
def test_a_document_filled_from_a_template_follows_it(text: str) -> None:
    template = infer(parse("templates/thing.md", text))
    assert template.faults == ()
    assert_follows(template, new_text(template, Values()))
    assert_follows(template, new_text(template, KNOWN))
    assert_follows(template, shown(new_document(template, KNOWN)))


@given(templates())
def test_its_template_is_found_for_it(text: str) -> None:
    template = infer(parse("templates/thing.md", text))
    document = parse("docs/thing.md", new_text(template, KNOWN))
    assert choose(document, [template]) is template


@given(templates())
def test_a_snippet_shows_the_plain_text(text: str) -> None:
    template = infer(parse("templates/thing.md", text))
    for parts in everything(template):
        assert rendered(snippet(parts)) == shown(parts)


@given(templates(), st.data())
def test_a_removed_section_is_inserted_at_its_old_place(text: str, data: st.DataObject) -> None:
    """A missing section is found, and its block at its offset repairs the document."""
    template = infer(parse("templates/thing.md", text))
    whole = new_text(template, KNOWN).replace("\r\n", "\n")
    document = parse("docs/thing.md", whole)
    candidates = [match for match in bind(document, template).sections if match.slot.is_required]
    if not candidates or len(template.sections) < 2:
        return
    match = data.draw(st.sampled_from(candidates))
    section = document.sections[match.index]
    start, end = section.start, document.subtree_end(section)
    end = max(start, min(end, document.footer_start))
    binding = bind(parse("docs/thing.md", whole[:start] + whole[end:]), template)
    for missing in missing_sections(binding):
        block = plain(section_block(missing.slot, template)).replace("\r\n", "\n")
        cut = binding.document.text
        mended = f"{cut[: missing.offset]}\n\n{block}\n\n{cut[missing.offset :]}"
        after = bind(parse("docs/thing.md", mended), template)
        left = {each.slot.path for each in missing_sections(after)}
        assert missing.slot.path not in left
        assert all(each.how == "exact" for each in after.sections), view(after)


@pytest.mark.parametrize("template", builtin.templates(), ids=lambda each: each.kind)
def test_our_own_templates_keep_these_laws(template: Template) -> None:
    assert_follows(template, new_text(template, Values()))
    assert_follows(template, new_text(template, KNOWN))
    found = choose(parse("docs/new.md", new_text(template, KNOWN)), builtin.templates())
    assert found is template
    for parts in everything(template):
        assert rendered(snippet(parts)) == shown(parts)


def test_public_templates_keep_these_laws() -> None:
    """The seeds and every template of the public collections, if present."""
    if not foreign():
        pytest.skip("neither the seeds nor the public templates are at hand")
    for template in at_hand():
        for values in (Values(), KNOWN):
            assert_follows(template, new_text(template, values))
        for parts in everything(template):
            assert rendered(snippet(parts)) == shown(parts)
        document = parse("docs/new.md", new_text(template, KNOWN))
        # A template of placeholders only is recognised by its file name alone.
        tells = any(slot.pattern.is_literal for slot in template.slots) or template.title
        assert choose(document, [template]) is (template if tells else None), template.path


def test_a_tab_stop_is_shown_as_its_first_choice_or_default() -> None:
    assert shown([Stop("a|b", ("x", "y")), Stop("d")]) == "xd"
