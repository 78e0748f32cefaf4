"""Choose the template that a document follows."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from spec_lsp.compare import normalise, normalise_name
from spec_lsp.identifiers import leading_identifier
from spec_lsp.markdown.front_matter import list_values
from spec_lsp.template.match.file_names import (
    is_about_others,
    is_folder_like,
    is_other_template,
    stem_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from spec_lsp.markdown.document import Document
    from spec_lsp.template.schema import Template

_NAMED = re.compile(r"\bspec-lsp:\s*template\s*[=:]\s*(?P<kind>[\w./-]+)")
_KEYS = ("template", "spec-template")
_LEAST_SHARED = 3  # shared sections and fields, for a match by content
_LEAST_COVERED = 0.5  # share of required items, for a match by content
_LEAST_BEHIND_A_NAME = 0.2  # share of required items, for a match by title or file name
_CLEAR_MARGIN = 0.1  # likeness by which the best template must lead
_FAR = 0.3  # likeness by which content overrules a name
_VARIANT = 0.5  # share of titles that variants of one kind have in common
_LEAST_FIELDS = 2  # shared fields that say something: many documents have a status
_NEAREST = 3  # templates that are named beside the one that was chosen


Step = Literal[
    "", "document", "configuration", "family path", "family hint", "title", "file name", "contents"
]


class Chosen(NamedTuple):
    """The template that a document follows, and the step that chose it; neither for plain Markdown.

    `name` is the kind that the document or the configuration names, even if there is no such kind.
    """

    template: Template | None = None
    by: Step = ""
    name: str = ""


class Nearness(NamedTuple):
    """What a document has of a template: the title's words, the file name, sections and fields.

    Sections and fields are those that are required, and how many of them the document has.
    """

    template: Template
    has_title: bool
    has_file_name: bool
    sections: tuple[int, int]
    fields: tuple[int, int]


def chosen_by_words(document: Document, templates: Sequence[Template]) -> Chosen:
    """The template for the words of a document, if any.

    The first of these decides: the title, the file name, and the sections and fields that it shares
    with a template. The workspace's templates precede the built-in ones, for which a file name and
    a title of one word are not enough: many files are called `task-12.md` or titled `Task: …`.
    """
    if is_about_others(document.path):
        templates = [each for each in templates if is_folder_like(each.path, document.path)]
    templates = [each for each in templates if not is_other_template(each.path, document.path)]
    known, stem = _Known(document), stem_of(document.path)
    alike = _clearest(known, [each for each in templates if not _has_other_id(document, each)])
    by_contents = Chosen(alike, "contents") if alike else Chosen()
    steps: tuple[tuple[Step, Callable[[Document, Template], bool]], ...] = (
        ("title", _has_title),
        ("file name", _has_file_name),
    )
    for step, has_name in steps:
        named = [
            each
            for each in templates
            if has_name(document, each)
            and known.may_be(each)
            and (not each.is_builtin or known.is_meant(each, step))
        ]
        if named:
            # If several kinds share a title, the file name decides, then the content.
            best = max(named, key=lambda each: (each.kind == stem, *known.rank(each)))
            is_other = alike and known.is_far_more(alike, best)
            return by_contents if is_other else Chosen(best, step)
    return by_contents


def nearest(document: Document, templates: Iterable[Template]) -> list[Nearness]:
    """The templates of which a document has something, the most similar first."""
    known = _Known(document)
    found = [each for each in (_nearness(document, known, one) for one in templates) if each]
    found.sort(key=lambda each: (each.has_title, *known.rank(each.template)), reverse=True)
    return found[:_NEAREST]


def _nearness(document: Document, known: _Known, template: Template) -> Nearness | None:
    marks = template.marks
    sections = _count(known.titles, marks.titles), len(marks.titles)
    fields = _count(known.names, marks.names), len(marks.names)
    has_title, has_name = _has_title(document, template), _has_file_name(document, template)
    has_some = has_title or has_name or sections[0] or fields[0] >= _LEAST_FIELDS
    return Nearness(template, has_title, has_name, sections, fields) if has_some else None


def named_kind(document: Document) -> str:
    """The kind that a document names in its front matter or in a comment near its start."""
    for field in document.header_fields:
        if field.style == "yaml" and normalise_name(field.name) in _KEYS:
            return next(iter(list_values(field.value)), "")
    for section in document.sections[:2]:
        for comment in section.comments[:3]:
            named = _NAMED.search(comment.text)
            if named:
                return named["kind"]
    return ""


def by_name(name: str, templates: Iterable[Template]) -> Template | None:
    """The template of a kind, or the one at a path; a kind may follow the name of its family."""
    templates, folded = tuple(templates), name.casefold()
    for template in templates:
        if folded in (template.kind.casefold(), template.path.casefold()):
            return template
    for template in templates:
        kind = template.kind.rpartition("/")[2].casefold()
        if template.family and folded in (kind, f"{template.family.casefold()}/{kind}"):
            return template
    stem = posixpath.splitext(posixpath.basename(folded))[0]
    return next((template for template in templates if template.kind.casefold() == stem), None)


def shares(document: Document, template: Template) -> bool:
    """Whether a document has something of a template: its title's words, a section or a field."""
    known = _Known(document)
    return _has_title(document, template) or any(known.shared(template))


