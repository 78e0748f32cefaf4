"""Normalised forms of values, titles and names: two are the same if these are equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

_DECORATION = re.compile(r"[*`~{}\[\]<>\"']+|(?<!\w)_+|_+(?!\w)")
# `[2025-11-14]` in `Done [2025-11-14]` is a remark, like one in parentheses.
_REMARK = re.compile(r"(?<=\w)\s*\[(?=[^\]]*\])")
_JOINTS = str.maketrans("-_()", "    ")
_HEAD = re.compile(r"^[^\w]+")
_LONGEST = 400  # code points of a title; the rest is not compared
_QUOTE = re.compile(r"\n[ \t]*>[ \t>]*")
_BULLET = re.compile(r"(?:>[> ]*)?(?:(?:[-*+]|\d{1,9}[.)])(?: |$))?")


def fold(value: str) -> str:
    """A value for comparison, without case, decoration and repeated blanks.

    `in-progress` is `in progress`.
    """
    return " ".join(_HEAD.sub("", _bare(value).casefold()).translate(_JOINTS).split())


def without_decoration(value: str) -> str:
    """A value without Markdown marks and without leading signs."""
    return _HEAD.sub("", _bare(value))


def _bare(value: str) -> str:
    return _DECORATION.sub("", _REMARK.sub(" (", value) if "[" in value else value)


def same_text(text: str) -> str:
    """Collapse white space and quote marks at line starts, so that rewrapped texts are equal."""
    if "\n" in text and ">" in text:
        text = _QUOTE.sub("\n", text)
    return " ".join(text.split())


def bare_line(line: str) -> str:
    """A line without its bullet, its quote marks and the emphasis around it."""
    return _BULLET.sub("", same_text(line), count=1).strip("*_ ")


_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_LETTER = re.compile(r"[^\W\d_]")
_MARKS = re.compile(r"[*`~]+|(?<!\w)_+|_+(?!\w)")
# “Optional” in other languages; 可选值 and 任意の mean something else.
OPTIONAL = (
    r"(?:optional|optionn?el(?:le)?s?|facultati(?:f|v[aeo])|opzionale|opcional|fakultativ"
    r"|valfri|valgfri|optioneel|opcjonaln[aey]|необязательно|опционально|可选|可選|选填|選填|任意|선택)"
)
# “If any”, “if applicable” and “may be omitted” in other languages.
IF_ANY = (
    r"(?:[如若]有|[如若][适適]用|可省略|該当する場合|ある場合|省略可|(?:不要なら|なければ)(?:削除|省略)"
    r"|있는 경우|해당 ?시|생략 가능"
    r"|\bsi (?:aplica|applicable|procede|corresponde|existen?|besoin)\b"
    r"|\bse (?:aplic[aá]vel|houver|applicabile)\b|\ble cas échéant\b|\bs['’]il y (?:en )?a\b"
    r"|\b(?:falls|wenn|sofern) (?:zutreffend|vorhanden|nötig)\b|\bbei bedarf\b"
    r"|\bесли (?:есть|применимо)\b)"
)
_CONDITION = (
    rf"(?:(?:(?:mandatory|required|needed)\s+)?(?:{OPTIONAL}|recommended|if|where|when|as needed"
    r"|as applicable|include (?:only )?(?:if|when)|only (?:if|when|for)|may be omitted"
    r"|(?:delete|remove|skip|omit|drop)(?: (?:this|it))? (?:if|when|unless|for)"
    rf")\b|{IF_ANY})"
)
_MANDATORY = r"(?:mandatory|required|must have|always)\b"
_OPTIONAL_MARK = re.compile(
    rf"\s*[(\[（]\s*{_CONDITION}[^()\[\]（）]*[)\]）]|\s+[-–—]\s+{OPTIONAL}\s*$", re.IGNORECASE
)
_REQUIRED_MARK = re.compile(rf"\s*[(\[]\s*{_MANDATORY}[^()\[\]]*[)\]]", re.IGNORECASE)
_NUMBERING = re.compile(
    r"(?:§\s*)?\(?\d{1,2}(?:\.\d{1,2})*(?:(?:[.):]|\s[-–—])?\s+(?=\S)|[.)](?=[^\W\d]))"
    r"|(?:[ivx]{1,6}|[a-z])[.)]\s+(?=\S)"
)
# Comments, HTML tags and anchors in a heading, which readers do not see.
_UNSEEN = re.compile(
    r"<!--[^<>]*-->|\{:?\s*[#.][^{}]*\}"
    r"|</?(?:a|b|br|center|code|em|font|i|img|kbd|mark|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:[:.]|[–—]|\s-)\s+")
_NARROW = str.maketrans({"（": " (", "）": ")", "：": ": "})


def optional_mark(title: str) -> Literal["optional", "required", ""]:
    """Read the mark of a heading, such as `(optional)` or `*(mandatory)*`; "" if it has none."""
    shown = title[:_LONGEST].replace("<!--", "(").replace("-->", ")")
    plain = " ".join(_MARKS.sub("", shown).split())
    if _OPTIONAL_MARK.search(plain):
        return "optional"
    return "required" if _REQUIRED_MARK.search(plain) else ""


@lru_cache(maxsize=4096)
def normalise(title: str) -> str:
    """A title for comparison: two titles are the same if these are equal.

    Case, emphasis, code marks, emoji, numbering, optional marks, comments, anchors and punctuation
    at the end are removed.
    """
    text = without_marks(title)
    if not text.isascii():
        text = "".join(" " if _is_emoji(char) else char for char in text)
        text = text.translate(_NARROW)
    text = " ".join(text.casefold().replace("&", " and ").split())
    bare = _NUMBERING.sub("", text, count=1) if _NUMBERING.match(text) else text
    bare = _SEPARATOR.sub(": ", bare)
    return bare.strip(" :-–—.?!,;") or text


def without_marks(title: str) -> str:
    """A title without emphasis, code marks, link targets, optional marks and unseen text."""
    text = _MARKS.sub("", _LINK.sub(r"\1", _seen(title[:_LONGEST])))
    return _REQUIRED_MARK.sub("", _OPTIONAL_MARK.sub("", text)).strip()


def _seen(title: str) -> str:
    """A title without comments, tags and anchors, unless a comment is all that names it.

    In `Requirement: <!-- name -->` and `1. <!-- name -->` the comment is a placeholder.
    """
    if "<" not in title and "{" not in title:
        return title
    seen = _UNSEEN.sub("", title).strip()
    is_named = bool(_LETTER.search(seen)) and not seen.endswith((":", "-", "–", "—"))
    return seen if is_named else title


def _is_emoji(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sk") or char in "\u200d\ufe0f\u20e3"


_LETTER = re.compile(r"[^\W\d_]")
_MARKS = re.compile(r"[*`~]+|(?<!\w)_+|_+(?!\w)")


@lru_cache(maxsize=4096)
def normalise_name(name: str) -> str:
    """A field name for comparison, without case, Markdown marks, `-` and `_`."""
    bare = without_marks(name) if "(" in name or "[" in name else name
    return " ".join(re.sub(r"[-_]", " ", _MARKS.sub("", bare)).casefold().split())
