"""The frame of self-contained HTML pages: style and script are inlined."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from spec_lsp.report.asset import asset
from spec_lsp.report.escaped import escape

# The first lines of every page, which mark it as safe to overwrite.
OPENING = '<!doctype html>\n<html lang="en">\n<!-- made by spec-lsp -->\n'
# Quotes in document text are escaped, so only generated tags match.
_SHARE = re.compile(r' data-share="(\d+)"')
_WEIGHT = re.compile(r' data-weight="(\d+)"')


def page(title: str, body: str) -> str:
    """Wrap HTML in a page.

    The content security policy allows only the style and script of the page, by hash: unescaped
    document text could neither run nor load anything.
    """
    style = "".join(map(asset, ("colours.css", "page.css", "graph.css")))
    style, script = f"\n{style}{_measures(body)}", f"\n{asset('page.js')}{asset('graph.js')}"
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}"
    return (
        f'{OPENING}<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{body}\n<script>{script}</script>\n</body>\n</html>\n"
    )


def _measures(body: str) -> str:
    """CSS for the shares and weights in a body: the policy forbids `style` attributes."""
    shares = sorted({int(number) for number in _SHARE.findall(body)})
    weights = sorted({int(number) for number in _WEIGHT.findall(body)})
    rules = [f'[data-share="{number}"]{{--share:{number}%}}\n' for number in shares]
    rules += [f'[data-weight="{number}"]{{flex:{number}}}\n' for number in weights]
    return "".join(rules)


def _hash(text: str) -> str:
    digest = b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
