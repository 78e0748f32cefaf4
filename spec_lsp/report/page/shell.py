"""A page that needs nothing but itself: style and script stand inside, and nothing is loaded."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib import resources

# How every page of ours begins.
OPENING = '<!doctype html>\n<html lang="en">\n<!-- made by spec-lsp -->\n'


def page(title: str, body: str) -> str:
    """A whole page around a body, which is HTML already."""
    return (
        f'{OPENING}<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Texts of documents stand in the page: should one slip through as markup, it loads nothing.
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>\n{asset('page.css')}</style>\n</head>\n"
        f"<body>\n{body}\n<script>\n{asset('page.js')}</script>\n</body>\n</html>\n"
    )


@cache
def asset(name: str) -> str:
    """The text of a file that stands in every page."""
    return resources.files("spec_lsp.report").joinpath("assets", name).read_text(encoding="utf-8")
