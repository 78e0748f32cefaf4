"""What a template says in words: what may be absent, what may stay empty, what must be removed."""

from __future__ import annotations

import re

from spec_lsp.compare import IF_ANY, OPTIONAL, same_text

_FITTING = r"(?:applicable|available|relevant|needed|necessary|required|known|appropriate|desired)"
_CONDITION = rf"(?:if (?:any|{_FITTING}|exists?|one exists|there (?:is|are) (?:any|one)|so)"
_CONDITION += rf"|(?:as|when|where) {_FITTING})"
_GONE = r"(?:removed|deleted|omitted|skipped|dropped|left out)"
_VERB = r"(?:remove|delete|omit|skip|drop)"
_PART = r"(?:sections?|parts?|headings?|chapters?|elements?|subsections?)"
_MAY = r"(?:may|can|could|should|must|might)"
_FIELD = re.compile(
    rf"\b(?:{OPTIONAL}|optionally)\b|(?:^|[(\[<*_])if\b|\b{_CONDITION}\b"
    r"|\bonly (?:required|needed|necessary|applicable|used|relevant|include|fill|if|when)\b"
    r"|\b(?:required|needed) only\b|\bfeel free to (?:remove|delete|omit)\b|\bnot required\b"
    rf"|\b{_VERB} (?:it|this|these|them|any|if)\b|\botherwise,? {_VERB}\b"
    rf"|\b{_MAY} be (?:{_GONE}|absent|empty|blank)\b|\bnone if\b"
    rf"|\bn/?a[\"'`)]? (?:if|when|for|otherwise)\b|{IF_ANY}",
    re.IGNORECASE,
)
_LEAVE = re.compile(r"\b(?:leave|leaving|keep)\b", re.IGNORECASE)
_AS_IT_IS = re.compile(r"\b(?:empty|blank|unset|unchanged|as[- ]is|alone)\b", re.IGNORECASE)
_EMPTY = re.compile(
    rf"\b{_MAY} be (?:left )?(?:empty|blank)\b"
    r"|\b(?:assigned|determined|set|filled(?: in| out)?|added|given|completed|provided) by\b",
    re.IGNORECASE,
)
_LATER = re.compile(r"\b(?:once|later|after|until|upon)\b", re.IGNORECASE)
_FILL = re.compile(
    r"\b(?:fill|filled|add|added|set|named|known|assigned|chosen|find|complete|completed|update"
    r"|updated)\b",
    re.IGNORECASE,
)
_BY_OTHERS = re.compile(
    r"^\W{0,3}will\b|\bto be (?:nominated|appointed|assigned|determined|decided|announced)\b",
    re.IGNORECASE,
)
_TERMS = re.compile(
    r"\b(?:copyright|(?:re-?)?licen[sc]ed?|waived|all rights reserved|public domain|rfc ?2119)\b",
    re.IGNORECASE,
)
_THIS_PART = re.compile(
    rf"\b(?:this|these|the following)(?: whole| entire)? {_PART}\b", re.IGNORECASE
)
_ABSENT = re.compile(
    rf"\b(?:is|are) optional\b|\b{_PART} {_MAY} (?:also )?be (?:{_GONE}|absent)\b"
    r"|(?:not|n't) (?:always |necessarily )?(?:exist|apply|be (?:needed|necessary|required))\b"
    rf"|(?:not|n't) (?:always )?need this\b|\bonly include this\b|\botherwise,? {_VERB}\b",
    re.IGNORECASE,
)
_OPTIONAL = re.compile(
    rf"\bthis is an? optional\b|^[(\[*_ ]{{0,3}}{_MAY} be {_GONE}\b", re.IGNORECASE
)
_REMOVE_SECTION = re.compile(
    rf"\b{_VERB} (?:this|the|these)(?: whole| entire)? {_PART} (?:if|when|unless|for)\b",
    re.IGNORECASE,
)
_NAMES_SECTION = re.compile(
    rf"(?:\b(?:this|the|these|following) |(?:^|[:*_(])\W{{0,9}}){_PART}\b", re.IGNORECASE
)
_DUE_LATER = re.compile(
    r"\bnot (?:required|needed|necessary|due|expected) (?:until|before)\b"
    r"|\b(?:completed|filled(?: in| out)?|answered|written|provided|added|required|needed)"
    r" (?:only )?(?:when|once|before|after|prior to)\b"
    rf"|\bfor [\w -]{{1,20}}, (?:this|these) {_PART} (?:is|are) (?:required|mandatory)\b",
    re.IGNORECASE,
)
_MARK = re.compile(
    rf"(?:this (?:{_PART}|field) is )?"
    rf"(?:{OPTIONAL}|required|mandatory|recommended|conditional|{_CONDITION})"
    rf"(?: (?:{_PART}|fields?))?",
    re.IGNORECASE,
)
# Names without blanks, which authors also write as `SupersededBy`.
_RELATIONS = frozenset({
    "amendedby", "amends", "blockedby", "blocks", "dependencies", "dependency", "dependson",
    "deprecates", "duplicateof", "duplicates", "extendedby", "extends", "links", "obsoletedby",
    "obsoletes", "pr", "prerequisite", "prerequisites", "prs", "pullrequest", "pullrequests",
    "references", "replacedby", "replaces", "requiredby", "requires", "seealso", "supercededby",
    "supercedes", "supersededby", "supersedes", "updates", "waitingfor", "waitingon", "waitsfor",
})  # fmt: skip
_RELATED_STARTS = ("related", "tracking", "discussion")
_RELATED_ENDS = (" issue", " issues", " discussion", " discussions", " pr", " prs", " pull request")
_TRACKER = re.compile(
    r"(?:links? to|tracking)\b.*\b(?:prs?|pull requests?|issues?|tickets?|discussions?)"
)
_APPENDIX = re.compile(r"(?:appendix|appendices|annex|annexes)\b")
_REFERENCES = re.compile(
    r"(?:related|see also|further reading|bibliography)\b"
    r"|(?:(?:external|internal|useful|additional|further|other) )?(?:references?|links|resources)$"
    r"|(?:相关|相關|参考|參考|関連)|(?:referencias|références|referenzen|referências|riferimenti)$"
)
_SENTENCE_END = re.compile(r"[.!?](?= |$)")
_STAYS = re.compile(
    rf"\b{_MAY} (?:be )?(?:leave|left|keep|kept|stay|remain|retain|retained)\b", re.IGNORECASE
)
_NOTHING = re.compile(
    r"(?:(?:no|none|nothing|n/?a|not applicable|unassigned|sin (?:asignar|definir)|ningun[oa]|nada"
    r"|aucune?|rien|keine?|nessun[oa]?|nenhuma?|нет)\b|なし|无|없음)[^?:]{0,100}",
    re.IGNORECASE,
)
_LATER = re.compile(r"\b(?:when|once|after|before\s+merg\w+)\b", re.IGNORECASE)
_REMOVE = re.compile(r"\b(?:remove|delete|erase|strip|removed|deleted)\b", re.IGNORECASE)
_GUIDANCE = re.compile(
    r"\b(?:comments?|notes?|instructions?|guidance|guidelines?|hints?|texts?|lines?|blocks?"
    r"|paragraphs?|blockquotes?|prompts?|questions?|template)\b",
    re.IGNORECASE,
)
_THIS = re.compile(r"\b(?:this|these|those|the|all|any|each)\b", re.IGNORECASE)