def most_alike(document: Document, first: Template, others: Sequence[Template]) -> Template:
    """Of several templates for one path, the one that a document is most like."""
    return max((first, *others), key=_Known(document).likeness) if others else first


def with_most_titles(document: Document, templates: Iterable[Template]) -> Template:
    """The template of which a document has most sections; the first of several."""
    known = _Known(document)
    return max(templates, key=lambda each: known.shared(each)[0])


def _has_other_id(document: Document, template: Template) -> bool:
    """Whether the title begins with the ID of another kind than titles of the template do."""
    own = template.id.prefix.casefold() if template.id and template.title else ""
    found = leading_identifier(document.title) if own else None
    is_titled = bool(template.title and own and template.title.key.startswith(own))
    return is_titled and found is not None and found.prefix.casefold() != own


def _has_title(document: Document, template: Template) -> bool:
    """Whether the title has the words of this kind's titles."""
    if not template.title or not document.title_section:
        return False
    if template.title.is_literal:
        key = normalise(document.title)
        return key == template.title.key or key.startswith(f"{template.title.key}: ")
    return template.title.names(document.title)


def _has_file_name(document: Document, template: Template) -> bool:
    """Whether the file is named after the kind, `tasks.md`, or after an ID: `adr-012-cache.md`."""
    stem = stem_of(document.path)
    if stem == template.kind:
        # Many files are called `plan.md`: with another title, the file name alone is not enough.
        headings = sum(section.level > 0 for section in document.sections)
        return not _is_titled_otherwise(document, template) or headings > 1
    prefixes = {template.kind.replace("-", "[-_]")}
    if template.id and len(template.id.prefix) >= 2:
        prefixes.add(re.escape(template.id.prefix.rstrip("-_").casefold()))
    return any(re.match(rf"{prefix}[-_]?\d+(?:_|(?!\w))", stem) for prefix in prefixes)


def _is_titled_otherwise(document: Document, template: Template) -> bool:
    """Whether the kind's titles have fixed words that the document's title lacks."""
    words = template.title.words if template.title and document.title_section else ()
    return bool(words) and not _has_title(document, template)


