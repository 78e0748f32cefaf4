"""A repository whose configuration names a program wherever git lets it; each leaves a mark."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.storage.trees import commit, git, grow

HOOKS = ("fsmonitor-watchman", "post-index-change", "pre-auto-gc", "reference-transaction",
         "post-checkout")  # fmt: skip
PROGRAMS = (
    "core.fsmonitor", "core.pager", "core.editor", "core.askPass", "core.sshCommand",
    "core.gitProxy", "core.alternateRefsCommand", "pager.log", "pager.config", "sequence.editor",
    "filter.trap.clean", "filter.trap.smudge", "filter.outside.clean", "filter.talk.process",
    "diff.external", "diff.trap.command", "diff.trap.textconv", "merge.trap.driver",
    "gpg.program", "gpg.ssh.program", "gpg.x509.program", "credential.helper",
    "interactive.diffFilter", "remote.origin.uploadpack", "uploadpack.packObjectsHook",
)  # fmt: skip
ALIASES = ("log", "config", "ls-files", "ls-tree", "rev-parse", "cat-file", "diff-index")
PLAIN = {
    "log.showSignature": "true",
    "protocol.allow": "always",
    "protocol.ext.allow": "always",
    "core.repositoryFormatVersion": "1",
    "extensions.partialClone": "origin",
    "remote.origin.promisor": "true",
}
TEMPLATE = ".spec-lsp/templates/note.md"
OLD = "# Note: [Title]\n\n**ID**: NOTE-XXX\n**Status**: Draft | Done\n"
NEW = f"{OLD}\n## Risks\n"
FIRST = (
    "# Note: First\n\n**ID**: NOTE-001\n**Status**: Doen\n\n"
    "See NOTE-002, ![a picture](a.txt).\n\n## Risks\n"
)
SECOND = "# Note: Second\n\n**ID**: NOTE-002\n**Status**: Draft\n\nSee NOTE-001.\n\n## Risks\n"
ATTRIBUTES = "*.md filter=trap diff=trap merge=trap\n*.txt filter=talk\n"


@dataclass(frozen=True)
class Hostile:
    """The repository, the folder of the programs, and the file in which they leave their names."""

    folder: Path
    programs: Path
    marked: Path

    @property
    def marks(self) -> set[str]:
        """The programs that were run."""
        return set(self.marked.read_text().split()) if self.marked.exists() else set()

    def trap(self, name: str, place: Path | None = None) -> str:
        """A program that leaves its name."""
        file = place or self.programs / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"#!/bin/sh\necho {name} >> '{self.marked}'\n")
        file.chmod(0o755)
        return str(file)


def hostile_repository(around: Path) -> Hostile:
    """Two documents, a template that has changed since, and uncommitted edits of everything."""
    made = Hostile(around / "repository", around / "programs", around / "marks")
    folder = made.folder
    commit(folder, {TEMPLATE: OLD, "NOTE-001-first.md": FIRST, "a.txt": "a", "gone.txt": ""})
    old_template = git(folder, "rev-parse", f"HEAD:{TEMPLATE}")
    commit(folder, {TEMPLATE: NEW, "NOTE-002-second.md": SECOND, ".gitattributes": ATTRIBUTES})
    _sign(folder, around)
    for name in HOOKS:
        made.trap(f"hook:{name}", made.programs / "hooks" / name)
    _configure(made)
    # A partial clone lacks contents, and fetches them when it is asked for them.
    (folder / ".git" / "objects" / old_template[:2] / old_template[2:]).unlink()
    grow(folder, {"NOTE-002-second.md": f"{SECOND}\nMore.\n", "a.txt": "b", "new.md": "# New\n"})
    (folder / "gone.txt").unlink()
    return made


def _configure(made: Hostile) -> None:
    outside = grow(made.programs, {"attributes": "*.md filter=outside\n"})
    settings = dict(PLAIN)
    settings |= {name: made.trap(name) for name in PROGRAMS}
    settings |= {f"alias.{name}": f"!{made.trap(f'alias.{name}')}" for name in ALIASES}
    settings["remote.origin.url"] = f"ext::{made.trap('ext')} %S"
    settings["core.hooksPath"] = str(made.programs / "hooks")
    settings["core.attributesFile"] = str(outside / "attributes")
    included = made.programs / "included"
    included.write_text(f'[trailer "trap"]\n\tcommand = {made.trap("trailer.trap.command")}\n')
    settings["include.path"] = str(included)
    for name, value in settings.items():
        git(made.folder, "config", name, value)


def _sign(folder: Path, around: Path) -> None:
    """Put a signature on the last commit, for a program to verify it."""
    head, _, message = git(folder, "cat-file", "commit", "HEAD").partition("\n\n")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n eA==\n -----END PGP SIGNATURE-----"
    file = around / "commit"
    file.write_text(f"{head}\n{signature}\n\n{message}\n")
    git(folder, "reset", "-q", git(folder, "hash-object", "-w", "-t", "commit", str(file)))
