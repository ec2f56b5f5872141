"""A file of running deals as rows, read as CRMs and Excel write it; mistakes by their line.

The delimiter is a comma, a semicolon or a tab; a byte order mark and empty lines are passed over.
"""

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from salesflow.errors import UsageError
from salesflow.names import listed, nearest

DEAL, AT = "deal", "at"
APART = "|"  # between the places of one deal
_DELIMITERS = (",", ";", "\t")
_EMPTY = f" \t{APART}"
# What CRMs call these columns.
_CALLED = {
    DEAL: ("id", "deal id", "deal_id", "opportunity id", "opportunity", "record id", "name"),
    AT: ("step", "stage", "deal stage", "stage name", "stagename", "place", "status", "steps"),
}
_MOST_SHOWN = 5
_MOST_CHARACTERS = 131_072  # in one cell, what the csv module takes


class Table(NamedTuple):
    """The deals of a file, an entry for each in every list.

    ``deals`` are ids, ``places`` what stands under `at`, ``columns`` the further columns by name,
    ``lines`` where each row begins. ``delimiter`` says how the file was written.
    """

    file: str
    deals: list[str]
    places: list[str]
    columns: dict[str, list[str]]
    lines: list[int]
    delimiter: str


class Mistakes:
    """What is wrong in a file, told all at once."""

    def __init__(self, file: str) -> None:
        """Nothing is wrong yet."""
        self.file = file
        self._found: list[tuple[int, str]] = []

    def add(self, line: int, message: str) -> None:
        """Something wrong in a line."""
        self._found.append((line, message))

    def check(self) -> None:
        """UsageError with the first few mistakes by line, if there are any."""
        if not self._found:
            return
        self._found.sort(key=lambda each: each[0])
        told = [f"{self.file}:{line}: {message}" for line, message in self._found[:_MOST_SHOWN]]
        rest = len(self._found) - len(told)
        raise UsageError(*told, *([f"and {rest} more"] if rest else []))


def read_table(content: bytes | str, file: str) -> Table:
    """The rows of a CSV with at least the columns `deal` and `at`.

    UsageError, with the lines, for what is no such file.
    """
    text = _decoded(content, file)
    head, delimiter, above = _head(text, file)
    deal, at = head.index(DEAL), head.index(AT)
    table = Table(file, [], [], {}, [], delimiter)
    width = len(head)
    mistakes = Mistakes(file)
    rows: list[list[str]] = []
    for line, row in _rows(text, delimiter, file):
        if line <= above:
            continue
        if len(row) != width:
            if any(cell.strip() for cell in row):
                mistakes.add(line, _wrong_width(row, head))
            continue
        if not row[deal].strip() or not row[at].strip(_EMPTY):
            if any(cell.strip() for cell in row):
                mistakes.add(line, _lacking(row, deal))
            continue
        rows.append(row)
        table.lines.append(line)
    turned = [list(cells) for cells in zip(*rows, strict=True)] or [[] for _ in head]
    table.deals.extend(each.strip() for each in turned[deal])
    table.places.extend(turned[at])
    table.columns.update(
        (name, cells) for name, cells in zip(head, turned, strict=True) if name not in (DEAL, AT)
    )
    _find_twins(table, mistakes)
    mistakes.check()
    return table


def _decoded(content: bytes | str, file: str) -> str:
    text = content if isinstance(content, str) else ""
    if isinstance(content, bytes):
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UsageError(f"{file}:1: The file is UTF-16. Save it as `CSV UTF-8`.")
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise UsageError(
                f"{file}:{line}: The file is not UTF-8. Save it as `CSV UTF-8`."
            ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UsageError(f"{file}:{line}: There is a NUL character: this is no CSV file.")
    return text.removeprefix("\ufeff")


def _head(text: str, file: str) -> tuple[list[str], str, int]:
    """The names of the columns, the delimiter with which they can be read, and their line."""
    if not text.strip():
        raise UsageError(f"{file}:1: The file is empty. It needs a head: `deal,at`.")
    found: list[str] = []
    line = 1
    for delimiter in _DELIMITERS:
        rows = _rows(text, delimiter, file, strict=False)
        line, row = next((n, r) for n, r in rows if any(map(str.strip, r)))
        names = [cell.strip() for cell in row]
        if len(names) > len(found):
            found, best = names, delimiter
    names = [name.lower() if name.lower() in (DEAL, AT) else name for name in found]
    missing = [name for name in (DEAL, AT) if name not in names]
    if missing:
        raise UsageError(f"{file}:{line}: {_no_column(missing, names)}")
    for name in names:
        if name and names.count(name) > 1:
            raise UsageError(f"{file}:{line}: The column `{name}` is there twice.")
    return names, best, line


def _no_column(missing: list[str], names: list[str]) -> str:
    there = [name for name in names if name]
    told = f"There is no column {' and no column '.join(f'`{m}`' for m in missing)}"
    told += f", there is {listed(there)}."
    lower = {name.casefold(): name for name in there}
    called = {name: [lower[w] for w in _CALLED[name] if w in lower] for name in missing}
    near = {name: next(iter(called[name]), nearest(name, there)) for name in missing}
    guesses = [f"`{other}` to `{name}`" for name, other in near.items() if other]
    if guesses:
        return f"{told} Rename {' and '.join(guesses)}."
    return f"{told} The first line must name the columns: `deal,at` and fields of the deal."


def _rows(
    text: str, delimiter: str, file: str, *, strict: bool = True
) -> Iterator[tuple[int, list[str]]]:
    """The lines in which rows begin, and their cells; not the empty ones."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    began = 1
    try:
        for row in reader:
            if row:
                yield began, row
            began = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(f"{file}:{began}: {_broken(str(error))}") from None


def _broken(error: str) -> str:
    if "limit" in error:
        return f"A cell has more than {_MOST_CHARACTERS} characters: is a quote missing?"
    return 'The quotes do not match. Write a quote within a cell twice: "a ""b"" c".'


def _wrong_width(row: list[str], head: list[str]) -> str:
    cells = "is 1 cell" if len(row) == 1 else f"are {len(row)} cells"
    told = f"There {cells}, the head has {len(head)}."
    if len(row) > len(head):
        return f"{told} Put a text with a delimiter in quotes; part places with `{APART}`."
    return told


def _lacking(row: list[str], deal: int) -> str:
    name = row[deal].strip()
    if not name:
        return f"The deal has no id: fill in `{DEAL}`."
    return f"`{name}` is nowhere: fill in `{AT}` with a step or stage."


def _find_twins(table: Table, mistakes: Mistakes) -> None:
    """Note deals that stand in several lines."""
    if len(set(table.deals)) == len(table.deals):
        return
    seen: dict[str, int] = {}
    for name, line in zip(table.deals, table.lines, strict=True):
        first = seen.setdefault(name, line)
        if first != line:
            mistakes.add(
                line,
                f"`{name}` stands in line {first} already. "
                f"Write all places of a deal in one line, with `{APART}` between them.",
            )
