"""Conversion between URIs and paths.

Only `file:` URIs have paths. Documents with other schemes belong to no folder; their path is the
URI.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

BUILTIN = "spec-lsp-builtin"
_DRIVE = re.compile(r"^/?(?P<drive>[A-Za-z]):(?=/|$)")


def to_path(uri: str) -> str | None:
    """Convert a `file:` URI to a path with forward slashes and a lower-case drive letter."""
    if not is_uri(uri):
        return None
    parts = urlsplit(uri)
    path = unquote(parts.path)
    if parts.scheme != "file" or "\0" in path:
        return None
    if parts.netloc and parts.netloc != "localhost":
        return f"//{parts.netloc}{path}"
    drive = _DRIVE.match(path)
    if drive:
        return f"{drive['drive'].lower()}:{path[drive.end() :] or '/'}"
    return path


def is_uri(text: str) -> bool:
    """Whether a text can be parsed as a URI; `file://[bad` cannot."""
    try:
        return bool(urlsplit(text).scheme)
    except ValueError:
        return False


def to_uri(path: str) -> str:
    """Convert a path to a URI."""
    path = path.replace("\\", "/")
    drive = _DRIVE.match(path)
    if drive:
        return f"file:///{drive['drive'].lower()}%3A{quote(path[drive.end() :])}"
    if path.startswith("//"):
        host, _, rest = path[2:].partition("/")
        return f"file://{host}/{quote(rest)}"
    return f"file://{quote(path)}"


def same(uri: str) -> str:
    """Normalize a URI for comparison: clients differ in what they escape."""
    path = to_path(uri)
    return to_uri(path) if path is not None else uri
