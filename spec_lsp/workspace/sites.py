"""Sites: folders whose links a generator resolves in its own way, and links that are mapped.

A link that leads nowhere as it is written is read as the generator of its folder reads it.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_INDEX = ("index.md", "README.md", "_index.md")
_ENDINGS = (".md", ".mdx", ".markdown")
_PAGE = re.compile(r"\.html?$")


@dataclass(frozen=True, slots=True)
class Site:
    """A folder whose pages a site generator publishes.

    `roots` are the folders that `/` may mean in its links: pages, and static files.
    """

    folder: str
    roots: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether a file is below the folder."""
        return not self.folder or path.startswith(f"{self.folder}/")

    def addresses(self, path: str, slug: str) -> Iterator[str]:
        """The paths at which a page appears that has a name of its own."""
        if not slug.startswith("/"):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), slug))
        else:
            yield from _from_roots(self, slug.strip("/"))


def readings(sites: Iterable[Site], source: str, path: str) -> Iterator[str]:
    """The paths that a missing link target may stand for on the sites of its source."""
    for _, place in places(sites, source, path):
        yield place
        yield from pages(place)


def places(sites: Iterable[Site], source: str, path: str) -> Iterator[tuple[Site, str]]:
    """What the target of a link may mean on the sites of its source."""
    for site in sites:
        if site.holds(source):
            for place in (path, *_from_page(source, path), *_from_roots(site, path)):
                yield site, place


def pages(path: str) -> Iterator[str]:
    """The sources of a page: its address has no ending, or `.html`, or is a folder."""
    plain = _PAGE.sub("", path)
    yield from (plain + ending for ending in _ENDINGS)
    folder = posixpath.dirname(path) if plain.endswith("/index") else plain
    yield from (posixpath.join(folder, name) for name in _INDEX)


def mapped(replacements: Mapping[str, str], path: str) -> Iterator[str]:
    """The paths that configured replacements make of a missing one; the longest start first."""
    for start in sorted(replacements, key=len, reverse=True):
        plain = start.lstrip("/")
        if path.startswith(plain):
            yield posixpath.normpath(replacements[start] + path[len(plain) :])


def _from_page(source: str, path: str) -> Iterator[str]:
    """The target as seen from the address of a page, which is a folder of its own."""
    folder, name = posixpath.split(source)
    if name not in _INDEX:
        stem = posixpath.splitext(name)[0]
        written = posixpath.relpath(path, folder or ".")
        yield posixpath.normpath(posixpath.join(folder, stem, written))


def _from_roots(site: Site, path: str) -> Iterator[str]:
    for root in site.roots or (site.folder,):
        yield posixpath.normpath(posixpath.join(root, path))
