"""The made-up workspace of the benchmarks: always the same, and similar to real documents."""

from pathlib import PurePosixPath
from statistics import median

import pytest

from benchmarks.corpus.workspace import texts
from spec_lsp.markdown.parse import parse
from spec_lsp.template.builtin import templates
from spec_lsp.template.match.binding import bind
from spec_lsp.template.match.missing import missing_sections
from tests.template.support import choose

SIZE = 60


@pytest.fixture(scope="module")
def documents() -> dict[str, str]:
    return dict(texts(SIZE, seed=1))


def test_the_same_seed_gives_the_same_documents(documents: dict[str, str]) -> None:
    assert dict(texts(SIZE, seed=1)) == documents
    assert dict(texts(SIZE, seed=2)) != documents


def test_there_are_documents_of_every_kind_and_each_follows_its_template(
    documents: dict[str, str],
) -> None:
    folders = {template.directory: template for template in templates()}
    met = set()
    for path, text in documents.items():
        document = parse(path, text)
        template = choose(document, templates())
        assert template
        assert not missing_sections(bind(document, template)), path
        met.add(template.kind)
        if "typed" not in path:
            assert template is folders["/".join(PurePosixPath(path).parts[:2])]
    assert met == {template.kind for template in templates()}


def test_sizes_are_those_of_real_specifications(documents: dict[str, str]) -> None:
    usual = [len(text) for path, text in documents.items() if "typed" not in path]
    assert 9_000 < median(usual) < 15_000
    assert max(usual) > 2 * min(usual)
    typed = [len(text) for path, text in documents.items() if "typed" in path]
    assert [round(size, -4) // 1_000 for size in typed] == [10, pytest.approx(400, rel=0.1)]
