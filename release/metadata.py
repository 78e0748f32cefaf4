"""The description and the URLs of the Python package, which need the repository's address.

Without one in `pyproject.toml`, links to files become plain text and pictures are left out, because
on a package index they would lead nowhere.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_RELATIVE = r"(?!https?:|#|mailto:)(?P<path>[^)\s]+)"
_PICTURE = re.compile(rf"!\[(?P<text>[^\]]*)\]\({_RELATIVE}\)\n?")
_LINK = re.compile(rf"(?<!!)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\({_RELATIVE}\)")


class Hook(MetadataHookInterface):
    """Sets the fields that `pyproject.toml` lists as dynamic."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the description and the URLs."""
        address = str(self.config["repository"]).rstrip("/")
        readme = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        tag = f"v{metadata['version']}"
        text = description(readme, address, tag)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
        metadata["urls"] = urls(address, tag)


def description(readme: str, address: str, tag: str) -> str:
    """The README for readers elsewhere: links to files of the tag, or none without an address."""
    if not address:
        return _LINK.sub(r"\g<text>", _PICTURE.sub("", readme))
    pictures = _PICTURE.sub(rf"![\g<text>]({address}/raw/{tag}/\g<path>)\n", readme)
    return _LINK.sub(rf"[\g<text>]({address}/blob/{tag}/\g<path>)", pictures)


def urls(address: str, tag: str) -> dict[str, str]:
    """The URLs of the project, if its address is known."""
    if not address:
        return {}
    return {
        "Source": address,
        "Issues": f"{address}/issues",
        "Documentation": f"{address}/tree/{tag}/docs",
        "Changelog": f"{address}/blob/{tag}/CHANGELOG.md",
    }
