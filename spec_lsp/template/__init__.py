"""A template read as a schema: inferring its slots, binding documents to them, and filling them."""

from spec_lsp.compare import fold, normalise, normalise_name, optional_mark, same_text
from spec_lsp.template.match.binding import Binding, bind
from spec_lsp.template.match.choose_template import by_name, choose, named_kind
from spec_lsp.template.match.fields import FieldMatch
from spec_lsp.template.match.missing import MissingSection
from spec_lsp.template.match.position import Spot
from spec_lsp.template.match.sections import SectionMatch
from spec_lsp.template.notation.choices import (
    Choice,
    Choices,
    find_choice,
    is_canonical,
    nearest_choice,
    read_choices,
    unwrap,
)
from spec_lsp.template.notation.placeholders import (
    is_leftover,
    is_placeholder,
    is_unmistakable,
    placeholders_in,
    template_placeholders,
)
from spec_lsp.template.notation.titles import TitlePattern, title_pattern
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import (
    Fault,
    FieldSlot,
    IdPattern,
    Lifecycle,
    SectionSlot,
    TableSlot,
    Template,
)
from spec_lsp.template.show.explain import explain
from spec_lsp.template.show.outline import describe, outline
from spec_lsp.template.write.file_name import (
    file_name,
    is_safe_id,
    new_text,
    next_id,
    slug_id,
    slug_of,
)
from spec_lsp.template.write.fill import (
    field_line,
    new_document,
    next_block,
    section_block,
    table_row,
)
from spec_lsp.template.write.snippet import Part, Stop, plain, snippet, strip
from spec_lsp.template.write.values import Values, values_of

__all__ = [
    "Binding",
    "Choice",
    "Choices",
    "Fault",
    "FieldMatch",
    "FieldSlot",
    "IdPattern",
    "Lifecycle",
    "MissingSection",
    "Part",
    "SectionMatch",
    "SectionSlot",
    "Spot",
    "Stop",
    "TableSlot",
    "Template",
    "TitlePattern",
    "Values",
    "bind",
    "by_name",
    "choose",
    "describe",
    "explain",
    "field_line",
    "file_name",
    "find_choice",
    "fold",
    "infer",
    "is_canonical",
    "is_leftover",
    "is_placeholder",
    "is_safe_id",
    "is_unmistakable",
    "named_kind",
    "nearest_choice",
    "new_document",
    "new_text",
    "next_block",
    "next_id",
    "normalise",
    "normalise_name",
    "optional_mark",
    "outline",
    "placeholders_in",
    "plain",
    "read_choices",
    "same_text",
    "section_block",
    "slug_id",
    "slug_of",
    "snippet",
    "strip",
    "table_row",
    "template_placeholders",
    "title_pattern",
    "unwrap",
    "values_of",
]
