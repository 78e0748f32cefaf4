r"""Workspace text made safe to show: what controls or hides comes out as `\x1b`, `\u202e`.

Raw control characters colour terminals, forge lines in CI logs and start workflow commands;
bidirectional and invisible marks make a text look like another one.
"""

from __future__ import annotations

import json
import re

# Where joiners have a meaning: right-to-left and Indic scripts, emoji. In Latin, Greek, Cyrillic
# and ASCII text they only hide.
_JOINED = r"[\u0590-\u1cff\u2190-\ud7ff\uf900-\ufefe\U00010000-\U000dffff]"
_SELECTORS = r"\ufe00-\ufe0f\U000e0100-\U000e01ef"
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f"  # C0 with line ends and ESC, DEL, C1 with CSI
    r"\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\ud800-\udfff"  # bytes of a file name that are not UTF-8
    r"\U000e0000-\U000e007f]"  # tags, which spell out hidden ASCII
    rf"|(?<!{_JOINED})[\u200c\u200d]|[\u200c\u200d](?!{_JOINED})"
    # One variation selector belongs to the character before it; a run of them carries hidden data.
    rf"|(?:(?<=[\s{_SELECTORS}])|\A)[{_SELECTORS}]"
)
_LINE_END = re.compile(r"\r\n|[\r\n]")
_NAMED = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}


def printable(text: str) -> str:
    """Escape what is not plain text: the result is one line that shows all it holds."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub(lambda match: _escaped(match[0]), text)


def printable_lines(text: str) -> str:
    """The same for a text of several lines, which keeps its line ends and tabs."""
    lines = _LINE_END.split(text)
    return "\n".join("\t".join(map(printable, line.split("\t"))) for line in lines)


def printable_json(data: object) -> str:
    """JSON that reads back as the same data and holds nothing raw that a terminal obeys."""
    text = json.dumps(data, indent=2, ensure_ascii=False)
    return _UNSAFE.sub(lambda m: m[0] if m[0] == "\n" else json.dumps(m[0])[1:-1], text)


def _escaped(char: str) -> str:
    code = ord(char)
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return _NAMED.get(char) or (f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}")
