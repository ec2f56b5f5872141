"""Scalars in a text that need not be YAML: where each ends, and what it says."""

import re
from typing import Any, NamedTuple

from salesflow.source.scalars import Doubtful, plain_value

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", " ": " ", "/": "/", '"': '"', "\\": "\\"}
_BLANKS = " \t"
_QUOTES = ("'", '"')
_BREAK = re.compile(r"[\r\n]")
_COLON = re.compile(r"[ \t]*:")
# What ends a plain scalar: its line, a comment, the colon of a key; between brackets also those.
_BLOCK_END = re.compile(r"[\r\n]|(?<=[ \t])#|:(?=[ \t\r\n]|\Z)")
_FLOW_END = re.compile(r"[\r\n,{}\[\]]|(?<=[ \t])#|:(?=[ \t\r\n,{}\[\]]|\Z)")


class Scalar(NamedTuple):
    """A scalar: what it says, where it stands, and whether it is quoted."""

    text: str
    start: int
    end: int
    quoted: bool = False

    @property
    def value(self) -> Any:
        """The value, as the reader has it."""
        if self.quoted or not self.text:
            return self.text
        value = plain_value(self.text)
        return self.text if isinstance(value, Doubtful) else value


def line_end(text: str, at: int) -> int:
    """Where the line of an offset ends, its break not included."""
    found = _BREAK.search(text, at)
    return found.start() if found else len(text)


def past_break(text: str, at: int) -> int:
    """The start of the next line, from the end of this one."""
    if text.startswith("\r\n", at):
        return at + 2
    return min(at + 1, len(text))


def quoted(text: str, at: int, stop: int) -> Scalar:
    """The quoted scalar that opens here; one that is never closed ends with its line."""
    mark = text[at]
    end = at + 1
    while end < stop:
        if mark == '"' and text[end] == "\\":
            end += 2
        elif text[end] == mark:
            if mark == "'" and text.startswith("''", end):
                end += 2
                continue
            inside = text[at + 1 : end]
            return Scalar(_unquoted(inside, mark), at, end + 1, quoted=True)
        else:
            end += 1
    end = min(line_end(text, at), stop)
    return Scalar(text[at + 1 : end], at, end, quoted=True)


def _unquoted(inside: str, mark: str) -> str:
    inside = re.sub(r"[ \t]*(?:\r\n?|\n)[ \t]*", " ", inside)
    if mark == "'":
        return inside.replace("''", "'")
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[0]), inside)


def plain(text: str, at: int, *, flow: bool = False) -> Scalar:
    """The plain scalar that starts here and ends on this line; brackets and commas end it too where
    it stands in ``flow`` style.
    """
    found = (_FLOW_END if flow else _BLOCK_END).search(text, at)
    said = text[at : found.start() if found else len(text)].rstrip(_BLANKS)
    return Scalar(said, at, at + len(said))


def key_at(text: str, at: int, *, flow: bool = False) -> Scalar | None:
    """The key that starts here, None where no `:` follows; its end is that of the word."""
    first = text[at : at + 1]
    key = quoted(text, at, line_end(text, at)) if first in _QUOTES else plain(text, at, flow=flow)
    colon = _COLON.match(text, key.end)
    if key.end == key.start or colon is None:
        return None
    after = text[colon.end() : colon.end() + 1]
    ends = not after or after in " \t\r\n" or (flow and (key.quoted or after in ",{}[]"))
    return key if ends else None


def block_scalar(text: str, at: int, indent: int) -> Scalar:
    """The `|` or `>` scalar whose sign stands at ``at``: all lines that are indented deeper."""
    folded = text[at] == ">"
    stripped = "-" in text[at : at + 3]
    here = past_break(text, line_end(text, at))
    last, rows = line_end(text, at), []
    while here < len(text):
        end = line_end(text, here)
        row = text[here:end]
        if row.strip() and len(row) - len(row.lstrip(" ")) <= indent:
            break
        rows.append(row)
        if row.strip():
            last = here + len(row.rstrip())
        here = past_break(text, end)
    depth = min((len(row) - len(row.lstrip(" ")) for row in rows if row.strip()), default=0)
    body = "\n".join(row[depth:] for row in rows).rstrip()
    if folded:
        body = re.sub(r"(?<!\n)\n(?!\n)", " ", body)
    tail = "\n" if body and not stripped else ""
    return Scalar(f"{body}{tail}", at, last, quoted=True)
