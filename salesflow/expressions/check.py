"""The types of an expression: what may be compared with what, and what may be set."""

from salesflow.expressions.exact import Exact
from salesflow.expressions.expression import Expression
from salesflow.expressions.names import Typed
from salesflow.expressions.parser import parse
from salesflow.expressions.tree import (
    MULTIPLIED,
    Broken,
    Compare,
    Field,
    Filled,
    Node,
    Not,
    Number,
    Several,
    Truth,
    Visited,
    Word,
    every,
)
from salesflow.expressions.types import MOST_PROBLEMS, ONLY_FILLED, FieldType, Problem, Scope
from salesflow.expressions.values import (
    CONDITION,
    COUNT,
    PERCENT,
    PLAIN,
    Values,
    percent_hint,
    shown,
)
from salesflow.nouns import FrozenMap


def compile_expression(
    text: str, scope: Scope, *, wanted: FieldType | None = None
) -> tuple[Expression | None, tuple[Problem, ...]]:
    """The checked expression, or None and everything wrong with it, by place, at most 20.

    ``wanted`` None means a condition (``when``); else a value for a field of this type (``set``):
    a literal, a value of the choice, ``true`` or ``false``, a field of the type, or arithmetic.
    """
    raw, malformed = parse(text)
    problems = list(malformed)
    if wanted and wanted.kind in ONLY_FILLED and not _copies(raw, scope, wanted):
        message = f"The field is a {wanted.kind}: salesflow only knows whether it is filled."
        return None, (Problem("type-mismatch", 0, len(text), message, "Write `filled`."),)
    if any(problem.rule == "limit-exceeded" for problem in problems):
        return None, malformed  # the rest was not read
    checker = Checker(scope, problems)
    root = checker.condition(raw) if wanted is None else checker.assigned(raw, wanted)
    if problems:
        problems.sort(key=lambda problem: (problem.start, problem.end))
        return None, tuple(problems[:MOST_PROBLEMS])
    return _described(root, "condition" if wanted is None else wanted.kind, text), ()


def _copies(raw: Node, scope: Scope, wanted: FieldType) -> bool:
    """Whether a field of a type is set to another one of it."""
    return isinstance(raw, Word) and scope.fields.get(raw.word) == wanted


