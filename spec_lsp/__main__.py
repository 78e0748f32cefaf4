"""The program: `serve` is the language server, everything else is the command line.

Each pays only for its own imports, and neither knows the other.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run what the first word on the command line asks for."""
    if sys.argv[1:2] == ["serve"]:
        raise SystemExit(_serve(sys.argv[2:]))
    from spec_lsp.cli.main import run

    run(_serve)


def _serve(arguments: list[str]) -> int:
    from spec_lsp.lsp.serve import serve

    return serve(arguments)


if __name__ == "__main__":
    main()
