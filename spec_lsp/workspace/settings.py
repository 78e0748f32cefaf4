"""Configuration and templates: what the diagnostics of every document depend on."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import cast

from spec_lsp.markdown.document import Document
from spec_lsp.memo import once
from spec_lsp.template import builtin
from spec_lsp.template.match.choose_template import (
    Chosen,
    Step,
    by_name,
    chosen_by_words,
    most_alike,
    named_kind,
    shares,
    with_most_titles,
)
from spec_lsp.template.match.copies import title_words
from spec_lsp.template.match.foreign import for_titles_of
from spec_lsp.template.notation.id_patterns import IdPattern
from spec_lsp.template.notation.status_words import DRAFT, DROPPED, FINAL, StatusWords
from spec_lsp.template.read.earlier import for_stated_date
from spec_lsp.template.schema import Template
from spec_lsp.workspace.collect.links import own_texts
from spec_lsp.workspace.collect.suppressions import EVERY
from spec_lsp.workspace.config.config import Config, Levels
from spec_lsp.workspace.config.globs import matches
from spec_lsp.workspace.families.placing import NO_FAMILIES, Families
from spec_lsp.workspace.known_ids import KnownIds, known_ids
from spec_lsp.workspace.own_templates import (
    NO_TEMPLATES,
    OwnTemplates,
    are_apart,
    home,
    known_templates,
)
from spec_lsp.workspace.sites import Site

# The version of a template at the creation of the document at a path.
Past = Callable[[str, Template], Template]


def current(_: str, template: Template) -> Template:
    """The current version, without a history."""
    return template


@dataclass(frozen=True)
class Settings:
    """The configuration and the templates of a workspace.

    The `own` templates are the workspace's; they take precedence over the built-in ones. The
    families tell the kind of a document by its path. `generators` are the sites that the
    configurations of site generators describe.
    """

    config: Config = field(default_factory=Config)
    own: OwnTemplates = NO_TEMPLATES
    families: Families = NO_FAMILIES
    generators: tuple[Site, ...] = ()

    @property
    def own_templates(self) -> tuple[Template, ...]:
        """The templates of the workspace."""
        return self.own.inferred

    def with_levels(self, levels: Mapping[str, str]) -> Settings:
        """A copy with rule levels that override the configured ones."""
        if not levels:
            return self
        rules = cast("Levels", {**self.config.rules, **levels})
        return replace(self, config=replace(self.config, rules=rules))

    def config_at(self, path: str) -> Config:
        """The configuration for a file; the levels of its family come after the team's."""
        placed = self.families.place(path)
        if not placed or not placed.family.levels or EVERY in self.config.rules:
            return self.config
        rules = {**placed.family.levels, **self.config.rules}
        return replace(self.config, rules=rules)

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """The configured sites, and those of site generators."""
        folders = (posixpath.normpath(each) for each in self.config.links.sites)
        own = (Site("" if folder == "." else folder) for folder in folders)
        return (*own, *self.generators)

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """All templates in use: the team's, then those of families, then the built-in ones."""
        kinds = {each.kind for each in self.own_templates}
        of_families = (
            each
            for each in self.families.templates
            if each.document.text and each.kind not in kinds
        )
        return (*self.own_templates, *of_families, *self._builtin)

    @cached_property
    def _builtin(self) -> tuple[Template, ...]:
        """The built-in templates in use; another one of the kind or the title replaces each."""
        found = map(self._builtin_called, builtin.texts() if self.config.builtin else ())
        return tuple(each for each in found if each)

    def _builtin_called(self, kind: str) -> Template | None:
        """The built-in template of a kind, if it is in use; infers no other one."""
        wanted, (kinds, titles) = self.config.builtin, self._replacing
        is_wanted = wanted is True or (wanted and kind in wanted)
        if not is_wanted or kind in kinds or kind not in builtin.texts():
            return None
        return None if title_words(builtin.title(kind)) in titles else builtin.template(kind)

    @cached_property
    def _replacing(self) -> tuple[set[str], set[str]]:
        """The kinds and the titles of the templates that replace built-in ones."""
        others = [*self.own_templates, *self.families.templates]
        return {each.kind for each in others}, {title_words(each.title) for each in others} - {""}

    @cached_property
    def written_templates(self) -> tuple[Template, ...]:
        """The templates in files of the workspace."""
        of_families = (t for base in self.families.bases for t in base.templates.values())
        return (*self.own_templates, *(each for each in of_families if not each.is_builtin))

    @property
    def written_paths(self) -> tuple[str, ...]:
        """The paths of the templates in files of the workspace, none of which is inferred."""
        of_families = (t for base in self.families.bases for t in base.templates.values())
        own = (path for path, _ in self.own.texts)
        return (*own, *(each.path for each in of_families if not each.is_builtin))

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
        # Kinds of families count too, if they have no template.
        templates = map(self._with_ids, (*self.templates, *self.families.templates))
        return known_ids(templates, extra, self.config.ids.external)

    def _with_ids(self, template: Template) -> Template:
        """A template with the IDs that count although no document follows it.

        Beside a family, `PLAN-01` may be anything: the prefixes of built-in templates count only
        once a document has such an ID.
        """
        if not self.families or not template.is_builtin or template.family:
            return template
        inner = tuple(each for each in template.ids if each.scope != "workspace")
        return replace(template, ids=inner)

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

    def template_of(self, document: Document, past: Past = current) -> Template | None:
        """The template that a document follows, if any, in the version at its creation."""
        return self.chosen(document, past).template

    def chosen(self, document: Document, past: Past = current) -> Chosen:
        """The template that a document follows, in the version at its creation, and why.

        The first of these decides: the kind that the document names, the kind configured for its
        path, a family's path, and the words of the document. In the folders of a family, built-in
        templates are not expected; an own one beside the family's counts if the document is more
        like it. A document that states an earlier creation may be older than the template.
        """
        found = self._chosen(document, past)
        if not found.template:
            return found
        return found._replace(template=for_stated_date(document, found.template))

    def _chosen(self, document: Document, past: Past) -> Chosen:
        path = document.path
        own_word = named_kind(document)
        if name := own_word or self.assigned_kind(path):
            named = self.template(name, path)
            by: Step = "document" if own_word else "configuration"
            return Chosen(named and past(path, named), by, name)
        own = _nearest(self.own_templates, path)
        if placed := self.families.place(path):
            today = most_alike(document, placed.template, placed.others)
            version = past(path, today)
            if placed.is_certain and not today.is_builtin:
                beside = (once(each, _joined, today) for each in own if _beside(each, today))
                version = with_most_titles(document, (version, *(past(path, t) for t in beside)))
            if placed.is_certain and today.is_builtin:
                # A template of ours stands for the team's, which it may not have written.
                by_own = _by_words(document, tuple(past(path, each) for each in own))
                if by_own.template:
                    return by_own._replace(template=once(by_own.template, _joined, today))
            if placed.is_certain:
                found = for_titles_of(document, version)
                if found.is_foreign:
                    found = for_titles_of(document, version.today or version)
                return Chosen(found, "family path")
            if shares(document, version):
                return Chosen(version, "family hint")
        offered = own if self.families.covers(path) else (*own, *self._builtin)
        return _by_words(document, tuple(past(path, each) for each in offered))

    def _own_called(self, kind: str, path: str) -> Template | None:
        """The own template of a kind for a path."""
        return by_name(kind, _nearest(self.own.called(kind.casefold()), path))

    def template(self, kind: str, path: str = "") -> Template | None:
        """The template of a kind; of several families, the one around a path is preferred."""
        if path and (found := by_name(kind, self.families.templates_at(path))):
            return self._own_called(kind, path) or found
        return (
            self._own_called(kind, path)
            or self._builtin_called(kind.casefold())
            or by_name(kind, (t for t in self.families.templates if t.document.text))
            or by_name(kind, self.templates)
        )

    def narrowed(self, template: Template) -> Settings:
        """A copy for a document of one kind: it has no other template to choose from."""
        is_listed = template.is_builtin and not template.family
        kept: bool | list[str] = [template.kind] if is_listed else False
        is_own = any(path == template.path for path, _ in self.own.texts)
        own = known_templates([template] if is_own else ())
        return replace(self, config=replace(self.config, builtin=kept), own=own)

    def assigned_kind(self, path: str) -> str:
        """The kind that configuration gives to a path."""
        for assignment in self.config.documents:
            if matches(path, assignment.paths):
                return assignment.template
        return ""


def _by_words(document: Document, versions: tuple[Template, ...]) -> Chosen:
    """Choose a template; those that are newer than the document, if it follows no other."""
    known = tuple(each for each in versions if not each.is_later)
    found = chosen_by_words(document, known)
    is_own = found.template and not found.template.is_builtin
    return found if is_own or len(known) == len(versions) else chosen_by_words(document, versions)


def _beside(template: Template, other: Template) -> bool:
    return template.path != other.path and not are_apart(template.path, other.path)


def _joined(template: Template, other: Template) -> Template:
    """A template of the workspace for documents of a family, which have IDs by their paths."""
    return replace(template, family=other.family, id=template.id or other.id)


def _nearest(templates: tuple[Template, ...], path: str) -> tuple[Template, ...]:
    """The templates for a path: of several of one kind, the one in the nearest folder."""
    if len({each.kind for each in templates}) == len(templates):
        return templates
    found: dict[str, Template] = {}
    for each in templates:
        best = found.setdefault(each.kind, each)
        if _nearness(each, path) > _nearness(best, path):
            found[each.kind] = each
    return tuple(found.values())


def _nearness(template: Template, path: str) -> int:
    around = home(template.path)
    return len(around) if path.startswith(f"{around}/") or not around else -1


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words)
