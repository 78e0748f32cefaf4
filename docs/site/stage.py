"""Copy the pages into the folder from which mkdocs builds the site.

The repository is the source: links there work in any viewer of Markdown. Here they are made to lead
to pages of the site, and what tests read from the info strings of fences becomes titles.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path

CONFIG = "docs/site/mkdocs.yml"
_ICONS = ("editors/vscode/media/icon.svg", "editors/vscode/media/icon.png")
_GLOBS = ("docs/**/*.md", "editors/README.md", "editors/*/README.md")
_NOTE = re.compile(r"\A<!--[^\n]*-->\n+")
_FENCE = re.compile(r"(?P<mark>`{3,})(?P<info>[^`\n]*)$")
_CARETS = re.compile(r" *\^+ \S")
_LINK = re.compile(r"(?P<start>\]\(|(?:src|srcset|href)=\")(?P<target>[^)\s\"]+)")
_CODE = re.compile(r"`[^`]+`")
_ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:|#")
_ALL_PAGES = re.compile(r"^(?P<indent> *)- (?P<folder>[\w/-]+)/\*\n", re.MULTILINE)
# What fences of executed examples hold: the language for highlighting, and the title.
_KINDS = {
    "template": ("markdown", "Template"),
    "markdown": ("markdown", "Document"),
    "fixed": ("markdown", "After the fix"),
    "result": ("markdown", "Accepted"),
    "created": ("markdown", "Created"),
    "completion": ("text", "Completion"),
    "snippet": ("text", "Tab stops"),
    "hover": ("markdown", "Hover"),
    "actions": ("text", "Code actions"),
    "placeholders": ("text", "Next placeholder, and the next"),
}


@cache
def sources(root: Path) -> list[str]:
    """The pages of the site, as paths in the repository."""
    found = {path.relative_to(root).as_posix() for each in _GLOBS for path in root.glob(each)}
    return sorted(found)


def stage(root: Path, folder: Path) -> None:
    """Write the configuration of mkdocs, all pages and what they show into a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    for source in sources(root):
        text = (root / source).read_text(encoding="utf-8")
        target = folder / "pages" / site_path(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page(text, source, root), encoding="utf-8")
        for asset in _assets(text, source, root):
            copy = folder / "pages" / site_path(asset)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / asset, copy)
    shutil.copytree(root / "docs/site/theme", folder / "pages/theme")
    for icon in _ICONS:
        shutil.copy(root / icon, folder / "pages/theme")
    config = (root / CONFIG).read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(_with_all(config, folder / "pages"), encoding="utf-8")


def page(text: str, source: str, root: Path) -> str:
    """A page for the site."""
    lines: list[str] = []
    # The first heading names a page in the navigation, if nothing is above it.
    rest = iter(_NOTE.sub("", text).split("\n"))
    for line in rest:
        if fence := _FENCE.match(line):
            body = list(takewhile(lambda each, mark=fence["mark"]: each != mark, rest))  # type: ignore[misc]
            lines += (fence["mark"] + _info(fence["info"].strip(), body), *body, fence["mark"])
            continue
        # Bars in code do not divide cells here, and a backslash before one would be shown.
        shown = _CODE.sub(lambda code: code[0].replace("\\|", "|"), line)
        lines.append(_LINK.sub(lambda link: _moved(link, source, root), shown))
    return "\n".join(lines)


def site_path(source: str) -> str:
    """The path on the site of a file of the repository."""
    return source.removeprefix("docs/")


def _info(info: str, body: list[str]) -> str:
    """The language of a fence, its title, and the lines that show problems."""
    kind, _, rest = info.partition(" ")
    language, title = _KINDS.get(kind, (kind, ""))
    path, _, name = rest.partition('"')
    name = name.rstrip('" ')
    shown = path.strip() or (f"{title}: {name}" if title and name else title)
    marked = [str(at) for at, line in enumerate(body, 1) if _CARETS.match(line)]
    return " ".join((
        language,
        *([f'title="{shown}"'] if shown else []),
        *([f'hl_lines="{" ".join(marked)}"'] if marked else []),
    ))  # fmt: skip


def _moved(link: re.Match[str], source: str, root: Path) -> str:
    target, hash_mark, anchor = link["target"].partition("#")
    if _ELSEWHERE.match(link["target"]):
        return link[0]
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
    if not (root / path).is_file() or (path.endswith(".md") and path not in sources(root)):
        raise SystemExit(f"{source}: {target} is neither a page of the site nor a file")
    here = posixpath.dirname(site_path(source)) or "."
    return link["start"] + posixpath.relpath(site_path(path), here) + hash_mark + anchor


def _assets(text: str, source: str, root: Path) -> Iterator[str]:
    """The files other than pages to which a page links."""
    for link in _LINK.finditer(text):
        target = link["target"].partition("#")[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        if target and not target.endswith(".md") and (root / path).is_file():
            yield path


def _with_all(config: str, pages: Path) -> str:
    """The configuration with all pages of a folder in place of `FOLDER/*` in its navigation."""

    def listed(match: re.Match[str]) -> str:
        found = sorted((pages / match["folder"]).rglob("*.md"))
        paths = [each.relative_to(pages).as_posix() for each in found]
        paths.sort(key=lambda path: (path != f"{match['folder']}/README.md", path))
        return "".join(f"{match['indent']}- {path}\n" for path in paths)

    return _ALL_PAGES.sub(listed, config)
