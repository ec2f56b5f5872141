"""What an unquoted scalar means, and which ones mean different things to different readers."""

import re
from typing import NamedTuple

MOST_DIGITS = 18


class PlainDate(str):
    """An unquoted ``2026-12-25``: fine where a date is expected."""

    __slots__ = ()


class Doubtful(NamedTuple):
    """An unquoted scalar that some YAML reader takes for something else than text."""

    text: str
    reason: str


_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_WORDS = {
    "boolean": "y Y yes Yes YES n N no No NO True TRUE False FALSE on On ON off Off OFF",
    "empty value": "~ null Null NULL",
}
_DOUBTFUL_WORDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
# What the YAML 1.1 and 1.2 types int, float and timestamp accept beyond the plain decimal number.
_DOUBTFUL = (
    (r"[-+]?0[xX][0-9a-fA-F_]+\Z", "number in base 16"),
    (r"[-+]?0[bB][01_]+\Z", "number in base 2"),
    (r"[-+]?0o?[0-7_]+\Z", "number in base 8"),
    (r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?\Z", "number in base 60"),
    (r"[-+]?[0-9][0-9_]*\Z", "number"),
    (r"[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*(?:[eE][-+]?[0-9]+)?\Z", "number"),
    (r"[-+]?[0-9][0-9_]*\.?[0-9_]*[eE][-+]?[0-9]+\Z", "number"),
    (r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z", "number"),
    (r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9:.]+.*)?\Z", "date"),
)
_UNITS = frozenset("dhnsw%")
_SUSPECT = frozenset("0123456789+-.~yYnNtTfFoO")
_LONGEST_NUMBER = 4096  # matching what is longer could take a gigabyte


def plain_value(text: str) -> str | int | float | bool | Doubtful:
    """The value of an unquoted scalar; Doubtful where readers would disagree."""
    first = text[0]
    if first not in _SUSPECT:
        return text
    if first.isalpha():
        return _word(text)
    if _NUMBER.match(text):
        return _number(text)
    if _DATE.match(text):
        return PlainDate(text)
    if text in _DOUBTFUL_WORDS:
        return Doubtful(text, _DOUBTFUL_WORDS[text])
    if len(text) > _LONGEST_NUMBER:
        return text
    if text[-1] in _UNITS and text.rstrip("bdhimnsw%").isdigit():  # 30%, 2bd, 45min: most of them
        return text
    for pattern, kind in _DOUBTFUL:
        if re.match(pattern, text):  # compiled when first needed
            return Doubtful(text, kind)
    return text


def doubtful_key(text: str) -> Doubtful | None:
    """The doubt about an unquoted key; numbers and dates are fine there, they are only names."""
    value = plain_value(text)
    if isinstance(value, Doubtful):
        return value
    if isinstance(value, bool):
        return Doubtful(text, "boolean")
    return None


def _word(text: str) -> str | bool | Doubtful:
    if text == "true":
        return True
    if text == "false":
        return False
    kind = _DOUBTFUL_WORDS.get(text)
    return text if kind is None else Doubtful(text, kind)


def _number(text: str) -> int | float | str | Doubtful:
    if sum(map(str.isdigit, text)) > MOST_DIGITS:
        return Doubtful(text, "too long")
    return float(text) if "." in text else int(text)
