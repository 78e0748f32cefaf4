"""Recognise templates: Markdown files that are named like one and leave something to fill in."""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from spec_lsp.template.notation.languages import MODEL, TEMPLATE
from spec_lsp.template.schema import body_text

if TYPE_CHECKING:
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.schema import Template

_FOLDER = re.compile(rf"_?(?:spec[-_]?|docs?[-_]?)?{TEMPLATE}", re.IGNORECASE)
# `NNNN-name-template`: proposals that are folders have a template that is one.
_NUMBERED_FOLDER = re.compile(r"(?:0{2,}|N{2,}|X{2,})[-_](?:.*[-_])?template", re.IGNORECASE)
# `document-templates` are several.
_TEMPLATE = re.compile(rf"(?!templates){TEMPLATE}", re.IGNORECASE)
_MODEL = re.compile(MODEL, re.IGNORECASE)
_STAND_IN = re.compile(r"0+|n+|x+|adr", re.IGNORECASE)
_VARIANT = re.compile(r"bare|basic|compact|full|lite|long|minimal|short|simple|v\d+", re.IGNORECASE)
_SEPARATOR = re.compile(r"[-_. ]")
# A single digit inside of a name does not number documents: `stage-1-draft`.
_NUMBER = re.compile(r"^\d+|\d{2,}")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_ABOUT = re.compile(
    r"readme|index|changelog|history|license|contributing|security|support|authors|agents|claude"
    r"|code[-_ ]of[-_ ]conduct|release[-_ ]notes",
    re.IGNORECASE,
)
# Code hosts read these from any folder.
_OF_HOSTS = re.compile(r"(?:issue|pull[-_]request|merge[-_]request)[-_]template", re.IGNORECASE)
# Prompts, test data, vendored and built folders.
_OTHER_FOLDERS = frozenset(
    {
        *("commands", "prompts", "skills", "agents", "hooks"),
        *("fixtures", "testdata", "test", "tests", "__tests__", "example", "examples"),
        *("node_modules", "vendor", "third_party", "third-party", "site-packages", "venv"),
        *("build", "_build", "dist", "out", "target", "_site", "__pycache__"),
    }
)
# Hidden folders belong to git, code hosts, editors and coding agents, except for these.
_HIDDEN_FOLDER = re.compile(
    r"\.(?:.*spec.*|_?templates?|docs?|adrs?|design|kiro|planning|agent-os|backlog|kittify)",
    re.IGNORECASE,
)
_PROMPT = re.compile(r"prompts?|skill", re.IGNORECASE)
_PROMPT_KEYS = frozenset({"allowed tools", "argument hint", "tools", "model"})
# Words with which a template speaks to writers; questions and text in brackets in any language.
_GUIDANCE = re.compile(
    r"[?？][ \t]*$|^[ \t]*[(（].*[)）][ \t]*$|^[ \t]*(?:>[ \t]*)?([*_])(?![*_\s]).*\1[ \t]*$"
    r"|\bT(?:ODO|BD)\b"
    r"|\b(?i:your?|should|this (?:section|document|template)|fill (?:in|out)|optional)\b"
    r"|\b(?:Describe|Explain|List|Summari[sz]e|Provide|Include|Add|Specify|State|Outline)\b"
    r"|\b(?:Why|What|How)\b",
    re.MULTILINE,
)
_DIRECTIVE = re.compile(
    r"\s*(?:SPDX|copyright|licen[sc]e|markdownlint|prettier|toc\b|vale\b)", re.IGNORECASE
)
_LEAST_HEADINGS = 2
_LEAST_FILLED = 0.25  # share of sections to fill in, for a file that is called a template
_LEAST_FILLED_UNNAMED = 0.5  # the same, if only its folder is


def may_hold_templates(folder: str) -> bool:
    """Whether a folder of this name may hold templates of documents."""
    if folder.startswith("."):
        return bool(_HIDDEN_FOLDER.fullmatch(folder))
    return folder.casefold() not in _OTHER_FOLDERS


