"""What a branch changed: the files that differ from the commit where it began.

Git only lists what it knows. The working tree is compared here, because git would run the filters
that the repository's configuration names.
"""

from __future__ import annotations

import logging
import os
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from spec_lsp.storage.blobs import Blob, bytes_of, is_file_of, read_index, read_tree, with_lf
from spec_lsp.storage.files import Reading
from spec_lsp.storage.git import READ_SECONDS, contents, git, git_text, is_top
from spec_lsp.storage.project import Project
from spec_lsp.workspace.config import FILE_NAMES, has_settings
from spec_lsp.workspace.globs import matches

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Changes:
    """What differs from a commit.

    `paths` are the documents, templates and configuration files that do; `before` is what the
    commit has of them. `gone` are the other files and folders that it has and the disk has not.
    """

    paths: frozenset[str]
    before: Mapping[str, bytes]
    gone: frozenset[str]


def changed_since(project: Project, revision: str) -> Changes | None:
    """What differs from a revision; None if git does not know it.

    A branch is compared with the commit where it left the revision, uncommitted and new files
    included. Files that differ only by line ends are equal, since git may convert those. Its other
    conversions run programs or depend on attributes: files under them count as changed.
    """
    folder = project.folder
    commit = git_text(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    places = git_text(folder, "rev-parse", "--show-toplevel", "--show-prefix")
    top, _, prefix = places.partition("\n")
    if not commit or not is_top(folder, top):
        return None
    base = git_text(folder, "merge-base", commit, "HEAD") or commit
    tree = git(folder, "ls-tree", "-r", "-z", "--full-tree", base, seconds=READ_SECONDS)
    return None if tree is None else _compared(project, read_tree(tree, prefix))


def has_staged(folder: Path) -> bool:
    """Whether the index differs from HEAD; true if git does not tell."""
    arguments = ("diff-index", "--cached", "--name-only", "-z", "--no-ext-diff", "HEAD")
    return git(folder, *arguments, index=_index_of_hook(folder), seconds=READ_SECONDS) != b""


def reshapes(project: Project, changes: Changes) -> bool:
    """Whether a configuration, a template or the baseline is among the changes.

    They decide what is found in every document.
    """
    return any(_shapes(project, path, changes.before.get(path, b"")) for path in changes.paths)


def affected_by(project: Project, changes: Changes) -> set[str]:
    """The other documents that may be judged differently now than before some files changed."""
    found: set[str] = set()
    for path in filter(project.scope.holds, changes.paths):
        if path in changes.before:
            text = changes.before[path].decode("utf-8", "replace")
            found |= project.take(path, Reading(text))
        exists = project.disk.exists(path)
        found |= project.read(path) if exists else project.forget(path)
    for path in changes.gone:
        found |= project.workspace.index.referrers(path)
    return found - set(changes.paths)


def _compared(project: Project, old: Mapping[str, Blob]) -> Changes:
    """The files on the disk compared with a tree."""
    folder = project.folder
    now = _listed(folder)
    loaded = project.loaded
    own = {*project.paths, *loaded.template_paths, *FILE_NAMES, loaded.baseline} - {""}
    absent = {path for path in old if not os.path.lexists(folder / path)}
    gone = {path for path in absent if not now.get(path)}
    dropped = {path for path in gone if project.scope.holds(path) or _is_shape(project, path)}
    differing = dropped | {
        path for path in own & old.keys() if not _is_same(folder / path, old[path], now.get(path))
    }
    before = _before(folder, {path: old[path] for path in differing})
    changed = {
        path
        for path in differing
        if not (path in before and _is_same_text(folder / path, old[path], before[path]))
    }
    fresh = (own & now.keys()) - old.keys()
    return Changes(frozenset(changed | fresh), before, frozenset(_with_folders(folder, gone)))


def _listed(folder: Path) -> dict[str, Blob | None]:
    """What is in the index or on the disk and not ignored."""
    arguments = ("ls-files", "-v", "-s", "-z", "--others", "--exclude-standard")
    listing = git(folder, *arguments, index=_index_of_hook(folder), seconds=READ_SECONDS)
    return dict(read_index(listing or b""))


def _index_of_hook(folder: Path) -> str:
    """The index that a hook is told to read, as of `git commit -a`, if it is this repository's."""
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
    """What was in some files."""
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
    """Whether a file is as it was; one that a sparse checkout leaves out, if its blob is."""
    if skipped and not os.path.lexists(file):
        return skipped == old
    return is_file_of(file, old)


def _is_same_text(file: Path, old: Blob, before: bytes) -> bool:
    """Whether a file is as it was but for its line ends, whichever of the two has CRLF."""
    data = bytes_of(file, old)
    return data is not None and with_lf(data) == with_lf(before)


def _is_shape(project: Project, path: str) -> bool:
    config = project.loaded.settings.config
    return path in FILE_NAMES or project.loaded.shapes(path) or matches(path, config.templates)


def _shapes(project: Project, path: str, before: bytes) -> bool:
    if path in FILE_NAMES and path != project.loaded.config_path:
        return has_settings(path, before.decode("utf-8", "replace")) and bool(before)
    return _is_shape(project, path)


def _with_folders(folder: Path, gone: Iterable[str]) -> set[str]:
    """Some files that are gone, and the folders around them that are gone with them."""
    found = set(gone)
    around = {posixpath.dirname(path) for path in found} - {""}
    while around:
        absent = {each for each in around if each not in found and not (folder / each).exists()}
        found |= absent
        around = {posixpath.dirname(each) for each in absent} - {""}
    return found
