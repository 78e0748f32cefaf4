"""What a family file says: how a team or a tool lays out its specs.

These are plain dataclasses, so that the files that come with the program are read without pydantic.
Their fields are the keys of the file, except for those in `KEYS`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

Demands = Literal["template", "ids", "nothing"]
IdScope = Literal["base", "unit", "document"]
IdForm = Literal["heading", "list", "checkbox", "cell", "line"]
RuleLevel = Literal["off", "hint", "info", "warning", "error"]

# Keys of the file that cannot be names in Python, and lists that the file writes in the singular.
KEYS = {
    "class_name": "class",
    "marks_together": "marks-together",
    "kinds": "kind",
    "ids": "id",
    "means": "is",
    "links": "link",
    "source": "from",
}


def key_of_field(name: str) -> str:
    """The key in the file for a field of these classes."""
    return KEYS.get(name, name)


class _Part:
    """A table of the file; pydantic reads how from here."""

    __pydantic_config__: ClassVar[Any] = {"extra": "forbid", "alias_generator": key_of_field}


@dataclass(frozen=True)
class FamilyLifecycle(_Part):
    """Which values of a field are drafts, final or dropped; any other value is in progress.

    An open field allows other values than the choices of its template.
    """

    field: str = "Status"
    open: bool = False
    draft: tuple[str, ...] = ()
    final: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True)
class NeededPart(_Part):
    """What every section needs whose title begins with `heading`, below one of some headings.

    It is a section inside that is a `part`, or one of some words, with capitals as they are.
    The document itself needs one of some `sections`.
    """

    heading: str = ""
    below: tuple[str, ...] = ()
    part: str = ""
    words: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToolValue(_Part):
    """What a file of the tool says under a key, or with its whole text.

    Patterns name it as `{folder}`, or it lists the values of the field `into` of a kind.
    """

    file: str
    key: str = ""
    folder: str = ""
    kind: str = ""
    into: str = ""
    default: str = ""


@dataclass(frozen=True, eq=False)
class FamilyKind(_Part):
    """A kind of document: its paths, its templates, and corrections of whichever is used.

    A path is enough to tell the kind; a hint needs one of its sections as well.
    """

    name: str
    paths: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    demands: Demands = "template"
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    repeatable: tuple[str, ...] = ()
    guidance: tuple[str, ...] = ()
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    needs: tuple[NeededPart, ...] = ()
    fillers: tuple[str, ...] = ()
    lifecycle: FamilyLifecycle | None = None


@dataclass(frozen=True)
class DefiningPlace(_Part):
    """Where documents of a kind define the IDs of a class.

    Without a heading, at the start of the `at` forms; with one, such as `User Story {n}`, in the
    titles that begin like this, and with `items` the items of lists below them: `2.3`, or `3` if
    the heading has no number. IDs that are titles may be defined only below some headings, and in
    list items that begin with a word. With `file`, the numbers are those before the name of a file.
    """

    kind: str
    at: tuple[IdForm, ...] = ("heading", "list", "checkbox", "cell")
    heading: str = ""
    level: int = 0
    below: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    items: bool = False
    file: bool = False
    scope: IdScope | None = None


@dataclass(frozen=True)
class CitingPlace(_Part):
    """Where documents of a kind use an ID.

    Titles are used below headings and in list items, numbers in forms like `_Requirements: {n}_`,
    in fields and in columns of tables. Below the headings, other IDs are used and not defined.
    """

    kind: str
    below: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class IdClass(_Part):
    """A class of IDs: their shapes, where they are defined, and where they must be unique.

    With a shape such as `Requirement: {title}`, titles are the IDs. They are compared within a
    group: the folders below the last folder of that name.
    """

    class_name: str
    shapes: tuple[str, ...]
    scope: IdScope = "document"
    defined: tuple[DefiningPlace, ...] = ()
    cited: tuple[CitingPlace, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class FamilyLink(_Part):
    """What documents of a kind carry out, without saying so: the first of these kinds in a unit."""

    source: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class StateSource(_Part):
    """What tells the state of documents apart from themselves.

    It is a folder, a `file` of the tool with a status by file name under a key, the check box of a
    link to the unit in a list (`box`), or a file `beside` a document, whose name ends otherwise.
    With `at`, the `file` is JSON in each unit: the status is at that key of each entry, which is
    named like the beginning of a document. With `of`, its name is a pattern, and each file has the
    status of the document of that name beside it. A folder comes before what the document says,
    the others after it.
    """

    folder: str = ""
    file: str = ""
    key: str = ""
    at: str = ""
    box: str = ""
    beside: str = ""
    of: str = ""
    means: Literal["", "draft", "active", "final", "dropped"] = ""


@dataclass(frozen=True)
class NewPlace(_Part):
    """Folder and file name of new documents of a kind."""

    directory: str = ""
    filename: str = ""


@dataclass(frozen=True, eq=False)
class Family(_Part):
    """A family: what recognises it, its units, its kinds and its IDs."""

    name: str
    marks: tuple[str, ...] = ()
    marks_together: tuple[tuple[str, ...], ...] = ()
    least: int = 1
    replaces: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    values: tuple[ToolValue, ...] = ()
    kinds: tuple[FamilyKind, ...] = ()
    ids: tuple[IdClass, ...] = ()
    links: tuple[FamilyLink, ...] = ()
    state: tuple[StateSource, ...] = ()
    levels: dict[str, RuleLevel] = field(default_factory=dict)
    new: dict[str, NewPlace] = field(default_factory=dict)
