"""Links of a site that its generator resolves are not broken; its configuration is only read."""

from pathlib import Path

import pytest

from spec_lsp import open_folder

TEMPLATE = "# Note: [Title]\n"
SITES = {
    "mkdocs": (
        {"mkdocs.yml": "site_name: Ours\ndocs_dir: 'pages'\n"},
        ["[1](b)", "[2](../b/)", "[3](/guide/b.html)"],
        "pages/guide/a.md",
    ),
    "Docusaurus": (
        {"docusaurus.config.js": "module.exports = {presets: [{docs: {path: 'handbook'}}]};"},
        ["[1](./b)", "[2](/guide/b)", "[3](/img/b.png)"],
        "handbook/guide/a.md",
    ),
    "Jekyll": (
        {"_config.yml": "title: Ours\n"},
        ["[1](./b)", "[2](/guide/b.html)", "[3](/guide/b/)"],
        "guide/a.md",
    ),
    "Hugo": (
        {"hugo.toml": "baseURL = 'https://example.org/'\ncontentDir = 'texts'\n"},
        ["[1](../b)", "[2](/guide/b/)", "[3](/img/b.png)"],
        "texts/guide/a.md",
    ),
    "VitePress": (
        {"docs/.vitepress/config.mts": "export default { title: 'Ours' }\n"},
        ["[1](./b)", "[2](/guide/b)", "[3](b.html)"],
        "docs/guide/a.md",
    ),
    "mdBook": (
        {"docs/manual/book.toml": "[book]\nsrc = 'text'\n"},
        ["[1](b.html)", "[2](./b)"],
        "docs/manual/text/guide/a.md",
    ),
}


@pytest.mark.parametrize("name", SITES)
def test_links_in_the_way_of_a_generator_are_not_broken(tmp_path: Path, name: str) -> None:
    files, links, path = SITES[name]
    write(tmp_path, files)
    write(tmp_path, {path: f"# Note: A\n\n{' '.join(links)}\n\n[gone](/guide/gone)\n"})
    write(tmp_path, {path.replace("a.md", "b.md"): "# Note: B\n", "static/img/b.png": ""})
    assert messages(tmp_path) == ["guide/gone does not exist"]


def test_without_a_generator_they_are(tmp_path: Path) -> None:
    write(tmp_path, {"guide/a.md": "# Note: A\n\n[1](b)\n", "guide/b.md": "# Note: B\n"})
    assert messages(tmp_path) == ["guide/b does not exist"]


def test_folders_outside_of_the_workspace_are_ignored(tmp_path: Path) -> None:
    write(tmp_path / "in", {"mkdocs.yml": "docs_dir: ../out\n", "a.md": "# Note: A\n\n[1](b)\n"})
    write(tmp_path / "out", {"b.md": "# Note: B\n"})
    assert messages(tmp_path / "in") == ["b does not exist"]


def write(folder: Path, files: dict[str, str]) -> None:
    """Write some files, below folders that are made."""
    for path, text in {".spec-lsp/templates/note.md": TEMPLATE, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def messages(folder: Path) -> list[str]:
    """What is wrong with the links of a folder."""
    problems = open_folder(folder).diagnose()
    return [each.message for each in problems if each.code == "broken-link"]
