"""Cached reports of the command line and findings between files, valid while no file changes."""

from __future__ import annotations

from spec_lsp.storage.folder import Folder
from spec_lsp.workspace.config.config import as_json


def recall(folder: Folder, question: str) -> bytes | None:
    """The cached answer to a question about a folder, None if something has changed since."""
    if folder.texts.open or not folder.findings:
        return None
    return folder.findings.recall(_in_full(folder, question))


def keep_answer(folder: Folder, question: str, answer: bytes) -> None:
    """Cache an answer, unless it depends on crashes, unreadable files or open texts."""
    if folder.findings and not (folder.crashes or folder.unreadable or folder.texts.open):
        folder.findings.keep_answer(_in_full(folder, question), answer)


def keep_findings(folder: Folder) -> None:
    """Cache the findings between files, unless a rule crashed or files are open."""
    if folder.findings and not (folder.crashes or folder.texts.open):
        folder.findings.keep(folder.workspace.index.entries, folder.settings.config)


def _in_full(folder: Folder, question: str) -> str:
    """A question, with all that its answer depends on besides documents and templates."""
    loaded = folder.loaded
    read = (loaded.config_path, loaded.config_text, loaded.faults, loaded.unread, loaded.known)
    return repr((question, as_json(folder.settings.config), read))
