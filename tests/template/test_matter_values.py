"""Values keep the shape that YAML has in a template's front matter."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.template.match.binding import bind
from spec_lsp.template.write.file_name import new_text
from spec_lsp.template.write.fill import field_line
from spec_lsp.template.write.snippet import plain
from spec_lsp.template.write.values import Values, values_of
from spec_lsp.template.write.yaml_values import list_text
from tests.template.support import document, template

# Characters with a meaning in YAML, without words such as `no` and `null`.
SIGNS = "ab é:#,'\"[]{}-\\&*!|>%@`?"
words = st.text(SIGNS, min_size=1, max_size=8).map(lambda text: f"{text}b".strip())


def made(matter: str, values: Values) -> str:
    """The front matter of a new document, without the fences around it."""
    found = template(f"---\n{matter}\n---\n# Item: [Title]\n\n## Why\n")
    return new_text(found, values).split("---\n")[1].rstrip("\n")


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("labels: []", "labels: [a, b]"),
        ("labels: [x, y] # two", "labels: [a, b] # two"),
        ("labels: [ 'x' ]", "labels: [ 'a', 'b' ]"),
        ('labels: ["x", y]', 'labels: ["a", "b"]'),
        ("labels: [list of labels]", "labels: [a, b]"),
        ("labels:\n  - x\n  - y", "labels:\n  - a\n  - b"),
        ("labels:\n- 'x' # a note\n# Next\nother: 1", "labels:\n- 'a'\n- 'b'\n# Next\nother: 1"),
        ("labels:\n  name: x", "labels:\n  name: x"),
        ("labels:\n  - name: x", "labels:\n  - name: x"),
        ("labels: {}", "labels: {}"),
        ("labels: x", "labels: a,b"),
        ("labels:", "labels: a,b"),
    ],
)
def test_a_list_stays_a_list_in_its_own_style(shape: str, expected: str) -> None:
    assert made(shape, Values(fields=values_of({"labels": "a,b"}))) == expected


@pytest.mark.parametrize("shape", ["labels: []", "labels: [a, b]", "labels:\n  - a", "owner: {}"])
def test_unknown_values_are_unchanged(shape: str) -> None:
    assert made(shape, Values("Login", author="Ada")) == shape


def test_several_authors_are_a_list_and_one_is_a_name() -> None:
    ada = Values(author="Ada")
    assert made("authors: [Your Name]", ada) == "authors: [Ada]"
    assert made("author: [Your Name]", ada) == "author: Ada"
    assert made("author:\n  name: Your Name", ada) == "author:\n  name: Your Name"


@given(words)
def test_every_title_can_be_read_again(title: str) -> None:
    for shape in ("title:", "title: Title of it", "title: 'Title'", 'title: "Title"'):
        assert yaml.safe_load(made(shape, Values(title))) == {"title": title}


@given(st.lists(words, max_size=4))
def test_every_list_can_be_read_again(members: list[str]) -> None:
    for shape in ("[]", "[x, y]", "['x']", '["x"]', "\n  - x", "\n- 'x'", '\n  - "x"\n  - y'):
        text = f"---\nk: {shape}\n---\n"
        (field,) = document(text).header_fields
        span, new = field.value_span, list_text(text, field, members)
        written = text[: span.start] + new + text[span.end :]
        assert yaml.safe_load(written.split("---\n")[1]) == {"k": members}


def test_a_missing_key_is_inserted_in_its_shape() -> None:
    matter = (
        "---\nlabels: [x]\nowner:\n  name: x\ntitle: 'T'\nwho:\n  - Ann\n---\n# Item: [Title]\n"
    )
    found = template(matter)
    missing = bind(document("---\nid: 1\n---\n# Item: Login\n"), found).missing_fields
    lines = [plain(field_line(slot, found)) for slot in missing]
    assert lines == ["labels: [x]", "owner:\n  name: x", "title: 'T'", "who:\n  - Ann"]
