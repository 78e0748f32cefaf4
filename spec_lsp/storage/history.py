"""Git history: the user's name, and the template at the creation of each document.

A document is created by the first commit that has it, on any branch; renames, and a deletion in
between, change nothing. The number of git calls is fixed: it does not grow with the number of
documents.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from spec_lsp.memo import once
from spec_lsp.storage.cache_key import program
from spec_lsp.storage.host.git import READ_SECONDS, contents, git, git_text, is_top
from spec_lsp.storage.store import Store
from spec_lsp.template.read.earlier import earlier_version, later_than_document
from spec_lsp.template.schema import Template
from spec_lsp.workspace.packed import pack, unpack
from spec_lsp.workspace.settings import Settings

_COMMIT = b"\x01"


class Event(NamedTuple):
    """A file that a commit adds (A), modifies (M), deletes (D) or renames (R) from `old`."""

    letter: str
    path: str
    old: str
    blob: str


class Commit(NamedTuple):
    """A commit: what it changes compared with its first parent."""

    name: str
    parent: str
    date: str
    events: list[Event]


@dataclass(frozen=True)
class History:
    """Earlier versions of the templates.

    `creation_commit` is the first commit of each document, `blobs` the blob of each template at
    each of these commits, `texts` the text and `dates` the first day of each blob. Only the
    templates at `tracked` are in the history.
    """

    creation_commit: dict[str, str] = field(default_factory=dict)
    tracked: tuple[str, ...] = ()
    blobs: dict[tuple[str, str], str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)

    def plain(self) -> tuple[Any, ...]:
        """All fields, as plain values."""
        return self.creation_commit, self.tracked, self.blobs, self.texts, self.dates

    def mark(self, path: str) -> str:
        """The part of a document's cache key that depends on the history."""
        return self.creation_commit.get(path, "") if self.tracked else ""

    def template_of(self, path: str, template: Template) -> Template:
        """The version of a template at the creation of a document; the current one if unknown."""
        commit = self.creation_commit.get(path)
        if not commit or template.path not in self.tracked:
            return template
        blob = self.blobs.get((commit, template.path))
        if not blob:
            return once(template, later_than_document)
        text = self.text_of(path, template)
        if text is None or text == template.document.text:
            return template
        return once(template, earlier_version, text, self.dates[blob])

    def text_of(self, path: str, template: Template) -> str | None:
        """The text of a template at the creation of a document; None if it is not known."""
        commit = self.creation_commit.get(path)
        blob = self.blobs.get((commit, template.path)) if commit else None
        return self.texts.get(blob) if blob else None


def author(folder: Path) -> str:
    """The user's name in the git configuration."""
    return git_text(folder, "config", "user.name")


def history_of(folder: Path, settings: Settings, cache: Store) -> History:
    """The history of a folder, cached by HEAD and templates; empty if disabled or shallow."""
    templates = settings.written_paths
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
    name = hashlib.blake2b(program() + pack(asked), digest_size=16).hexdigest()
    if kept := cache.fact(f"history:{name}"):
        with suppress(ValueError, TypeError, EOFError):
            return History(*unpack(kept))
    found = _history(folder, *asked)
    if found is None:  # Not cached: git may succeed, or be faster, the next time.
        return History()
    cache.keep_fact("history", name, pack(found.plain()))
    return found


def _history(folder: Path, prefix: str, head: str, templates: tuple[str, ...]) -> History | None:
    """Read the history with git; None if a call fails."""
    # With `--parents`, a commit's parent is the last commit before it that changes such files. With
    # `--diff-filter`, merge commits without changes, which may be parents, would be left out.
    log = git(
        folder, "log", "--reverse", "--date-order", "--full-history", "--parents",
        "--diff-merges=first-parent", "--no-show-signature", "--no-ext-diff", "--no-textconv",
        "--find-renames", "--raw", "--no-abbrev", "-z",
        f"--format={_COMMIT.decode()}%H %cs %P", head, "--", "*.md", *templates,
        seconds=READ_SECONDS,
    )  # fmt: skip
    if log is None:
        return None
    commits = [*_commits(log)]
    names = {path: _names(commits, prefix + path) for path in templates}
    known = {name for found in names.values() for name in found}
    births = {
        path[len(prefix) :]: commit
        for path, commit in _births(commits, known).items()
        if path.startswith(prefix)
    }
    states, dates = _states(commits, known), _dates(commits, known)
    blobs = {
        (commit, path): blob
        for commit in set(births.values())
        for path, found in names.items()
        if (blob := _first(states.get(commit, {}), found))
    }
    texts = contents(folder, sorted(set(blobs.values())))
    return History(
        births,
        tuple(path for path, found in names.items() if any(name in dates for name in found)),
        blobs,
        {blob: data.decode("utf-8", "replace") for blob, data in texts.items()},
        {blob: date for found in dates.values() for blob, date in found.items()},
    )


def _commits(log: bytes) -> Iterator[Commit]:
    """Read the output of `git log --raw -z`: parents come before their children."""
    commit = Commit("", "", "", [])
    words = iter(log.split(b"\0"))
    for word in words:
        fact = word.lstrip(b"\n")
        if fact.startswith(_COMMIT):
            if commit.name:
                yield commit
            name, date, *parents = fact[1:].decode("ascii", "replace").split()
            commit = Commit(name, parents[0] if parents else "", date, [])
        elif fact.startswith(b":"):
            *_, blob, letter = fact.decode("ascii", "replace").split(" ")
            old = os.fsdecode(next(words, b""))
            path = os.fsdecode(next(words, b"")) if letter[0] in "RC" else old
            commit.events.append(Event(letter[0], path, old, blob))
    if commit.name:
        yield commit


def _names(commits: Sequence[Commit], path: str) -> list[str]:
    """All names that a template had, the latest first."""
    found = [path]
    for commit in reversed(commits):
        for event in commit.events:
            if event.letter == "R" and event.path in found and event.old not in found:
                found.append(event.old)
    return found


def _births(commits: Iterable[Commit], templates: Container[str]) -> dict[str, str]:
    """The first commit of each path; before a commit that makes a document of the template."""
    found: dict[str, str] = {}
    for commit in commits:
        for event in commit.events:
            if event.letter == "D" or event.path in found:
                continue
            if event.letter == "R" and event.old in templates:
                found[event.path] = commit.parent or commit.name
            else:
                found[event.path] = found.get(event.old, commit.name)
    return found


def _states(commits: Iterable[Commit], names: Container[str]) -> dict[str, dict[str, str]]:
    """The blobs of the files with some names, at each commit."""
    states: dict[str, dict[str, str]] = {}
    for commit in commits:
        state = states.get(commit.parent, {})
        for event in commit.events:
            if event.path in names or event.old in names:
                gone = event.path if event.letter == "D" else event.old
                state = {name: blob for name, blob in state.items() if name != gone}
                if event.letter != "D" and event.path in names:
                    state[event.path] = event.blob
        states[commit.name] = state
    return states


def _first(state: dict[str, str], names: Iterable[str]) -> str:
    """The blob of the first of several names that exists."""
    return next((state[name] for name in names if name in state), "")


def _dates(commits: Iterable[Commit], names: Container[str]) -> dict[str, dict[str, str]]:
    """The day of the first commit that has each blob, for the files with some names."""
    dates: dict[str, dict[str, str]] = {}
    for commit in commits:
        for event in commit.events:
            if event.path in names and event.letter != "D":
                dates.setdefault(event.path, {}).setdefault(event.blob, commit.date)
    return dates
