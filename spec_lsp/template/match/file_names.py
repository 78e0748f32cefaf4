"""What the name of a file says about the template that it follows."""

from __future__ import annotations

import posixpath

from spec_lsp.template.read.recognise import is_template_folder

# README-like files count only if they name a template.
_ABOUT = {"readme", "index", "changelog", "contributing", "code_of_conduct", "security", "license"}


def is_about_others(path: str) -> bool:
    """Whether a file is called like a README, which rarely follows a template."""
    return stem_of(path) in _ABOUT


def is_folder_like(template: str, path: str) -> bool:
    """Whether a file is called like a template, and in a folder beside the template's."""
    folder, name = posixpath.split(path)
    own_folder, own_name = posixpath.split(template)
    around = posixpath.dirname(own_folder)
    is_beside = folder != around and (not around or folder.startswith(f"{around}/"))
    return bool(own_folder) and name.casefold() == own_name.casefold() and is_beside


def is_copied(template: str, path: str) -> bool:
    """Whether a file in a folder of templates has a template's name: it is another template."""
    folder, name = posixpath.split(path)
    is_named = name.casefold() == posixpath.basename(template).casefold()
    return is_named and any(map(is_template_folder, folder.split("/")))


def stem_of(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path.replace("\\", "/")))[0].casefold()
