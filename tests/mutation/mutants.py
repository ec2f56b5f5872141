"""Small faults that somebody could have made, put into a module one at a time.

Docstrings, type hints, messages (texts with a blank in them) and what only says where a thing is
imported from are left alone: a test of those would be a copy of the code.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

COMPARED: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
RECKONED: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.LShift: ast.RShift,
}  # fmt: skip
CALLED = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list"}
HINTS = ("annotation", "returns", "type_params", "decorator_list")


class Mutant(NamedTuple):
    """A module with one fault: its line, what was there and what is, and the whole text."""

    line: int
    before: str
    after: str
    text: str


def faults(text: str) -> list[tuple[int, int]]:
    """All faults that a module could have: the number of a node, and of what can be wrong there."""
    nodes = enumerate(_nodes(ast.parse(text)))
    return [(at, kind) for at, (_, node) in nodes for kind, _ in enumerate(_changes(node))]


def mutant(text: str, fault: tuple[int, int]) -> Mutant:
    """The module with one of its ``faults``."""
    tree = ast.parse(text)
    owner, node = list(_nodes(tree))[fault[0]]
    before, line = ast.unparse(node), node.lineno
    new = list(_changes(node))[fault[1]]()
    _replace(owner, node, new)
    whole = ast.unparse(ast.fix_missing_locations(tree))
    return Mutant(line, before, ast.unparse(new), whole)


def _replace(owner: ast.AST, node: ast.AST, new: ast.AST) -> None:
    for name, value in ast.iter_fields(owner):
        if value is node:
            setattr(owner, name, new)
        elif isinstance(value, list) and any(each is node for each in value):
            setattr(owner, name, [new if each is node else each for each in value])


def _nodes(tree: ast.AST) -> Iterator[tuple[ast.AST, Any]]:
    """Each expression and statement that has a place, with what it stands in."""
    for name, value in ast.iter_fields(tree):
        if name in HINTS:
            continue
        for each in value if isinstance(value, list) else [value]:
            if not isinstance(each, ast.AST) or _is_docstring(each):
                continue
            if hasattr(each, "lineno"):
                yield tree, each
            if not isinstance(each, ast.JoinedStr):
                yield from _nodes(each)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes(node: Any) -> Iterator[Callable[[], Any]]:
    """What each fault makes of a node; the node itself may be changed, for it is a copy's."""
    if isinstance(node, ast.Compare):
        for at, each in enumerate(node.ops):
            yield lambda at=at, each=each: _with(node, "ops", at, COMPARED[type(each)]())
    elif isinstance(node, ast.BinOp) and type(node.op) in RECKONED:
        yield lambda: _put(node, "op", RECKONED[type(node.op)]())
    elif isinstance(node, ast.BoolOp):
        yield lambda: _put(node, "op", ast.And() if isinstance(node.op, ast.Or) else ast.Or())
        yield lambda: node.values[0]
        yield lambda: node.values[-1]
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield lambda: node.operand
    elif isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.If | ast.While | ast.IfExp):
        yield lambda: _put(node, "test", ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.comprehension):  # pragma: no cover - it has no place
        return
    elif isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
        for at, each in enumerate(node.generators):
            if each.ifs:
                yield lambda at=at: _unfiltered(node, at)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in CALLED and node.args:
            yield lambda: _put(node, "func", ast.Name(CALLED[node.func.id]))
    elif isinstance(node, ast.Return) and not _is_nothing(node.value):
        yield lambda: _put(node, "value", ast.Constant(None))
    elif isinstance(node, ast.Expr | ast.AugAssign | ast.Raise):
        yield ast.Pass
    elif isinstance(node, ast.Continue | ast.Break):
        yield ast.Break if isinstance(node, ast.Continue) else ast.Continue


def _is_nothing(value: ast.expr | None) -> bool:
    """Whether what is returned is as good as None to whoever asks only whether it is true."""
    return value is None or (isinstance(value, ast.Constant) and not value.value)


def _constants(node: ast.Constant) -> Iterator[Callable[[], Any]]:
    value = node.value
    if isinstance(value, bool):
        yield lambda: ast.Constant(not value)
    elif isinstance(value, int | float):
        yield lambda: ast.Constant(value + 1)
    elif isinstance(value, str) and value and " " not in value:
        yield lambda: ast.Constant(f"X{value}X")


def _put(node: Any, name: str, value: Any) -> Any:
    new = copy.copy(node)
    setattr(new, name, value)
    return new


def _with(node: Any, name: str, at: int, value: Any) -> Any:
    items = list(getattr(node, name))
    items[at] = value
    return _put(node, name, items)


def _unfiltered(node: Any, at: int) -> Any:
    return _with(node, "generators", at, _put(node.generators[at], "ifs", []))
