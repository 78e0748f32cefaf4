"""Paths in URIs."""

from __future__ import annotations

from urllib.parse import quote


def quoted(path: str) -> str:
    """Percent-encode a path; names that are not UTF-8 by their bytes."""
    try:
        return quote(path, errors="surrogateescape")
    except UnicodeEncodeError:
        # Names on Windows may contain lone surrogates.
        return quote(path, errors="surrogatepass")