class _Known:
    """The titles of a document's sections and the names of its fields."""

    def __init__(self, document: Document) -> None:
        title = document.title_section
        headed = [each for each in document.sections if each.level and each != title]
        fields = (*document.header_fields, *document.footer_fields)
        keys = [normalise(section.title) for section in headed]
        self.titles, self.has_label = set(keys), ":" in document.title
        self.names = {normalise_name(field.name) for field in fields}
        levels = [section.level for section in headed]
        top = min(levels, default=0)
        self.tops = {key for key, level in zip(keys, levels, strict=True) if level == top}

    def shared(self, template: Template) -> tuple[int, int]:
        """The number of a template's sections that the document has, and of its fields."""
        marks = template.marks
        titles = _count(self.titles, marks.titles) + _count(self.titles, marks.optional_titles)
        return titles, _count(self.names, marks.names) + _count(self.names, marks.optional_names)

    def covered(self, template: Template) -> float:
        """The share of a template's required sections and fields that the document has."""
        marks = template.marks
        wanted = len(marks.titles) + len(marks.names)
        if not wanted:
            return float(any(self.shared(template)))
        return (_count(self.titles, marks.titles) + _count(self.names, marks.names)) / wanted

    def likeness(self, template: Template) -> float:
        """The similarity of document and template: shared items against all, from 0 to 1."""
        total = self._asked(template) + len(self.tops) + len(self.names)
        return 2 * sum(self.shared(template)) / total if total else 0.0

    def rank(self, template: Template) -> tuple[float, bool, int]:
        """The rank of a template: by its outer sections and fields, then by its inner sections."""
        inner = [slot for slot in template.slots if slot.pattern.is_literal and slot.is_required]
        held = sum(slot.pattern.key in self.titles for slot in inner)
        return self.likeness(template), not template.is_builtin, 2 * held - len(inner)

    def may_be(self, template: Template) -> bool:
        """Whether a matching name is enough: yes, unless the content contradicts the name."""
        if not template.telling or not self.tops:
            return True
        if len(self.tops) == 1:
            return any(self.shared(template))
        # A document that was just created contains little, all of it from the template.
        required = [slot for slot in template.telling if slot.is_required] or template.telling
        begun = sum(slot.pattern.key in self.titles for slot in required)
        return 2 * begun >= len(self.tops) or self.covered(template) >= _LEAST_BEHIND_A_NAME

    def is_meant(self, template: Template, step: Step) -> bool:
        """Whether the name of a built-in template is enough, or the content is like it.

        Titles of several words tell, such as `Bug Fix Specification`, and those of a document just
        created: it has no sections but the template's, or none and a label (`Task: …`).
        """
        words = template.title.words if template.title and step == "title" else ()
        known = {*template.marks.titles, *template.marks.optional_titles}
        is_new = words and self.tops <= known and (self.tops or self.has_label)
        is_telling = is_new or any(" " in each for each in words)
        return bool(is_telling) or self.looks_like(template)

    def is_far_more(self, one: Template, other: Template) -> bool:
        """Whether the content fits `one` so much better that the other's name is ignored."""
        return self.likeness(one) - self.likeness(other) > _FAR

    def looks_like(self, template: Template) -> bool:
        """Whether enough is shared to rule out coincidence, at least one section."""
        sections, fields = self.shared(template)
        return (
            bool(sections)
            and sections + fields >= min(_LEAST_SHARED, self._asked(template))
            and self.covered(template) >= _LEAST_COVERED
        )

    def _asked(self, template: Template) -> int:
        """The number of required items, plus the optional ones that the document has."""
        marks = template.marks
        sections = len(marks.titles) + _count(self.titles, marks.optional_titles)
        return sections + len(marks.names) + _count(self.names, marks.optional_names)


def _count(known: Collection[str], wanted: Iterable[str]) -> int:
    """The number of wanted items that are known."""
    return sum(map(known.__contains__, wanted))


def _clearest(known: _Known, templates: Iterable[Template]) -> Template | None:
    """The most similar template, unless another kind is nearly as similar."""
    alike = [template for template in templates if known.looks_like(template)]
    if not alike:
        return None
    best = max(alike, key=lambda each: (not each.is_builtin, *known.rank(each)))
    for other in alike:
        is_near = other is not best and known.likeness(best) - known.likeness(other) < _CLEAR_MARGIN
        if is_near and best.is_builtin == other.is_builtin and not _are_variants(best, other):
            return None
    return best


def _are_variants(one: Template, other: Template) -> bool:
    """Whether two templates are variants of one kind, such as a full and a minimal one."""
    first, second = ({slot.pattern.key for slot in each.telling} for each in (one, other))
    return len(first & second) >= _VARIANT * min(len(first), len(second))
