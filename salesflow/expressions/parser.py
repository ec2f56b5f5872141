"""From tokens to a tree. One mistake does not hide the next: after each the reading goes on."""

from collections.abc import Callable
from typing import TypeVar

from salesflow.expressions.borrowed import borrowed
from salesflow.expressions.cursor import STARTS
from salesflow.expressions.lexer import COMPARING, NO_TIMES, tokens
from salesflow.expressions.operands import Operands
from salesflow.expressions.tree import (
    COMPARED,
    And,
    Broken,
    Chain,
    Compare,
    Filled,
    Node,
    Not,
    Or,
    Product,
    Several,
    Sum,
    Visited,
    broken,
)
from salesflow.expressions.types import MOST_CHARACTERS, MOST_PROBLEMS, Problem

C = TypeVar("C", bound=Chain)


def parse(text: str) -> tuple[Node, tuple[Problem, ...]]:
    """The tree of an expression, and what is malformed, by place; then the tree has ``Broken``.

    Names are not looked up: bare words are ``Word``. At most 4,096 characters, 32 levels of
    parentheses, ``not`` and signs; at most 20 problems are reported.
    """
    if len(text) > MOST_CHARACTERS:
        message = f"An expression has at most {MOST_CHARACTERS} characters, this has {len(text)}."
        hint = "Split the decision over several steps."
        return Broken(), (Problem("limit-exceeded", 0, len(text), message, hint),)
    found, problems = tokens(text)
    if len(found) == 1:
        message = "The expression is empty."
        return Broken(), (Problem("schema", 0, len(text), message, "Write a condition."),)
    root = Parser(found, problems).everything()
    problems.sort(key=lambda problem: (problem.start, problem.end))
    return root, tuple(problems[:MOST_PROBLEMS])


class Parser(Operands):
    """Reads tokens from left to right, a method for each level of binding."""

    def everything(self) -> Node:
        """The whole text; what stands behind a complete expression is reported and read too."""
        root = self.either()
        if self.token.kind == "end":
            return root
        parts = [root]
        while self.token.kind != "end":
            self._left_over()
            if self.token.kind in STARTS:
                parts.append(self.either())
        # A piece that is no condition was one before the text broke off there.
        whole = [
            part for part in parts if part.binds <= COMPARED or isinstance(part, Filled | Visited)
        ]
        return self._row(And, [Broken(), *whole])

    def _left_over(self) -> None:
        """Report the token after a complete expression; read it unless more can start there."""
        token, before = self.token, self.tokens[self.place - 1]
        if token.kind in {"and", "or"}:  # behind something that is reported
            self.take()
            return
        if token.kind in STARTS:
            message = f"Nothing joins `{before.text}` and `{token.text}`."
            hint = "Write `and`, `or` or a comparison between them."
            if token.kind == "word" and before.kind == "number":
                meant = _unit(before.text, token.text)
                if meant:
                    hint = meant
                    self.take()
            self.wrong(before.start, token.end, message, hint)
            return
        self.take()
        if token.kind == ")":
            self.wrong(token.start, token.end, "No `(` belongs to this `)`.", "Leave it out.")
        else:
            self.foreign(token)

    def either(self) -> Node:
        """Conditions joined by ``or``."""
        parts = [self.all()]
        while self.joined("or"):
            parts.append(self.all())
        return self._row(Or, parts)

    def all(self) -> Node:
        """Conditions joined by ``and``."""
        parts = [self.negated()]
        while self.joined("and"):
            parts.append(self.negated())
        return self._row(And, parts)

    @staticmethod
    def _row(kind: type[Several], parts: list[Node]) -> Node:
        """One part as it is; several in a row, rows of the same kind among them opened."""
        if len(parts) == 1:
            return parts[0]
        flat: list[Node] = []
        for part in parts:
            flat.extend(part.parts if isinstance(part, kind) else (part,))
        return kind(parts=tuple(flat), start=parts[0].start, end=parts[-1].end)

    def negated(self) -> Node:
        """A comparison, with any ``not`` before it."""
        token = self.token
        if self.says("not") and self.following.kind in {"word", "(", "not"}:
            self.wrong(token.start, token.end, f"`{token.text}` is not used here.", "Write `not`.")
        elif token.kind != "not":
            return self.compared()
        self.take()
        condition = self.deeper(token, self.negated)
        return Not(condition=condition, start=token.start, end=condition.end)

    def compared(self) -> Node:
        """One comparison or a single value."""
        left = self.added()
        worded = borrowed(self, left, self.added)
        if worded is not None:
            return worded
        if self.token.kind not in COMPARING:
            return left
        sides, signs = [left], []
        while self.token.kind in COMPARING:
            signs.append(self.take().kind)
            sides.append(self.added())
        pairs: list[Node] = [
            Compare(left=one, sign=sign, right=other, start=one.start, end=other.end)
            for one, sign, other in zip(sides, signs, sides[1:], strict=False)
        ]
        if len(pairs) > 1:
            hint = f"Write `{' and '.join(map(str, pairs))}`."
            self.wrong(
                left.start,
                sides[-1].end,
                "Comparisons do not follow one another.",
                "Join them by `and`." if any(map(broken, sides)) else hint,
            )
        return self._row(And, pairs)

    def added(self) -> Node:
        """Values joined by ``+`` and ``-``."""
        return self._chain(Sum, ("+", "-"), self.multiplied)

    def multiplied(self) -> Node:
        """Values joined by ``*`` and ``/``."""
        return self._chain(Product, ("*", "/"), self.signed)

    def _chain(self, kind: type[C], signs: tuple[str, str], read: Callable[[], Node]) -> Node:
        """Values of one level of binding, from left to right."""
        first = read()
        rest: list[tuple[str, Node]] = []
        while self.token.kind in signs:
            sign = self.take().kind
            rest.append((sign, read()))
        if not rest:
            return first
        start = first.start
        if isinstance(first, kind):  # (a + b) + c is a + b + c
            rest[:0], first = first.rest, first.first
        return kind(first=first, rest=tuple(rest), start=start, end=rest[-1][1].end)


def _unit(number: str, word: str) -> str:
    """What to write instead of a number with a unit in words, "" where it is none."""
    if word.isupper() and len(word) == 3:
        return f"Write `{number}`: the currency is the organization's."
    for name, zeros in (("thousand", 3), ("million", 6), ("billion", 9)):
        if word.lower() in {name, f"{name}s"} and number.isdigit():
            return f"Write `{number}{'0' * zeros}`."
    if word.lower().rstrip("s") in {"second", "minute", "hour", "day", "week", "month", "year"}:
        return NO_TIMES
    return f"Write `{number}%`." if word.lower() in {"percent", "pct"} else ""
