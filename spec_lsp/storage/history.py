"""Git history: the user's name, and the template at the creation of each document.

A document is created by its first commit. The number of git calls is fixed: it does not grow with
the number of documents.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from spec_lsp.markdown.parse import parse
from spec_lsp.storage.host.git import READ_SECONDS, contents, git, git_text, is_top
from spec_lsp.storage.store import Store
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import Overlay, Template
from spec_lsp.workspace.packed import pack, unpack
from spec_lsp.workspace.settings import Settings

_COMMIT = b"\x01"


@dataclass(frozen=True)
class History:
    """Earlier versions of the templates.

    `creation_commit` is the first commit of each document, `blobs` the blob of each template at
    each commit, and `texts` the text of each blob.
    """

    creation_commit: dict[str, str] = field(default_factory=dict)
    blobs: dict[tuple[str, str], str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def mark(self, path: str) -> str:
        """The part of a document's cache key that depends on the history."""
        return self.creation_commit.get(path, "") if self.blobs else ""

    def text_of(self, path: str, template: Template) -> str | None:
        """The text of a template at the creation of a document; None if it is not known."""
        commit = self.creation_commit.get(path)
        blob = self.blobs.get((commit, template.path)) if commit else None
        return self.texts.get(blob) if blob else None

    def template_of(self, path: str, template: Template) -> Template | None:
        """The template at the creation of a document, if it is known and differs."""
        text = self.text_of(path, template)
        if text is None or text == template.document.text or template.is_foreign:
            return None
        return _inferred(template.path, text, template.over)


def author(folder: Path) -> str:
    """The user's name in the git configuration."""
    return git_text(folder, "config", "user.name")


def history_of(
    folder: Path, settings: Settings, cache: Store, *, is_whole: bool = False
) -> History:
    """The history of a folder, cached by HEAD and templates; empty if disabled or shallow.

    The whole one has templates that have only one version, too; their files may have been edited
    since the last commit.
    """
    templates = tuple(template.path for template in settings.written_templates)
    if not templates or not settings.config.history:
        return History()
    facts = git_text(
        folder, "rev-parse", "--is-shallow-repository", "--show-toplevel", "--show-prefix",
        "--verify", "HEAD",
    ).split("\n")  # fmt: skip
    if len(facts) < 3 or facts[0] != "false" or not is_top(folder, facts[1]):
        return History()
    prefix = facts[2] if len(facts) == 4 else ""
    asked = (prefix, facts[-1], templates, is_whole)
    name = hashlib.blake2b(pack(asked), digest_size=16).hexdigest()
    if kept := cache.fact(f"history:{name}"):
        with suppress(ValueError, TypeError, EOFError):
            return History(*unpack(kept))
    found = _history(folder, *asked)
    if found is None:  # Not cached: git may succeed, or be faster, the next time.
        return History()
    cache.keep_fact("history", name, pack((found.creation_commit, found.blobs, found.texts)))
    return found


def _history(
    folder: Path,
    prefix: str,
    head: str,
    templates: tuple[str, ...],
    is_whole: bool,  # noqa: FBT001
) -> History | None:
    """Read the history with git; None if a call fails."""
    log = git(
        folder, "log", "--reverse", "--no-show-signature", "--no-ext-diff", "--no-textconv",
        "--diff-filter=ADMR", "--find-renames", "--name-status", "-z",
        f"--format={_COMMIT.decode()}%H", head, "--", "*.md", *templates, seconds=READ_SECONDS,
    )  # fmt: skip
    if log is None:
        return None
    creation_commit, names, versions = _births(_events(log), {prefix + path for path in templates})
    least = 1 if is_whole else 2
    changed = {path for path in templates if versions.get(prefix + path, 0) >= least}
    creation_commit = {
        path[len(prefix) :]: commit
        for path, commit in creation_commit.items()
        if path.startswith(prefix)
    }
    asked = [
        (commit, path, name)
        for commit in dict.fromkeys(creation_commit.values())
        for path in sorted(changed)
        for name in names.get(prefix + path, [prefix + path])
        if "\n" not in name
    ]
    blobs = _blobs(folder, asked)
    if blobs is None:
        return None
    found = contents(folder, sorted(set(blobs.values())))
    return History(creation_commit, blobs, {blob: _decoded(data) for blob, data in found.items()})


def _events(log: bytes) -> Iterator[tuple[str, str, str, str]]:
    """Commit, status letter, path, and for a rename the old path; oldest first."""
    commit = ""
    words = iter(log.split(b"\0"))
    for word in words:
        letter = word.lstrip(b"\n")
        if letter.startswith(_COMMIT):
            commit = letter[1:].decode("ascii", "replace").strip()
        elif letter[:1] == b"R":
            old, new = os.fsdecode(next(words, b"")), os.fsdecode(next(words, b""))
            yield commit, "R", new, old
        elif letter:
            yield commit, letter[:1].decode("ascii", "replace"), os.fsdecode(next(words, b"")), ""


def _births(
    events: Iterable[tuple[str, str, str, str]], templates: set[str]
) -> tuple[dict[str, str], dict[str, list[str]], dict[str, int]]:
    """The first commit of each path, all names that templates had, and how often they changed."""
    creation_commit: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    versions: dict[str, int] = {}
    for commit, letter, path, old in events:
        if letter == "A":
            creation_commit.setdefault(path, commit)
            versions[path] = versions.get(path, 0) + 1
        elif letter == "D":
            creation_commit.pop(path, None)
        elif letter == "R":
            creation_commit[path] = creation_commit.pop(old, commit)
            names[path] = [*names.get(path, [path]), *names.get(old, [old])]
            versions[path] = versions.get(old, 0) + 1
        else:
            versions[path] = versions.get(path, 0) + 1
    known = {path: found for path, found in names.items() if path in templates}
    return creation_commit, known, versions


def _blobs(folder: Path, asked: list[tuple[str, str, str]]) -> dict[tuple[str, str], str] | None:
    """The blob of each template at each commit; of several names, the first that existed."""
    given = os.fsencode("".join(f"{commit}:{name}\n" for commit, _, name in asked))
    answer = (
        git(folder, "cat-file", "--batch-check", given=given, seconds=READ_SECONDS)
        if asked
        else b""
    )
    if answer is None:
        return None
    found: dict[tuple[str, str], str] = {}
    for (commit, path, _), line in zip(asked, answer.splitlines(), strict=False):
        words = line.split()
        if len(words) == 3 and words[1] == b"blob":
            found.setdefault((commit, path), words[0].decode("ascii"))
    return found


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


@cache  # The arguments alone determine the result, so nothing invalidates it.
def _inferred(path: str, text: str, over: Overlay) -> Template:
    return infer(parse(path, text), over=over)
