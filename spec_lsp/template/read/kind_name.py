"""The name of a template's kind: from its file name, its title, or its own text."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from spec_lsp.compare import without_marks
from spec_lsp.template.notation.languages import MODEL, TEMPLATE
from spec_lsp.template.notation.titles import title_pattern

if TYPE_CHECKING:
    from spec_lsp.markdown.document import Document

_TEMPLATE_WORD = re.compile(
    rf"(?:^|[-_. ]+)(?:{TEMPLATE}|{MODEL}|0{{3,}}|x{{3,}}|n{{3,}})(?=$|[-_. ])", re.IGNORECASE
)
# `NUMBER. TITLE`, `N. Title`: nothing but words in place of the number and the title.
_STAND_INS = re.compile(r"(?:[\W_]*\b(?:n+|x+|number|title|short|name))+[\W_]*", re.IGNORECASE)
_NO_WORD = re.compile(r"(?=.*\d)[0-9a-f\W_]+|", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[^\w]+")
_GENERIC = {"default", "document", "index", "readme", "sample", "example"}
# `A readable title for this RFC`, `Title of SIMD`, `RFC PR`: the abbreviation in the text, except
# those of what is written in a field, such as `the URL of the pull request`.
_ABBREVIATION = (
    r"(?!(?:API|FAQ|HTML|HTTPS?|ISO|JSON|LTS|PDF|TBD|TODO|UR[IL]S?|UTC|UTF|UUID|YAML)\b)[A-Z]{3,6}"
)
_CALLED = re.compile(
    rf"\b(?:this|the|an?|of|new|your)\s+(?P<of>{_ABBREVIATION})\b"
    rf"|\b(?P<name>{_ABBREVIATION})\s+(?:PR|[Pp]ull [Rr]equest|[Nn]umber|[Tt]itle|ID)\b"
)
# `ADR-NNNN`, before the words that name the kind or in place of them.
_NUMBERED = re.compile(r"(?P<prefix>[A-Z]{2,12})[-_](?:X{2,}|N+|#+|\?+|0{2,})(?!\w)")
_SEVERAL = 3  # sections on the first level
_FOLDERS = re.compile(
    rf"[._]*(?:{TEMPLATE}|docs?|documentation|github|src|specs?lsp)", re.IGNORECASE
)


def kind_of(document: Document, title: str) -> str:
    """The short name: from the file name, the title, or the template's own text, in this order.

    Where all sections are on the first level, the first one is no title.
    """
    title = "" if _has_no_title(document) else title
    for name in (_file_words(document), _title_words(title), _own_word(document, title)):
        slug = _slug(name)
        if slug and slug not in _GENERIC:
            return slug
    return _slug(_folder(document)) or "document"


def name_of(document: Document, title: str) -> str:
    """The name that people use for the kind: the words that the titles of all documents share."""
    title = "" if _has_no_title(document) else title
    words = _title_words(title) or _file_words(document) or _own_word(document, title)
    words = words or _folder(document) or "Document"
    return words[:1].upper() + words[1:]


def _has_no_title(document: Document) -> bool:
    return sum(section.level == 1 for section in document.sections) >= _SEVERAL


def _title_words(title: str) -> str:
    if not title or title_pattern(title, is_document_title=True).key == "*":
        return ""
    if title.startswith("(") and title.endswith(")"):
        return ""
    if _STAND_INS.fullmatch(without_marks(title)):
        return ""
    head = re.split(r"[\[{<]|\s[—–-]\s|:", without_marks(title), maxsplit=1)[0]
    numbered = _NUMBERED.match(head)
    rest = head[numbered.end() :] if numbered else head
    return rest.strip(" :-–—") or (numbered["prefix"] if numbered else "")


def _file_words(document: Document) -> str:
    """The words of the file name without `template`; "" if only a number or a hash remains."""
    name = posixpath.splitext(posixpath.basename(document.path.replace("\\", "/")))[0]
    # Tools that flatten folders into names join them with two underscores.
    words = _TEMPLATE_WORD.sub(" ", name.rpartition("__")[2])
    bare = " ".join(_NOT_WORDS.sub(" ", words.replace("_", " ")).split())
    return "" if _NO_WORD.fullmatch(bare) else bare


def _own_word(document: Document, title: str) -> str:
    """The abbreviation for the kind in the front matter, the title or the fields below it."""
    matter = document.chunks[0].matter
    fields = " ".join(field.name for field in document.header_fields)
    for text in (matter.of(document.text) if matter else "", title, fields):
        if called := _CALLED.search(text):
            return called["of"] or called["name"]
    return ""


def _folder(document: Document) -> str:
    """The nearest folder with a specific name, in the singular."""
    for folder in reversed(document.path.replace("\\", "/").split("/")[:-1]):
        if folder and not _FOLDERS.fullmatch(folder):
            return folder.removesuffix("s")
    return ""


def _slug(text: str) -> str:
    return _NOT_WORDS.sub("-", text.replace("_", "-").casefold()).strip("-")
