"""Configuration and templates: what the diagnostics of every document depend on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from spec_lsp.markdown.document import Document
from spec_lsp.memo import once
from spec_lsp.template.builtin import templates as builtin_templates
from spec_lsp.template.match.choose_template import by_name, choose
from spec_lsp.template.notation.id_patterns import IdPattern
from spec_lsp.template.schema import Template
from spec_lsp.workspace.collect.links import own_texts
from spec_lsp.workspace.config.config import Config
from spec_lsp.workspace.config.globs import matches
from spec_lsp.workspace.config.status_words import DRAFT, DROPPED, FINAL, StatusWords
from spec_lsp.workspace.known_ids import KnownIds, known_ids

# The version of a template at the creation of the document at a path.
Past = Callable[[str, Template], Template]


@dataclass(frozen=True)
class Settings:
    """The configuration and the templates of a workspace.

    `own_templates` are the workspace's; they take precedence over the built-in ones.
    """

    config: Config = field(default_factory=Config)
    own_templates: tuple[Template, ...] = ()

    def with_levels(self, levels: Mapping[str, str]) -> Settings:
        """A copy with rule levels that override the configured ones."""
        if not levels:
            return self
        rules = {**self.config.rules, **levels}
        return Settings(self.config.model_copy(update={"rules": rules}), self.own_templates)

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """All templates in use; a team's own template replaces the built-in one of its kind."""
        wanted = self.config.builtin
        own = {template.kind for template in self.own_templates}
        builtin = builtin_templates() if wanted else ()
        kept = (
            each
            for each in builtin
            if each.kind not in own and (wanted is True or each.kind in wanted)  # type: ignore[operator]
        )
        return (*self.own_templates, *kept)

    @cached_property
    def kind_names(self) -> dict[str, str]:
        """The names of the kinds."""
        return {template.kind: template.name for template in self.templates}

    @cached_property
    def ids(self) -> KnownIds:
        """The ID prefixes in use."""
        extra = (
            IdPattern(prefix, each.digits, each.scope)
            for prefix, each in self.config.ids.prefixes.items()
        )
        return known_ids(self.templates, extra, self.config.ids.external)

    @cached_property
    def words(self) -> StatusWords:
        """The configured status words, and the common ones."""
        life = self.config.lifecycle
        return StatusWords(
            (*_folded(life.draft), *DRAFT),
            (*_folded(life.final), *FINAL),
            (*_folded(life.dropped), *DROPPED),
        )

    def own_texts(self, template: Template) -> frozenset[str]:
        """The links and IDs of a template: in a document, they are not filled in yet."""
        return once(template.document, own_texts)

    def template_of(self, document: Document, past: Past | None = None) -> Template | None:
        """The template that a document follows, in the version at its creation.

        Templates that are newer than the document count only if it follows no other.
        """
        kind = self.assigned_kind(document.path)
        if not past:
            return choose(document, self.templates, kind)
        versions = tuple(past(document.path, each) for each in self.templates)
        known = tuple(each for each in versions if not each.is_later)
        found = choose(document, known, kind)
        if len(known) < len(versions) and (not found or found.is_builtin):
            return choose(document, versions, kind)
        return found

    def template(self, kind: str) -> Template | None:
        """The template of a kind."""
        return by_name(kind, self.templates)

    def assigned_kind(self, path: str) -> str:
        """The kind that configuration gives to a path."""
        for assignment in self.config.documents:
            if matches(path, assignment.paths):
                return assignment.template
        return ""


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words)
