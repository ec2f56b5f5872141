"""Bare words and questions: what they stand for, and what to say when they stand for nothing."""

from collections.abc import Collection
from typing import NamedTuple

from salesflow.expressions.tree import (
    Broken,
    Choice,
    Field,
    Filled,
    Node,
    Times,
    Visited,
    Word,
    broken,
)
from salesflow.expressions.types import FieldType, Problem, Rule, Scope
from salesflow.names import listed, nearest

EMPTY = frozenset({"none", "null", "nil", "empty", "missing", "nothing", "unknown", "undefined"})
TRUTHS = {"true": "true", "yes": "true", "false": "false", "no": "false"}
UNKNOWN: frozenset[str] = frozenset()


class Typed(NamedTuple):
    """A checked node and the kinds of field it may be compared with or written to.

    A literal such as ``1000`` may be a number or money; no kinds: its problem is reported.
    ``constant``: no field and no count is read.
    """

    node: Node
    kinds: frozenset[str] = UNKNOWN
    constant: bool = False


class Names:
    """Looks names up in a scope and collects problems."""

    def __init__(self, scope: Scope, problems: list[Problem]) -> None:
        """Start with the problems known already."""
        self.scope = scope
        self.problems = problems

    def wrong(
        self, node: Node, message: str, hint: str = "", rule: Rule = "type-mismatch"
    ) -> Typed:
        """Report a problem, unless of something broken; what stands there is of no kind then."""
        if not broken(node):
            self.problems.append(Problem(rule, node.start, node.end, message, hint))
        return Typed(Broken(start=node.start, end=node.end))

    def field(self, node: Word) -> Typed:
        """The field a bare word names."""
        known = self.scope.fields.get(node.word)
        if known is None:
            message = f"There is no field called `{node.word}`."
            return self.wrong(node, message, self._meant(node.word), "unknown-name")
        found = Field(name=node.word, kind=known.kind, start=node.start, end=node.end)
        return Typed(found, frozenset((known.kind,)))

    def _meant(self, word: str) -> str:
        """What to do about a word that is no field."""
        if word.lower() in TRUTHS:
            return f"Write `{TRUTHS[word.lower()]}`."
        if word.lower() in EMPTY:
            return "Whether a field is empty is asked so: `not filled(field)`."
        for name, known in self.scope.fields.items():
            if word in known.values:
                return f"It is a value of `{name}`: write `{name} == {word}`."
        if word in self.scope.steps:
            return f"It is a step: write `visited({word})`."
        return _near(word, self.scope.fields, "Fields are declared under `data`.")

    def choice(self, node: Word, known: FieldType, of: str) -> Typed:
        """The value a bare word names where a value of a choice is looked for."""
        if node.word in known.values:
            found = Choice(value=node.word, start=node.start, end=node.end)
            return Typed(found, frozenset(("choice",)), constant=True)
        message = f"{of} has no value `{node.word}`."
        hint = _near(node.word, known.values, "It has no values.")
        if node.word.lower() in EMPTY and of.startswith("`"):
            hint = f"Whether it is empty is asked so: `not filled({of[1:-1]})`."
        for name, other in (
            self.scope.fields.items() if not nearest(node.word, known.values) else ()
        ):
            if node.word in other.values:
                hint = f"It is a value of `{name}`: write `{name} == {node.word}`."
        return self.wrong(node, message, hint, "unknown-name")

    def question(self, node: Filled | Visited | Times) -> Node:
        """A question whose name is known, or its problem."""
        if isinstance(node, Filled):
            known: Collection[str] = self.scope.fields
            what, name = "field", node.name
            empty = "Fields are declared under `data`."
        elif isinstance(node, Visited):
            what, name, known, empty = "step", node.step, self.scope.steps, "There are no steps."
        else:
            what, name, known = "result", node.result, self.scope.results
            empty = "There are no results."
        if name in known:
            return node
        hint = _near(name, known, empty)
        if what == "step" and name in self.scope.results:
            hint = f"It is a result: write `times({name}) >= 1`."
        if what == "result" and name in self.scope.steps:
            hint = f"It is a step: name one of its results, or write `visited({name})`."
        return self.wrong(node, f"There is no {what} called `{name}`.", hint, "unknown-name").node


def _near(word: str, known: Collection[str], empty: str) -> str:
    """The name that was probably meant, or all there are."""
    near = nearest(word, known)
    if near:
        return f"Did you mean `{near}`?"
    if not known:
        return empty
    return f"Known here: {listed(sorted(known) if isinstance(known, set | frozenset) else known)}."
