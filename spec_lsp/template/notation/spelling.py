"""British and American spelling are one: `Acknowledgements` and `Acknowledgments`."""

from __future__ import annotations

import re
from functools import lru_cache

_AMERICAN = {
    "centre": "center", "dgement": "dgment", "elled": "eled", "elling": "eling", "ence": "ense",
    "iour": "ior", "isation": "ization", "ise": "ize", "ising": "izing", "ogue": "og",
    "olour": "olor", "yse": "yze",
}  # fmt: skip
_BRITISH = re.compile("|".join(_AMERICAN))


@lru_cache(maxsize=4096)
def american(word: str) -> str:
    """A word in American spelling, for comparison only."""
    return _BRITISH.sub(lambda match: _AMERICAN[match[0]], word)
