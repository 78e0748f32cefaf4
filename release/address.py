"""The address of the repository: one line of `pyproject.toml`, written into every file with it.

Until the project is published the line is empty, files say `ADDRESS` and `OWNER/spec-lsp`, and
their readers install from a clone. `make release-files` replaces both as soon as it is filled in.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

FILES = ("README.md", "docs/*.md", "spec_lsp/rules/engine/pages.py")
# An address, after what is before it in a file.
_PLACES = (
    (r"( - repo: )\S+(?=\n +rev: v)", "{address}"),
    (r"( - )\S+(?=/raw/v[\d.]+/packaging/)", "{address}"),
    (r"( uses: )[^\s/]+/spec-lsp(?=@v)", "{slug}"),
    (r'(\nSITE = ")[^"]*(?=")', "{site}"),
)
_LINE = r"[^\n]*(?:`ADDRESS`|`OWNER/|not in a package index yet)[^\n]*\n"
# What is true only before: lines about the stand-ins, and installing from a clone.
_BEFORE = (
    (rf"(?<=\n\n)(?:{_LINE})+\n", ""),
    (rf"(?m)^{_LINE}", ""),
    (r"(?m)^make -C spec-lsp npm\n", ""),
    (r"(npm install --global )\S+spec-lsp-[\d.]+\.tgz", r"\1spec-lsp"),
    (r"(?m)^git clone ADDRESS spec-lsp\n", ""),
    (r"(?m)^git -C spec-lsp pull\n", ""),
    (r"install --force \./spec-lsp", "upgrade spec-lsp"),
    (r"(install )\./spec-lsp", r"\1spec-lsp"),
    (r'"spec-lsp @ git\+ADDRESS@v([\d.]+)"', r"spec-lsp==\1"),
)


def repository(root: Path) -> str:
    """The address of the repository; empty until it is published."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    hook = tomllib.loads(text)["tool"]["hatch"]["metadata"]["hooks"]["custom"]
    return str(hook["repository"]).rstrip("/")


def site(address: str) -> str:
    """Where `pages.yml` publishes the site; empty for other hosts than GitHub."""
    parts = urlsplit(address)
    owner, _, name = parts.path.strip("/").partition("/")
    return f"https://{owner.lower()}.github.io/{name}" if parts.netloc == "github.com" else ""


def with_address(text: str, address: str) -> str:
    """The text of a file with the address in it; unchanged without one."""
    if not address:
        return text
    for pattern, new in _BEFORE:
        text = re.sub(pattern, new, text)
    slug = urlsplit(address).path.strip("/")
    for pattern, new in _PLACES:
        written = new.format(address=address, slug=slug, site=site(address))
        text = re.sub(pattern, rf"\g<1>{written}", text)
    return text
