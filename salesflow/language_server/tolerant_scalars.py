"""Scalars in a text that need not be YAML: where each ends, and what it says."""

import re
from typing import Any, NamedTuple

from salesflow.source.scalars import Doubtful, plain_value

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", " ": " ", "/": "/", '"': '"', "\\": "\\"}
_BLANKS = " \t"
_NEWLINES = "\r\n"


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
    while at < len(text) and text[at] not in _NEWLINES:
        at += 1
    return at


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


def plain(text: str, at: int, *, stops: str = "") -> Scalar:
    """The plain scalar that starts here and ends on this line; ``stops`` end it in flow style."""
    end, last = at, at
    while end < len(text):
        letter = text[end]
        if letter in _NEWLINES or (stops and letter in stops):
            break
        if letter == "#" and end > at and text[end - 1] in _BLANKS:
            break
        if letter == ":" and _ends_key(text, end, flow=bool(stops)):
            break
        end += 1
        if letter not in _BLANKS:
            last = end
    return Scalar(text[at:last], at, last)


def _ends_key(text: str, at: int, *, flow: bool) -> bool:
    after = text[at + 1 : at + 2]
    return not after or after in " \t\r\n" or (flow and after in ",{}[]")


def key_at(text: str, at: int, *, stops: str = "") -> Scalar | None:
    """The key that starts here, None where no `:` follows; its end is that of the word."""
    if at < len(text) and text[at] in "\"'":
        key = quoted(text, at, line_end(text, at))
    else:
        key = plain(text, at, stops=stops)
    after = key.end
    while after < len(text) and text[after] in _BLANKS:
        after += 1
    if key.end == key.start or text[after : after + 1] != ":":
        return None
    quoted_flow = key.quoted and bool(stops)
    return key if quoted_flow or _ends_key(text, after, flow=bool(stops)) else None


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
