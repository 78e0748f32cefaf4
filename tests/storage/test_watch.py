"""`check --watch` notices what changes on the disk, files and whole folders."""

from __future__ import annotations

import shutil
from pathlib import Path

from spec_lsp.storage.project import open_project
from spec_lsp.storage.watch import watch
from tests.storage.trees import grow


def test_a_folder_that_is_deleted_takes_its_documents_along(tmp_path: Path) -> None:
    grow(tmp_path, {"docs/bugs/BUG-1.md": "# x\n", "docs/bugs/old/BUG-2.md": "", "docs/a.md": ""})
    changes = watch(open_project(tmp_path), lambda _: None)
    shutil.rmtree(tmp_path / "docs/bugs")
    assert next(changes).paths == ["docs/a.md"]


def test_templates_are_gone_with_their_folder(tmp_path: Path) -> None:
    note = "# Note: [Title]\n\n## Why\n"
    grow(tmp_path, {".spec-lsp/templates/note.md": note, "a.md": "# Note: x\n"})
    project = open_project(tmp_path)
    assert [each.kind for each in project.workspace.settings.own_templates] == ["note"]
    changes = watch(project, lambda _: None)
    shutil.rmtree(tmp_path / ".spec-lsp")
    assert next(changes).workspace.settings.own_templates == ()
