"""`check --fix`: write files, show a diff, or fix standard input to standard output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff
from typing import TYPE_CHECKING

from spec_lsp.cli.check.report import RuleSelection, desk_of, switch_on
from spec_lsp.cli.errors import CannotRunError
from spec_lsp.cli.terminal import complain, shown, write_source
from spec_lsp.markdown.parse import parse
from spec_lsp.printable import printable
from spec_lsp.report.formats.as_text import plural
from spec_lsp.storage.fix import Fixed, fix
from spec_lsp.storage.write import Change, RefusedError, save
from spec_lsp.text import LineIndex

if TYPE_CHECKING:
    from spec_lsp.cli.check.options import Options
    from spec_lsp.cli.folders import CheckTarget
    from spec_lsp.storage.folder import Folder


def apply_fixes(options: Options, asked: list[CheckTarget], choice: RuleSelection) -> bool:
    """Apply fixes; return whether the output is already a diff or a text, so needs no report."""
    for each in asked:
        folder = each.folder
        switch_on(folder, choice)
        fixed = fix(
            folder,
            each.paths,
            desk_of(folder),
            lambda diagnostic: choice.takes(diagnostic.code),
            unsafe=options.unsafe,
        )
        if options.diff:
            write_source("".join(patch(folder, texts_of(fixed), fixed.renames)))
        elif options.stdin_filename:
            path = next(iter(folder.texts.open))
            text = fixed.after.get(path, folder.texts.open[path].text)
            write_source(text)
            folder.edit(parse(path, text))
        else:
            files = save_fixed(folder, fixed)
            if fixed.count:
                fixes = plural(fixed.count, "fix", "fixes")
                complain(f"Applied {fixes} in {plural(files, 'file')}")
    return options.diff or bool(options.stdin_filename)


def save_fixed(folder: Folder, fixed: Fixed) -> int:
    """Write the fixed files and re-read them; return their number."""
    texts = _to_write(fixed)
    try:
        save(folder.root, texts, fixed.renames)
    except RefusedError as refused:
        raise CannotRunError(str(refused)) from None
    files = {*texts, *(old for old, _ in fixed.renames)}
    folder.refresh([*files, *(new for _, new in fixed.renames)])
    return len(files)


def texts_of(fixed: Fixed) -> dict[str, tuple[str, str]]:
    """Texts before and after of changed and created files."""
    before = {**fixed.before, **dict.fromkeys(fixed.created, "")}
    return {path: (text, fixed.after.get(path, text)) for path, text in before.items()}


def _to_write(fixed: Fixed) -> dict[str, Change]:
    """Texts before and after, keyed by the paths before renaming: files are renamed last."""
    on_disk: dict[str, str] = {}
    for old, new in fixed.renames:
        on_disk[new] = on_disk.get(old, old)
    newest = {path: new for new, path in on_disk.items()}
    before: dict[str, str | None] = dict.fromkeys(fixed.created)
    for path, text in fixed.before.items():
        before.setdefault(on_disk.get(path, path), text)
    texts = {path: (old, fixed.after[newest.get(path, path)]) for path, old in before.items()}
    return {path: each for path, each in texts.items() if each[0] != each[1]}


def patch(
    folder: Folder, texts: Mapping[str, tuple[str, str]], renames: Iterable[tuple[str, str]]
) -> Iterator[str]:
    """A patch of changed texts and renamed files."""
    for path in sorted(texts):
        name = printable(shown(folder.at(path)))
        old, new = (_lines(text) for text in texts[path])
        for line in unified_diff(old, new, f"a/{name}", f"b/{name}"):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
    for old_path, new_path in renames:
        names = (printable(shown(folder.at(path))) for path in (old_path, new_path))
        yield "rename from {}\nrename to {}\n".format(*names)


def _lines(text: str) -> list[str]:
    return [line for line in LineIndex(text).lines() if line]
