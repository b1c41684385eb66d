"""Small faults to put into a module, one at a time; `mutation.py` sees whether a test notices.

Docstrings, annotations, decorators, imports and the wording of messages are left alone.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import patterns

_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
}
_CALLS = {
    "all": "any",
    "any": "all",
    "bisect_left": "bisect_right",
    "lstrip": "rstrip",
    "max": "min",
    "min": "max",
    "popleft": "pop",
    "removeprefix": "removesuffix",
    "removesuffix": "removeprefix",
    "rfind": "find",
    "rstrip": "lstrip",
    "startswith": "endswith",
    "strip": "lstrip",
}
# What is said to people: its wording is no promise.
_SAYING = ("FindingsError", "LedgerFault", "StorageError", "fault")
_SAID = ("message", "hint", "verb", "_RESTORE")
_SHOWN = 30

Change = Callable[[], None]


@dataclass(frozen=True)
class Mutant:
    """A module with one fault: what it is called, where it is, and the whole source."""

    name: str
    line: int
    source: str


def mutants_of(module: str, source: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its text.

    The name says the function and the change, and no line, so that it holds while others change.
    """
    tree = ast.parse(source)
    seen: Counter[str] = Counter()
    found = []
    for at in range(len(list(_places(tree)))):
        fresh = copy.deepcopy(tree)
        scope, node = list(_places(fresh))[at]
        for number in range(len(list(_changes(node)))):
            fresh = copy.deepcopy(tree)
            scope, node = list(_places(fresh))[at]
            label, change = list(_changes(node))[number]
            change()
            name = f"{module}.{scope}: {label}"
            seen[name] += 1
            name += f" #{seen[name]}" if seen[name] > 1 else ""
            found.append(Mutant(name, node.here.lineno, ast.unparse(fresh)))
    return found


@dataclass
class _Place:
    """A node with what is around it."""

    here: ast.AST
    parents: tuple[ast.AST, ...]


def _places(tree: ast.Module) -> Iterator[tuple[str, _Place]]:
    yield from _below(tree, (), "")


def _below(node: ast.AST, parents: tuple[ast.AST, ...], scope: str) -> Iterator[tuple[str, _Place]]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        scope = f"{scope}.{node.name}".lstrip(".")
    elif isinstance(node, ast.Assign) and not scope:
        scope = ast.unparse(node.targets[0])
    if hasattr(node, "lineno"):
        yield scope, _Place(node, parents)
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.Import | ast.ImportFrom):
                yield from _below(child, (*parents, node), scope)


def _changes(place: _Place) -> Iterator[tuple[str, Change]]:
    """What can be done to a node, each with its label; nothing is done before it is called."""
    node, parents = place.here, place.parents
    if isinstance(node, ast.stmt):
        yield from _of_statement(node, parents)
    elif not _is_said(node, parents):
        yield from _of_expression(node, parents)


def _of_statement(node: ast.stmt, parents: tuple[ast.AST, ...]) -> Iterator[tuple[str, Change]]:
    short = ast.unparse(node).split("\n")[0][:70]
    if isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value in (None, False)):
            yield f"{short} -> return None", _setting(node, "value", ast.Constant(None))
    elif _is_removable(node, parents):
        yield f"without {short}", _replacing(node, parents, ast.Pass())
    if isinstance(node, ast.AugAssign) and type(node.op) in _SWAPS:
        yield f"{short} -> other operator", _setting(node, "op", _SWAPS[type(node.op)]())
    if isinstance(node, ast.If | ast.While) and not isinstance(node.test, ast.Compare):
        yield f"{short} -> not", _setting(node, "test", _negated(node.test))


def _is_removable(node: ast.stmt, parents: tuple[ast.AST, ...]) -> bool:
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign):
        return _is_assigned_again(node, parents)
    return isinstance(node, ast.AugAssign | ast.Continue | ast.Break | ast.Return | ast.Raise)


def _is_assigned_again(node: ast.Assign, parents: tuple[ast.AST, ...]) -> bool:
    """Whether without this the function would still know the name, or it is part of something."""
    target = node.targets[0]
    function = next((p for p in reversed(parents) if isinstance(p, ast.FunctionDef)), None)
    if isinstance(target, ast.Subscript | ast.Attribute):
        return True
    if function is None or not isinstance(target, ast.Name) or target.id in _SAID:
        return False
    stores = [
        one
        for one in ast.walk(function)
        if (isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store) and one.id == target.id)
        or (isinstance(one, ast.arg) and one.arg == target.id)
    ]
    return len(stores) > 1


