"""A page that needs nothing but itself: style and script stand inside, and nothing is loaded."""

from __future__ import annotations

import html
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib import resources

from spec_lsp.printable import printable

# How every page of ours begins.
OPENING = '<!doctype html>\n<html lang="en">\n<!-- made by spec-lsp -->\n'
# Quotes in texts of documents are escaped, so only our own tags have such attributes.
_SHARE = re.compile(r' data-share="(\d+)"')
_WEIGHT = re.compile(r' data-weight="(\d+)"')


def page(title: str, body: str) -> str:
    """A whole page around a body, which is HTML already.

    A policy allows nothing but the very style and script of the page, so that text of a document
    that slipped through as markup would neither run nor load anything.
    """
    style, script = f"\n{asset('page.css')}{_measures(body)}", f"\n{asset('page.js')}"
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}"
    return (
        f'{OPENING}<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{body}\n<script>{script}</script>\n</body>\n</html>\n"
    )


def escape(text: str) -> str:
    """A text of a workspace in HTML: no markup, and nothing that hides or reorders it."""
    return html.escape(printable(text))


def _measures(body: str) -> str:
    """Rules for the shares and weights in a body: a policy of hashes allows no `style` on tags."""
    shares = sorted({int(number) for number in _SHARE.findall(body)})
    weights = sorted({int(number) for number in _WEIGHT.findall(body)})
    rules = [f'[data-share="{number}"]{{--share:{number}%}}\n' for number in shares]
    rules += [f'[data-weight="{number}"]{{flex:{number}}}\n' for number in weights]
    return "".join(rules)


def _hash(text: str) -> str:
    digest = b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


@cache
def asset(name: str) -> str:
    """The text of a file that stands in every page."""
    return resources.files("spec_lsp.report").joinpath("assets", name).read_text(encoding="utf-8")
