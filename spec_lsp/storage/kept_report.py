"""Cached reports of the command line and findings between files, valid while no file changes."""

from __future__ import annotations

from spec_lsp.storage.folder import Folder
from spec_lsp.workspace.config.config import as_json


def recall(folder: Folder, question: str) -> bytes | None:
    """The cached answer to a question about a folder, None if something has changed since."""
    if folder.texts.open or not folder.findings:
        return None
    return folder.findings.recall(_in_full(folder, question))


def recall_before(folder: Folder, question: str) -> tuple[bytes, frozenset[str]] | None:
    """The answer before the last changes, and the files of which it may no longer be true.

    None if more than the findings of these files may differ: the names that fixes suggest, or the
    entries of the baseline that no longer occur.
    """
    findings = folder.findings
    if not findings or not findings.is_named_alike or folder.texts.open or folder.loaded.known:
        return None
    answer = findings.recall_before(_in_full(folder, question))
    return (answer, frozenset(findings.doubted)) if answer else None


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
