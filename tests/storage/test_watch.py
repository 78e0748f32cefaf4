"""`check --watch` detects changes on the disk, of files and of whole folders."""

from __future__ import annotations

import shutil
from pathlib import Path

from spec_lsp.storage.read import open_folder
from spec_lsp.storage.watch import watch
from tests.storage.trees import grow


def test_documents_of_a_deleted_folder_are_removed(tmp_path: Path) -> None:
    grow(tmp_path, {"docs/bugs/BUG-1.md": "# x\n", "docs/bugs/old/BUG-2.md": "", "docs/a.md": ""})
    changes = watch(open_folder(tmp_path), lambda _: None)
    shutil.rmtree(tmp_path / "docs/bugs")
    assert next(changes).paths == ["docs/a.md"]


def test_templates_are_removed_with_their_folder(tmp_path: Path) -> None:
    note = "# Note: [Title]\n\n## Why\n"
    grow(tmp_path, {".spec-lsp/templates/note.md": note, "a.md": "# Note: x\n"})
    project = open_folder(tmp_path)
    assert [each.kind for each in project.workspace.settings.own_templates] == ["note"]
    changes = watch(project, lambda _: None)
    shutil.rmtree(tmp_path / ".spec-lsp")
    assert next(changes).workspace.settings.own_templates == ()
