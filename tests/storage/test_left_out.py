"""Why a file is no document, for every file that is none and no other."""

from __future__ import annotations

from pathlib import Path

from spec_lsp.storage.left_out import why_left_out
from spec_lsp.storage.read import scan_folder
from tests.storage.trees import grow

FILES = {
    "spec-lsp.toml": 'exclude = ["drafts/**"]\n',
    ".spec-lsp/templates/note.md": "# Note: [Title]\n\n## Summary\n",
    ".gitignore": "build/\n*.tmp.md\n!kept.tmp.md\n",
    "docs/a.md": "# Note: A\n",
    "docs/b.txt": "B\n",
    "docs/c.tmp.md": "# Note: C\n",
    "docs/kept.tmp.md": "# Note: Kept\n",
    "drafts/d.md": "# Note: D\n",
    "build/deep/e.md": "# Note: E\n",
    ".hidden/f.md": "# Note: F\n",
    "node_modules/g.md": "# Note: G\n",
    "inner/spec-lsp.toml": "",
    "inner/h.md": "# Note: H\n",
    ".specify/memory/constitution.md": "# Constitution\n",
    ".specify/memory/notes.md": "# Notes\n",
    "specs/001-login/spec.md": "# Login\n",
}


def test_a_reason_is_given_for_every_file_that_is_no_document(tmp_path: Path) -> None:
    grow(tmp_path, FILES)
    folder = scan_folder(tmp_path.resolve())
    reasons = {path: why_left_out(folder, path) for path in FILES}
    assert {path for path, reason in reasons.items() if not reason} == {
        path for path in FILES if folder.holds(path)
    }
    assert reasons["docs/c.tmp.md"] == reasons["build/deep/e.md"] == "Git ignores it"
    assert reasons[".hidden/f.md"] == ".hidden is a hidden folder, which `include` does not name"
    assert reasons["node_modules/g.md"] == "node_modules is not searched"
    assert reasons["inner/h.md"] == "A folder inside has its own configuration"
    assert "spec-kit leaves it alone" in reasons[".specify/memory/notes.md"]
