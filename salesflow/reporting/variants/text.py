"""Variants beside their base, for the terminal: as many columns side by side as there is room."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from salesflow.changes.variants import Row, Variants, groups_of
from salesflow.reporting.variants.figures import figures_of, hints_of
from salesflow.reporting.variants.simulated import HEADING, simulated
from salesflow.reporting.visible import line
from salesflow.reporting.widths import cut, left, width, wrapped

_LEAST = 8  # columns of a cell
_CELLS = (24, 20, 16, 13)  # at most; the widest with which there are no more tables than needed
_NARROW = 10  # on a narrow terminal
_LABEL = 26
_GAP = "  "


class _Line(NamedTuple):
    """A row of the table: what it is about, the base's cell, and cells by the variant's id."""

    label: str
    base: str
    cells: Mapping[str, str]


def text(found: Sequence[Variants], *, columns: int = 100) -> str:
    """A table for each process that has variants, no wider than ``columns``.

    Where not all variants fit side by side, there are several, each with the rows that its variants
    have otherwise.
    """
    return "\n\n".join("\n".join(_told(each, columns)) for each in found) + "\n"


def _told(found: Variants, columns: int) -> Iterator[str]:
    number = len(found.variants)
    yield line(f"{found.base.id} and {number} variant{'s' * (number != 1)}")
    sections = [("By the shares", [_Line(*each) for each in figures_of(found)])]
    if found.results:
        sections.append((HEADING, [_Line(*each) for each in simulated(found)]))
    sections += [(name, [_line(row) for row in rows]) for name, rows in groups_of(found.rows)]
    for block in _blocks(found, sections, columns):
        yield ""
        yield from _block(found, block, sections, columns)
    yield ""
    for sentence in hints_of(found):
        yield from wrapped(line(sentence), columns)


def _line(row: Row) -> _Line:
    return _Line(row.label, row.base, {name: cell.text for name, cell in row.cells.items()})


class _Block(NamedTuple):
    """Variants that stand side by side: their ids, and the widths of all columns."""

    ids: list[str]
    widths: list[int]


def _blocks(
    found: Variants, sections: Sequence[tuple[str, list[_Line]]], columns: int
) -> list[_Block]:
    """As few tables as the room allows, and then as wide columns."""
    lines = [each for _, rows in sections for each in rows]
    tried = [_packed(found, lines, columns, most) for most in _CELLS]
    best = min(tried, key=lambda blocks: (_too_wide(blocks, columns), len(blocks)))
    return _packed(found, lines, columns, _NARROW) if _too_wide(best, columns) else best


def _too_wide(blocks: Sequence[_Block], columns: int) -> int:
    """How far the widest table sticks out, as it may on a narrow terminal."""
    widths = [sum(each.widths) + len(_GAP) * (len(each.widths) - 1) for each in blocks]
    return max(0, max(widths) - columns)


def _packed(found: Variants, lines: Sequence[_Line], columns: int, most: int) -> list[_Block]:
    """Variants side by side until there is no room, in cells of at most so many columns."""
    label = min(_LABEL, max(width(line(each.label)) for each in lines)) + 2
    bases = [found.base.id, *(each.base for each in lines)]
    head = [label, max(_width_of(bases, most), _width_of([found.base.id], _CELLS[-1]))]
    blocks: list[_Block] = []
    for member in found.variants:
        cells = [each.cells.get(member.id, "") for each in lines]
        needed = max(_width_of(cells, most), _width_of([member.id], _CELLS[-1]))
        taken = sum(blocks[-1].widths) + len(_GAP) * len(blocks[-1].widths) if blocks else columns
        if taken + needed > columns:
            blocks.append(_Block([], [*head]))
        blocks[-1].ids.append(member.id)
        blocks[-1].widths.append(needed)
    return blocks


def _width_of(texts: Sequence[str], most: int) -> int:
    return min(most, max(_LEAST, *(width(line(each)) for each in texts)))


def _block(
    found: Variants, block: _Block, sections: Sequence[tuple[str, list[_Line]]], columns: int
) -> Iterator[str]:
    ids, widths = block
    room = columns - sum(widths) - len(_GAP) * (len(widths) - 1)
    widths = [*widths[:-1], max(_LEAST, widths[-1] + min(0, room))]  # on a narrow terminal
    of = {each.id: each.of for each in found.variants if each.of != found.base.id}
    yield from _cells(["", found.base.id, *ids], widths)
    if any(name in of for name in ids):
        yield from _cells(["", "", *(f"of {of[n]}" if n in of else "" for n in ids)], widths)
    for name, rows in sections:
        shown = [row for row in rows if any(row.cells.get(each) for each in ids)]
        if shown:
            yield line(name)
        for row in shown:
            cells = [row.cells.get(each, "") for each in ids]
            yield from _cells([f"  {row.label}", row.base, *cells], widths)


def _cells(texts: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """One row of the table, in as many lines as its longest cell needs."""
    parts = [
        _broken(line(each), columns, indent="    " if not number else "")
        for number, (each, columns) in enumerate(zip(texts, widths, strict=True))
    ]
    for at in range(max(map(len, parts))):
        row = [part[at] if at < len(part) else "" for part in parts]
        yield _GAP.join(left(each, w) for each, w in zip(row, widths, strict=True)).rstrip()


def _broken(text_: str, columns: int, *, indent: str) -> list[str]:
    """A cell in lines no wider than its column; words that are wider are broken too."""
    if width(text_) <= columns:
        return [text_]
    head = text_[: len(text_) - len(text_.lstrip())]
    room = max(1, columns - len(indent or head))
    found = [part for row in wrapped(text_.strip(), room) for part in _parts(row, room)]
    return [(head if not number else indent) + each for number, each in enumerate(found)]


def _parts(word: str, room: int) -> Iterator[str]:
    """A word in parts that fit, broken behind ``_``, ``.`` or ``/`` where there is one."""
    while width(word) > room:
        fits = max(1, len(cut(word, room + 1)) - 1)
        at = max(word.rfind(mark, 0, fits) for mark in "_./") + 1 or fits
        yield word[:at]
        word = word[at:]
    yield word
