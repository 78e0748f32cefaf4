"""The rules of the house that a machine can see; lists of exceptions may only shrink."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_PACKAGE = _ROOT / "spec_lsp"
_FILES = sorted(_PACKAGE.rglob("*.py"))
_LONGEST_FUNCTION = 40
_LONGEST_FILE = 300


def test_functions_have_at_most_forty_lines() -> None:
    assert not [*_long_functions()]


def test_files_have_at_most_three_hundred_lines() -> None:
    found = {_name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in _FILES}
    assert not {name: lines for name, lines in found.items() if lines > _LONGEST_FILE}


def test_no_two_classes_have_one_name() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for file in _FILES:
        for name, line in _types(file):
            found[name].append(f"{_name(file)}:{line}")
    assert not {name: places for name, places in found.items() if len(places) > 1}


def test_no_module_is_hidden_by_a_name_of_its_package() -> None:
    hidden = []
    for file in _FILES:
        if file.name == "__init__.py":
            beside = {each.stem for each in file.parent.iterdir()}
            hidden += [f"{_name(file)}: {name}" for name in _names(file) if name in beside]
    assert not hidden


def test_no_access_to_the_dictionary_of_another_object() -> None:
    found = [
        f"{_name(file)}:{node.lineno}"
        for file in _FILES
        if file.name != "memo.py"  # It stores cached values there.
        for node in ast.walk(_tree(file))
        if isinstance(node, ast.Attribute) and node.attr == "__dict__"
    ]
    assert not found


def test_every_file_of_rules_holds_a_rule() -> None:
    files = [file for file in (_PACKAGE / "rules").glob("*.py") if file.name != "__init__.py"]
    assert not [_name(file) for file in files if "@rule(" not in file.read_text(encoding="utf-8")]


def test_a_package_exports_nothing_and_has_one_sentence() -> None:
    for file in _FILES:
        if file.name == "__init__.py" and file.parent != _PACKAGE and file.parent.name != "builtin":
            tree = _tree(file)
            sentence = ast.get_docstring(tree) or ""
            assert len(tree.body) == 1, _name(file)
            assert sentence.endswith("."), _name(file)
            assert "\n" not in sentence, _name(file)


def test_the_architecture_page_has_the_sentence_of_each_package() -> None:
    page = (_ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for file in sorted(_PACKAGE.rglob("__init__.py")):
        if file.parent != _PACKAGE:
            name = file.parent.relative_to(_PACKAGE).as_posix()
            sentence = (ast.get_docstring(_tree(file)) or "").rstrip(".")
            assert f"| `{name}/` | {sentence} |" in page, name


def _long_functions() -> Iterator[str]:
    for file in _FILES:
        for node in ast.walk(_tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                has_docstring = bool(ast.get_docstring(node)) and len(node.body) > 1
                first = node.body[1] if has_docstring else node.body[0]
                lines = (node.end_lineno or 0) - first.lineno + 1
                if lines > _LONGEST_FUNCTION:
                    yield f"{_name(file)}:{node.lineno} {node.name}: {lines} lines"


def _types(file: Path) -> Iterator[tuple[str, int]]:
    """The classes of a file, and its aliases of `Literal`."""
    for node in _tree(file).body:
        if isinstance(node, ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript):
            called = node.value.value
            if isinstance(called, ast.Name) and called.id == "Literal":
                yield from (
                    (each.id, node.lineno) for each in node.targets if isinstance(each, ast.Name)
                )


def _names(file: Path) -> Iterator[str]:
    for node in _tree(file).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _name(file: Path) -> str:
    return file.relative_to(_ROOT).as_posix()
