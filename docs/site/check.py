"""Check a built site: links and anchors lead somewhere, and nothing is loaded from elsewhere."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

_HERE = "http://site"
_LOADS = {"src", "srcset", "data", "poster"}
_LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "manifest"}


def faults(folder: Path) -> list[str]:
    """What is wrong in a built site, a line for each."""
    pages = {path: _read(path) for path in sorted(folder.rglob("*.html"))}
    found: list[str] = []
    for path, read in pages.items():
        name = path.relative_to(folder).as_posix()
        found += [f"{name}: loads {each}" for each in read.loads if _is_elsewhere(each)]
        base = urljoin(_HERE, "/" if name == "404.html" else f"/{name}")
        for link in (*read.links, *read.loads):
            if not _is_elsewhere(link) and not _leads(urljoin(base, link), folder, pages):
                found.append(f"{name}: {link} leads nowhere")
    return found


class _Page(HTMLParser):
    """Collects the anchors of a page, its links, and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = {"", "__top"}
        self.links: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value for name, value in attrs if value}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        loads = {values[name].split(" ")[0] for name in _LOADS & values.keys()}
        is_loaded = tag == "link" and set(values.get("rel", "").split()) & _LOADING_LINKS
        if href := values.get("href"):
            (self.loads if is_loaded else self.links).append(href)
        self.loads += sorted(loads)


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def _is_elsewhere(link: str) -> bool:
    return bool(urlsplit(link).scheme) or link.startswith("//")


def _leads(url: str, folder: Path, pages: dict[Path, _Page]) -> bool:
    parts = urlsplit(url)
    path = folder / unquote(parts.path).lstrip("/")
    path = path / "index.html" if path.is_dir() else path
    if path in pages:
        return unquote(parts.fragment) in pages[path].anchors
    return path.is_file()
