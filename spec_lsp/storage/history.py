"""What git remembers: who is writing, and the template as it stood when a document was made.

A document's template is that of its first commit. Git is asked a fixed number of times, however
many documents there are.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from spec_lsp.markdown import parse
from spec_lsp.storage.cache import Cache
from spec_lsp.storage.git import READ_SECONDS, contents, git, git_text, is_top
from spec_lsp.template.infer import infer
from spec_lsp.template.model import Template
from spec_lsp.workspace.packing import pack, unpack
from spec_lsp.workspace.workspace import Settings

_COMMIT = b"\x01"


@dataclass(frozen=True)
class History:
    """The templates of the past.

    `born` is the first commit of each document; `blobs` the content of each template at a commit,
    by its name in git, and `texts` what stands in it.
    """

    born: dict[str, str] = field(default_factory=dict)
    blobs: dict[tuple[str, str], str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def mark(self, path: str) -> str:
        """What the past adds to the judgement of a document: two equal marks, the same."""
        return self.born.get(path, "") if self.blobs else ""

    def template_of(self, path: str, template: Template) -> Template | None:
        """The template as it stood when a document was made, if it is known and differs."""
        commit = self.born.get(path)
        blob = self.blobs.get((commit, template.path)) if commit else None
        text = self.texts.get(blob) if blob else None
        if text is None or text == template.document.text:
            return None
        return _inferred(template.path, text)


def author(folder: Path) -> str:
    """The name under which the user commits."""
    return git_text(folder, "config", "user.name")


def history_of(folder: Path, settings: Settings, cache: Cache) -> History:
    """What git knows of a folder; nothing where history is switched off or incomplete."""
    templates = tuple(template.path for template in settings.own_templates)
    if not templates or not settings.config.history:
        return History()
    facts = git_text(
        folder, "rev-parse", "--is-shallow-repository", "--show-toplevel", "--show-prefix",
        "--verify", "HEAD",
    ).split("\n")  # fmt: skip
    if len(facts) < 3 or facts[0] != "false" or not is_top(folder, facts[1]):
        return History()
    prefix = facts[2] if len(facts) == 4 else ""
    asked = (prefix, facts[-1], templates)
    name = hashlib.blake2b(pack(asked), digest_size=16).hexdigest()
    if kept := cache.fact(f"history:{name}"):
        with suppress(ValueError, TypeError, EOFError):
            return History(*unpack(kept))
    found = _history(folder, *asked)
    if found is None:  # Not cached: git may succeed, or be faster, the next time.
        return History()
    cache.keep_fact("history", name, pack((found.born, found.blobs, found.texts)))
    return found


def _history(folder: Path, prefix: str, head: str, templates: tuple[str, ...]) -> History | None:
    """What git knows; None if it does not succeed."""
    log = git(
        folder, "log", "--reverse", "--no-show-signature", "--no-ext-diff", "--no-textconv",
        "--diff-filter=ADMR", "--find-renames", "--name-status", "-z",
        f"--format={_COMMIT.decode()}%H", head, "--", "*.md", *templates, seconds=READ_SECONDS,
    )  # fmt: skip
    if log is None:
        return None
    born, names, versions = _births(_events(log), {prefix + path for path in templates})
    changed = {path for path in templates if versions.get(prefix + path, 0) > 1}
    born = {path[len(prefix) :]: commit for path, commit in born.items() if path.startswith(prefix)}
    asked = [
        (commit, path, name)
        for commit in dict.fromkeys(born.values())
        for path in sorted(changed)
        for name in names.get(prefix + path, [prefix + path])
        if "\n" not in name
    ]
    blobs = _blobs(folder, asked)
    if blobs is None:
        return None
    found = contents(folder, sorted(set(blobs.values())))
    return History(born, blobs, {blob: _decoded(data) for blob, data in found.items()})


def _events(log: bytes) -> Iterator[tuple[str, str, str, str]]:
    """Commit, what happened, the path, and for a rename the path before it; oldest first."""
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
    born: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    versions: dict[str, int] = {}
    for commit, letter, path, old in events:
        if letter == "A":
            born.setdefault(path, commit)
            versions[path] = versions.get(path, 0) + 1
        elif letter == "D":
            born.pop(path, None)
        elif letter == "R":
            born[path] = born.pop(old, commit)
            names[path] = [*names.get(path, [path]), *names.get(old, [old])]
            versions[path] = versions.get(old, 0) + 1
        else:
            versions[path] = versions.get(path, 0) + 1
    known = {path: found for path, found in names.items() if path in templates}
    return born, known, versions


def _blobs(folder: Path, asked: list[tuple[str, str, str]]) -> dict[tuple[str, str], str] | None:
    """What each template held at each commit; of several names the first that was there."""
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


@cache
def _inferred(path: str, text: str) -> Template:
    return infer(parse(path, text))
