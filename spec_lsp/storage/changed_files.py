"""What a branch changed: the files that differ from its merge base.

Git only lists its trees and its index. The working tree is compared here, because git would run
the filters that the repository's configuration names.
"""

from __future__ import annotations

import logging
import os
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from spec_lsp.markdown.parse import parse
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.host.blobs import Blob, bytes_of, is_file_of, read_index, read_tree, with_lf
from spec_lsp.storage.host.git import READ_SECONDS, contents, git, git_text, is_top
from spec_lsp.workspace.config.config import FILE_NAMES
from spec_lsp.workspace.config.read import has_settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Changes:
    """The differences of a folder from a commit.

    `paths` are the documents, templates and configuration files that differ, `before` are their
    contents in the commit. `gone` are the files and folders of the commit that the disk lacks.
    """

    paths: frozenset[str]
    before: Mapping[str, bytes]
    gone: frozenset[str]


def changed_since(folder: Folder, revision: str) -> Changes | None:
    """The differences from a revision; None if git does not know the revision.

    A branch is compared with the commit where it left the revision, uncommitted and new files
    included. Files that differ only by line ends are equal, since git may convert those. Other
    conversions of git run programs or depend on attributes: their files count as changed.
    """
    root = folder.root
    commit = git_text(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    places = git_text(root, "rev-parse", "--show-toplevel", "--show-prefix")
    top, _, prefix = places.partition("\n")
    if not commit or not is_top(root, top):
        return None
    base = git_text(root, "merge-base", commit, "HEAD") or commit
    tree = git(root, "ls-tree", "-r", "-z", "--full-tree", base, seconds=READ_SECONDS)
    return None if tree is None else _compared(folder, read_tree(tree, prefix))


def has_staged(folder: Path) -> bool:
    """Whether the index differs from HEAD; true if git fails."""
    arguments = ("diff-index", "--cached", "--name-only", "-z", "--no-ext-diff", "HEAD")
    return git(folder, *arguments, index=_index_of_hook(folder), seconds=READ_SECONDS) != b""


def reshapes(folder: Folder, changes: Changes) -> bool:
    """Whether a configuration, a template or the baseline is among the changes.

    The findings of every document depend on these files.
    """
    return any(_shapes(folder, path, changes.before.get(path, b"")) for path in changes.paths)


def affected_by(folder: Folder, changes: Changes) -> set[str]:
    """The other documents whose findings some changes may affect."""
    found: set[str] = set()
    for path in filter(folder.holds, changes.paths):
        if path in changes.before:
            text = changes.before[path].decode("utf-8", "replace")
            found |= folder.edit(parse(path, text))
        found |= folder.close(path)
    for path in changes.gone:
        found |= folder.workspace.index.referrers(path)
    return found - set(changes.paths)


def _compared(folder: Folder, old: Mapping[str, Blob]) -> Changes:
    """Compare the files on the disk with a tree."""
    root = folder.root
    now = _listed(root)
    loaded = folder.loaded
    own = {*folder.documents, *loaded.template_paths, *FILE_NAMES, loaded.baseline} - {""}
    absent = {path for path in old if not os.path.lexists(root / path)}
    gone = {path for path in absent if not now.get(path)}
    dropped = {path for path in gone if folder.holds(path) or _is_shape(folder, path)}
    differing = dropped | {
        path for path in own & old.keys() if not _is_same(root / path, old[path], now.get(path))
    }
    before = _before(root, {path: old[path] for path in differing})
    changed = {
        path
        for path in differing
        if not (path in before and _is_same_text(root / path, old[path], before[path]))
    }
    fresh = (own & now.keys()) - old.keys()
    return Changes(frozenset(changed | fresh), before, frozenset(_with_folders(root, gone)))


def _listed(folder: Path) -> dict[str, Blob | None]:
    """The files in the index of git, and the untracked ones that are not ignored."""
    arguments = ("ls-files", "-v", "-s", "-z", "--others", "--exclude-standard")
    listing = git(folder, *arguments, index=_index_of_hook(folder), seconds=READ_SECONDS)
    return dict(read_index(listing or b""))


def _index_of_hook(folder: Path) -> str:
    """The index file that git gives to a hook (`git commit -a`), if it is this repository's."""
    given = os.environ.get("GIT_INDEX_FILE")
    if not given:
        return ""
    own = git_text(folder, "rev-parse", "--absolute-git-dir")
    try:
        file = Path(given).absolute()
        return str(file) if own and file.parent.samefile(own) else ""
    except (OSError, ValueError):
        return ""


def _before(folder: Path, differing: Mapping[str, Blob]) -> dict[str, bytes]:
    """The contents of some files in the commit."""
    blobs = contents(folder, {blob.name for blob in differing.values()})
    found = {path: blobs[blob.name] for path, blob in differing.items() if blob.name in blobs}
    if missing := len(differing) - len(found):
        logger.warning(
            "git has no content of %d changed files, as in a partial clone; "
            "what their changes break in other files is not found",
            missing,
        )
    return found


def _is_same(file: Path, old: Blob, skipped: Blob | None) -> bool:
    """Whether a file is unchanged; outside of a sparse checkout, whether its blob is."""
    if skipped and not os.path.lexists(file):
        return skipped == old
    return is_file_of(file, old)


def _is_same_text(file: Path, old: Blob, before: bytes) -> bool:
    """Whether a file is unchanged except for line ends; either side may have CRLF."""
    data = bytes_of(file, old)
    return data is not None and with_lf(data) == with_lf(before)


def _is_shape(folder: Folder, path: str) -> bool:
    return folder.loaded.shapes(path)


def _shapes(folder: Folder, path: str, before: bytes) -> bool:
    if path in FILE_NAMES and path != folder.loaded.config_path:
        return has_settings(path, before.decode("utf-8", "replace")) and bool(before)
    return _is_shape(folder, path)


def _with_folders(folder: Path, gone: Iterable[str]) -> set[str]:
    """Some deleted files, and the folders around them that were deleted too."""
    found = set(gone)
    around = {posixpath.dirname(path) for path in found} - {""}
    while around:
        absent = {each for each in around if each not in found and not (folder / each).exists()}
        found |= absent
        around = {posixpath.dirname(each) for each in absent} - {""}
    return found
