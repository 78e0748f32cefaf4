"""Write version and address everywhere (`make release-files`), or what a release is made of."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from release.address import FILES, repository, with_address
from release.formula import formula
from release.version import files_with, notes, version_of

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Run the command of the command line."""
    parser = argparse.ArgumentParser(prog="python -m release", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("files", help="write version and address into every file that states them")
    commands.add_parser("notes", help="print the changes of this version")
    commands.add_parser("address", help="print the address of the repository")
    commands.add_parser("tag", help="print the tag of this version")
    brew = commands.add_parser("formula", help="print the Homebrew formula")
    brew.add_argument("archive", type=Path, help="the source archive")
    brew.add_argument("pylock", type=Path, help="the lock with addresses")
    given = parser.parse_args()
    version = version_of(ROOT)
    if given.command == "files":
        for path, text in files_with(ROOT, version, datetime.now(UTC).date()).items():
            (ROOT / path).write_text(text, encoding="utf-8")
        for file in (each for glob in FILES for each in ROOT.glob(glob)):
            text = file.read_text(encoding="utf-8")
            file.write_text(with_address(text, repository(ROOT)), encoding="utf-8")
    elif given.command == "notes":
        print(notes(_read("CHANGELOG.md"), version), end="")
    elif given.command == "address":
        print(repository(ROOT))
    elif given.command == "tag":
        print(f"v{version}")
    else:
        home = repository(ROOT)
        address = f"{home}/releases/download/v{version}/{given.archive.name}"
        pylock = given.pylock.read_text(encoding="utf-8")
        lock = _read("packaging/requirements.txt")
        print(formula(home, given.archive, address, pylock, lock), end="")


def _read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
