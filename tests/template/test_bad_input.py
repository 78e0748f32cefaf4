"""Unusual templates: a clear fault or none, no traceback and no hang."""

from __future__ import annotations

import pytest

from spec_lsp.markdown.parse import parse
from spec_lsp.template import builtin
from spec_lsp.template.match.binding import bind
from spec_lsp.template.match.missing import missing_sections
from spec_lsp.template.match.position import slot_at
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import Template
from spec_lsp.template.show.outline import describe, outline
from spec_lsp.template.show.understood import understood
from spec_lsp.template.write.file_name import new_text
from spec_lsp.template.write.fill import new_document
from spec_lsp.template.write.snippet import snippet
from spec_lsp.template.write.values import Values
from tests.template.support import choose


def use(text: str, document_text: str | None = None) -> Template:
    """Call everything that reads a template."""
    template = infer(parse("templates/x.md", text))
    document = parse("docs/x.md", text if document_text is None else document_text)
    binding = bind(document, template)
    slot_at(binding, len(document.text) // 2)
    assert missing_sections(binding) is not None
    new_text(template, Values(title="x"))
    snippet(new_document(template, Values()))
    describe(template)
    outline(template)
    understood(template)
    choose(document, [template])
    return template


def messages(template: Template) -> list[str]:
    return [fault.message for fault in template.faults]


NO_HEADING = ["A template needs at least one heading"]
TOO_LONG = ["This template is too long (limit: 4,000,000 characters), or nests too deeply"]
TOO_MUCH = ["`spec-lsp` is too long or too deeply nested"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff",
        "\x00" * 1000,
        bytes(range(256)).decode("latin-1") * 500,
        "Just prose, and no heading.\n",
        "---\nspec-lsp:\n  kind: x\n---\n",
    ],
    ids=["empty", "mark", "zeros", "binary", "prose", "corrections"],
)
def test_without_a_heading_a_template_is_at_fault(text: str) -> None:
    assert messages(use(text)) == NO_HEADING


def test_four_megabytes_are_not_scanned() -> None:
    assert messages(use("# T: [x]\n\n" + "word " * 820_000)) == TOO_LONG


def test_a_line_of_a_megabyte_is_read_in_time() -> None:
    assert messages(use("# T: [x]\n\n## A\n\n" + "[" * 1_000_000)) == []


def test_ten_thousand_headings_against_ten_thousand_others() -> None:
    asked = "# T: [x]\n\n" + "".join(f"## Wanted {n}x\n\n[fill]\n\n" for n in range(10_000))
    written = "# T: y\n\n" + "".join(f"## Something {n}y else\n\n" for n in range(10_000))
    template = infer(parse("t.md", asked))
    assert len(template.sections) == 10_000
    binding = bind(parse("d.md", written), template)
    assert len(missing_sections(binding)) == 10_000
    assert len(bind(parse("d.md", asked), template).sections) == 10_000


@pytest.mark.parametrize(
    "text",
    [
        "# T: " + "[a] " * 4_000 + "\n\n## " + "b {c} " * 3_000,
        "# T\n\n**S**: " + " | ".join(["a"] * 40_000) + "\n\n## A\n",
        "# T\n\n**S**: " + "/".join(["Ab"] * 40_000) + "\n\n## A\n",
        "# T\n\n**S**: " + "(" * 50_000 + "\n\n## " + "(" * 50_000 + "\n",
        "# T\n\n## " + "a (b) " * 30_000 + "\n",
        "# T\n\n## A\n\n" + "<!-- optional " * 10_000 + "\n",
        "# T\n\n## A\n\n| a |\n|---|\n" + "| High/Low |\n" * 5_000,
        "# T\n\n" + "".join(f"**F{n}**: [a | b]\n" for n in range(3_000)) + "\n## A\n",
        "# T\n\n" + "".join(f"## Risk {n}: [Name]\n\n" for n in range(2_000)),
        "# T\n\n" + "## Same\n\n" * 2_000,
        "".join(f"{'#' * (1 + n % 6)} Deep {n}\n\n" for n in range(2_000)),
        "# T\n\n## A\n\n" + "".join(f"- **F{n}**: [a b]\n" for n in range(5_000)),
        "# T\n\n## A\n\n" + "".join(f"- [ ] do {n}\n" for n in range(5_000)),
        "# T\n\n## A\n\n" + "".join(f"Text {n} [x y]\n\n" for n in range(5_000)),
        "# T\n\n## A\n\n<!-- " + "a" * 150_000 + " -->\n",
        "# T\n\n**F**: a" + " " * 100_000 + "b\n\n## A" + " " * 50_000 + "b\n",
        "# T\n\n**S**: A | B\n\n**G**: " + "a[" * 50_000 + "\n\n## A\n",
        "# T\n\n## A\n\n" + "---\n\n**B**: c\n\n" * 2_000,
    ],
)
def test_long_things_take_no_longer_than_they_are(text: str) -> None:
    assert messages(use(text)) == []


