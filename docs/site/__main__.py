"""Prepare the sources of the site in a folder, or check the built one: `make site`."""

import sys
from pathlib import Path

from docs.site.check import faults
from docs.site.stage import stage

ROOT = Path(__file__).parents[2]


def main() -> None:
    """`python -m docs.site stage FOLDER` or `python -m docs.site check FOLDER`."""
    command, folder = sys.argv[1:]
    if command == "stage":
        stage(ROOT, Path(folder))
    elif found := faults(Path(folder)):
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
