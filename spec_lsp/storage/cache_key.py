"""What a digest depends on besides its file: this program, the templates, the configuration.

Levels and the baseline are not included: they apply to findings after the rules have run.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import spec_lsp
from spec_lsp.workspace.config.config import as_json
from spec_lsp.workspace.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# Excluded, else a client with its own levels and the command line would invalidate each other.
_LATER = {"rules", "overrides", "baseline", "evidence"}


def signature_of(settings: Settings) -> str:
    """Hash the settings and this program; digests with another signature are invalid."""
    found = hashlib.blake2b(program(), digest_size=16)
    found.update(as_json(settings.config, _LATER).encode())
    own = (text for each in settings.own.texts for text in each)
    of_families = (text for base in settings.families.bases for text in base.texts)
    for text in (repr(settings.generators), *own, *of_families):
        data = text.encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8, "little") + data)
    return found.hexdigest()


@cache  # For the life of the process.
def program() -> bytes:
    """Hash the version and the program's files, which developers change without a new version."""
    found = hashlib.blake2b(spec_lsp.__version__.encode(), digest_size=16)
    home = Path(spec_lsp.__file__).parent
    with suppress(OSError):
        # `RECORD` lists every installed file with its hash, the same on every machine.
        listed = [each.read_bytes() for each in home.parent.glob("spec_lsp-*.dist-info/RECORD")]
        for part in listed or _states(home):
            found.update(part)
    return found.digest()


def _states(home: Path) -> Iterator[bytes]:
    for at, folders, names in os.walk(home):
        folders[:] = sorted(each for each in folders if each != "__pycache__")
        for name in sorted(names):
            status = (Path(at) / name).stat()
            yield f"{name} {status.st_size} {status.st_mtime_ns}".encode()
