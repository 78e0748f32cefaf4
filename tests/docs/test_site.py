"""The site: pages as mkdocs gets them, and the check of what it built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.site.check import faults
from docs.site.stage import CONFIG, page, site_path, sources, stage

ROOT = Path(__file__).parents[2]
HEAD = "<!doctype html><title>x</title>"


def test_links_lead_to_pages_of_the_site() -> None:
    text = "[a](../editors/README.md#tests) [b](ci.md) ![c](pictures/idea.svg) [d](https://e.org)"
    shown = page(text, "docs/index.md", ROOT)
    assert shown == text.replace("../editors", "editors")
    text = "See [families](../../docs/families.md)."
    assert page(text, "editors/kate/README.md", ROOT) == "See [families](../../families.md)."


@pytest.mark.parametrize("target", ["none.md", "../CONTRIBUTING.md", "first-screens"])
def test_a_link_to_anything_else_is_refused(target: str) -> None:
    with pytest.raises(SystemExit, match=r"docs/index\.md: "):
        page(f"[a]({target})", "docs/index.md", ROOT)


def test_fences_get_titles_and_marked_lines() -> None:
    text = """\
```markdown docs/a.md
# A
  ^ error[x]: Wrong
```

````fixed "Insert “B”"
[a](none.md)
````

```toml
[a]
```"""
    shown = page(text, "docs/index.md", ROOT)
    assert '```markdown title="docs/a.md" hl_lines="2"\n' in shown
    assert '````markdown title="After the fix: Insert “B”"\n[a](none.md)\n````' in shown
    assert "```toml\n[a]\n```" in shown


def test_a_note_above_the_title_and_backslashes_before_bars_are_not_shown() -> None:
    text = "<!-- Generated. -->\n\n# A\n\n| `a \\| b` | a \\| b |"
    assert page(text, "docs/index.md", ROOT) == "# A\n\n| `a | b` | a \\| b |"


def test_every_page_is_in_the_navigation(tmp_path: Path) -> None:
    stage(ROOT, tmp_path / "site")
    shown = (tmp_path / "site/mkdocs.yml").read_text(encoding="utf-8")
    listed = re.findall(r"^ +- (?:[\w ]+: )?([\w/.-]+\.md)$", shown, re.MULTILINE)
    assert sorted(listed) == sorted(map(site_path, sources(ROOT)))
    assert "docs_dir: pages" in (ROOT / CONFIG).read_text(encoding="utf-8")


def test_each_rule_has_a_page_at_an_address_that_stays() -> None:
    assert "docs/rules/broken-link.md" in sources(ROOT)
    assert site_path("docs/rules/broken-link.md") == "rules/broken-link.md"


def test_what_leads_nowhere_or_elsewhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text(f'{HEAD}<h1 id="b">A</h1><a href="..">x</a>')
    (tmp_path / "style.css").write_text("")
    (tmp_path / "index.html").write_text(
        f"""{HEAD}<link rel="stylesheet" href="style.css"><link rel="canonical" href="https://e.org">
        <a href="a/#b">x</a><a href="a/#c">x</a><a href="b/">x</a><a href="https://e.org">x</a>
        <img src="https://e.org/x.png"><img src="none.png">"""
    )
    assert faults(tmp_path) == [
        "index.html: loads https://e.org/x.png",
        "index.html: a/#c leads nowhere",
        "index.html: b/ leads nowhere",
        "index.html: none.png leads nowhere",
    ]
