"""The port to the disk: neither this package nor a lower layer reads files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.workspace.index import Index
    from spec_lsp.workspace.settings import Settings


class Files(Protocol):
    """The port to the file system."""

    def exists(self, path: str) -> bool:
        """Whether a file or folder is at a path."""
        ...

    def nearby(self, folder: str) -> Iterable[str]:
        """The names of the files in a folder, to suggest similar link targets."""
        ...

    def claimed(self) -> str:
        """The paths of documents on other branches and in other worktrees, one a line."""
        ...


class NoFiles:
    """An empty file system, for a single document."""

    def exists(self, path: str) -> bool:  # noqa: ARG002 -- the port fixes the parameters.
        """Return False: there are no files."""
        return False

    def nearby(self, folder: str) -> Iterable[str]:  # noqa: ARG002
        """Return no names: there are no files."""
        return ()

    def claimed(self) -> str:
        """Return no paths: there are no branches."""
        return ""


class Places(Protocol):
    """What a workspace has of itself when links are looked up."""

    settings: Settings
    files: Files
    index: Index
