"""The program: `serve` is the language server, everything else is the command line.

Neither imports the other, so each loads only its own modules.
"""

from __future__ import annotations

import gc
import sys

_MANY_OBJECTS = 200_000  # more than a command creates in a small workspace


def main() -> None:
    """Run the command named first; a server with default options skips the option parser."""
    if sys.argv[1:2] == ["serve"] and set(sys.argv[2:]) <= {"--stdio"}:
        raise SystemExit(_serve())
    if sys.argv[1:] in (["--version"], ["-V"]):
        # The option parser takes most of the time that the answer would take.
        from spec_lsp.cli.guard import guarded, show_version

        guarded(show_version)
    # Most objects of a command live until its end: collect rarely.
    gc.set_threshold(_MANY_OBJECTS)
    from spec_lsp.cli.main import run

    try:
        run(_serve)
    finally:
        # Else Python searches all objects for cycles before it ends, which takes 0.05 s.
        gc.freeze()


def _serve(port: int | None = None, log_level: str = "info") -> int:
    from spec_lsp.lsp.serve import serve

    return serve(port, log_level)


if __name__ == "__main__":
    main()
