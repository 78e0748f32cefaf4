"""The rules of the house that a machine can see; lists of exceptions may only shrink."""

from __future__ import annotations

import ast
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_PACKAGE = _ROOT / "spec_lsp"
_FILES = sorted(_PACKAGE.rglob("*.py"))
_LONGEST_FUNCTION = 40
_LONGEST_FILE = 300
# Words that readers must translate; write those of the protocol, of git or of VS Code instead.
_DIALECT = re.compile(
    r"(?<![\w-])"
    r"(?:anew|afresh|nobody|somebody|whoever|nought|seldom|behind|stands(?! for))"
    r"(?![\w-])",
    re.IGNORECASE,
)
_PLAIN_ENGLISH = (
    *("spec_lsp/**/*.py", "tests/**/*.py", "benchmarks/**/*.py", "docs/**/*.py"),
    *("release/**/*.py", "action.yml", ".github/**/*.yml", "packaging/*.md", "templates/*.yml"),
    *("*.md", "docs/**/*.md", "examples/**/*.md"),
    *("editors/*.md", "editors/*/*.md", "editors/vscode/media/**/*.md"),
    *("editors/vscode/package.json", "editors/nvim/doc/*.txt"),
)
_DOCUMENT = "text of a test document"
# Lines with such a word, each with the reason.
_DIALECT_ALLOWED = {
    ("tests/lsp/conftest.py", "Nobody likes passwords."): _DOCUMENT,
    ("tests/lsp/test_methods.py", '"Nobody"'): _DOCUMENT,
    ("tests/lsp/test_renaming.py", '"Nobody"'): _DOCUMENT,
    ("tests/lsp/test_server.py", '"Nobody li"'): _DOCUMENT,
    ("tests/template/test_placeholders.py", "- [ASSUMPTION: nobody minds]"): _DOCUMENT,
    ("tests/workspace/render.py", '"nobody can say what"'): "expected text of test cases",
}


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


def test_texts_are_in_plain_english() -> None:
    found = {
        (name, text): at
        for name in _plain_english_files()
        for at, text in _lines(name)
        if _DIALECT.search(text)
    }
    wrong = found.keys() - _DIALECT_ALLOWED.keys()
    assert not [f"{name}:{found[name, text]}: {text}" for name, text in sorted(wrong)]
    assert found.keys() == _DIALECT_ALLOWED.keys()


def _plain_english_files() -> list[str]:
    found = {_name(file) for glob in _PLAIN_ENGLISH for file in _ROOT.glob(glob)}
    found.remove(_name(Path(__file__)))  # The words are listed here.
    return sorted(found)


def _lines(name: str) -> Iterator[tuple[int, str]]:
    """The lines of a text; of Python, those of comments, strings and names of tests."""
    file = _ROOT / name
    if file.suffix != ".py":
        lines = file.read_text(encoding="utf-8").splitlines()
        yield from ((at, line.strip()) for at, line in enumerate(lines, 1))
        return
    with file.open("rb") as stream:
        for token in tokenize.tokenize(stream.readline):
            text = token.string
            if token.type == tokenize.NAME:
                text = text.replace("_", " ") if text.startswith("test_") else ""
            for at, line in enumerate(text.splitlines(), token.start[0]):
                yield at, line.strip()


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
