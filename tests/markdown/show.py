"""Documents as readable lists of what the parser finds in them.

Everything is quoted from the text by its span, so a list is right only where spans are.
"""

from collections.abc import Callable, Iterator

from spec_lsp.markdown.document import Document
from spec_lsp.markdown.nodes import Field, Item, Link
from spec_lsp.markdown.section import Section
from spec_lsp.template.notation.candidates import candidates_in

# Characters that an editor or a reader would miss, by their names in tests.
_NAMES = {
    "\r": "⟨CR⟩",
    "\n": "⟨LF⟩",
    "\f": "⟨FF⟩",
    "\t": "⟨TAB⟩",
    "\x00": "⟨NUL⟩",
    "\x85": "⟨NEL⟩",
    "\u2028": "⟨LS⟩",
    "\ufeff": "⟨BOM⟩",
}
_END = "⟨END⟩"


def source(text: str) -> str:
    """The text that a test shows: names become characters, and nothing follows ⟨END⟩."""
    for character, name in _NAMES.items():
        text = text.replace(name, character)
    return text.partition(_END)[0]


def show(document: Document, kind: str) -> str:
    """All that a document holds of one kind, one line each."""
    lines = _SHOWN[kind](document)
    return "".join(f"{_visible(line).rstrip()}\n" for line in lines)


def _visible(text: str) -> str:
    for character, name in _NAMES.items():
        text = text.replace(character, name)
    return text


def _by_section(
    shown: Callable[[Document, Section], Iterator[str]],
) -> Callable[[Document], Iterator[str]]:
    return lambda document: (line for each in document.sections for line in shown(document, each))


def _outline(document: Document) -> Iterator[str]:
    """The headings, each indented below its parent."""
    depths = {-1: -1}
    for section in document.sections:
        depths[section.index] = depths[section.parent] + bool(section.level)
        if section.heading:
            text = section.heading.text_span.of(document.text)
            yield f"{'  ' * depths[section.index]}{section.level} {text}"


def _fields(document: Document, section: Section) -> Iterator[str]:
    return (_field(document.text, field) for field in section.fields)


def _field(text: str, field: Field) -> str:
    traits = [field.style, *["list"] * field.in_list, *["block"] * field.is_block]
    note = f"  # {field.comment}" if field.comment else ""
    value = field.value_span.of(text)
    return f"{' '.join(traits)}: {field.name_span.of(text)} = {value}{note}"


def _items(document: Document, section: Section) -> Iterator[str]:
    return (_item(document.text, item) for item in section.items)


def _item(text: str, item: Item) -> str:
    box = f"[{item.box_span.of(text)}] " if item.box_span else ""
    return f"{'  ' * item.depth}{item.marker_span.of(text)} {box}{item.text_span.of(text)}"


def _tables(document: Document, section: Section) -> Iterator[str]:
    for table in section.tables:
        for cells in (table.header, *table.rows):
            yield " ".join(f"({cell.span.of(document.text)})" for cell in cells)


def _fences(document: Document, section: Section) -> Iterator[str]:
    for fence in section.fences:
        yield f"{fence.info or 'plain'}: {fence.body_span.of(document.text)}"


def _comments(document: Document, section: Section) -> Iterator[str]:
    return (comment.span.of(document.text) for comment in section.comments)


def _code_spans(document: Document, section: Section) -> Iterator[str]:
    return (span.of(document.text) for span in section.code_spans)


def _links(document: Document, section: Section) -> Iterator[str]:
    return (_link(document.text, link) for link in section.links)


def _link(text: str, link: Link) -> str:
    target = link.target_span.of(text)
    shown = "" if link.kind == "autolink" else f"{link.text_span.of(text)} -> "
    return f"{link.kind}: {shown}{target}"


def _identifiers(document: Document, section: Section) -> Iterator[str]:
    for each in section.identifiers:
        owner = f" of {each.owner}" if each.owner else ""
        origin = f" from {each.span.of(document.text)}" if each.implied else ""
        yield f"{each.text}{owner}{origin}"


def _definitions(document: Document, section: Section) -> Iterator[str]:
    for each in section.definitions:
        title = f" {each.title}" if each.title else ""
        yield f"{each.form}: {each.identifier.span.of(document.text)}{title}"


def _candidates(document: Document, section: Section) -> Iterator[str]:
    for each in candidates_in(section):
        yield f"{'code: ' if each.in_code else ''}{each.span.of(document.text)}"


def _rules(document: Document, section: Section) -> Iterator[str]:
    return (span.of(document.text) for span in section.rules)


def _chosen(fields: Callable[[Document], tuple[Field, ...]]) -> Callable[[Document], Iterator[str]]:
    return lambda document: (_field(document.text, field) for field in fields(document))


_SHOWN: dict[str, Callable[[Document], Iterator[str]]] = {
    "outline": _outline,
    "fields": _by_section(_fields),
    "header": _chosen(lambda document: document.header_fields),
    "footer": _chosen(lambda document: document.footer_fields),
    "items": _by_section(_items),
    "tables": _by_section(_tables),
    "fences": _by_section(_fences),
    "comments": _by_section(_comments),
    "code": _by_section(_code_spans),
    "links": _by_section(_links),
    "identifiers": _by_section(_identifiers),
    "definitions": _by_section(_definitions),
    "candidates": _by_section(_candidates),
    "rules": _by_section(_rules),
    "anchors": lambda document: (f"#{anchor}" for anchor in document.anchors),
    "title": lambda document: iter([document.title or "(none)"]),
}
