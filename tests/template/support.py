"""Markdown in, rendered answers out: helpers of the template tests."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import dedent

from spec_lsp.compare import normalise
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse
from spec_lsp.template.match.binding import Binding, bind
from spec_lsp.template.match.choose_template import by_name, chosen_by_words, named_kind
from spec_lsp.template.match.missing import missing_sections
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import Template
from spec_lsp.template.show.outline import outline

HOW = {
    "misnamed": "(misnamed, should be {title})",
    "moved": "(moved)",
    "relevelled": "(level {level})",
}


def text_of(markdown: str) -> str:
    """A text as written in a test: without the test's indentation and its first line end."""
    return dedent(markdown).lstrip("\n")


def document(markdown: str, path: str = "docs/thing.md") -> Document:
    return parse(path, text_of(markdown))


def template(markdown: str, path: str = "thing-template.md") -> Template:
    return infer(document(markdown, path))


def choose(
    document: Document, templates: Sequence[Template], configured: str = ""
) -> Template | None:
    """The template that a document follows: the one that it or `configured` names first."""
    for name in (named_kind(document), configured):
        if name:
            return by_name(name, templates)
    return chosen_by_words(document, templates).template


def schema(markdown: str, path: str = "thing-template.md") -> str:
    """The outline of what is inferred."""
    return outline(template(markdown, path)) + "\n"


def faults(markdown: str) -> str:
    """The faults of a template, each under the text that it marks."""
    found = template(markdown)
    lines = [f"{fault.span.of(found.document.text)}: {fault.message}" for fault in found.faults]
    return "\n".join(lines)


def bound(template_text: str, document_text: str) -> str:
    """A document's headings with their slots, then what is missing."""
    return view(bind(document(document_text), template(template_text)))


def view(binding: Binding) -> str:
    lines = []
    for section in binding.document.sections:
        if not section.level:
            continue
        match = binding.match_of(section)
        is_title = section == binding.document.title_section and binding.template.title
        note = "" if match or is_title else "(own)"
        if match and match.how != "exact":
            note = HOW[match.how].format(title=match.slot.title, level=match.level)
        elif match and not match.slot.pattern.matches(section.title):
            note = f"(as {match.slot.title})"
        lines.append(f"{'#' * section.level} {section.title} {note}".rstrip())
    lines += (f"missing {'#' * m.slot.level} {m.slot.title}" for m in missing_sections(binding))
    lines += (f"missing field {slot.name}" for slot in binding.missing_fields)
    return "\n".join(lines) + "\n"


def chosen(markdown: str, *templates: Template, path: str = "docs/thing.md") -> str:
    """The kind of a document, or nothing."""
    found = choose(parse(path, text_of(markdown)), templates)
    return found.kind if found else ""


def cursor(markdown: str) -> tuple[str, int]:
    """A text without its `$0`, and the offset of that."""
    text = text_of(markdown)
    return text.replace("$0", "", 1), text.index("$0")


def titles(template: Template, level: int) -> list[str]:
    return [normalise(slot.title) for slot in template.slots if slot.level == level]