def is_named_like_template(path: str) -> bool:
    """Whether a Markdown file is called a template, or is in a folder of templates."""
    *folders, name = path.split("/")
    stem, suffix = posixpath.splitext(name)
    if suffix.casefold() != ".md" or not all(map(may_hold_templates, folders)):
        return False
    if _is_about(stem):
        return bool(folders) and stem.casefold() == "readme" and _is_numbered(folders[-1])
    if _OF_HOSTS.fullmatch(stem) or any(map(_PROMPT.fullmatch, re.split(r"[-_. ]", stem))):
        return False
    return _is_called_template(path) or any(map(is_template_folder, folders[-2:]))


def is_template_folder(name: str) -> bool:
    """Whether a folder is named like one of templates."""
    return bool(_FOLDER.fullmatch(name))


def why_no_template(template: Template) -> str:
    """Why a file that is named like a template is not one; empty if it is one."""
    headed = [section for section in template.document.sections if section.level]
    if len(headed) < _LEAST_HEADINGS:
        return "it has fewer than two headings"
    if any(field.key in _PROMPT_KEYS for field in template.fields):
        return "it is a prompt"
    has_open_field = any(field.choices or field.placeholder for field in template.fields)
    if _is_document_name(template.path):
        is_open = has_open_field or 0 in template.waiting
        is_open = is_open or 2 * len(template.waiting) >= len(headed)
        return "" if is_open else "it is named like a document, and has no placeholder"
    is_called = _is_called_template(template.path)
    is_marked = bool(template.placeholders) or any(map(_has_comment, template.document.sections))
    filled = sum(_is_to_fill(template, section) for section in headed)
    least = _LEAST_FILLED if is_called else _LEAST_FILLED_UNNAMED
    if has_open_field or ((is_called or is_marked) and filled >= least * len(headed)):
        return ""
    return "it has nothing to fill in"


def _is_called_template(path: str) -> bool:
    folder, name = posixpath.split(path)
    stem = posixpath.splitext(name)[0]
    # Tools that flatten folders into names join them with two underscores.
    is_called = _is_called(stem.rpartition("__")[2] or stem)
    return is_called or _is_numbered(posixpath.basename(folder))


def _is_called(stem: str) -> bool:
    """Whether a name begins or ends with the word, or is a model or a variant of a template."""
    words = _SEPARATOR.split(stem)
    if _TEMPLATE.fullmatch(words[0]) or _TEMPLATE.fullmatch(words[-1]):
        return True
    named = [each for each in words if not _STAND_IN.fullmatch(each)]
    return (len(named) == 1 and bool(_MODEL.fullmatch(named[0]))) or any(
        one.casefold() == "template" and _VARIANT.fullmatch(other) for one, other in pairwise(words)
    )


def _is_numbered(folder: str) -> bool:
    return bool(_NUMBERED_FOLDER.fullmatch(folder))


def _is_about(stem: str) -> bool:
    """Whether a name is that of a README or the like, or of a template for one."""
    words = re.sub(r"[-_. ]?template[-_. ]?", "", stem, flags=re.IGNORECASE)
    return bool(_ABOUT.fullmatch(words))


def _is_document_name(path: str) -> bool:
    """Whether a file is named like a document: `0101-env-in-template`, `2024-05-01-use-templates`.

    The name of a template has no words after the number, unless the number is zero.
    """
    stem = posixpath.splitext(posixpath.basename(path))[0]
    found = _NUMBER.search(stem)
    if not found:
        return False
    words = [word.casefold() for word in _WORDS.findall(stem[found.end() :])]
    is_zero = not int(found[0])
    return bool(words) and (words != ["template"] if not is_zero else "template" not in words)


def _is_to_fill(template: Template, section: Section) -> bool:
    """Whether a section has a placeholder, guidance, or nothing at all."""
    if section.index in template.waiting or _has_comment(section):
        return True
    body = body_text(template.document, section)
    if body.strip():
        return bool(_GUIDANCE.search(body))
    below = template.document.sections[section.index + 1 : section.index + 2]
    return not any(each.level > section.level for each in below)


def _has_comment(section: Section) -> bool:
    return any(not _DIRECTIVE.match(comment.text) for comment in section.comments)
