"""The fields that relate documents, recognised by their names."""

from __future__ import annotations

_DEPENDS = frozenset({
    "depends on", "depends", "depend on", "dependencies", "dependency", "dependson",
    "upstream dependencies", "internal dependencies", "document dependencies",
    "blocked by", "is blocked by", "blocked on", "requires", "prerequisites", "prerequisite",
    "needs", "waits for", "waiting for", "waiting on", "builds on",
})  # fmt: skip
# Two documents may replace parts of each other, and a parent may name its children: no dependency.
_LOOSE = frozenset({
    "supersedes", "replaces", "obsoletes",
    "parent", "parent id", "parent task", "parent task id", "parent issue", "parent spec",
    "part of", "belongs to", "epic",
})  # fmt: skip
# Without plurals such as `Specifications`: these list related documents, not dependencies.
_CARRIED_OUT = frozenset({
    "spec", "specification", "spec id", "technical spec",
    "feature spec", "issue", "issue id", "bug", "bug id", "feature", "feature id", "requirement",
    "requirements", "decision", "plan for", "implements", "implements spec", "implementation of",
    "based on", "derived from", "satisfies", "fulfills", "fulfils", "fixes", "resolves",
    "addresses", "realizes", "realises", "refines",
})  # fmt: skip


def is_dependency(field: str) -> bool:
    """Whether a field with a normalised name says on what a document depends.

    A cycle of dependencies is a mistake.
    """
    return field in _DEPENDS


def is_reliance(field: str) -> bool:
    """Whether the documents in a field must have reached the stage of the document that has it."""
    return field in _DEPENDS or field in _CARRIED_OUT


def is_relation(field: str) -> bool:
    """Whether the values of a field are other documents."""
    return field in _DEPENDS or field in _LOOSE or field in _CARRIED_OUT
