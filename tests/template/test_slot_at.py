"""The slot at the cursor, which every editor feature needs first."""

from __future__ import annotations

import pytest

from spec_lsp.markdown.parse import parse
from spec_lsp.template.match.binding import bind
from spec_lsp.template.match.position import slot_at
from tests.template.support import cursor, template

PLAN = """
    ---
    status: draft # draft | final
    ---
    # Plan: [Name]

    **Owner**: [Name]
    **Due**: [Date]

    ## Risks

    ### Risk 1: [Name]

    **Impact:** High | Low

    ## Work

    | Task   | State     |
    | ------ | --------- |
    | [task] | Open/Done |

    - [ ] Ask around
"""


def place(markdown: str) -> str:
    """The part, its section's slot, and the field or column under the cursor."""
    text, offset = cursor(markdown)
    spot = slot_at(bind(parse("x.md", text), template(PLAN)), offset)
    assert spot.offset == offset
    words = [spot.part, spot.match.slot.pattern.key if spot.match else "-"]
    if spot.field:
        words.append(spot.field.name + ("" if spot.field_slot else "?"))
    if spot.table_slot and spot.column >= 0:
        words.append(spot.table_slot.columns[spot.column])
    return " | ".join(words)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("$0# Plan: x\n", "heading | -"),
        ("# Plan: x$0\n", "heading | -"),
        ("# Plan: x\n\n## Ri$0sks\n", "heading | risks"),
        ("# Plan: x\n\n## Risks$0\n", "heading | risks"),
        ("# Plan: x\n\n## Risks\n$0\n", "body | risks"),
        ("# Plan: x\n\n## Own\n$0\n", "body | -"),
        ("# Plan: x\n\n**Ow$0ner**: Ann\n", "name | - | Owner"),
        ("# Plan: x\n\n**Owner**:$0\n", "value | - | Owner"),
        ("# Plan: x\n\n**Owner**: $0\n", "value | - | Owner"),
        ("# Plan: x\n\n**Owner**: A$0nn  \n", "value | - | Owner"),
        ("# Plan: x\n\n**Owner**: Ann $0 \n", "value | - | Owner"),
        ("# Plan: x\n\n**Owner**: Ann | **Due**: $0\n", "value | - | Due"),
        ("# Plan: x\n\n**Owner**: $0Ann | **Due**: later\n", "value | - | Owner"),
        ("# Plan: x\n\n**Other**: $0x\n", "value | - | Other?"),
        ("# Plan: x\n\n**Owner**: Ann\n$0\n", "body | -"),
        ("---\nstatus: $0draft\n---\n# Plan: x\n", "value | - | status"),
        ("---\nstatus: draft\n$0\n---\n# Plan: x\n", "matter | -"),
        ("---\nstatus: draft\nothe$0\n---\n# Plan: x\n", "matter | -"),
        ("## Risks\n\n### Risk 7: Rain\n\n**Impact:** $0\n", "value | risk #: * | Impact"),
        ("## Risks\n\n### Risk 7: Rain\n\nText $0\n", "body | risk #: *"),
        ("## Work\n\n| Task | State |\n|---|---|\n| a | $0 |\n", "cell | work | State"),
        ("## Work\n\n| Task | State |\n|---|---|\n| a$0 | b |\n", "cell | work | Task"),
        ("## Work\n\n| TASK | state |\n|---|---|\n| a | b$0 |\n", "cell | work | State"),
        ("## Work\n\n| Task | St$0ate |\n|---|---|\n| a | b |\n", "body | work"),
        ("## Work\n\n| Other |\n|---|\n| a$0 |\n", "cell | work"),
        ("## Work\n\n- [ ] As$0k\n", "item | work"),
        ("## Work\n\n- [$0 ] Ask\n", "item | work"),
        ("## Work\n\n```\n**Owner**: $0\n```\n", "code | work"),
        ("## Work\n\n<!-- **Owner**: $0 -->\n", "comment | work"),
        ("$0", "body | -"),
        ("\ufeff$0", "body | -"),
    ],
)
def test_the_slot_at_a_place(markdown: str, expected: str) -> None:
    assert place(markdown) == expected


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_any_line_ending_will_do(ending: str) -> None:
    text = "# Plan: x\n\n**Owner**: Ann\n\n## Work\n\n- [ ] As$0k\n".replace("\n", ending)
    assert place(text) == "item | work"
    text = "# Plan: x\n\n**Owner**: $0\n\n## Work\n".replace("\n", ending)
    assert place(text) == "value | - | Owner"


@pytest.mark.parametrize("offset", [-5, 10_000])
def test_a_place_outside_of_the_text_is_clipped_to_its_end(offset: int) -> None:
    binding = bind(parse("x.md", "# Plan: x\n\n## Work\n"), template(PLAN))
    assert slot_at(binding, offset).section in binding.document.sections
