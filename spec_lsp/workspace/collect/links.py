"""The links of a document: where each leads, as a path in the workspace and an anchor."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from spec_lsp.compare import same_text
from spec_lsp.workspace.facts import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.nodes import Link
    from spec_lsp.markdown.section import Section
    from spec_lsp.text import Span
    from spec_lsp.workspace.collect.mentions import Surroundings

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NAMED = re.compile(
    r"<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*[\"'](?P<tag>[^\"'<>]+)[\"']"
    r"|^#{1,6}[ \t].*\{[^{}]*#(?P<attribute>[\w:.-]+)[^{}]*\}[ \t]*$",
    re.MULTILINE,
)
_AFTER_DEFINITION = re.compile(r">?[ \t]*(?:\"[^\"]*\"|'[^']*'|\([^()]*\))?[ \t]*")
_BLANKED = re.compile(r"[\ufffc{}$<>*|\n]")


def references(
    document: Document, template_texts: frozenset[str], surroundings: Surroundings
) -> Iterator[Reference]:
    """The links that lead to files and headings; those of the template are marked.

    A link definition is one of them, for the shortcuts such as `[spec]` that use it.
    """
    linking = [section for section, _ in document.sections_with(_links_in)]
    labels = _labels(document, linking)
    for section in linking:
        for link in section.links:
            found = _resolved(document, link, labels)
            if found:
                path, anchor, span = found
                where = surroundings.of(section, link.span.start)
                is_same = same_text(link.span.of(document.text)) in template_texts
                yield Reference(path, anchor, span, link.text_span, *where, is_same)


def own_texts(template: Document) -> frozenset[str]:
    """All links and IDs of a template, as texts to compare with."""
    found: set[str] = set()
    for section in template.sections:
        found.update(same_text(link.span.of(template.text)) for link in section.links)
        found.update(each.text for each in section.identifiers)
    return frozenset(found)


def anchors(document: Document) -> Iterator[str]:
    """What the `#` of a link may name: headings, and what HTML or attributes name."""
    yield from document.anchors
    for _, names in document.sections_with(_named):
        yield from names


def resolve_target(path: str, target: str) -> tuple[str, str] | None:
    """Where a link leads: a path in the workspace and an anchor; None for places outside."""
    if not target or _SCHEME.match(target) or target.startswith("//") or _BLANKED.search(target):
        return None
    plain, _, anchor = target.partition("#")
    plain = unquote(plain.partition("?")[0]).replace("\\", "/")
    if not plain:
        return path, unquote(anchor)
    folder = "" if plain.startswith("/") else posixpath.dirname(path)
    return posixpath.normpath(posixpath.join(folder, plain.lstrip("/"))), unquote(anchor)


def _links_in(chunk: Chunk) -> tuple[Link, ...]:
    return chunk.links


def _named(chunk: Chunk) -> tuple[str, ...]:
    """What HTML and attributes in a chunk name."""
    if "<" in chunk.text or "{" in chunk.text:
        return tuple(match["tag"] or match["attribute"] for match in _NAMED.finditer(chunk.text))
    return ()


def _labels(document: Document, linking: Iterable[Section]) -> dict[str, Link]:
    """The link definitions of a document; of two with one label, the first counts."""
    found: dict[str, Link] = {}
    for section in linking:
        for link in section.links:
            if link.kind == "definition":
                found.setdefault(_label(link.text_span.of(document.text)), link)
    return found


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _resolved(
    document: Document, link: Link, labels: dict[str, Link]
) -> tuple[str, str, Span] | None:
    named: Link | None = link
    if link.kind == "reference":
        named = labels.get(_label(link.target))
    elif link.kind == "definition" and not _is_shortcut(document, link):
        named = None
    if not named or link.kind == "autolink":
        return None
    found = resolve_target(document.path, named.target)
    return (*found, named.target_span) if found else None


def _is_shortcut(document: Document, definition: Link) -> bool:
    """Whether a definition is one, and a shortcut uses it: `[note]: this` may be mere text."""
    tail = document.text[definition.target_span.end : document.line_at(definition.span.end).end]
    label = definition.text_span.of(document.text)
    if label.startswith("^") or not _AFTER_DEFINITION.fullmatch(tail):
        return False
    return bool(
        re.search(rf"(?<!\])\[{re.escape(label)}\](?![:\[(])", document.text, re.IGNORECASE)
    )
