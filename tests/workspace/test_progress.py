"""How far a document has come: 0% if it is untouched, 100% only if nothing is open."""

from __future__ import annotations

import pytest

from spec_lsp.features.shared.new_document import DocumentRequest, new_file
from spec_lsp.markdown.parse import parse, reparse
from spec_lsp.template import builtin
from spec_lsp.template.match.binding import bind
from spec_lsp.template.match.rebind import rebound
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import Template
from spec_lsp.text import Edit, Span
from spec_lsp.workspace.collect.progress import filled_sections
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.workspace import Workspace

TEMPLATE = """\
# Note: [Title]

## Reason

- [Why this is so]
- State what would change your mind

## Review

- [ ] Read by another person

## Details

### Code

Say which modules change.
"""

WRITTEN = """\
# Note: Passkeys

## Reason

- Passwords are phished

## Review

- [x] Read by another person

## Details

### Code

The login.
"""


@pytest.mark.parametrize("kind", builtin.texts())
def test_an_untouched_document_is_at_zero(kind: str) -> None:
    template = builtin.template(kind)
    order = DocumentRequest(template, "Passkeys", today="2026-03-14", author="Ada")
    assert entry_of(template, new_file(Workspace(), order).text).percent == 0


def test_lists_and_check_lists_of_the_template_count_until_they_are_touched() -> None:
    template = infer(parse("note.md", TEMPLATE))
    assert entry_of(template, TEMPLATE.replace("[Title]", "Passkeys")).sections == (0, 3)
    assert entry_of(template, WRITTEN).percent == 100


def test_an_open_task_is_not_complete() -> None:
    template = infer(parse("note.md", TEMPLATE))
    more = f"{WRITTEN}\n- [ ] Ask around\n"
    assert entry_of(template, more).percent == 87


def test_hundred_percent_is_not_reached_by_rounding() -> None:
    assert Entry("a.md", sections=(999, 1000)).percent == 99
    assert Entry("a.md", sections=(29, 100)).percent == 29


def entry_of(template: Template, text: str) -> Entry:
    document = parse("a.md", text)
    return Workspace().summarise(document, bind(document, template))


@pytest.mark.parametrize(
    ("reason", "placeholders"),
    [
        ("- No [NEEDS CLARIFICATION] markers remain", 0),
        ("- Who reads it? [NEEDS CLARIFICATION: the team?]", 1),
        ("| Reader |\n|---|\n| [NEEDS CLARIFICATION] |", 1),
    ],
)
def test_the_name_of_a_mark_is_no_placeholder(reason: str, placeholders: int) -> None:
    text = WRITTEN.replace("- Passwords are phished", reason)
    entry = entry_of(infer(parse("templates/note.md", TEMPLATE)), text)
    assert entry.placeholders == placeholders


@pytest.mark.parametrize(
    ("reason", "filled"),
    [
        ("### For\n\n- Passwords are phished\n", 3),
        ("### For\n\n### Against\n", 2),
        # The template's text is still there.
        ("- [Why this is so]\n\n### For\n\n- Passwords are phished\n", 2),
    ],
)
def test_a_section_may_be_written_in_sections_of_its_own(reason: str, filled: int) -> None:
    template = infer(parse("templates/note.md", TEMPLATE))
    entry = entry_of(template, WRITTEN.replace("- Passwords are phished\n", reason))
    assert entry.sections == (filled, 3)


@pytest.mark.parametrize("head", ["For", "Against"])
def test_text_in_a_section_below_counts_while_the_outline_stays(head: str) -> None:
    template = infer(
        parse("templates/note.md", TEMPLATE.replace("## Review", "### For (optional)\n\n## Review"))
    )
    text = WRITTEN.replace("- Passwords are phished\n", "### For\n\n### Against\n")
    before = parse("a.md", text)
    binding = bind(before, template)
    assert filled_sections(binding) == (2, 3)
    end = text.index(head) + len(head)
    after = reparse(before, Edit(Span(end, end), "\n\nPasswords are phished"))
    assert filled_sections(rebound(binding, after)) == (3, 3)