def _of_expression(node: ast.AST, parents: tuple[ast.AST, ...]) -> Iterator[tuple[str, Change]]:
    text = ast.unparse(node)[:70] if isinstance(node, ast.expr) else ""
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            if type(operator) in _SWAPS:
                swapped = _SWAPS[type(operator)]
                yield f"{text} -> {swapped.__name__}", _setting(node.ops, at, swapped())
    elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in _SWAPS:
        swapped = _SWAPS[type(node.op)]
        yield f"{text} -> {swapped.__name__}", _setting(node, "op", swapped())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield f"{text} -> without not", _replacing(node, parents, node.operand)
    elif isinstance(node, ast.IfExp) and not isinstance(node.test, ast.Compare):
        yield f"{text} -> not", _setting(node, "test", _negated(node.test))
    elif isinstance(node, ast.comprehension):
        for at in range(len(node.ifs)):
            condition = ast.unparse(node.ifs[at])
            yield f"without if {condition}", _setting(node.ifs, at, ast.Constant(True))
    elif isinstance(node, ast.Slice):
        for bound in ("lower", "upper"):
            if getattr(node, bound) is not None:
                yield f"[{text}] without {bound} bound", _setting(node, bound, None)
    elif isinstance(node, ast.Call):
        yield from _of_call(node, text)
    elif isinstance(node, ast.Constant):
        yield from _of_constant(node, parents)


def _of_call(node: ast.Call, text: str) -> Iterator[tuple[str, Change]]:
    name = _name_of(node.func)
    if name in _CALLS:
        field = "attr" if isinstance(node.func, ast.Attribute) else "id"
        yield f"{text} -> {_CALLS[name]}", _setting(node.func, field, _CALLS[name])
    for at, keyword in enumerate(node.keywords):
        if keyword.arg and keyword.arg not in _SAID:
            yield f"{text} without {keyword.arg}=", _removing(node.keywords, at)
    if name == "compile" and len(node.args) > 1:
        yield f"{text} without flags", _removing(node.args, 1)


def _of_constant(node: ast.Constant, parents: tuple[ast.AST, ...]) -> Iterator[tuple[str, Change]]:
    for value in _other_values(node.value, _is_pattern(node, parents[-1])):
        yield _difference(repr(node.value), repr(value)), _setting(node, "value", value)


def _difference(old: str, new: str) -> str:
    """What differs between two texts, with a little of what is before and after it."""
    if len(old) <= _SHOWN:
        return f"{old} -> {new}"
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    before, after = old[max(start - 20, 0) : start], old[len(old) - end :][:10]
    shown = (f"{before}<{text[start : len(text) - end]}>{after}" for text in (old, new))
    return " -> ".join(shown)


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _other_values(value: object, is_pattern: bool) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value - 1, value + 1)
    elif isinstance(value, float):
        yield from (value / 2, value * 1.5)
    elif isinstance(value, str | bytes):
        text = value.decode() if isinstance(value, bytes) else value
        for other in patterns.changed(text) if is_pattern else _other_texts(text):
            yield other.encode() if isinstance(value, bytes) else other


def _other_texts(text: str) -> Iterator[str]:
    yield f"XX{text}"
    if len(text) > 1 and not any(character.isalnum() for character in text):
        for at in range(len(text)):
            yield text[:at] + text[at + 1 :]


def _is_pattern(node: ast.Constant, parent: ast.AST) -> bool:
    return (
        isinstance(parent, ast.Call)
        and parent.args[0] is node
        and ast.unparse(parent.func) in ("re.compile", "re.sub")
    )


def _is_said(node: ast.AST, parents: tuple[ast.AST, ...]) -> bool:
    """Whether a node is part of what is said to people."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        words = node.value.split()
        if sum(word.isalpha() for word in words) > 1 and not _is_pattern(node, parents[-1]):
            return True
    for parent in parents:
        if isinstance(parent, ast.Call) and _name_of(parent.func) in _SAYING:
            return True
        if isinstance(parent, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id in _SAID for target in parent.targets
        ):
            return True
    return isinstance(node, ast.Constant) and isinstance(parents[-1], ast.Expr)


def _name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _negated(test: ast.expr) -> ast.expr:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    return ast.UnaryOp(ast.Not(), test)


def _setting(of: object, name: str | int, value: object) -> Change:
    def change() -> None:
        if isinstance(of, list):
            of[name] = value
        else:
            setattr(of, str(name), value)

    return change


def _removing(of: list[ast.expr] | list[ast.keyword], at: int) -> Change:
    def change() -> None:
        del of[at]

    return change


def _replacing(node: ast.AST, parents: tuple[ast.AST, ...], other: ast.AST) -> Change:
    def change() -> None:
        for name, value in ast.iter_fields(parents[-1]):
            if value is node:
                setattr(parents[-1], name, other)
            elif isinstance(value, list) and any(one is node for one in value):
                value[next(n for n, one in enumerate(value) if one is node)] = other

    return change
