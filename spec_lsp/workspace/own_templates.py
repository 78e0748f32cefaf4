"""The templates of a workspace: inferred on first use, kinds told apart, copies recognised."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Literal

from spec_lsp.markdown.parse import parse
from spec_lsp.template import builtin
from spec_lsp.template.match.copies import are_distinct, title_words, with_place_of_original
from spec_lsp.template.read.infer import infer, own_kind
from spec_lsp.template.schema import Fault, Template
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from spec_lsp.markdown.document import Document
    from spec_lsp.workspace.config.config import Config


_FOLDERS = frozenset({"template", "templates", ".spec-lsp"})


@dataclass(frozen=True, eq=False)
class OwnTemplates:
    """The paths and texts of the templates of a workspace, and the templates on first use.

    While no file has changed, `check` and `list` need only the texts, and `new` one template.
    `builtin` are the built-in templates in use, as configured, and `known` the templates if they
    have been inferred.
    """

    texts: tuple[tuple[str, str], ...] = ()
    builtin: bool | list[str] = False
    known: tuple[Template, ...] = ()
    _read: dict[int, Template] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def inferred(self) -> tuple[Template, ...]:
        """The templates, each of a kind of its own or for folders of its own."""
        found = [*self.known]
        for at in range(len(found), len(self.texts)):
            found.append(_told_apart(self._alone(at), found))
        return tuple(found)

    def called(self, kind: str) -> tuple[Template, ...]:
        """The templates that may be of a kind; if it is clear which one is, only that one."""
        if self.known:
            return self.known
        found = [at for at, each in enumerate(self._kinds) if each.casefold() == kind]
        # `bug-2` may be the other one of two called `bug`.
        is_clear = len(found) == 1 and not kind[-1:].isdigit()
        return (self._alone(found[0]),) if is_clear else self.inferred

    def _alone(self, at: int) -> Template:
        """A template, whatever kinds the others are of."""
        if at not in self._read:
            template = infer(self._documents[at])
            self._read[at] = with_place_of_original(
                template, _originals(template, self.builtin or ())
            )
        return self._read[at]

    @cached_property
    def _kinds(self) -> list[str]:
        return [own_kind(each) for each in self._documents]

    @cached_property
    def _documents(self) -> list[Document]:
        return [parse(path, text) for path, text in self.texts]


def own_templates(texts: Iterable[tuple[str, str]], config: Config) -> OwnTemplates:
    """The templates of a workspace, from their paths and texts."""
    return OwnTemplates(tuple(texts), config.builtin)


def known_templates(templates: Iterable[Template]) -> OwnTemplates:
    """Templates that have been inferred."""
    known = tuple(templates)
    return OwnTemplates(tuple((each.path, each.document.text) for each in known), known=known)


NO_TEMPLATES = OwnTemplates()


def are_apart(one: str, other: str) -> bool:
    """Whether templates at two paths are for documents in different folders."""
    return home(one) != home(other)


def home(path: str) -> str:
    """The folder whose documents a template is for: the one around its folder of templates."""
    folder = posixpath.dirname(path)
    while posixpath.basename(folder) in _FOLDERS:
        folder = posixpath.dirname(folder)
    return folder


def _originals(template: Template, wanted: Literal[True] | Collection[str]) -> list[Template]:
    """The built-in templates in use whose titles have the words of a template's title."""
    words = title_words(template.title)
    return [
        builtin.template(kind)
        for kind in (builtin.texts() if words else ())
        if (wanted is True or kind in wanted) and title_words(builtin.title(kind)) == words
    ]


def _told_apart(template: Template, others: list[Template]) -> Template:
    """A template, with another kind or a fault if an earlier one has its kind.

    Copies with equal text are one template, and in separate folders each has its own documents.
    Of one title with other sections, they are two kinds. Otherwise both could be meant for one
    path.
    """
    first = next((each for each in others if each.kind == template.kind), None)
    if not first or first.document.text == template.document.text:
        return template
    if are_apart(first.path, template.path):
        return template
    if are_distinct(first, template):
        taken = {each.kind for each in others}
        names = (f"{template.kind}-{number}" for number in count(2))
        return replace(template, kind=next(name for name in names if name not in taken))
    section = template.document.title_section
    span = section.heading.text_span if section and section.heading else Span(0, 0)
    fault = Fault(span, f"{first.path} is also a template of the kind {first.kind}")
    return replace(template, faults=(*template.faults, fault))
