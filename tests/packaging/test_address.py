"""The address of the repository: one line, from which every file gets it."""

from __future__ import annotations

import re

import pytest
import yaml

from release.address import FILES, repository, site, with_address
from tests.packaging.steps import TOP, text_of

HERE = "https://github.com/Team/spec-lsp"
THERE = "https://code.example/group/specs/spec-lsp"
PAGES = sorted(path.relative_to(TOP).as_posix() for each in FILES for path in TOP.glob(each))


@pytest.mark.parametrize("path", PAGES)
def test_files_have_the_address_of_the_project(path: str) -> None:
    text = text_of(path)
    assert with_address(text, repository(TOP)) == text


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("address", [HERE, THERE])
def test_a_published_project_has_no_stand_ins(path: str, address: str) -> None:
    text = with_address(text_of(path), address)
    assert not re.search(r"\bADDRESS\b|\bOWNER/|index yet|\./spec-lsp|build/npm|-C spec-lsp", text)
    assert with_address(text, address) == text
    assert "\n\n\n" not in text or path.endswith(".py")
    if text != text_of(path):
        assert with_address(text, "https://a.example/b/spec-lsp") != text or address not in text


def test_blocks_name_the_address() -> None:
    action, hooks = (
        yaml.safe_load(each)
        for each in re.findall(
            r"```yaml\n(.*?)```", with_address(text_of("README.md"), HERE), re.DOTALL
        )
    )
    assert action["jobs"]["specs"]["steps"][-1]["uses"].startswith("Team/spec-lsp@v")
    assert hooks["repos"][0]["repo"] == HERE
    install = with_address(text_of("docs/install.md"), HERE)
    assert "uv tool install spec-lsp " in install
    assert "uv tool upgrade spec-lsp " in install
    assert "npm install --global spec-lsp\n" in install


def test_rules_have_pages_where_the_site_is_published() -> None:
    pages = with_address(text_of("spec_lsp/rules/engine/pages.py"), HERE)
    assert f'\nSITE = "{site(HERE)}"\n' in pages
    assert site(HERE) == "https://team.github.io/spec-lsp"
    assert site(THERE) == ""


def test_no_file_but_those_names_a_stand_in() -> None:
    others = [
        path
        for each in ("*.md", "docs/**/*.md", "editors/*/*.md", "packaging/**/*", "templates/*.yml")
        for path in TOP.glob(each)
        if path.is_file() and path.relative_to(TOP).as_posix() not in PAGES
    ]
    assert len(others) > 20
    found = [
        path
        for path in others
        if re.search(r"\bADDRESS\b|\bOWNER/", path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []
