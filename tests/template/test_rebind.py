"""Which part of a binding is reused after an edit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse, reparse
from spec_lsp.template import builtin
from spec_lsp.template.match.binding import bind
from spec_lsp.template.match.rebind import has_same_outline, rebound
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import Template
from spec_lsp.template.write.file_name import new_text
from spec_lsp.template.write.values import Values
from spec_lsp.text import Edit, Span
from tests.markdown.hostile import LINES, PIECES
from tests.template.strategies import templates
from tests.template.support import choose

SPEC = """\
# Specification: Login

**Status**: Draft

## Overview

Users log in.

## Metadata

**Owner**: Ann

## Risks

None.

---

**Reviewed by**: Bea
"""
KNOWN = Values("Some new thing", "SPEC-042", "2026-01-02", "Ann Author")
SCRAPS = st.one_of(
    st.sampled_from(("x", " ", "\n", "\n\n")),
    st.sampled_from((*PIECES, *LINES)),
    st.sampled_from(LINES).map("\n{}\n".format),
)


def replaced(document: Document, old: str, new: str) -> Document:
    start = document.text.index(old)
    return reparse(document, Edit(Span(start, start + len(old)), new))


@pytest.mark.parametrize(
    ("old", "new"), [("Users", "All users"), ("log in.", "log in.\n\n**Status**: Final")]
)
def test_text_in_a_section_does_not_change_the_outline(old: str, new: str) -> None:
    document = parse("a.md", SPEC)
    assert has_same_outline(document, replaced(document, old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("Login", "Logout", id="the title"),
        pytest.param("Draft", "Final", id="the header"),
        pytest.param("Overview", "Review", id="the title of a section"),
        pytest.param("## Overview", "### Overview", id="the level of a section"),
        pytest.param("Users", "## Users", id="another section"),
        pytest.param("Users", "<!-- spec-lsp: template=note -->", id="the name of a template"),
        pytest.param("Ann", "Bob", id="a section that holds what others have in their header"),
        pytest.param("Bea", "Bob", id="the footer"),
    ],
)
def test_all_other_edits_need_a_new_binding(old: str, new: str) -> None:
    document = parse("a.md", SPEC)
    assert not has_same_outline(document, replaced(document, old, new))


def assert_equal_to_a_new_binding(
    document: Document, template: Template, data: st.DataObject
) -> None:
    """Apply edits; after each one, the reused binding must equal a new one."""
    for _ in range(4):
        start = data.draw(st.integers(0, len(document.text)))
        end = min(len(document.text), start + data.draw(st.sampled_from((0, 0, 1, 5, 40))))
        after = reparse(document, Edit(Span(start, end), data.draw(SCRAPS)))
        if has_same_outline(document, after):
            known = (template, *builtin.templates())
            assert choose(after, known) is choose(document, known)
            assert rebound(bind(document, template), after) == bind(after, template)
        document = after


@given(templates(), st.data())
def test_a_reused_binding_equals_a_new_one(text: str, data: st.DataObject) -> None:
    template = infer(parse("templates/thing.md", text))
    assert_equal_to_a_new_binding(parse("docs/thing.md", new_text(template, KNOWN)), template, data)


@given(st.sampled_from(builtin.templates()), st.data())
def test_a_reused_binding_equals_a_new_one_for_built_in_templates(
    template: Template, data: st.DataObject
) -> None:
    assert_equal_to_a_new_binding(parse("docs/thing.md", new_text(template, KNOWN)), template, data)
