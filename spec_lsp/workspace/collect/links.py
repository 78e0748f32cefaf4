"""The links of a document, resolved to paths in the workspace and anchors."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import unquote

from spec_lsp.compare import same_text
from spec_lsp.markdown.anchors import slug
from spec_lsp.markdown.nodes import Link
from spec_lsp.memo import each_part
from spec_lsp.text import Span
from spec_lsp.workspace.collect.mentions import field_at
from spec_lsp.workspace.facts import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.section import Section

Target = tuple[str, str, Span]
Targets = Mapping[Link, Target]
# Kinds of links whose label and destination are in two places.
LABELLED = ("reference", "definition")

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NAMED = re.compile(
    r"<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*(?:[\"'](?P<tag>[^\"'<>]+)[\"']|(?P<bare>[^\s\"'<>]+))"
    r"|<h[1-6](?:\s[^<>]*)?>(?P<heading>[^\n]*?)</h[1-6]>"
    r"|(?<!\{)\{[^{}\n#]*#(?P<attribute>[\w:.-]+)[^{}\n]*\}"
    r"|^[ \t]*\((?P<target>[^()\n]+)\)=[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
ANY_ANCHOR = "*"  # No heading has this anchor.
# A page that only says where its contents are now: a title and perhaps one heading.
_STUB_ANCHORS = 2
_MOVED = re.compile(r"\b(?:moved|redirect\w*|renamed|relocated)\b", re.IGNORECASE)
# Signs that Markdown writers escape; before others, the backslash divides folders.
_ESCAPED = re.compile(r"\\([_*#()\[\]~&!+\-])")
_AFTER_DEFINITION = re.compile(r">?[ \t]*(?:\"[^\"]*\"|'[^']*'|\([^()]*\))?[ \t]*")
_BLANKED = re.compile(r"[\ufffc{}$<>*|\n]")


def links_in(
    chunk: Chunk, path: str, template_texts: frozenset[str], targets: Targets
) -> tuple[Reference, ...]:
    """The links of a chunk to files and headings; links copied from the template are marked.

    Link definitions are included, because shortcuts such as `[spec]` use them. `targets` has the
    targets of definitions and of the links that use them, which depend on the whole document.
    """
    found: list[Reference] = []
    for link in chunk.links:
        if link.kind in LABELLED:
            target = targets.get(link)
        else:
            target = None if link.kind == "autolink" else _target(path, link)
        if target:
            is_same = same_text(link.span.of(chunk.text)) in template_texts
            field = field_at(chunk, link.span.start)
            found.append(Reference(*target, link.text_span, field, "", is_same))
    return tuple(found)


def labelled_targets(
    document: Document, linking: Iterable[Section]
) -> Iterator[tuple[int, dict[Link, Target]]]:
    """The targets of each section's link definitions, and of the links that use a definition."""
    linking = list(linking)
    labels = _labels(linking)
    for section in linking:
        found: dict[Link, Target] = {}
        for link in section.chunk.links:
            if link.kind in LABELLED and (target := _resolved(document, section, link, labels)):
                found[link] = target
        yield section.index, found


def own_texts(template: Document) -> frozenset[str]:
    """The texts of all links and IDs of a template, to compare with."""
    found: set[str] = set()
    for section in template.sections:
        found.update(same_text(link.span.of(template.text)) for link in section.links)
        found.update(each.text for each in section.identifiers)
    return frozenset(found)


def anchors(document: Document, summary: str) -> tuple[str, ...]:
    """The anchors of a document: from headings, HTML, `{#…}` attributes and `(…)=` targets.

    A page whose summary says that its contents have moved may have had any.
    """
    found = (*document.anchors, *chain.from_iterable(each_part(document, _named)))
    is_stub = len(found) <= _STUB_ANCHORS and _MOVED.search(summary)
    return (*found, ANY_ANCHOR) if is_stub else found


def resolve_target(path: str, target: str) -> tuple[str, str] | None:
    """The path in the workspace and the anchor of a link; None for targets outside."""
    target = _ESCAPED.sub(r"\1", target)
    if not target or _SCHEME.match(target) or target.startswith("//") or _BLANKED.search(target):
        return None
    plain, _, anchor = target.partition("#")
    plain = unquote(plain.partition("?")[0]).replace("\\", "/")
    if not plain:
        return path, unquote(anchor)
    folder = "" if plain.startswith("/") else posixpath.dirname(path)
    return posixpath.normpath(posixpath.join(folder, plain.lstrip("/"))), unquote(anchor)


def _named(chunk: Chunk) -> tuple[str, ...]:
    """The anchors that HTML, attributes and targets such as `(setup)=` in a chunk define."""
    if "<" in chunk.text or "{" in chunk.text or ")=" in chunk.text:
        return tuple(map(_name, _NAMED.finditer(chunk.text)))
    return ()


def _name(match: re.Match[str]) -> str:
    heading = match["heading"]
    if heading is not None:
        return slug(heading)
    return match["tag"] or match["bare"] or match["attribute"] or match["target"]


def _labels(linking: Iterable[Section]) -> dict[str, tuple[Section, Link]]:
    """The link definitions of a document by label; of equal labels, the first counts."""
    found: dict[str, tuple[Section, Link]] = {}
    for section in linking:
        for link in section.chunk.links:
            if link.kind == "definition":
                label = _label(link.text_span.of(section.chunk.text))
                found.setdefault(label, (section, link))
    return found


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _target(path: str, link: Link) -> Target | None:
    found = resolve_target(path, link.target)
    return (*found, link.target_span) if found else None


def _resolved(
    document: Document, section: Section, link: Link, labels: dict[str, tuple[Section, Link]]
) -> Target | None:
    """The target of a link; its span is relative to the section of the link."""
    if link.kind == "definition":
        is_used = _is_shortcut(document, link.shift(section.start))
        return _target(document.path, link) if is_used else None
    holder, definition = labels.get(_label(link.target), (None, None))
    if not holder or not definition:
        return None
    return _target(document.path, definition.shift(holder.start - section.start))


def _is_shortcut(document: Document, definition: Link) -> bool:
    """Whether a link definition is valid and used by a shortcut: `[note]: this` may be prose."""
    tail = document.text[definition.target_span.end : document.line_at(definition.span.end).end]
    label = definition.text_span.of(document.text)
    if label.startswith("^") or not _AFTER_DEFINITION.fullmatch(tail):
        return False
    return bool(
        re.search(rf"(?<!\])\[{re.escape(label)}\](?![:\[(])", document.text, re.IGNORECASE)
    )
