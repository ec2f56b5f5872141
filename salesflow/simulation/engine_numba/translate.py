"""Turns functions of this engine into LLVM's language, for numba to optimize and to run.

Numba can read Python itself, but takes 20 seconds for what is here: it must find out about types,
and how functions hang together, what is plain to see in code that is written for it. So its reader
is passed by. A function may use

* parameters with the types ``Ints`` and ``Floats`` (the memory), ``int``, ``float``, ``bool``;
* variables, whose type is that of what they are first set to; several at once; ``+=`` and so on;
* ``if``, ``while``, ``for … in range(…)`` (a constant step), ``break``, ``continue``, ``return``;
* arithmetic (``//`` and ``%`` of what is not negative), comparisons, ``and or not``,
  ``a if c else b``, ``min max int float``, some of ``math``, constants of its module;
* other such functions, and those of ``compiled.py`` that say what 64 bits do.
"""

import ast
from collections.abc import Callable, Sequence
from types import FunctionType
from typing import Any

from llvmlite import ir

from salesflow.simulation.engine_numba.functions import I64, Functions
from salesflow.simulation.engine_numba.values import Values


def translated(module: ir.Module, function: Callable[..., Any]) -> ir.Function:
    """A function with all that it calls, written into a module."""
    functions = Functions(module)
    made = functions.function(function)
    while functions.waiting:
        Body(functions, *functions.waiting.pop()).write()
    return made


class Body(Values):
    """What one function does."""

    def __init__(
        self, functions: Functions, function: FunctionType, tree: ast.FunctionDef, made: ir.Function
    ) -> None:
        """Nothing is written yet."""
        super().__init__(functions, function, tree, made)
        self._loops: list[tuple[ir.Block, ir.Block]] = []  # where continue and break go

    def write(self) -> None:
        """Translate all statements."""
        begin = self.b.block
        self._all(self.tree.body)
        if not self.b.block.is_terminated:
            if isinstance(self.made.function_type.return_type, ir.VoidType):
                self.b.ret_void()
            else:
                self.b.unreachable()
        ir.IRBuilder(self.entry).branch(begin)

    # Statements

    def _all(self, statements: Sequence[ast.stmt]) -> None:
        for statement in statements:
            if self.b.block.is_terminated:
                return
            getattr(self, f"_do_{type(statement).__name__.lower()}")(statement)

    def _do_expr(self, statement: ast.Expr) -> None:
        if not isinstance(statement.value, ast.Constant):  # a docstring
            self.value(statement.value)

    def _do_return(self, statement: ast.Return) -> None:
        kind = self.made.function_type.return_type
        if statement.value is None:
            self.b.ret_void()
        elif isinstance(statement.value, ast.Tuple):
            whole = ir.Constant(kind, ir.Undefined)
            for at, each in enumerate(statement.value.elts):
                part = self.made_of(self.value(each), kind.elements[at])
                whole = self.b.insert_value(whole, part, at)
            self.b.ret(whole)
        else:
            self.b.ret(self.made_of(self.value(statement.value), kind))

    def _do_assign(self, statement: ast.Assign) -> None:
        value = statement.value
        if isinstance(value, ast.Tuple):
            values = [self.value(each) for each in value.elts]
        else:
            values = [self.value(value)]
        for target in statement.targets:
            if not isinstance(target, ast.Tuple):
                self.store(target, values[0])
                continue
            if isinstance(values[0].type, ir.LiteralStructType):
                parts = range(len(target.elts))
                values = [self.b.extract_value(values[0], at) for at in parts]
            for each, one in zip(target.elts, values, strict=True):
                self.store(each, one)

    def _do_augassign(self, statement: ast.AugAssign) -> None:
        if isinstance(statement.target, ast.Subscript):
            place = self.place(statement.target)
            old = self.b.load(place)
            new = self.arithmetic(statement.op, old, self.value(statement.value))
            self.b.store(self.made_of(new, old.type), place)
        else:
            old = self.value(ast.Name(ast.unparse(statement.target)))
            self.store(
                statement.target, self.arithmetic(statement.op, old, self.value(statement.value))
            )

    def _do_if(self, statement: ast.If) -> None:
        test = self.truth(statement.test)
        then, otherwise, behind = (self.made.append_basic_block() for _ in range(3))
        self.b.cbranch(test, then, otherwise)
        for block, statements in ((then, statement.body), (otherwise, statement.orelse)):
            self.b.position_at_end(block)
            self._all(statements)
            self.go(behind)
        self.b.position_at_end(behind)

    def _do_while(self, statement: ast.While) -> None:
        again, body, behind = (self.made.append_basic_block() for _ in range(3))
        self.go(again)
        self.b.position_at_end(again)
        self.b.cbranch(self.truth(statement.test), body, behind)
        self._loop(statement.body, body, again, behind)

    def _do_for(self, statement: ast.For) -> None:
        name, arguments = ast.unparse(statement.target), list(statement.iter.args)  # type: ignore[attr-defined]
        step = self._step(arguments.pop()) if len(arguments) == 3 else 1
        first = self.value(arguments[0]) if len(arguments) == 2 else ir.Constant(I64, 0)
        last = self.value(arguments[-1])
        self.set(name, first)
        test, body, on, behind = (self.made.append_basic_block() for _ in range(4))
        self.go(test)
        self.b.position_at_end(test)
        at = self.b.load(self.variables[name])
        self.b.cbranch(self.b.icmp_signed("<" if step > 0 else ">", at, last), body, behind)
        self._loop(statement.body, body, on, behind)
        self.b.position_at_end(on)
        at = self.b.load(self.variables[name])
        self.set(name, self.b.add(at, ir.Constant(I64, step)))
        self.b.branch(test)
        self.b.position_at_end(behind)

    def _step(self, written: ast.expr) -> int:
        step = self.known[written.id] if isinstance(written, ast.Name) else None
        return int(ast.literal_eval(written) if step is None else step)

    def _loop(
        self, statements: Sequence[ast.stmt], body: ir.Block, on: ir.Block, behind: ir.Block
    ) -> None:
        self._loops.append((on, behind))
        self.b.position_at_end(body)
        self._all(statements)
        self.go(on)
        self._loops.pop()
        self.b.position_at_end(behind)

    def _do_break(self, _: ast.Break) -> None:
        self.b.branch(self._loops[-1][1])

    def _do_continue(self, _: ast.Continue) -> None:
        self.b.branch(self._loops[-1][0])
