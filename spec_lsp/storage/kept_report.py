"""Whole answers of the command line, and findings between files, kept while no file changes."""

from __future__ import annotations

from spec_lsp.storage.folder import Folder


def recall(folder: Folder, question: str) -> bytes | None:
    """What the answer to a question about a whole folder was, if nothing has changed since."""
    if folder.texts.open or not folder.findings:
        return None
    return folder.findings.recall(_in_full(folder, question))


def keep_answer(folder: Folder, question: str, answer: bytes) -> None:
    """Keep an answer, if it depends on nothing but what can be compared."""
    if folder.findings and not (folder.crashes or folder.unreadable or folder.texts.open):
        folder.findings.keep_answer(_in_full(folder, question), answer)


def keep_findings(folder: Folder) -> None:
    """Keep the findings between files, if all of them are known."""
    if folder.findings and not (folder.crashes or folder.texts.open):
        folder.findings.keep(folder.workspace.index.entries, folder.settings.config)


def _in_full(folder: Folder, question: str) -> str:
    """A question with what its answer depends on besides the documents and the templates."""
    loaded = folder.loaded
    read = (loaded.config_path, loaded.config_text, loaded.faults, loaded.unread, loaded.known)
    return repr((question, folder.settings.config.model_dump_json(), read))
