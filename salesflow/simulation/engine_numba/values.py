"""What expressions give, in LLVM's language; see ``translate.py``."""

import ast
import math
from collections.abc import Callable
from types import FunctionType
from typing import Any

from llvmlite import ir

from salesflow.simulation.engine_numba import compiled
from salesflow.simulation.engine_numba.functions import F64, I1, I64, Functions

_I128 = ir.IntType(128)
_ARITHMETIC = {
    ast.Add: ("add", "fadd"),
    ast.Sub: ("sub", "fsub"),
    ast.Mult: ("mul", "fmul"),
    ast.Div: ("", "fdiv"),
    ast.FloorDiv: ("sdiv", ""),
    ast.Mod: ("srem", ""),
    ast.LShift: ("shl", ""),
    ast.RShift: ("ashr", ""),
    ast.BitAnd: ("and_", ""),
    ast.BitOr: ("or_", ""),
    ast.BitXor: ("xor", ""),
}
_COMPARED = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_MATH = {
    math.sqrt: "llvm.sqrt.f64",
    math.log: "llvm.log.f64",
    math.exp: "llvm.exp.f64",
    math.fabs: "llvm.fabs.f64",
    math.log1p: "log1p",
}


class Values:
    """A function under construction: its variables, and where its builder ``b`` stands."""

    def __init__(
        self, functions: Functions, function: FunctionType, tree: ast.FunctionDef, made: ir.Function
    ) -> None:
        """Make variables of the parameters."""
        self.functions = functions
        self.tree = tree
        self.made = made
        self.known = function.__globals__
        self.entry = made.append_basic_block("entry")
        self.b = ir.IRBuilder(made.append_basic_block("begin"))
        self.variables: dict[str, ir.Value] = {}
        self.memory: dict[str, ir.Value] = {}
        for given, parameter in zip(made.args, tree.args.args, strict=True):
            if isinstance(given.type, ir.PointerType):
                self.memory[parameter.arg] = given
            else:
                self.set(parameter.arg, given)

    # Variables and memory

    def store(self, target: ast.expr, value: ir.Value) -> None:
        """Set a variable, or a word of the memory."""
        if isinstance(target, ast.Subscript):
            place = self.place(target)
            self.b.store(self.made_of(value, place.type.pointee), place)
        else:
            self.set(ast.unparse(target), value)

    def set(self, name: str, value: ir.Value) -> None:
        """Set a variable; the first time makes it, of the type of its value."""
        if name not in self.variables:
            self.variables[name] = ir.IRBuilder(self.entry).alloca(value.type, name=name)
        place = self.variables[name]
        self.b.store(self.made_of(value, place.type.pointee), place)

    def place(self, subscript: ast.Subscript) -> ir.Value:
        """Where a word of the memory is."""
        memory = self.memory[ast.unparse(subscript.value)]
        return self.b.gep(memory, [self.value(subscript.slice)], inbounds=True)

    def go(self, block: ir.Block) -> None:
        """Go on there, unless the way has ended before."""
        if not self.b.block.is_terminated:
            self.b.branch(block)

    # Values

    def value(self, expression: ast.expr) -> ir.Value:
        """What an expression gives."""
        translated: ir.Value = getattr(self, f"_of_{type(expression).__name__.lower()}")(expression)
        return translated

    def _of_constant(self, expression: ast.Constant) -> ir.Value:
        return _constant(expression.value)

    def _of_name(self, expression: ast.Name) -> ir.Value:
        name = expression.id
        if name in self.variables:
            return self.b.load(self.variables[name])
        return self.memory[name] if name in self.memory else _constant(self.known[name])

    def _of_attribute(self, expression: ast.Attribute) -> ir.Value:
        return _constant(self._meant(expression))

    def _meant(self, expression: ast.expr) -> Any:
        """What a name stands for outside of the function."""
        if isinstance(expression, ast.Attribute):
            return getattr(self._meant(expression.value), expression.attr)
        name = ast.unparse(expression)
        return self.known.get(name, _BUILT_IN.get(name))

    def _of_subscript(self, expression: ast.Subscript) -> ir.Value:
        if isinstance(expression.value, ast.Name) and expression.value.id in self.memory:
            return self.b.load(self.place(expression))
        return self.b.extract_value(
            self.value(expression.value), ast.literal_eval(expression.slice)
        )

    def _of_binop(self, expression: ast.BinOp) -> ir.Value:
        left = self.value(expression.left)
        return self.arithmetic(expression.op, left, self.value(expression.right))

    def arithmetic(self, operator: ast.operator, left: ir.Value, right: ir.Value) -> ir.Value:
        """Two numbers, reckoned; floats if one is."""
        whole, broken = _ARITHMETIC[type(operator)]
        if F64 in {left.type, right.type} or not whole:
            return getattr(self.b, broken)(self.made_of(left, F64), self.made_of(right, F64))
        return getattr(self.b, whole)(self.made_of(left, I64), self.made_of(right, I64))

    def _of_unaryop(self, expression: ast.UnaryOp) -> ir.Value:
        if isinstance(expression.op, ast.Not):
            return self.b.not_(self.truth(expression.operand))
        inner = self.value(expression.operand)
        if isinstance(expression.op, ast.Invert):
            return self.b.not_(inner)
        return self.b.fneg(inner) if inner.type == F64 else self.b.neg(inner)

    def _of_compare(self, expression: ast.Compare) -> ir.Value:
        left, whole = self.value(expression.left), None
        for operator, each in zip(expression.ops, expression.comparators, strict=True):
            right = self.value(each)
            one = self._compared(_COMPARED[type(operator)], left, right)
            whole = one if whole is None else self.b.and_(whole, one)
            left = right
        return whole

    def _compared(self, how: str, left: ir.Value, right: ir.Value) -> ir.Value:
        if F64 in {left.type, right.type}:
            compare = self.b.fcmp_unordered if how == "!=" else self.b.fcmp_ordered
            return compare(how, self.made_of(left, F64), self.made_of(right, F64))
        return self.b.icmp_signed(how, self.made_of(left, I64), self.made_of(right, I64))

    def _of_boolop(self, expression: ast.BoolOp) -> ir.Value:
        return self._first_that(expression, self.value)

    def _first_that(self, expression: ast.BoolOp, what: Callable[[ast.expr], ir.Value]) -> ir.Value:
        """The first operand that settles it; those behind are not worked out."""
        behind = self.made.append_basic_block()
        place = None
        for each in expression.values:
            one = what(each)
            if place is None:
                place = ir.IRBuilder(self.entry).alloca(one.type)
            self.b.store(self.made_of(one, place.type.pointee), place)
            on = self.made.append_basic_block()
            ways = (on, behind) if isinstance(expression.op, ast.And) else (behind, on)
            self.b.cbranch(self._holds(one), *ways)
            self.b.position_at_end(on)
        self.go(behind)
        self.b.position_at_end(behind)
        return self.b.load(place)

    def _of_ifexp(self, expression: ast.IfExp) -> ir.Value:
        test = self.truth(expression.test)
        then, otherwise, behind = (self.made.append_basic_block() for _ in range(3))
        self.b.cbranch(test, then, otherwise)
        ends = []
        for block, inner in ((then, expression.body), (otherwise, expression.orelse)):
            self.b.position_at_end(block)
            ends.append((self.value(inner), self.b.block))
        kind = F64 if any(value.type == F64 for value, _ in ends) else ends[0][0].type
        place = ir.IRBuilder(self.entry).alloca(kind)
        for value, block in ends:
            self.b.position_at_end(block)
            self.b.store(self.made_of(value, kind), place)
            self.b.branch(behind)
        self.b.position_at_end(behind)
        return self.b.load(place)

    def truth(self, expression: ast.expr) -> ir.Value:
        """Whether what an expression gives counts as true."""
        if isinstance(expression, ast.BoolOp):
            return self._first_that(expression, self.truth)
        return self._holds(self.value(expression))

    def _holds(self, value: ir.Value) -> ir.Value:
        if value.type == I1:
            return value
        if value.type == F64:
            return self.b.fcmp_unordered("!=", value, ir.Constant(F64, 0.0))
        return self.b.icmp_signed("!=", value, ir.Constant(I64, 0))

    def made_of(self, value: ir.Value, kind: ir.Type) -> ir.Value:
        """A value as one of another type."""
        if value.type == kind:
            return value
        if kind == F64:
            return self.b.sitofp(self.made_of(value, I64), F64)
        if kind == I64 and value.type == I1:
            return self.b.zext(value, I64)
        if kind == I64 and value.type == F64:
            return self.b.fptosi(value, I64)
        raise TypeError(f"{value.type} cannot be {kind} in {self.tree.name}")

    # Calls

    def _of_call(self, expression: ast.Call) -> ir.Value:
        what = self._meant(expression.func)
        given = [self.value(each) for each in expression.args]
        if what in _PRIMITIVES:
            return _PRIMITIVES[what](self, *given)
        if what in _MATH:
            return self.b.call(self.functions.outside(_MATH[what]), [self.made_of(given[0], F64)])
        function = self.functions.function(what)
        takes = function.function_type.args
        return self.b.call(
            function, [self.made_of(*each) for each in zip(given, takes, strict=True)]
        )

    def chosen(self, how: str, one: ir.Value, other: ir.Value) -> ir.Value:
        """``min`` (<) and ``max`` (>) as Python has them: the first where neither is beyond."""
        kind = F64 if F64 in {one.type, other.type} else I64
        one, other = self.made_of(one, kind), self.made_of(other, kind)
        return self.b.select(self._compared(how, other, one), other, one)

    def high(self, one: ir.Value, other: ir.Value) -> ir.Value:
        """The upper half of a product."""
        product = self.b.mul(self.b.zext(one, _I128), self.b.zext(other, _I128))
        return self.b.trunc(self.b.lshr(product, ir.Constant(_I128, 64)), I64)

    def zeros(self, value: ir.Value, *, leading: bool) -> ir.Value:
        """How many zeros a word begins or ends with."""
        count = self.b.ctlz if leading else self.b.cttz
        return count(value, ir.Constant(I1, 0))

    def not_a_number(self, value: ir.Value) -> ir.Value:
        """Whether a float is NaN."""
        return self.b.fcmp_unordered("uno", value, value)

    def cast(self, value: ir.Value, kind: ir.Type) -> ir.Value:
        """``int`` and ``float`` of a number."""
        return self.made_of(value, kind)


