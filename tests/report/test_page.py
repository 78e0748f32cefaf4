"""The page that `spec-lsp report` writes, in a real browser."""

from __future__ import annotations

import re
import sys
from html import unescape
from pathlib import Path

import pytest

from spec_lsp.__main__ import main
from spec_lsp.rules.engine.registry import rules
from tests.report.browser import needs_browser, picture, visit

FILES = {
    "spec-lsp.toml": 'builtin = false\nrules = { "*" = "off", invalid-value = "error" }\n',
    ".spec-lsp/templates/bug.md": (
        '---\nspec-lsp:\n  id: "BUG-###"\n---\n\n# Bug: [Title]\n\n'
        "**Status**: Draft | Review | Done\n"
    ),
    "docs/BUG-001-first.md": "# Bug: First <script>alert(1)</script>\n\n**Status**: Draft\n",
    "docs/BUG-002-second.md": "# Bug: Second & last\n\n**Status**: Done\n\nAs BUG-001.\n",
    "docs/BUG-010-tenth.md": "# Bug: Tenth\n\n**Status**: Rveiew\n\nAs BUG-002.\n",
}


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in FILES.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["spec-lsp", "report", "--output", "out/report.html"])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773446400")
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 0
    return tmp_path / "out" / "report.html"


def test_the_page_loads_nothing_from_anywhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", text)
    assert "@import" not in text
    assert "url(http" not in text


def test_texts_of_documents_are_escaped_in_the_page(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert "First &lt;script&gt;" in text


def test_every_problem_explains_its_rule(page: Path) -> None:
    found = re.findall(r'<code title="([^"]+)">([\w-]+)</code>', page.read_text(encoding="utf-8"))
    assert found
    assert all(unescape(title) == rules()[code].summary for title, code in found)


def test_links_lead_from_the_page_to_the_documents(page: Path) -> None:
    links = set(re.findall(r'<a href="([^"#]+)"', page.read_text(encoding="utf-8")))
    assert links
    assert all((page.parent / link).resolve().is_file() for link in links)


@needs_browser
def test_the_page_works_without_complaint(page: Path, tmp_path: Path) -> None:
    dom, said = visit(page, tmp_path / "profile")
    assert said == ""
    assert re.search(r'<span id="shown"[^>]*>3 of 3</span>', dom)
    assert dom.count('class="node ') == 3
    assert len(re.findall('<g class="edge[^>]* data-from', dom)) == 2


def test_the_policy_of_the_page_allows_nothing_unnamed(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "unsafe" not in text
    assert not re.search(r"<[^>]* style=", text)
    assert not re.search(r"<[^>]* on[a-z]+=", text)


@needs_browser
def test_markup_that_slipped_in_does_not_run(page: Path, tmp_path: Path) -> None:
    evil = (
        "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
        "<style>body { --evil: 1 }</style><p style='--evil: 1'></p>"
    )
    text = page.read_text(encoding="utf-8").replace("<footer>", f"{evil}<footer>")
    page.write_text(text, encoding="utf-8")
    deeds = """
      const evil = (each) => getComputedStyle(each).getPropertyValue("--evil");
      if ([document.body, ...document.querySelectorAll("p")].some(evil)) document.title = "styled";
    """
    dom, said = visit(page, tmp_path / "profile", deeds=deeds)
    title = re.search(r"<title>([^<]*)</title>", dom)
    assert title
    assert title[1].endswith(": specifications")
    assert said.count("violates the following Content Security Policy") >= 5


@needs_browser
def test_bars_are_as_long_as_what_they_count(page: Path, tmp_path: Path) -> None:
    deeds = """
      const wide = (each) => Math.round(each.getBoundingClientRect().width);
      const [draft, active] = [...document.querySelectorAll(".stack span")].map(wide);
      const share = document.querySelector("td i[data-share]");
      const shown = getComputedStyle(share).getPropertyValue("--share");
      document.title = `${Math.abs(draft - active) < 2} ${shown === `${share.dataset.share}%`}`;
    """
    dom, said = visit(page, tmp_path / "profile", deeds=deeds)
    assert said == ""
    assert "<title>true true</title>" in dom


@needs_browser
def test_documents_are_found_and_sorted(page: Path, tmp_path: Path) -> None:
    deeds = """
      const find = document.getElementById("find");
      find.value = "bug- second";
      find.dispatchEvent(new Event("input"));
      document.title = document.getElementById("shown").textContent;
      find.value = "";
      find.dispatchEvent(new Event("input"));
      const [id] = document.querySelectorAll(".documents th");
      id.click();
      id.click();
    """
    dom, said = visit(page, tmp_path / "profile", deeds=deeds)
    assert said == ""
    assert "<title>1 of 3</title>" in dom
    assert re.findall(r"<td>(BUG-\d+)</td>", dom) == ["BUG-010", "BUG-002", "BUG-001"]


@needs_browser
def test_hovering_over_a_document_highlights_related_documents(page: Path, tmp_path: Path) -> None:
    deeds = """
      const tenth = document.querySelector('[data-path="docs/BUG-010-tenth.md"]');
      tenth.dispatchEvent(new MouseEvent("mouseenter"));
    """
    dom, said = visit(page, tmp_path / "profile", deeds=deeds)
    assert said == ""
    found = re.findall(r'<a class="(node [^"]*)"[^>]* data-path="([^"]*)"', dom)
    classes = {path: classes for classes, path in found}
    assert classes == {
        "docs/BUG-010-tenth.md": "node active lit near",
        "docs/BUG-002-second.md": "node final lit near",
        "docs/BUG-001-first.md": "node draft near",
    }


@needs_browser
def test_findings_of_a_level_can_be_left_out(page: Path, tmp_path: Path) -> None:
    deeds = "document.querySelector('button[data-level=error]').click()"
    dom, said = visit(page, tmp_path / "profile", deeds=deeds)
    assert said == ""
    assert re.search(r'<details class="card file"[^>]* hidden=""', dom)


@needs_browser
def test_light_and_dark_are_a_choice(page: Path, tmp_path: Path) -> None:
    deeds = """
      const paper = () => getComputedStyle(document.body).backgroundColor;
      const before = paper();
      document.getElementById("theme").click();
      document.title = String(before !== paper());
    """
    dom, _ = visit(page, tmp_path / "profile", deeds=deeds)
    assert "<title>true</title>" in dom


@needs_browser
def test_a_picture_of_the_page_can_be_taken(page: Path, tmp_path: Path) -> None:
    image = picture(page, tmp_path / "profile", tmp_path / "page.png")
    assert image.startswith(b"\x89PNG")
    assert len(image) > 20_000
