"""The functions of a module of LLVM's: what they take and give; what they do is written later."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from types import FunctionType
from typing import Any

from llvmlite import ir

I64, F64, I1 = ir.IntType(64), ir.DoubleType(), ir.IntType(1)
_TYPES = {
    "Ints": ir.PointerType(I64),
    "Floats": ir.PointerType(F64),
    "int": I64,
    "float": F64,
    "bool": I1,
    "None": ir.VoidType(),
}


class Functions:
    """The functions that are in a module so far."""

    def __init__(self, module: ir.Module) -> None:
        """None are; ``waiting`` are those of which it is not written what they do."""
        self.module = module
        self._functions: dict[Callable[..., Any], ir.Function] = {}
        self.waiting: list[tuple[FunctionType, ast.FunctionDef, ir.Function]] = []

    def function(self, function: Callable[..., Any]) -> ir.Function:
        """A function; what it does is written later."""
        if function not in self._functions:
            if not isinstance(function, FunctionType):
                raise TypeError(f"not a function of this engine: {function}")
            (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
            if not isinstance(tree, ast.FunctionDef) or tree.returns is None:
                raise TypeError(f"a function without types: {function}")
            takes = [_type_of(each.annotation) for each in tree.args.args]
            kind = ir.FunctionType(_type_of(tree.returns), takes)
            name = f"salesflow.{function.__module__}.{function.__name__}"
            made = ir.Function(self.module, kind, name)
            made.linkage = "internal"
            made.attributes.add("nounwind")
            self._functions[function] = made
            self.waiting.append((function, tree, made))
        return self._functions[function]

    def outside(self, name: str) -> ir.Function:
        """A function of floats that LLVM or the C library has."""
        known = self.module.globals.get(name)
        return known or ir.Function(self.module, ir.FunctionType(F64, [F64]), name)


def _type_of(annotation: ast.expr | None) -> ir.Type:
    if isinstance(annotation, ast.Subscript) and isinstance(annotation.slice, ast.Tuple):
        return ir.LiteralStructType([_type_of(each) for each in annotation.slice.elts])
    return _TYPES[ast.unparse(annotation) if annotation else "None"]
