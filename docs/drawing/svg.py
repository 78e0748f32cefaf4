"""What the pictures share: colours, text of fixed width, windows."""

from __future__ import annotations

from html import escape

FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
SIZE = 14  # of the text, in pixels
COLUMN = 8.43  # width of a character at this size in most of these fonts
LINE = 21  # from one baseline to the next
PAPER, BAR, EDGE = "#10201b", "#183029", "#2c5145"
INK, FAINT = "#dbe7e2", "#8fb0a4"
COLOURS = {
    "red": "#ff8f84",
    "yellow": "#f2c14e",
    "green": "#79d8ad",
    "cyan": "#7fc8ea",
    "faint": FAINT,
    "ink": INK,
}


def head(width: float, height: float, title: str, style: str = "") -> str:
    """The start of a picture."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img"'
        f' aria-label="{escape(title)}" font-family="{FONT}" font-size="{SIZE}">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>"
    )


def text(x: float, y: float, shown: str, colour: str = "ink", more: str = "") -> str:
    """A text whose width does not depend on the font."""
    if not shown.strip():
        return ""
    lead = len(shown) - len(shown.lstrip(" "))
    x, shown = x + lead * COLUMN, shown.strip(" ")
    width = len(shown) * COLUMN
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs"'
        f' fill="{COLOURS[colour]}" xml:space="preserve"{more}>{escape(shown)}</text>'
    )


def window(x: float, y: float, width: float, height: float, title: str) -> str:
    """A window with a title."""
    return "\n".join((
        (f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="8" fill="{PAPER}"'
        f' stroke="{EDGE}"/>'),
        (f'<path d="M{x:g} {y + 30:g}v-22a8 8 0 0 1 8 -8h{width - 16:g}a8 8 0 0 1 8 8v22z"'
        f' fill="{BAR}"/>'),
        text(x + 16, y + 20, title, "faint"),
    ))  # fmt: skip
