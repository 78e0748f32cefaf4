"""Paths in addresses."""

from __future__ import annotations

from urllib.parse import quote


def quoted(path: str) -> str:
    """A path as a part of a URI; a name that is not UTF-8 by its bytes."""
    try:
        return quote(path, errors="surrogateescape")
    except UnicodeEncodeError:
        # Windows has names with halves of surrogate pairs.
        return quote(path, errors="surrogatepass")