def _constant(value: object) -> ir.Value:
    if isinstance(value, bool):
        return ir.Constant(I1, int(value))
    if isinstance(value, int):
        return ir.Constant(I64, value)
    if isinstance(value, float):
        return ir.Constant(F64, value)
    raise TypeError(f"not a number: {value!r}")


_BUILT_IN: dict[str, Any] = {"min": min, "max": max, "int": int, "float": float}

_PRIMITIVES: dict[Any, Callable[..., ir.Value]] = {
    min: lambda body, one, other: body.chosen("<", one, other),
    max: lambda body, one, other: body.chosen(">", one, other),
    int: lambda body, value: body.cast(value, I64),
    float: lambda body, value: body.cast(value, F64),
    math.isnan: Values.not_a_number,
    compiled.plus: lambda body, one, other: body.b.add(one, other),
    compiled.times: lambda body, one, other: body.b.mul(one, other),
    compiled.times_high: Values.high,
    compiled.shifted: lambda body, value, by: body.b.lshr(value, by),
    compiled.bit: lambda body, number: body.b.shl(ir.Constant(I64, 1), number),
    compiled.lowest: lambda body, word: body.zeros(word, leading=False),
    compiled.bit_length: lambda body, value: body.b.sub(
        ir.Constant(I64, 64), body.zeros(value, leading=True)
    ),
}
