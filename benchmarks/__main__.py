"""`python -m benchmarks` measures everything; `python -m benchmarks PART …` does one part.

Each part is a module beside this one with a `main` that takes the rest of the command line.
"""

import sys
from collections.abc import Sequence
from importlib import import_module

PARTS = ("generate", "parser")
# What is run when nothing is named.
MEASURED = ("parser",)


def main(arguments: Sequence[str]) -> None:
    """Run the part that is named, or all that measure, one after the other."""
    if not arguments:
        for part in MEASURED:
            _run(part, [])
    elif arguments[0] in PARTS:
        _run(arguments[0], arguments[1:])
    else:
        sys.exit(f"usage: python -m benchmarks [{' | '.join(PARTS)}] …\n\n{__doc__}")


def _run(part: str, arguments: Sequence[str]) -> None:
    module = import_module(f"benchmarks.{part}")
    module.main(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
