"""The fields that relate documents, recognised by their names."""

from __future__ import annotations

from typing import Literal

Relation = Literal["depends on", "supersedes", "belongs to"]

_NAMES: dict[Relation, tuple[str, ...]] = {
    "depends on": (
        "depends on", "depends", "depend on", "dependencies", "dependency", "dependson",
        "upstream dependencies", "internal dependencies", "document dependencies",
        "blocked by", "is blocked by", "blocked on", "requires", "prerequisites", "prerequisite",
        "needs", "waits for", "waiting for", "waiting on", "builds on",
    ),
    "supersedes": ("supersedes", "replaces", "obsoletes"),
    "belongs to": (
        "parent", "parent id", "parent task", "parent task id", "parent issue", "parent spec",
        "part of", "belongs to", "epic",
    ),
}  # fmt: skip
_RELATIONS = {name: relation for relation, names in _NAMES.items() for name in names}
# Without plurals such as `Specifications`: these list related documents, not dependencies.
_CARRIED_OUT = frozenset({
    "spec", "specification", "spec id", "technical spec",
    "feature spec", "issue", "issue id", "bug", "bug id", "feature", "feature id", "requirement",
    "requirements", "decision", "plan for", "implements", "implements spec", "implementation of",
    "based on", "derived from", "satisfies", "fulfills", "fulfils", "fixes", "resolves",
    "addresses", "realizes", "realises", "refines",
})  # fmt: skip


def relation_of(field: str) -> Relation | None:
    """The relation of a field with a normalised name, if the field orders documents.

    A cycle of these relations is a mistake.
    """
    return _RELATIONS.get(field)


def is_reliance(field: str) -> bool:
    """Whether the documents in a field must have reached the stage of the document that has it."""
    return _RELATIONS.get(field) == "depends on" or field in _CARRIED_OUT


def is_relation(field: str) -> bool:
    """Whether the values of a field are other documents."""
    return field in _RELATIONS or field in _CARRIED_OUT
