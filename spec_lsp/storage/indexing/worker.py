"""A worker process that reads files: `python -m spec_lsp.storage.indexing.worker`.

The worker receives the settings once, then lists of paths, and answers each list with digests. It
ends with its input, and so with its parent process.
"""

from __future__ import annotations

import gc
import marshal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from spec_lsp.markdown.parse import parse
from spec_lsp.rules.engine.registry import Rule
from spec_lsp.storage.cache_key import signature_of
from spec_lsp.storage.files import Disk, Reading
from spec_lsp.storage.history import History
from spec_lsp.storage.indexing.digest import digest, mark_of, pack_digest
from spec_lsp.workspace.config.config import as_json, from_json
from spec_lsp.workspace.families.placing import Families
from spec_lsp.workspace.own_templates import own_templates
from spec_lsp.workspace.settings import Settings
from spec_lsp.workspace.sites import Site
from spec_lsp.workspace.workspace import Workspace

# A path, its digest and the hash of its text, or the reason why there is none. Without either, the
# parent process reads the file.
Answer = tuple[str, bytes | None, bytes, str]

_LENGTH = 4
_MANY_OBJECTS = 50_000


def task(folder: Path, settings: Settings, history: History) -> Any:  # noqa: ANN401 -- plain values.
    """The settings for a worker, as plain values."""
    config, families = as_json(settings.config), [b.texts for b in settings.families.bases]
    sites = tuple((each.folder, each.roots) for each in settings.generators)
    own = settings.own.texts
    return signature_of(settings), str(folder), config, own, families, sites, history.plain()


def send(stream: BinaryIO, message: Any) -> None:  # noqa: ANN401
    """Send one message of plain values."""
    data = marshal.dumps(message)
    stream.write(len(data).to_bytes(_LENGTH, "little") + data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:  # noqa: ANN401 -- whatever was sent.
    """The next message; None at the end of the input."""
    length = stream.read(_LENGTH)
    data = stream.read(int.from_bytes(length, "little"))
    return marshal.loads(data) if data else None  # noqa: S302 -- from a process of our own.


def main() -> None:
    """Answer lists of paths until the input ends."""
    from spec_lsp.workspace.families.kinds import base_of  # noqa: PLC0415 -- only workers need it.

    source, target = sys.stdin.buffer, sys.stdout.buffer
    signature, folder, config, templates, families, sites, history = receive(source)
    asked = from_json(config)
    own = own_templates(templates, asked)
    generators = tuple(Site(*each) for each in sites)
    settings = Settings(asked, own, Families(tuple(map(base_of, families))), generators)
    if signature_of(settings) != signature:
        return  # The program was updated after the parent process was started.
    # Long-lived objects: collect rarely.
    gc.freeze()
    gc.set_threshold(_MANY_OBJECTS)
    past = History(*history).template_of
    reader = _LineReader(Disk(Path(folder)), Workspace(settings, past=past))
    while (paths := receive(source)) is not None:
        # Faster than reading and parsing each file in turn.
        readings = [(path, reader.disk.read(path)) for path in paths]
        send(target, [reader.answer(*each) for each in readings])


class _LineReader:
    def __init__(self, disk: Disk, workspace: Workspace) -> None:
        self.disk = disk
        self.workspace = workspace
        self.has_failed = False

    def answer(self, path: str, reading: Reading) -> Answer:
        """Digest a file. If a rule crashes, the parent runs it again and logs it."""
        if reading.text is None:
            return path, None, b"", reading.reason
        self.has_failed = False
        found = digest(parse(path, reading.text), self.workspace, self._failed)
        return path, None if self.has_failed else pack_digest(found), mark_of(reading.text), ""

    def _failed(self, _rule: Rule, _path: str, _error: Exception) -> None:
        self.has_failed = True


if __name__ == "__main__":
    main()
