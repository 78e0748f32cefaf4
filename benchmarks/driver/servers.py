"""The servers that are measured, and how to install them.

Peers are installed beside the project's own `.venv`, never into it: in the user's cache folder.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path

# Pinned, so that a run can be repeated.
RUMDL = "rumdl==0.3.0"
NODE_PACKAGES = ("vscode-markdown-languageserver@0.5.0", "markdown-it@14.1.0")
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Server:
    """A language server to measure.

    `ready` names the sign that its index is built: our notification, the end of its progress, or
    the answer to the first search, before which it does nothing. `has_cache` says that a second
    start profits from the first. One that is hosted runs below another process that is not part of
    it. `pushes` says that it pushes diagnostics if the client does not pull.
    """

    name: str
    command: tuple[str, ...]
    ready: Literal["indexed", "progress", "symbols", "at once"]
    has_cache: bool = False
    is_hosted: bool = False
    pushes: bool = True


OURS = Server(
    "spec-lsp", (sys.executable, "-m", "spec_lsp", "serve"), ready="indexed", has_cache=True
)
EMPTY = Server(
    "empty pygls", (sys.executable, str(_HERE.parent / "empty_server.py")), ready="at once"
)


def servers(names: tuple[str, ...] = ()) -> Iterator[Server]:
    """The named servers, or all that are available here."""
    yield from (each for each in (OURS, EMPTY) if not names or each.name in names)
    if not names or "rumdl" in names:
        yield Server("rumdl", (str(rumdl()), "server"), ready="progress")
    if not names or "vscode-markdown" in names:
        node = shutil.which("node")
        if node and shutil.which("npm"):
            host = str(_HERE / "markdown_host.cjs")
            command = (node, host, str(node_packages()))
            yield Server("vscode-markdown", command, ready="symbols", is_hosted=True, pushes=False)
        else:
            print("vscode-markdown-languageserver is left out: it needs node and npm.")


def rumdl() -> Path:
    """The program rumdl, installed if missing."""
    folder = _peers() / RUMDL
    program = folder / "bin" / "rumdl"
    if not program.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        subprocess.run([*command, "--target", str(folder), RUMDL], check=True)
    return program


def node_packages() -> Path:
    """The folder with the Markdown server of VS Code, installed if missing."""
    folder = _peers() / NODE_PACKAGES[0]
    if not (folder / "node_modules" / "markdown-it").exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund"]
        subprocess.run([*command, "--prefix", str(folder), *NODE_PACKAGES], check=True)
    return folder


def _peers() -> Path:
    return user_cache_path("spec-lsp-benchmarks") / "peers"
