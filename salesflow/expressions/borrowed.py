"""Comparisons as other languages write them: ``in [a, b]``, ``is``, ``between``.

Reported with what to write instead.
"""

from collections.abc import Callable

from salesflow.expressions.cursor import STARTS, Cursor
from salesflow.expressions.lexer import Token
from salesflow.expressions.tree import Compare, Node, broken

LITERALS = STARTS - {"not", "(", "-", "broken"}
CLOSING = {"[": "]", "(": ")", "{": "}"}
MOST_SHOWN = 4  # values of a list that a hint spells out


def borrowed(cursor: Cursor, left: Node, read: Callable[[], Node]) -> Node | None:
    """The comparison of ``left`` if a borrowed word comes next, None if not.

    ``read`` reads the next value.
    """
    if cursor.says("in"):
        return _member(cursor, left, "==")
    if _negates(cursor) and cursor.following.text.lower() == "in":
        cursor.take()
        return _member(cursor, left, "!=")
    if cursor.says("between"):
        return _between(cursor, left, read)
    if cursor.says("is", "equals"):
        return _equal(cursor, left, read)
    return None


def _negates(cursor: Cursor) -> bool:
    """Whether ``not`` comes next, however spelled."""
    return cursor.token.kind == "not" or cursor.says("not")


def _equal(cursor: Cursor, left: Node, read: Callable[[], Node]) -> Node:
    """``a is b``, ``a is not b``, ``a equals b``."""
    first = last = cursor.take()
    sign, shown = "==", first.text
    if _negates(cursor):
        last = cursor.take()
        sign, shown = "!=", f"{first.text} {last.text}"
    cursor.wrong(first.start, last.end, f"`{shown}` is not used here.", f"Write `{sign}`.")
    right = read()
    return Compare(left=left, sign=sign, right=right, start=left.start, end=right.end)


def _between(cursor: Cursor, left: Node, read: Callable[[], Node]) -> Node:
    """``a between b and c``."""
    token = cursor.take()
    low = read()
    hint = "Write two comparisons joined by `and`."
    high = read() if cursor.joined("and") else None
    if high and not broken(left) and not broken(low) and not broken(high):
        hint = f"Write `{left} >= {low} and {left} <= {high}`."
    end = (high or low).end
    return cursor.wrong(left.start, max(end, token.end), "`between` is not used here.", hint)


def _member(cursor: Cursor, left: Node, sign: str) -> Node:
    """``a in [b, c]`` and ``a not in [b, c]``."""
    last = cursor.take()
    listed: list[Token] = []
    closing = CLOSING.get(cursor.token.kind, "")
    if closing:
        cursor.take()
        while cursor.token.kind not in {closing, "end"}:
            last = cursor.take()
            listed.append(last)
        last = cursor.take() if cursor.token.kind != "end" else last
    elif cursor.token.kind in STARTS:
        if cursor.token.kind == "-" and cursor.following.kind in LITERALS:
            listed.append(cursor.take())
        last = cursor.take()
        listed.append(last)
    values = _values(listed)
    hint = "Write one comparison for each value."
    if 0 < len(values) <= MOST_SHOWN and not broken(left):
        joint = " or " if sign == "==" else " and "
        hint = f"Write `{joint.join(f'{left} {sign} {value}' for value in values)}`."
    return cursor.wrong(left.start, last.end, "There are no lists in an expression.", hint)


def _values(listed: list[Token]) -> list[str]:
    """The texts of single words and numbers, with their signs; none where anything else stands."""
    values: list[str] = []
    sign = ""
    for token in listed:
        if token.kind in LITERALS:
            values.append(sign + token.text)
            sign = ""
        elif token.kind == "-" and not sign:
            sign = "-"
        elif token.kind != "," or sign:
            return []
    return values