def may_be_absent(text: str) -> bool:
    """Whether a value, or a comment on it, says that the field may be absent."""
    return bool(_FIELD.search(text))


def may_stay_empty(text: str) -> bool:
    """Whether a text says that its field or section may stay empty."""
    return any(
        _EMPTY.search(each) or (_LEAVE.search(each) and _AS_IT_IS.search(each))
        for each in _SENTENCE_END.split(text)
    )


def is_for_later(text: str) -> bool:
    """Whether a value says that it is filled in later, by others or never."""
    is_later = _LATER.search(text) and _FILL.search(text)
    return bool(is_later or _BY_OTHERS.search(text)) or may_stay_empty(text)


def states_terms(text: str) -> bool:
    """Whether text states terms that every document keeps, such as a licence."""
    return bool(_TERMS.search(text))


def says_nothing(text: str) -> bool:
    """Whether a text says that there is nothing to say: `None`, `(no risks are known)`."""
    return bool(_NOTHING.fullmatch(text.strip("() ")))


def section_may_be_absent(body: str) -> bool:
    """Whether the text of a section says that the section may be absent."""
    return bool(_REMOVE_SECTION.search(body)) or any(
        _OPTIONAL.search(each) or (_THIS_PART.search(each) and _ABSENT.search(each))
        for each in _SENTENCE_END.split(body)
    )


def is_section_for_later(body: str) -> bool:
    """Whether the text of a section says that it is due later: `must be completed when …`."""
    return any(
        _NAMES_SECTION.search(each) and _DUE_LATER.search(each)
        for each in _SENTENCE_END.split(body)
    )


def is_mark(text: str) -> bool:
    """Whether text is only a mark such as `[optional]`, `(if applicable)` or `*Optional*`."""
    return bool(_MARK.fullmatch(text.strip("[](){}<>（）*_.: \t\r\n")))


def names_relation(key: str) -> bool:
    """Whether a field relates the document to others, which need not exist.

    `Supersedes`, `See also`, `Depends on` and `Tracking issue` are such fields.
    """
    name = key.replace(" ", "")
    is_known = name in _RELATIONS or name.startswith(_RELATED_STARTS)
    return is_known or key.endswith(_RELATED_ENDS)


def names_supplement(key: str, *, has_parts: bool) -> bool:
    """Whether a section is for what only some documents have: appendices, relations, references.

    References in several parts are a chapter that its template has designed.
    """
    is_references = not has_parts and _REFERENCES.match(key)
    return bool(is_references or _APPENDIX.match(key) or _TRACKER.fullmatch(key))


def asks_for_removal(text: str) -> bool:
    """Whether guidance asks writers to remove it: `TODO: remove this comment when done`."""
    return any(
        _REMOVE.search(each)
        and _GUIDANCE.search(each)
        and _THIS.search(each)
        and not _STAYS.search(each)
        for each in _SENTENCE_END.split(same_text(text))
    )


def removes_later(text: str) -> bool:
    """Whether guidance says when to remove it: `When every question is resolved, remove this`."""
    return bool(_LATER.search(text))
