"""What a digest depends on besides its file: this program, the templates, the configuration.

Levels and the baseline are no part of it: rules find the same whatever becomes of their findings.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import cache
from pathlib import Path

import spec_lsp
from spec_lsp.workspace.workspace import Settings

# A client with levels of its own and the command line would take turns in emptying the cache.
_LATER = {"rules", "overrides", "baseline"}


def signature_of(settings: Settings) -> str:
    """Settings and this program as one short text; digests of another one are worth nothing."""
    found = hashlib.blake2b(_program(), digest_size=16)
    found.update(settings.config.model_dump_json(exclude=_LATER).encode())
    for template in settings.own_templates:
        for text in (template.path, template.document.text):
            data = text.encode("utf-8", "surrogatepass")
            found.update(len(data).to_bytes(8, "little") + data)
    return found.hexdigest()


@cache
def _program() -> bytes:
    """The version, and the state of the source files: developers change them without a version."""
    found = hashlib.blake2b(spec_lsp.__version__.encode(), digest_size=16)
    with suppress(OSError):
        for at, folders, names in os.walk(Path(spec_lsp.__file__).parent):
            folders[:] = sorted(each for each in folders if each != "__pycache__")
            for name in sorted(names):
                status = (Path(at) / name).stat()
                found.update(f"{name} {status.st_size} {status.st_mtime_ns}".encode())
    return found.digest()
