"""`python -m benchmarks` measures everything; `python -m benchmarks PART …` does one part.

Each part is a module beside this one with a `main` that takes the rest of the command line.
`python -m benchmarks all --documents 10000 --rounds 5` measures everything at another size.
"""

import sys
from collections.abc import Sequence
from importlib import import_module

PARTS = ("generate", "parser", "server", "check", "curve", "report")
# What `all` measures, and which of them have a size.
MEASURED = {"parser": False, "check": True, "server": True}


def main(arguments: Sequence[str]) -> None:
    """Run the part that is named, or all that measure, one after the other."""
    part, *rest = arguments or ["all"]
    if part == "all":
        for name, is_sized in MEASURED.items():
            _run(name, rest if is_sized else [])
    elif part in PARTS:
        _run(part, rest)
    else:
        sys.exit(f"usage: python -m benchmarks [all | {' | '.join(PARTS)}] …\n\n{__doc__}")


def _run(part: str, arguments: Sequence[str]) -> None:
    module = import_module(f"benchmarks.{part}")
    module.main(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
