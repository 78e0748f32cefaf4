"""SARIF for code hosts: rules with their pages, and no places but files of the repository."""

from __future__ import annotations

import json
from typing import Any

import pytest

from spec_lsp.report.formats import as_json, as_sarif
from spec_lsp.report.model import Issue, Report, Source
from spec_lsp.rules.engine import pages
from spec_lsp.rules.engine.registry import rules
from spec_lsp.text import LineIndex, Span


def run_of(
    code: str, path: str = "a.md", related: str = "b.md", message: str = "message"
) -> dict[str, Any]:
    """The SARIF run of one finding."""
    place, other = (Source(each, LineIndex("text")).place(Span(0, 4)) for each in (path, related))
    issue = Issue(place, code, "hint", message, related=((other, "as this says"),))
    sarif = json.loads(as_sarif.render(Report((issue,), (path,), 1)))
    assert sarif["version"] == "2.1.0"
    run: dict[str, Any] = sarif["runs"][0]
    return run


@pytest.mark.parametrize("code", rules())
def test_a_rule_brings_its_page_and_its_level(code: str) -> None:
    (rule,) = run_of(code)["tool"]["driver"]["rules"]
    assert rule["id"] == code
    assert rule["help"]["markdown"] == pages.explain(code)
    assert rule["help"]["text"]
    assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert rule["defaultConfiguration"]["enabled"] is rules()[code].is_on


def test_a_rule_has_an_address_once_there_is_a_site(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "helpUri" not in run_of("broken-link")["tool"]["driver"]["rules"][0]
    monkeypatch.setattr(pages, "SITE", "https://specs.example")
    (rule,) = run_of("broken-link")["tool"]["driver"]["rules"]
    assert rule["helpUri"] == "https://specs.example/rules/broken-link/"
    place = Source("a.md", LineIndex("text")).place(Span(0, 4))
    issue = Issue(place, "broken-link", "error", "message")
    report = json.loads(as_json.render(Report((issue,), ("a.md",), 1)))
    assert report["diagnostics"][0]["url"] == rule["helpUri"]


def test_a_built_in_template_has_no_location_in_the_repository() -> None:
    (result,) = run_of("missing-section", related="builtin:bug-fix.md")["results"]
    assert "relatedLocations" not in result
    (result,) = run_of("missing-section", related="templates/bug.md")["results"]
    assert len(result["relatedLocations"]) == 1


def test_a_fingerprint_depends_on_path_rule_and_line_but_not_on_the_message() -> None:
    def mark(code: str = "broken-link", path: str = "a.md", message: str = "message") -> str:
        (result,) = run_of(code, path, message=message)["results"]
        return str(result["partialFingerprints"]["specLsp/v2"])

    assert mark() == mark(message="reworded")
    assert len({mark(), mark(path="b.md"), mark(code="broken-anchor")}) == 3


@pytest.mark.parametrize(
    ("path", "artifact"),
    [
        ("docs/a b.md", {"uri": "docs/a%20b.md", "uriBaseId": "%SRCROOT%"}),
        ("caf\udce9.md", {"uri": "caf%E9.md", "uriBaseId": "%SRCROOT%"}),
        ("/far/away.md", {"uri": "file:///far/away.md"}),
        ("D:/far/away.md", {"uri": "file:///D:/far/away.md"}),
    ],
)
def test_a_path_is_a_uri(path: str, artifact: dict[str, str]) -> None:
    (result,) = run_of("missing-section", path)["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == artifact
