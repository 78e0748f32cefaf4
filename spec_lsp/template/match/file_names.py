"""What the name of a file says about the template that it follows."""

from __future__ import annotations

import posixpath
import re

from spec_lsp.template.read.recognise import is_named_like_template, is_template_folder

# README-like files count only if they name a template.
_ABOUT = {"readme", "index", "changelog", "contributing", "code_of_conduct", "security", "license"}
_ATTACHED = re.compile(
    r"(?:^|/)(?:assets?|attachments?|diagrams|figures|images?|img|media|screenshots)/",
    re.IGNORECASE,
)
# The first of many numbered proposals says how they are written.
_PROCESS = re.compile(r"0*[01][-_](?:.*[-_])?process")


def is_about_others(path: str) -> bool:
    """Whether a file is called like a README or `0001-process`, which rarely follow a template."""
    stem = stem_of(path)
    return stem in _ABOUT or bool(_PROCESS.fullmatch(stem))


def is_attached(path: str) -> bool:
    """Whether a file is in a folder of what belongs to documents, such as `assets`."""
    return bool(_ATTACHED.search(path))


def is_folder_like(template: str, path: str) -> bool:
    """Whether a file is called like a template, and in a folder beside the template's."""
    folder, name = posixpath.split(path)
    own_folder, own_name = posixpath.split(template)
    around = posixpath.dirname(own_folder)
    is_beside = folder != around and (not around or folder.startswith(f"{around}/"))
    return bool(own_folder) and name.casefold() == own_name.casefold() and is_beside


def is_other_template(template: str, path: str) -> bool:
    """Whether a file is an attachment, in a folder of templates, or a template of that name."""
    folder, name = posixpath.split(path)
    if is_attached(path) or any(map(is_template_folder, folder.split("/"))):
        return True
    is_named = name.casefold() == posixpath.basename(template).casefold()
    return is_named and is_named_like_template(path)


def stem_of(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path.replace("\\", "/")))[0].casefold()
