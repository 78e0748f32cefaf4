"""Every regular expression of the package, and how the package uses it.

Expressions that a function builds at run time get sample words for the values known only then.
"""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import spec_lsp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_CALLS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
# The sample for a value that is known only at run time, within an f-string.
_SAMPLE = "aB"


class Use(NamedTuple):
    """An expression, where it is, and the furthest-reaching way in which it is used.

    `mode` is "match" (at one place), "fullmatch", "search" (once), or "finditer" (again and again).
    """

    where: str
    pattern: re.Pattern[str]
    mode: str


class NotKnownError(Exception):
    """What an expression looks like is decided at run time."""


def modules() -> Iterator[ModuleType]:
    """Every module of the package."""
    for found in pkgutil.walk_packages(spec_lsp.__path__, "spec_lsp."):
        if not found.name.endswith("__main__"):
            yield import_module(found.name)


@cache
def expressions() -> list[Use]:
    """All uses of expressions that are known before run time."""
    return _collected()[0]


def unknown_places() -> list[str]:
    """The places whose expressions are known only at run time."""
    return _collected()[1]


@cache
def _collected() -> tuple[list[Use], list[str]]:
    trees = {module: ast.parse(inspect.getsource(module)) for module in modules()}
    public = [use for tree in trees.values() for use in _methods(tree)]
    known: list[Use] = []
    unknown: list[str] = []
    for module, tree in trees.items():
        for call, parents in _calls(tree):
            where = f"{module.__name__}:{call.lineno}"
            try:
                pattern = _pattern(call, module)
            except NotKnownError:
                unknown.append(where)
                continue
            name = _name(parents)
            if name:
                own = public if not name.startswith("_") else list(_methods(tree))
                ways = {way for each, way in own if each == name}
                where = f"{module.__name__}.{name}"
            else:
                ways = {_way(call, parents)}
                where = f"{module.__name__}.{_function(parents)}"
            known.append(Use(where, pattern, _mode(ways)))
    return known, unknown


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, list[ast.AST]]]:
    """The calls of `re.compile` and its like, each with the nodes around it, outermost first."""
    todo: list[tuple[ast.AST, list[ast.AST]]] = [(tree, [])]
    while todo:
        node, parents = todo.pop()
        if isinstance(node, ast.Call) and _method(node.func, "re") in _CALLS:
            yield node, parents
        todo += ((child, [*parents, node]) for child in ast.iter_child_nodes(node))


def _method(node: ast.AST, owner: str) -> str:
    """The name after the dot in `owner.name`."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr if node.value.id == owner else ""
    return ""


def _name(parents: list[ast.AST]) -> str:
    """The module-level name that a call's result gets."""
    node = parents[-1]
    if len(parents) == 2 and isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return ""


def _function(parents: list[ast.AST]) -> str:
    """The innermost function around a call."""
    names = [node.name for node in parents if isinstance(node, ast.FunctionDef)]
    return names[-1] if names else ""


def _way(call: ast.Call, parents: list[ast.AST]) -> str:
    assert isinstance(call.func, ast.Attribute)
    if call.func.attr != "compile":
        return call.func.attr
    return parents[-1].attr if isinstance(parents[-1], ast.Attribute) else "finditer"


def _methods(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """The names of a module with the methods called on them; "" for a name handed on as it is."""
    seen: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            seen.add(node.value)
            yield node.value.id, node.attr
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in seen:
            yield node.id, ""


def _mode(ways: set[str]) -> str:
    for mode in ("match", "fullmatch"):
        if ways == {mode}:
            return mode
    if ways == {"match", "fullmatch"}:
        return "match"
    return "search" if ways and ways <= {"match", "fullmatch", "search"} else "finditer"


def _pattern(call: ast.Call, module: ModuleType) -> re.Pattern[str]:
    assert isinstance(call.func, ast.Attribute)
    at = (
        1
        if call.func.attr == "compile"
        else {"sub": 4, "subn": 4, "split": 3}.get(call.func.attr, 2)
    )
    flags = next((each.value for each in call.keywords if each.arg == "flags"), None)
    flags = call.args[at] if flags is None and len(call.args) > at else flags
    source = _value(call.args[0], module)
    number = _evaluate(flags, module) if flags else 0
    assert isinstance(number, int)
    if isinstance(source, bytes):
        source, number = source.decode("latin-1"), number | re.ASCII
    assert isinstance(source, str)
    return re.compile(source, number)


def _value(node: ast.expr, module: ModuleType) -> object:
    """What an expression of Python gives, with samples for what is known only at run time."""
    if isinstance(node, ast.JoinedStr):
        if not any(isinstance(part, ast.Constant) for part in node.values):
            raise NotKnownError
        return "".join(str(_part(part, module)) for part in node.values)
    return _evaluate(node, module)


def _part(node: ast.expr, module: ModuleType) -> object:
    if isinstance(node, ast.FormattedValue):
        try:
            return _evaluate(node.value, module)
        except NotKnownError:
            return _SAMPLE
    return _evaluate(node, module)


def _evaluate(node: ast.expr, module: ModuleType) -> object:
    code = compile(ast.Expression(node), module.__name__, "eval")
    try:
        return eval(code, vars(module))  # noqa: S307 - it is our own source
    except NameError as error:
        raise NotKnownError from error
