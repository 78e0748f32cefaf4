"""The program: `serve` is the language server, everything else is the command line.

Each pays only for its own imports, and neither knows the other.
"""

from __future__ import annotations

import sys
from importlib import import_module


def main() -> None:
    """Run what the first word on the command line asks for."""
    if sys.argv[1:2] == ["serve"]:
        raise SystemExit(_serve(sys.argv[2:]))
    from spec_lsp.cli.main import run

    run(_serve)


def _serve(arguments: list[str]) -> int:
    return int(import_module("spec_lsp.lsp").serve(arguments))


if __name__ == "__main__":
    main()
