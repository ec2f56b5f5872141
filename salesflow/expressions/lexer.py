"""From text to tokens. What is misspelled is reported and read as what was probably meant."""

import re
from functools import cache
from typing import NamedTuple

from salesflow.expressions.exact import Exact, decimal, in_digits, product, quotient
from salesflow.expressions.types import MOST_DIGITS, Problem

KEYWORDS = frozenset({"and", "or", "not", "true", "false"})
COMPARING = frozenset({"==", "!=", "<", "<=", ">", ">="})

MEANT = {
    "&&": "and", "&": "and", "||": "or", "|": "or", "!": "not",
    "=": "==", "===": "==", "!==": "!=", "<>": "!=", "≠": "!=",
    "=<": "<=", "≤": "<=", "=>": ">=", "≥": ">=",
    "×": "*", "·": "*", "÷": "/", "−": "-", "–": "-",
}  # fmt: skip

TIMES = {"k": 1000, "tsd": 1000, "m": 10**6, "mio": 10**6, "mn": 10**6, "bn": 10**9}

PLAIN_NUMBER = r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
OPEN_QUOTES = "\"'`“”„‘’‚«»"


class Token(NamedTuple):
    """A piece of the text: ``kind`` is the sign or keyword itself, or one of
    ``number percent word broken end``; numbers carry their value.
    """

    kind: str
    start: int
    end: int
    text: str
    value: Exact = 0


@cache
def _pattern() -> re.Pattern[str]:
    """The pattern of one token, compiled when the first expression is read."""
    quotes = re.escape(OPEN_QUOTES)
    return re.compile(
        r"(?P<space>\s+)"
        r"|(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-]))"
        r"|(?P<number>\.?[0-9][0-9_']*(?:[.,][0-9]+)*\.?(?:[^\W\d_]\w*)?(?:\s*%)?)"
        r"|(?P<word>[^\W\d]\w*)"
        rf"|(?P<quoted>[{quotes}](?P<inside>[^{quotes}]*)[{quotes}]?)"
        r"|(?P<sign>===|!==|<=|>=|==|!=|<>|=<|=>|&&|\|\||\*\*|//|.)",
        re.DOTALL,
    )


def tokens(text: str) -> tuple[list[Token], list[Problem]]:
    """All tokens, the last of kind ``end``, and what is misspelled."""
    found: list[Token] = []
    problems: list[Problem] = []
    for match in _pattern().finditer(text):
        kind, (start, end), piece = match.lastgroup, match.span(), match.group()
        if kind == "space":
            continue
        if kind == "word" and piece.isascii():
            found.append(Token(piece if piece in KEYWORDS else "word", start, end, piece))
        elif kind == "number":
            found.append(_number(piece, start, problems))
        elif kind == "sign" and (piece in COMPARING or piece in "+-*/()"):
            found.append(Token(piece, start, end, piece))
        else:
            inside = match["inside"]
            quoted = inside is not None
            odd = inside if quoted else piece
            found.append(_odd(odd, start, end, problems, quoted=quoted, kind=kind))
    found.append(Token("end", len(text), len(text), ""))
    return found, problems


def _odd(
    piece: str,
    start: int,
    end: int,
    problems: list[Problem],
    *,
    quoted: bool,
    kind: str | None,
) -> Token:
    """The token meant by something that is no part of the language."""

    def wrong(message: str, hint: str = "") -> None:
        problems.append(Problem("schema", start, end, message, hint))

    meant = MEANT.get(piece)
    if quoted:
        return _quoted(piece.strip(), start, end, problems)
    if kind == "date":
        wrong("Dates cannot be compared.", "Of a date only `filled(…)` can be asked.")
        return Token("broken", start, end, piece)
    if kind == "word":
        hint = "Ids are written with a-z, digits and `_`, choice values with A-Z too."
        wrong(f"`{piece}` has letters that no name has.", hint)
        return Token("broken", start, end, piece)
    if meant:
        wrong(f"`{piece}` is not used here.", f"Write `{meant}`.")
        return Token(meant, start, end, piece)
    return Token(piece, start, end, piece)


