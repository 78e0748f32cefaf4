"""The page of a large workspace is small, folded and whole on a phone."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from spec_lsp.__main__ import main
from tests.report.browser import needs_browser, visit
from tests.storage.trees import grow

COUNT = 500
TEMPLATE = """\
---
spec-lsp:
  id: "{}-###"
---

# {}: [Title]

**Status**: Draft | Review | Done
**Next Review**: [Date]

## Tasks

- [ ] Written
"""
STATUSES = ("Draft", "Review", "Done", "Done (2026-03-01)")


def _text(number: int) -> str:
    kind = ("Bug", "Plan")[number % 2]
    review = "2026-03-13" if number == 3 else "2026-12-01"
    return (
        f"# {kind}: A title of usual length that says what is wrong with part {number}\n\n"
        f"**Status**: {STATUSES[number % 4]}\n**Next Review**: {review}\n\n"
        f"As BUG-{max(0, number - 2):03} and PLAN-{max(1, number - 3):03}.\n\n"
        f"## Tasks\n\n- [{' x'[number % 3 == 0]}] Written\n"
    )


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "spec-lsp.toml": 'builtin = false\nrules = { "*" = "off", invalid-value = "error" }\n',
        ".spec-lsp/templates/bug.md": TEMPLATE.format("BUG", "Bug"),
        ".spec-lsp/templates/plan.md": TEMPLATE.format("PLAN", "Plan"),
        "docs/BUG-998-odd.md": "# Bug: Odd\n\n**Status**: Opne\n",
    }
    for number in range(COUNT):
        name = ("BUG", "PLAN")[number % 2]
        files[f"docs/{name}-{number:03}-a-title-of-usual-length.md"] = _text(number)
    monkeypatch.chdir(grow(tmp_path, files))
    monkeypatch.setattr(sys, "argv", ["spec-lsp", "report", "--output", "report.html"])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773446400")
    with pytest.raises(SystemExit):
        main()
    return tmp_path / "report.html"


def test_five_hundred_documents_fit_into_400_kilobytes(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(text.encode()) < 400_000
    assert len(re.findall(r"<tr><td>(?:BUG|PLAN)-\d+", text)) == COUNT + 1


def test_the_graph_is_one_of_kinds(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r'data-path="([^"]*)"', text) == ["bug", "plan"]
    assert "250 documents" in text


def test_errors_and_missed_reviews_come_next(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    items = re.findall(r"<li><a [^>]*>([^<]*)</a> <span>([^<]*)</span>", text)
    assert len(items) == 10
    assert items[0] == ("BUG-998 Odd", "1 error")
    assert items[1][1] == "Review was due on 2026-03-13"
    assert items[2][1] == "1 of 1 task open"


def test_the_matrix_counts_kinds_by_status(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    table = re.search(r'<table class="matrix">(.*?)</table>', text, re.DOTALL)
    assert table
    assert re.findall(r'scope="col">([^<]*)', table[1]) == ["Draft", "Opne", "Review", "Done"]
    _corner, *counts = re.findall(r"<td>(\d*)</td>", table[1])
    assert counts == ["125", "1", "", "125", "", "", "125", "125"]


@needs_browser
def test_a_page_of_documents_is_shown_and_the_rest_on_demand(page: Path, tmp_path: Path) -> None:
    deeds = """
      const shown = () => document.querySelectorAll(".documents tbody tr:not([hidden])").length;
      const more = document.getElementById("more");
      const first = `${shown()} ${more.textContent}`;
      more.click();
      document.title = `${first}; ${shown()} ${more.hidden}`;
    """
    dom, said = visit(page, tmp_path / "profile", deeds=deeds)
    assert said == ""
    assert "<title>50 Show 451 more; 501 true</title>" in dom


@needs_browser
def test_nothing_is_wider_than_a_phone(page: Path, tmp_path: Path) -> None:
    deeds = """
      document.title = `${document.documentElement.scrollWidth <= innerWidth} `
        + [...document.querySelectorAll(".stack")].every((each) =>
            each.getBoundingClientRect().right <= innerWidth && each.clientWidth > innerWidth / 2);
    """
    dom, said = visit(page, tmp_path / "profile", "--window-size=500,900", deeds=deeds)
    assert said == ""
    assert "<title>true true</title>" in dom