def _described(root: Node, kind: str, text: str) -> Expression:
    """The expression with what it reads."""
    read, filled, steps = set(), set(), set()
    results: dict[str, int] = {}
    literals: dict[str, set[Exact]] = {}
    for node in every(root):
        if isinstance(node, Field):
            read.add(node.name)
        elif isinstance(node, Filled):
            filled.add(node.name)
        elif isinstance(node, Visited):
            steps.add(node.step)
        elif isinstance(node, Compare) and node.numeric:
            for result, factor in node.difference.counts.items():
                most = -(node.difference.constant // factor)
                results[result] = max(results.get(result, 0), most.numerator)
            cut = node.difference.cut()
            if cut:
                literals.setdefault(cut[0], set()).add(cut[1])
    return Expression(
        root=root,
        type=kind,
        text=text,
        mentions=frozenset(read | filled),
        reads=frozenset(read),
        steps=frozenset(steps),
        results=FrozenMap(results),
        literals=FrozenMap({name: tuple(sorted(cuts)) for name, cuts in literals.items()}),
    )


class Checker(Values):
    """Checks conditions and what is set; all problems, not only the first."""

    def condition(self, node: Node) -> Node:
        """A condition with every word looked up."""
        if isinstance(node, Several):
            return node.replace(parts=tuple(self.condition(part) for part in node.parts))
        if isinstance(node, Not):
            return node.replace(condition=self.condition(node.condition))
        if isinstance(node, Compare):
            return self._compared(node)
        if isinstance(node, Filled | Visited):
            return self.question(node)
        if isinstance(node, Truth | Broken):
            return node
        typed = self.value(node)
        if typed.kinds and typed.kinds != {"yes_no"}:
            self._no_condition(typed)
        return typed.node

    def _no_condition(self, typed: Typed) -> None:
        """Report a value where a condition is needed."""
        node = typed.node
        (kind, *_) = typed.kinds
        zero = "0%" if kind == "percent" else "0"
        hint = "" if typed.constant else f"Compare it: `{node} > {zero}`."
        if kind in ONLY_FILLED:
            hint = f"Write `filled({node})`."
        elif kind == "choice":
            values = self.scope.fields[str(node)].values
            hint = f"Compare it: `{node} == {values[0]}`." if values else ""
        self.wrong(node, f"`{node}` is {shown(typed.kinds)}, not a condition.", hint)

    def _compared(self, node: Compare) -> Node:
        """A comparison of two values of one kind."""
        left, right = self._sides(node)
        checked = node.replace(left=left.node, right=right.node)
        if left.kinds and right.kinds:
            self._comparable(checked, left, right)
        return checked

    def _sides(self, node: Compare) -> tuple[Typed, Typed]:
        """Both sides; a bare word is a value of the choice field beside it, else a field."""
        if self._only_filled(node.left, node.right) or self._only_filled(node.right, node.left):
            return Typed(Broken()), Typed(Broken())
        left, right = node.left, node.right
        if isinstance(left, Word) and isinstance(right, Word):
            neither = {left.word, right.word}.isdisjoint(self.scope.fields)
            if neither and self._some_value(right.word) != self._some_value(left.word):
                # the field is misspelled: nothing can be said about its value
                unknown = left if self._some_value(right.word) else right
                return self.field(unknown), Typed(Broken())
            if self._is_value(right, left):
                known = self.scope.fields[left.word]
                return self.field(left), self.choice(right, known, f"`{left.word}`")
            if self._is_value(left, right):
                known = self.scope.fields[right.word]
                return self.choice(left, known, f"`{right.word}`"), self.field(right)
        return self.value(left), self.value(right)

    def _some_value(self, word: str) -> bool:
        """Whether any choice field has this value."""
        return any(word in known.values for known in self.scope.fields.values())

    def _is_value(self, word: Word, beside: Word) -> bool:
        """Whether a word beside a field is read as one of that field's values."""
        known = self.scope.fields.get(beside.word)
        if known is None or known.kind != "choice":
            return False
        return word.word in known.values or word.word not in self.scope.fields

    def _only_filled(self, node: Node, other: Node) -> bool:
        """Report a field whose value is never looked at, instead of what it is compared with."""
        known = self.scope.fields.get(node.word) if isinstance(node, Word) else None
        if known is None or known.kind not in ONLY_FILLED:
            return False
        if not isinstance(other, Broken):
            message = f"`{node}` is a {known.kind}: only whether it is filled can be asked."
            self.wrong(node, message, f"Write `filled({node})`.")
        return True

    def _comparable(self, node: Compare, left: Typed, right: Typed) -> None:
        """Report a comparison that has no meaning."""
        if CONDITION in (left.kinds, right.kinds):
            self._condition_compared(node)
        elif COUNT in (left.kinds, right.kinds):
            other = right if left.kinds == COUNT else left
            if not (other.constant and other.kinds == PLAIN):
                message = "How often a result was taken is compared with a number."
                self.wrong(node, message, "Write `times(step.result) >= 2`.")
        elif not left.kinds & right.kinds:
            message = (
                f"`{node.left}` is {shown(left.kinds)}, `{node.right}` is {shown(right.kinds)}: "
                "they cannot be compared."
            )
            self.wrong(node, message, percent_hint(left, right) or self._unlike_hint(left, right))
        elif left.kinds & {"choice", "yes_no"}:
            self._only_equal(node)

    def _unlike_hint(self, left: Typed, right: Typed) -> str:
        """What to write where two kinds of values meet."""
        for one, other in ((left, right), (right, left)):
            if not isinstance(one.node, Field):
                continue
            name, literal = one.node.name, other.node
            if one.kinds == {"yes_no"} and isinstance(literal, Number):
                return f"Write `{name}` or `not {name}`."
            values = self.scope.fields[name].values
            if one.kinds == {"choice"} and values and other.constant:
                return f"Compare it with one of its values: `{name} == {values[0]}`."
            if one.kinds == {"money"} and other.kinds == {"number"}:
                return f"Say what one is worth: `{literal.within(MULTIPLIED)} * 100`."
            if one.kinds == PERCENT:
                return f"Compare `{name}` with a percent, such as `20%`."
        return ""

    def _condition_compared(self, node: Compare) -> None:
        """Report a condition that is compared."""
        for condition, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(other, Truth) and node.sign in {"==", "!="}:
                plain = other.value == (node.sign == "==")
                hint = f"Write `{condition if plain else Not(condition=condition)}`."
                self.wrong(node, f"`{condition}` is true or false by itself.", hint)
                return
        self.wrong(node, "Conditions cannot be compared.", "Join them by `and` or `or`.")

    def _only_equal(self, node: Compare) -> None:
        """Report an order among choices, and two choices without a common value."""
        if node.sign not in {"==", "!="}:
            message = f"`{node.left}` and `{node.right}` have no order: `{node.sign}` says nothing."
            self.wrong(node, message, "Write `==` or `!=`.")
        if isinstance(node.left, Field) and isinstance(node.right, Field):
            left, right = (self.scope.fields[side.name] for side in (node.left, node.right))
            if left.kind == "choice" and not set(left.values) & set(right.values):
                message = f"`{node.left}` and `{node.right}` have no value in common."
                self.wrong(node, message)

    def assigned(self, node: Node, wanted: FieldType) -> Node:
        """A value for a field of a type."""
        if isinstance(node, Word):
            if wanted.kind == "choice" and node.word not in wanted.values:
                if node.word not in self.scope.fields:
                    return self.choice(node, wanted, "The field").node
            elif wanted.kind == "choice":
                return self.choice(node, wanted, "The field").node
        typed = self.value(node)
        if typed.kinds and wanted.kind not in typed.kinds:
            self._unfit(typed, wanted)
        elif isinstance(typed.node, Field):  # of which only choices have values
            values = self.scope.fields[typed.node.name].values
            strange = [value for value in values if value not in wanted.values]
            if strange:
                message = f"`{typed.node}` can be `{strange[0]}`, which the field has not."
                self.wrong(node, message, "Set it to one of its own values.")
        return typed.node

    def _unfit(self, typed: Typed, wanted: FieldType) -> None:
        """Report a value of another kind than the field."""
        node = typed.node
        target = shown(frozenset((wanted.kind,)))
        message = f"`{node}` is {shown(typed.kinds)}, the field is {target}."
        hint = percent_hint(typed, Typed(Broken(), frozenset((wanted.kind,))))
        if typed.kinds == CONDITION:
            hint = "Set a value; put the condition into `when`."
        elif wanted.kind == "yes_no":
            hint = "Write `true` or `false`."
        elif wanted.kind == "choice" and wanted.values:
            hint = f"Write one of its values, such as `{wanted.values[0]}`."
        self.wrong(node, message, hint)