def _quoted(inside: str, start: int, end: int, problems: list[Problem]) -> Token:
    """The word or number in quotation marks."""
    message = "Nothing is quoted inside an expression."
    if re.fullmatch(r"[A-Za-z]\w*", inside, re.ASCII):
        problems.append(Problem("schema", start, end, message, f"Write `{inside}`."))
        return Token(inside if inside in KEYWORDS else "word", start, end, inside)
    if re.fullmatch(PLAIN_NUMBER, inside):
        problems.append(Problem("schema", start, end, message, f"Write `{inside}`."))
        return _number(inside, start, problems)._replace(end=end)
    hint = "A choice value is one word; of a text only `filled(…)` can be asked."
    problems.append(Problem("schema", start, end, message, hint))
    return Token("broken", start, end, inside)


def _number(piece: str, start: int, problems: list[Problem]) -> Token:
    """The number meant by a piece that starts with a digit or a point and a digit."""
    end = start + len(piece)
    percent = piece.endswith("%")
    bare = piece.rstrip("%").rstrip()
    if not re.fullmatch(PLAIN_NUMBER, bare) or (percent and len(bare) + 1 < len(piece)):
        bare = _meant_number(bare, piece, start, problems)
        if not bare:
            return Token("broken", start, end, piece)
    if _too_long(bare):
        message = f"A number has at most {MOST_DIGITS} digits."
        problems.append(Problem("limit-exceeded", start, end, message, "Write it shorter."))
        return Token("broken", start, end, piece)
    value = decimal(bare)
    if percent:
        return Token("percent", start, end, piece, quotient(value, 100))
    return Token("number", start, end, piece, value)


def _meant_number(bare: str, piece: str, start: int, problems: list[Problem]) -> str:
    """The plain decimal meant by an unusual one, "" where there is no telling; reports it."""
    end = start + len(piece)

    def wrong(message: str, hint: str) -> None:
        problems.append(Problem("schema", start, end, message, hint))

    figures = bare[: len(bare) - len(bare.lstrip("0123456789.,_'"))]
    unit = bare[len(figures) :]
    plain = _plain(figures)
    exponent = re.fullmatch(r"[eE]([0-9]{1,2})", unit)
    factor = 10 ** int(exponent[1]) if exponent else TIMES.get(unit.lower(), 0 if unit else 1)
    if not factor or not plain:
        wrong(f"`{piece}` is not a number.", _unit_hint(unit, plain))
        return ""
    if not _too_long(plain):
        plain = in_digits(product(decimal(plain), factor))
    if _too_long(plain):
        return plain  # to be reported as that
    percent = "%" * piece.endswith("%")
    wrong(f"`{piece}` is not how a number is written.", f"Write `{plain}{percent}`.")
    return plain


def _too_long(figures: str) -> bool:
    """Whether a number has more digits than are read."""
    return sum(map(str.isdigit, figures)) > MOST_DIGITS


def _plain(figures: str) -> str:
    """Digits with at most one point: thousands marks and needless zeros are gone.

    "" where there is no telling which marks are of thousands.
    """
    figures = figures.replace("_", "").replace("'", "").rstrip(".,")
    grouped = re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(\.[0-9]+)?", figures)
    dotted = re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+(,[0-9]+)?", figures)
    if grouped:
        figures = figures.replace(",", "")
    elif dotted and (figures.count(".") > 1 or "," in figures):
        figures = figures.replace(".", "")
    whole, point, part = figures.replace(",", ".").partition(".")
    if "." in part:
        return ""
    return (whole.lstrip("0") or "0") + point + part


NO_TIMES = "Times are no part of an expression: use `timeout`, `wait` or `sla`."


def _unit_hint(unit: str, plain: str) -> str:
    """What to do about a number with ``unit`` behind it, or with marks that tell nothing."""
    if not plain:
        return "Write digits, with one `.` before the decimals."
    if re.fullmatch(r"[A-Z]{3}", unit):
        return f"Write `{plain}`: the currency is the organization's."
    if unit in {"s", "min", "h", "d", "w", "bh", "bd"}:
        return NO_TIMES
    return f"Write `{plain}`; letters are no part of a number."
