"""The scanner and markdown-it find the same blocks in every text, and most need no markdown-it.

Where public collections of documents are at hand (in `../shared/corpus`, or where `SPEC_LSP_CORPUS`
says), all of them are read both ways.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from spec_lsp.markdown.blocks.markdown_it import blocks, full_blocks
from tests.markdown.hostile import layouts, texts
from tests.template.sources import CORPUS, ROOT

PLACES = ("*.md", "docs/**/*.md", "examples/**/*.md", "spec_lsp/**/*.md", "tests/**/*.md")
OWN = sorted({path for place in PLACES for path in ROOT.glob(place)})

# Each reads otherwise than it looks at first sight.
TRAPS = {
    "an underline": "- a\n\n  b\n  ---\n",
    "a rule below an item": "- a\n---\nb\n",
    "a lazy line": "- a\nb\n> c\n",
    "a lazy item": "- a\n      - b\n",
    "an item with an indented line": "10.   a\n    - b\n",
    "a text that looks like a list": "a\n2. b\n- c\n1) d\n",
    "items of items": "- 1. a\n     - b\n\n   c\n\n  d\n e\n",
    "an empty item": "-\n\n  a\n- \n  b\n",
    "items at all columns": "- a\n - b\n  - c\n   - d\n    - e\n     - f\n",
    "code in an item": "- a\n\n      b\n",
    "a fence that leaves its item": "- ```\n  a\nb\n```\n",
    "an open fence in an item": "- ~~~\n\n  a\n\nb\n# c\n",
    "a fence in a fence": "````\n```\na\n````` \n```` a\n# b\n",
    "back-ticks behind a fence": "``` a`\nb\n```\n",
    "a close too far in": "```\n    ```\na\n",
    "a comment over headings": "<!--\n# a\n\n# b --> c\n# d\n",
    "the shortest comment": "<!-->\na\n<!--->\nb -->\n",
    "a comment that leaves its item": "- <!-- a\nb -->\n",
    "a heading in a list": "- # a\n\n  # b\n# c\n",
    "a heading that is a header": "# a | b\n--|--\n\n# c\n",
    "an item that is a header": "- a | b\n--|--\n",
    "a table below text": "a\n| b |\n|---|\n| c |\nd\n",
    "a row of a rule": "a | b\na | b\n|--|--|\n |--|--|\n",
    "an escaped bar": "| a \\| b |\n|---|\n| c |\n\n|a\\||\n|-|-|\n",
    "a blank that only looks like one": "| a |\u00a0\n|---|---|\n",
    "a table outside its item": "- a\n| b |\n|---|\n",
    "a table in an item": "- a\n\n  | b |\n  |---|\n  | c |\n| d |\n",
    "a quote that goes on": "> a\nb\n\n> c\n# d\n",
    "a quote with an empty end": "> a\n>\n>\n\n\nb\n",
    "a quote in an item": "- > a\n  > - b\n> c\n",
    "definitions": "# a\n[b]: c\n'd'\n\n[e\\]\nf]: g\n",
    "what could define": "- [a]: b c\n- [a]: [b\n\n[a]: (b c\n\n[a]: \\ b c\n\n[a]: b 'c\nd'\n",
    "markup": "a\n<b>\n<div>\n# c\n\n</div>\n<b>\n# d\n",
    "tabs": "-\ta\n\n\tb\n\t- c\n",
    "blanks at the end": "- a\n\n   ",
    "bar in a quote": "> a | b\n--|--\n",
}


@pytest.mark.parametrize("text", TRAPS.values(), ids=TRAPS)
def test_both_fall_into_the_same_traps(text: str) -> None:
    for around in ("{}", "# A\n\n{}# B\n", "> {}"):
        whole = around.format(text)
        assert blocks(whole) == full_blocks(whole)


@pytest.mark.parametrize("path", OWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_both_read_our_own_documents_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert blocks(text) == full_blocks(text)


@settings(max_examples=600)
@given(layouts() | texts)
def test_both_read_every_text_alike(text: str) -> None:
    assert blocks(text) == full_blocks(text)


@pytest.mark.slow
def test_both_read_public_documents_alike() -> None:
    if not CORPUS.is_dir():
        pytest.skip(f"no public documents are at hand in {CORPUS}")
    for path in sorted(CORPUS.glob("**/*.md")):
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            assert blocks(text) == full_blocks(text), path


def test_a_plain_document_is_read_without_markdown_it() -> None:
    script = (
        "import sys\n"
        "from spec_lsp.template.builtin import templates\n"
        "assert all(template.sections for template in templates())\n"
        "assert 'markdown_it' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
