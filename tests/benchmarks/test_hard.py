"""The hard workspace of the benchmarks has the problems and the hub that it promises."""

from pathlib import Path

import pytest

from benchmarks.corpus.hard import MANY, hard_texts
from benchmarks.corpus.workspace import slug
from spec_lsp.api.calls import open_folder

SIZE = 40
# Fewer and shorter documents to type in: the others only take longer.
TO_TYPE_IN = {"10 KB": 10_000, MANY: 60_000}


@pytest.fixture(scope="module")
def documents() -> dict[str, str]:
    return dict(hard_texts(SIZE, 1, TO_TYPE_IN))


def test_the_same_seed_gives_the_same_hard_documents(documents: dict[str, str]) -> None:
    assert dict(hard_texts(SIZE, 1, TO_TYPE_IN)) == documents


def test_all_but_those_to_type_in_mention_and_link_the_hub(documents: dict[str, str]) -> None:
    hub, *others = list(documents)[:SIZE]
    assert hub.startswith("docs/specs/00/SPEC-001-")
    for path in others:
        last = documents[path].splitlines()[-1]
        assert last.startswith("See SPEC-001 and [its limits](")
        assert f"{hub.rpartition('/')[2]}#out-of-scope)" in last


def test_a_third_of_the_documents_have_a_problem_and_one_has_thousands(
    documents: dict[str, str], tmp_path: Path
) -> None:
    for path, text in documents.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    planted = {"unresolved-id", "broken-link", "broken-anchor"}
    found = [each for each in open_folder(tmp_path).diagnose() if each.code in planted]
    many = [each for each in found if each.path.endswith(f"{slug(MANY)}.md")]
    assert {each.code for each in found} == planted
    assert SIZE / 5 < len({each.path for each in found}) < SIZE / 2
    # At least one for each 200 characters: with 400,000, as many as it shall have.
    assert len(many) > TO_TYPE_IN[MANY] / 200
