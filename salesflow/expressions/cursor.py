"""A place among the tokens of an expression, and the problems met so far."""

from collections.abc import Callable

from salesflow.expressions.lexer import Token
from salesflow.expressions.tree import Broken, Node
from salesflow.expressions.types import MOST_DEPTH, Problem, Rule

# Kinds of tokens that a value or condition can start with.
STARTS = frozenset({"number", "percent", "word", "broken", "true", "false", "not", "(", "-"})


class Cursor:
    """Reads tokens one by one and remembers how deep the reading is."""

    def __init__(self, found: list[Token], problems: list[Problem]) -> None:
        """Start at the first token."""
        self.tokens = found
        self.problems = problems
        self.place = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.place]

    @property
    def following(self) -> Token:
        """The token after the next, the end after the end."""
        return self.tokens[min(self.place + 1, len(self.tokens) - 1)]

    def take(self) -> Token:
        """The next token, which is now read; nobody takes the end."""
        token = self.token
        self.place += 1
        return token

    def says(self, *words: str) -> bool:
        """Whether the next token is one of these words, however spelled in capitals."""
        return self.token.kind == "word" and self.token.text.lower() in words

    def joined(self, word: str) -> bool:
        """Read the word if it is next."""
        if self.says(word):
            token = self.token
            message = f"`{token.text}` is not used here."
            self.wrong(token.start, token.end, message, f"Write `{word}`.")
        elif self.token.kind != word:
            return False
        self.take()
        return True

    def deeper(self, token: Token, read: Callable[[], Node]) -> Node:
        """Read one level further down; too far down, the rest is skipped."""
        if self.depth == MOST_DEPTH:
            self.place = len(self.tokens) - 1
            message = f"Parentheses, `not` and signs nest at most {MOST_DEPTH} deep."
            hint = "Split the decision over several steps."
            return self.wrong(token.start, token.end, message, hint, rule="limit-exceeded")
        self.depth += 1
        node = read()
        self.depth -= 1
        return node

    def wrong(
        self, start: int, end: int, message: str, hint: str = "", *, rule: Rule = "schema"
    ) -> Broken:
        """Report a problem."""
        self.problems.append(Problem(rule, start, end, message, hint))
        return Broken(start=start, end=end)
