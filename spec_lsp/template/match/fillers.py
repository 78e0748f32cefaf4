"""The lines that a family's tool writes until there is more to say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.template.match.binding import Binding
    from spec_lsp.text import Span

# Nothing follows on the line and the next one, and then comes a mark or a heading.
_NO_ANSWER = re.compile(r"[ \t]*+(?:\n[ \t]*+(?:\n\s*+(?:[^\w\s]|$)|$)|$)")


def filled_for_now(binding: Binding) -> Iterator[Span]:
    """The lines that begin with such a text; one that ends with a colon is a label alone."""
    text = binding.document.text
    for filler in binding.template.fillers:
        at = text.find(f"\n{filler}") + 1
        while at:
            line = binding.document.line_at(at)
            if not filler.endswith(":") or _NO_ANSWER.match(text, at + len(filler)):
                yield line
            at = text.find(f"\n{filler}", line.end) + 1