def test_a_document_of_four_hundred_kilobytes_is_bound_like_any_other() -> None:
    (feature,) = [each for each in builtin.templates() if each.kind == "feature"]
    text = new_text(feature, Values("Login", "login"))
    block = (
        "#### Risk 7: Rain\n**Probability:** Low\n**Impact:** High\n**Mitigation:** Umbrella\n\n"
    )
    place = text.index("### User Experience Risks")
    document = parse("docs/login.md", text[:place] + block * 5_000 + text[place:])
    assert len(document.text) > 400_000
    binding = bind(document, feature)
    assert missing_sections(binding) == ()
    assert len(binding.sections) > 4_500
    spot = slot_at(binding, document.text.rindex("Umbrella"))
    assert spot.field_slot
    assert spot.field_slot.name == "Mitigation"


@pytest.mark.parametrize(
    "matter",
    [
        "spec-lsp: " + "[" * 20_000,
        "spec-lsp: " + "{a: " * 8_000,
        "spec-lsp:\n  kind: " + "x" * 100_000,
    ],
    ids=["lists", "maps", "text"],
)
def test_corrections_beyond_measure_are_a_fault(matter: str) -> None:
    found = use(f"---\n{matter}\n---\n# T\n\n## A\n")
    assert messages(found) == TOO_MUCH
    assert found.sections


def test_aliases_are_followed_once_and_never_multiplied() -> None:
    """Ten levels of nine aliases each would be three thousand million words."""
    levels = "".join(f"    k{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(10))
    first = f"---\nspec-lsp:\n  aliases:\n    A: &a0 [{', '.join(['x'] * 9)}]\n"
    text = f"{first}{levels}---\n# T\n\n## A\n"
    found = use(text)
    assert len(found.faults) < 200
    assert found.slots[0].aliases


def test_an_alias_of_itself_ends() -> None:
    found = use("---\nspec-lsp: &a\n  aliases: *a\n  lifecycle: *a\n---\n# T\n\n## A\n")
    assert found.faults


@pytest.mark.parametrize(
    "matter",
    [
        "spec-lsp:\n\tkind: x",
        "spec-lsp: {<<: {kind: x}}",
        'spec-lsp: !!python/object/apply:os.system ["false"]',
        "spec-lsp:\n  ? [a, b]\n  : c",
        "spec-lsp: [1, 2]",
        "spec-lsp: word",
        "spec-lsp:\n  kind: {a: b}",
        "spec-lsp:\n  lifecycle: [Draft]",
        'spec-lsp:\n  kind: "\ud800"',
        "spec-lsp:\n  kind: \x00",
        "spec-lsp: *nowhere",
        "spec-lsp: 'open",
    ],
)
def test_strange_yaml_is_a_fault_in_the_template(matter: str) -> None:
    found = use(f"---\n{matter}\n---\n# T\n\n## A\n")
    assert found.faults
    assert all(0 <= fault.span.start <= fault.span.end for fault in found.faults)
    assert found.sections


def test_the_last_of_two_equal_keys_counts() -> None:
    found = use("---\nspec-lsp:\n  kind: a\n  kind: b\n---\n# T\n\n## A\n")
    assert (found.kind, messages(found)) == ("b", [])
