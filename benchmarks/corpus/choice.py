"""The workspace to measure: made up, made up and hard, or a copy of a folder."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus.hard import HARD, hard_texts
from benchmarks.corpus.workspace import TYPED, texts, typed_paths, write


@dataclass(frozen=True)
class Choice:
    """A workspace that can be written any number of times; `folder` is what is copied, if any."""

    documents: int
    seed: int = 1
    is_hard: bool = False
    folder: Path | None = None

    def write(self, to: Path, most: int = 0) -> None:
        """Write the workspace, with at most that many documents if it is made up."""
        if self.folder:
            shutil.copytree(self.folder, to, symlinks=True)
        else:
            documents = min(self.documents, most or self.documents)
            write(to, documents, self.seed, hard_texts if self.is_hard and not most else texts)

    def typed_paths(self, folder: Path) -> Mapping[str, str]:
        """The documents to type in that are written for it, by name."""
        return {} if self.folder else typed_paths(folder, HARD if self.is_hard else TYPED)


def add_options(parser: ArgumentParser, documents: int) -> None:
    """Add the options that choose a workspace."""
    parser.add_argument("--documents", type=int, default=documents)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hard", action="store_true", help="with problems, hubs, long documents")


def chosen(given: Namespace) -> Choice:
    """The workspace that the options choose."""
    folder: Path | None = getattr(given, "folder", None)
    documents = len([*folder.rglob("*.md")]) if folder else given.documents
    return Choice(documents, given.seed, given.hard, folder)
