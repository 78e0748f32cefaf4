"""The configurations of site generators, read as data: where their pages are; nothing is run."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spec_lsp.workspace.sites import Site

# Folders that may hold such a configuration, besides the top; and at most so many inside `docs`.
_FOLDERS = ("doc", "docs", "documentation", "site", "website")
_MOST_INSIDE = 16
_LARGEST = 262_144  # characters; a larger configuration is not read


@dataclass(frozen=True, slots=True)
class _Generator:
    """How a generator's configuration is named, and how it names its folders of pages.

    `pages` finds the folders of pages, `static` are the folders of files that are copied to the top
    of the site, and `mark` must be in a text whose file name is common. `is_whole` means that all
    Markdown beside the configuration may be pages.
    """

    name: re.Pattern[str]
    pages: re.Pattern[str]
    default: str
    static: tuple[str, ...] = ()
    mark: str = ""
    is_whole: bool = False


_GENERATORS = (
    _Generator(
        re.compile(r"mkdocs\.ya?ml"),
        re.compile(r"^docs_dir:[ \t]*[\"']?([^\"'\s#]+)", re.MULTILINE),
        "docs",
    ),
    _Generator(
        re.compile(r"docusaurus\.config\.[cm]?[jt]s"),
        re.compile(r"\bpath:\s*[\"']([^\"'\n]+)[\"']"),
        "docs",
        ("static",),
        is_whole=True,
    ),
    _Generator(
        re.compile(r"_config\.ya?ml"),
        re.compile(r"^source:[ \t]*[\"']?([^\"'\s#]+)", re.MULTILINE),
        ".",
    ),
    _Generator(
        re.compile(r"(?:hugo|config)\.(?:toml|ya?ml)"),
        re.compile(r"^contentDir\s*[:=]\s*[\"']?([^\"'\s#]+)", re.MULTILINE | re.IGNORECASE),
        "content",
        ("static",),
        mark="baseurl",
    ),
    _Generator(
        re.compile(r"book\.toml"), re.compile(r"^src\s*=\s*[\"']([^\"'\n]+)", re.MULTILINE), "src"
    ),
)
_VITEPRESS = _Generator(
    re.compile(r"config\.[cm]?[jt]s"),
    re.compile(r"\bsrcDir:\s*[\"']([^\"'\n]+)[\"']"),
    ".",
    ("public",),
)
_VITEPRESS_FOLDER = ".vitepress"


def find_sites(folder: Path, read: Callable[[str], str | None]) -> tuple[Site, ...]:
    """The sites that generators publish from a folder, as far as their configurations say so."""
    found: dict[Site, None] = {}
    for home, path, generator in _configurations(folder):
        text = (read(path) or "")[:_LARGEST]
        if generator.mark in text.casefold():
            found.update(dict.fromkeys(_sites(generator, home, text)))
    return tuple(found)


def _configurations(folder: Path) -> Iterator[tuple[str, str, _Generator]]:
    """Every configuration: the folder from which its paths count, its own path, its generator."""
    for home in _homes(folder):
        for name in _names(folder / home):
            path = posixpath.join(home, name)
            yield from ((home, path, each) for each in _GENERATORS if each.name.fullmatch(name))
            if name == _VITEPRESS_FOLDER:
                inner = filter(_VITEPRESS.name.fullmatch, _names(folder / path))
                yield from ((home, posixpath.join(path, each), _VITEPRESS) for each in inner)


def _homes(folder: Path) -> Iterator[str]:
    yield ""
    for name in _FOLDERS:
        if (folder / name).is_dir():
            yield name
            inner = [each for each in _names(folder / name) if "." not in each][:_MOST_INSIDE]
            yield from (f"{name}/{each}" for each in inner if _is_home(folder / name / each))


def _is_home(folder: Path) -> bool:
    """Whether a folder inside one of documentation is a site of its own."""
    return any((folder / name).is_file() for name in ("book.toml", "mkdocs.yml"))


def _names(folder: Path) -> list[str]:
    try:
        return sorted(each.name for each in folder.iterdir())
    except OSError:
        return []


def _sites(generator: _Generator, home: str, text: str) -> Iterator[Site]:
    named: Iterable[str] = generator.pages.findall(text) or [generator.default]
    pages = [*filter(_is_inside, (posixpath.normpath(posixpath.join(home, n)) for n in named))]
    static = (posixpath.join(home, each) for each in generator.static)
    roots = tuple(dict.fromkeys((*pages, *static, home or ".")))
    for folder in dict.fromkeys((home, *pages) if generator.is_whole else pages):
        yield Site("" if folder == "." else folder, roots)


def _is_inside(path: str) -> bool:
    return not path.startswith(("..", "/"))
