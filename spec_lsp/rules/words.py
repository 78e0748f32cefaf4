"""Words that a section must contain."""

from __future__ import annotations

from collections.abc import Iterator

from spec_lsp.rules.engine.model import DocumentContext, Finding
from spec_lsp.rules.engine.registry import LADDER, rule
from spec_lsp.rules.fixes.edits import heading_place
from spec_lsp.template.match.needs import lacking_words


@rule("missing-word", LADDER, reads="binding")
def missing_word(subject: DocumentContext) -> Iterator[Finding]:
    """A requirement contains none of the words that its family demands.

    The family's own tool rejects such a requirement, as its text does not say what is binding.

    The key `needs` of a family lists the words, such as SHALL and MUST in OpenSpec. They count as
    they are written there, before the first heading inside the requirement.
    """
    for section, words in lacking_words(subject.binding):
        message = f"This requires {' or '.join(words)}"
        yield Finding(heading_place(subject.binding.document, section), message)
