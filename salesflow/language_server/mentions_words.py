"""The ids in an expression: fields, values of choices, steps and results."""

from collections.abc import Generator, Iterator
from typing import NamedTuple

from salesflow.expressions.lexer import COMPARING, Token, tokens
from salesflow.language_server.mention import CHOICES, DATA, FLOW, Name

_ASKING = ("filled", "visited", "times")
_MOST = 4096  # characters, as the language has it


class Word(NamedTuple):
    """An id in an expression: characters of the text, what it may stand for, what it is."""

    start: int
    end: int
    names: tuple[Name, ...]
    what: str
    alone: bool = True
    asked: str = ""  # the question that it stands in: filled, visited, times


def words(text: str, *, field: str = "") -> Iterator[Word]:
    """The ids in the text of a condition or, of ``field``, of what it is set to."""
    if len(text) > _MOST:
        return
    found, _ = tokens(text)
    at = 0
    while at < len(found):
        token = found[at]
        if token.kind == "word" and token.text in _ASKING and found[at + 1].kind == "(":
            at = yield from _question(token.text, found, at + 2)
            continue
        if token.kind == "word":
            yield _bare(found, at, field)
        at += 1


def _question(asked: str, found: list[Token], at: int) -> Generator[Word, None, int]:
    """The path in ``filled(…)``, ``visited(…)`` or ``times(…)``; each id of it is a word."""
    path: list[str] = []
    while found[at].kind == "word" or found[at].text == ".":
        token = found[at]
        if token.kind == "word":
            path.append(token.text)
            name = Name(DATA if asked == "filled" else FLOW, tuple(path))
            what = "field" if asked == "filled" else "step"
            yield Word(token.start, token.end, (name,), what, alone=len(path) == 1, asked=asked)
        at += 1
    return at


def _bare(found: list[Token], at: int, field: str) -> Word:
    """A word: a value of the field that it is compared with or set to, else a field."""
    token = found[at]
    beside = field
    if at >= 2 and found[at - 1].kind in COMPARING and found[at - 2].kind == "word":
        beside = found[at - 2].text
    elif found[at + 1].kind in COMPARING and found[at + 2].kind == "word":
        beside = found[at + 2].text
    names = [Name(DATA, (token.text,))]
    if beside:
        names.insert(0, Name(CHOICES, (beside, token.text)))
    return Word(token.start, token.end, tuple(names), "field")
