"""From URIs to paths and back.

Only `file:` URIs have paths. Documents of other schemes are served by themselves, under their URI.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

BUILTIN = "spec-lsp-builtin"
_DRIVE = re.compile(r"^/?(?P<drive>[A-Za-z]):(?=/|$)")


def to_path(uri: str) -> str | None:
    """The path of a `file:` URI, with forward slashes; a drive letter is lower case."""
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
    """Whether a text can be taken apart as a URI; `file://[bad` cannot."""
    try:
        return bool(urlsplit(text).scheme)
    except ValueError:
        return False


def to_uri(path: str) -> str:
    """The URI of a path."""
    path = path.replace("\\", "/")
    drive = _DRIVE.match(path)
    if drive:
        return f"file:///{drive['drive'].lower()}%3A{quote(path[drive.end() :])}"
    if path.startswith("//"):
        host, _, rest = path[2:].partition("/")
        return f"file://{host}/{quote(rest)}"
    return f"file://{quote(path)}"


def same(uri: str) -> str:
    """A URI as it is compared: clients differ in what they escape."""
    path = to_path(uri)
    return to_uri(path) if path is not None else uri
