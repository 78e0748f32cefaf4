"""Generate the documentation: `make docs`, or `python -m docs`."""

from pathlib import Path

from spec_lsp.rules.engine.pages import FOLDER, files

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write all generated files, and delete the pages of removed rules."""
    wanted = files()
    (ROOT / FOLDER).mkdir(parents=True, exist_ok=True)
    for page in (ROOT / FOLDER).glob("*.md"):
        if page.relative_to(ROOT).as_posix() not in wanted:
            page.unlink()
    for path, text in wanted.items():
        (ROOT / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
