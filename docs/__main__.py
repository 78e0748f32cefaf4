"""Generate the documentation: `make docs`, or `python -m docs`."""

from pathlib import Path

from docs import commands, layouts, reference
from docs.drawing.idea import idea
from docs.drawing.session import session
from spec_lsp.rules.engine import pages

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write all generated files, and delete the pages of removed rules."""
    wanted = {**pages.files(), **own_files()}
    (ROOT / pages.FOLDER).mkdir(parents=True, exist_ok=True)
    for page in (ROOT / pages.FOLDER).glob("*.md"):
        if page.relative_to(ROOT).as_posix() not in wanted:
            page.unlink()
    for path, text in wanted.items():
        (ROOT / path).write_text(text, encoding="utf-8")


def own_files() -> dict[str, str]:
    """The generated files other than those of rules, by path."""
    return {
        **reference.files(),
        **commands.files(),
        **layouts.files(),
        "docs/pictures/idea.svg": idea(),
        "docs/pictures/session.svg": session(),
    }


if __name__ == "__main__":
    main()
