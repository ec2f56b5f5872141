"""What stands between the signs: literals, names, questions to the deal, parentheses."""

from abc import abstractmethod

from salesflow.expressions.cursor import STARTS, Cursor
from salesflow.expressions.lexer import COMPARING, Token
from salesflow.expressions.tree import (
    Broken,
    Filled,
    Minus,
    Node,
    Number,
    Times,
    Truth,
    Visited,
    Word,
)
from salesflow.names import nearest

FUNCTIONS = {
    "filled": "filled(field)",
    "visited": "visited(step)",
    "times": "times(step.result)",
}
KNOWN = "An expression knows `filled(field)`, `visited(step)` and `times(step.result)`."

# Tokens that end a value; where one stands instead of a value, the value is missing.
ENDS = COMPARING | {"end", ")", "and", "or", "*", "/"}


class Operands(Cursor):
    """Reads one value; ``Parser`` completes it with what joins them."""

    @abstractmethod
    def either(self) -> Node:
        """A whole condition, for what stands in parentheses."""

    def signed(self) -> Node:
        """A value, with any ``-`` before it; a literal takes the sign."""
        token = self.token
        if token.kind not in {"-", "+"}:
            return self.single()
        self.take()
        if token.kind == "+":
            self.wrong(token.start, token.end, "Numbers take no `+`.", "Leave it out.")
        value = self.deeper(token, self.signed)
        if token.kind == "+" or isinstance(value, Broken):
            return value
        if isinstance(value, Number):
            return value.replace(value=-value.value, start=token.start)
        return Minus(value=value, start=token.start, end=value.end)

    def single(self) -> Node:
        """A literal, a name, a question or something in parentheses."""
        while self.token.kind not in STARTS:
            if self.token.kind in ENDS:
                return self._missing()
            self.foreign(self.take())
        token = self.token
        if token.kind == "not":
            return self._late_not()
        if token.kind == "(":
            return self._bracketed()
        if token.kind == "word":
            return self._named()
        if token.kind == "-":  # behind something foreign
            return self.signed()
        self.take()
        span = {"start": token.start, "end": token.end}
        if token.kind == "broken":
            return Broken(**span)
        if token.kind in {"true", "false"}:
            return Truth(value=token.kind == "true", **span)
        return Number(value=token.value, percent=token.kind == "percent", **span)

    def foreign(self, token: Token) -> None:
        """Report a sign that has no meaning here."""
        hints = {
            **dict.fromkeys("[]{}", "Group with `(` and `)`."),
            "%": "Write `%` right after a number: `20%`.",
            **dict.fromkeys(",;", "Join conditions by `and` or `or`."),
            "**": "There are no powers.",
            "//": "Write `/`.",
        }
        hint = hints.get(token.kind, "Leave it out." if token.text in "€$£¥" else "")
        self.wrong(token.start, token.end, f"`{token.text}` is no part of an expression.", hint)

    def _missing(self) -> Node:
        """Report that a value is missing before the next token."""
        token = self.token
        if self.place:
            before = self.tokens[self.place - 1]
            again = before.kind in {"and", "or"} and token.kind in COMPARING
            return self.wrong(
                before.start,
                before.end,
                f"A value is missing after `{before.text}`.",
                "Name the field again: `amount > 5 and amount < 10`." if again else "",
            )
        return self.wrong(token.start, token.end, f"A value is missing before `{token.text}`.")

    def _late_not(self) -> Node:
        """``a == not b``: reported and read."""
        token = self.take()
        self.wrong(
            token.start,
            token.end,
            "`not` stands before a whole comparison.",
            "Write `not a == b`, or `!=`.",
        )
        value = self.deeper(token, self.signed)
        return Broken(start=token.start, end=value.end)

    def _bracketed(self) -> Node:
        """Something in parentheses; they leave no trace in the tree."""
        opening = self.take()
        node = self.deeper(opening, self.either)
        if self.token.kind == ")":
            return node.replace(start=opening.start, end=self.take().end)
        # Where nothing could be read, or too deep a nesting was skipped, one problem says so.
        skipped = any(problem.rule == "limit-exceeded" for problem in self.problems)
        if not isinstance(node, Broken) and not skipped:
            hint = "Write `)` where the group ends."
            self.wrong(opening.start, opening.end, "This `(` is never closed.", hint)
        return node

    def _named(self) -> Node:
        """A bare word or a question."""
        token = self.take()
        if self.token.kind == "(":
            return self._question(token)
        if token.text in FUNCTIONS:
            asks = FUNCTIONS[token.text]
            path, end = self._path()
            beside = self.tokens[max(self.place - 3, 0)]
            if path:
                asks = f"{token.text}({path})"
            elif token.text == "filled" and beside.kind == "word" and self.place > 2:
                asks = f"filled({beside.text})"  # `contract == filled`
            message = f"`{token.text}` does not say of what."
            return self.wrong(token.start, max(token.end, end), message, f"Write `{asks}`.")
        if self.token.text != ".":
            return Word(word=token.text, start=token.start, end=token.end)
        self.place -= 1
        path, end = self._path()
        hint = f"Write `visited({path})` for a step or `times({path})` for a result."
        message = f"`{path}` is not a field: a field has no `.`."
        return self.wrong(token.start, end, message, hint)

    def _path(self) -> tuple[str, int]:
        """Words joined by points, "" where none comes next, and where they end."""
        words: list[str] = []
        end = 0
        while self.token.kind == "word":
            token = self.take()
            words.append(token.text)
            end = token.end
            if self.token.kind != "." or self.following.kind != "word":
                break
            self.take()
        return ".".join(words), end

    def _question(self, name: Token) -> Node:
        """``filled(field)``, ``visited(step)``, ``times(step.result)``."""
        self.take()
        inside = self.token
        path, end = self._path()
        if self.token.kind == ")" and path and name.text in FUNCTIONS:
            span = {"start": name.start, "end": self.take().end}
            if name.text == "visited":
                return Visited(step=path, **span)
            if name.text == "times":
                return Times(result=path, **span)
            if "." not in path:
                return Filled(name=path, **span)
            message = f"`{path}` is not a field: a field has no `.`."
            return self.wrong(inside.start, end, message, f"Write `visited({path})` for a step.")
        single = path and self.token.kind in {",", "end"}
        end = self._skip()
        if name.text in FUNCTIONS:
            message = f"`{name.text}` asks about one name."
            asks = f"{name.text}({path})" if single else FUNCTIONS[name.text]
            return self.wrong(name.start, end, message, f"Write `{asks}`.")
        near = nearest(name.text, FUNCTIONS)
        hint = f"Did you mean `{FUNCTIONS[near]}`?" if near else KNOWN
        message = f"There is no `{name.text}(…)`."
        return self.wrong(name.start, name.end, message, hint, rule="unknown-name")

    def _skip(self) -> int:
        """Read on past the ``)`` that closes the parenthesis before; where it ends."""
        last, still_open = self.tokens[self.place - 1], 1
        while still_open and self.token.kind != "end":
            last = self.take()
            still_open += {"(": 1, ")": -1}.get(last.kind, 0)
        return last.end
