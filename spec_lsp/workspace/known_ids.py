"""Which texts are IDs in this workspace, and when two of them are the same."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from spec_lsp.identifiers import key_of, leading_identifier
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spec_lsp.identifiers import Identifier
    from spec_lsp.template.notation.id_patterns import IdPattern
    from spec_lsp.template.schema import Template

# Prefixes of standards and of other systems: their IDs are never missing here.
_FOREIGN = frozenset({
    "BIP", "CAIP", "CVE", "CWE", "DOI", "ECMA", "EIP", "EN", "ERC", "FIPS", "GH", "GHSA", "HTTP",
    "IEC", "IEEE", "ISBN", "ISO", "ITU", "JEP", "JSR", "MD", "NIST", "PCI", "PEP", "POSIX", "RFC",
    "SHA", "UTF",
})  # fmt: skip
_SLUG = re.compile(r"[^\s`|,;()\[\]{}<>]+")
_EXTERNAL = re.compile(r"(?P<prefix>[A-Z][A-Z0-9]*(?:[-_][A-Z]+)*[-_]?)(?P<number>\d+)")
_FILE_ID = re.compile(
    r"^(?P<prefix>[A-Za-z]+(?:[-_][A-Za-z]+)*?)(?P<sep>[-_]?)(?P<number>\d+(?:\.\d+)*)"
    r"(?!-\d\d(?!\d))(?=$|[-_. ])"
)
_PATH_ID = re.compile(
    r"(?P<prefix>(?:[A-Za-z]+(?:[-_ ][A-Za-z]+)*[-_ ]?)?)(?P<number>\d{1,9}(?:\.\d{1,4})*)"
    r"(?=$|[-_. ])"
)
_ANY_FILE_ID = re.compile(r"[A-Z]{2,12}-\d{2,6}(?=[-_.])")
# The year of a date is not a number: `2026-03-14-use-sqlite.md`.
_FILE_NUMBER = re.compile(r"^(?!\d{4}-\d\d-\d\d(?!\d))(?P<number>\d+)(?=$|[-_. ])")


@dataclass(frozen=True)
class KnownIds:
    """The prefixes of templates and configuration.

    `own` belong to documents, unique in the workspace; `inner` are numbered within each document.
    `external` belong to other systems, with a URL pattern each; these IDs are never checked.
    `title_leads` precede titles that are IDs.
    """

    own: Mapping[str, IdPattern] = field(default_factory=dict)
    inner: Mapping[str, IdPattern] = field(default_factory=dict)
    external: Mapping[str, str] = field(default_factory=dict)
    title_leads: tuple[str, ...] = ()

    def knows(self, identifier: Identifier) -> bool:
        """Whether text in the shape of an ID has a known prefix."""
        return identifier.prefix in self.own or self.is_inner(identifier.prefix)

    def is_inner(self, prefix: str) -> bool:
        """Whether a prefix belongs to inner IDs."""
        return prefix in self.inner or (
            prefix not in self.own and any(each.suits(prefix) for each in self.inner.values())
        )

    @cached_property
    def has_units(self) -> bool:
        """Whether some IDs are unique in the folder of a unit, such as `003-export/FR-001`."""
        return any(each.scope == "unit" for each in self.inner.values())

    def is_title(self, text: str) -> bool:
        """Whether an ID is a title, such as `Requirement: Export`."""
        return bool(self.title_leads) and text.startswith(self.title_leads)

    def is_external(self, prefix: str) -> bool:
        """Whether a prefix belongs to another system."""
        return prefix in self.external or prefix.rstrip("-_") in self.external

    def is_foreign(self, prefix: str) -> bool:
        """Whether a prefix is that of a standard or of another system, such as RFC or CVE."""
        first = re.match("[A-Z]*", prefix.upper())
        return self.is_external(prefix) or (first is not None and first[0] in _FOREIGN)

    def url(self, text: str) -> str:
        """The URL of an ID of another system; empty for other IDs."""
        match = _EXTERNAL.fullmatch(text)
        if not match:
            return ""
        prefix = match["prefix"]
        pattern = self.external.get(prefix) or self.external.get(prefix.rstrip("-_"), "")
        return pattern.replace("{id}", text).replace("{number}", match["number"])


def known_ids(
    templates: Iterable[Template], extra: Iterable[IdPattern], external: Mapping[str, str]
) -> KnownIds:
    """Collect the prefixes of templates and configuration; own ones are not inner ones too."""
    own: dict[str, IdPattern] = {}
    inner: dict[str, IdPattern] = {}
    leads: dict[str, None] = {}
    for template in templates:
        leads.update((each.lead, None) for each in template.title_ids)
        for pattern in template.ids:
            if pattern.scope != "workspace" and (pattern.is_open or pattern.prefix not in inner):
                inner[pattern.prefix] = pattern
            elif pattern.scope == "workspace" and pattern.defines:
                own.setdefault(pattern.prefix, pattern)
    for pattern in extra:
        (own if pattern.scope == "workspace" else inner)[pattern.prefix] = pattern
    for prefix in own:
        inner.pop(prefix, None)
    return KnownIds(own, inner, external, tuple(leads))


_OF_FOLDER = ":"


def own_key(text: str, path: str) -> str:
    """The compared form of a document's own ID.

    A bare number such as the `0012` of `0012-use-sqlite.md` is compared only with documents in the
    same folder.
    """
    key = key_of(text)
    return f"{_OF_FOLDER}{posixpath.dirname(path)}:{key}" if key.isdigit() else key


def is_number_key(key: str) -> bool:
    """Whether a key is the number of a document in its folder."""
    return key.startswith(_OF_FOLDER)


@lru_cache(maxsize=4096)
def path_keys(name: str) -> tuple[str, ...]:
    """The keys that a file or folder name carries: `bug-12` and `12`, or only `42`."""
    match = _PATH_ID.match(name)
    if not match:
        return ()
    number = key_of(match["number"])
    return (f"{re.sub('[_ ]', '-', match['prefix']).casefold()}{number}", number)


def id_in(text: str, pattern: IdPattern | None) -> tuple[str, Span] | None:
    """The ID that a field's value or a title begins with, and its span."""
    bare = text.strip("`*_[] ")
    start = text.find(bare) if bare else 0
    if pattern and not pattern.prefix:
        slug = _SLUG.match(bare)
        return (slug[0], Span(start, start + slug.end())) if slug else None
    found = leading_identifier(bare)
    if not found:
        return None
    if pattern and found.prefix != pattern.prefix:
        return None
    return found.text, found.span.shift(start)


def file_id(path: str, pattern: IdPattern | None) -> str:
    """The ID in a file name, such as the `BUG-012` of `bug-012-login-fails.md`."""
    if not pattern:
        return ""
    name = posixpath.basename(path)
    if not pattern.prefix:
        match = _FILE_NUMBER.match(name) if pattern.digits else None
        return match["number"] if match else ""
    match = _FILE_ID.match(name)
    if not match or match["prefix"].casefold() != pattern.prefix.rstrip("-_").casefold():
        return ""
    return f"{pattern.prefix}{match['number']}"


def any_file_id(path: str) -> str:
    """The ID in capitals with which a file name begins, whatever its prefix is."""
    match = _ANY_FILE_ID.match(posixpath.basename(path))
    return match[0] if match else ""
