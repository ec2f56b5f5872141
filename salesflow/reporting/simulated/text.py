"""The report for a terminal: sentences first, then tables that line up by what is seen."""

from collections.abc import Iterator, Sequence

from salesflow.reporting.simulated.story import Cell, Chapter, Line, Story, Table
from salesflow.reporting.simulated.telling import story
from salesflow.reporting.visible import line
from salesflow.reporting.widths import cut, left, right, width, wrapped
from salesflow.simulation.result import SimulationResult

_COLOURS = {
    "good": "32",
    "doubt": "33",
    "bad": "1;31",
    "head": "1",
    "faint": "2",
    "warning": "1;33",
}
_MARKS = {"good": "✓", "doubt": "•", "bad": "!"}
_WIDEST = 100  # columns of a sentence
_WIDEST_CELL = 48
_BAR = 10
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def text(result: SimulationResult, *, colour: bool = False) -> str:
    """The whole report; ``colour`` adds terminal colours."""
    return told(story(result), colour=colour)


def told(tale: Story, *, colour: bool = False) -> str:
    """A story for a terminal."""
    return "\n".join(_story(tale, _Paint(colour=colour))) + "\n"


class _Paint:
    def __init__(self, *, colour: bool) -> None:
        self._colour = colour

    def __call__(self, shown: str, kind: str) -> str:
        return f"\x1b[{_COLOURS[kind]}m{shown}\x1b[0m" if self._colour and kind and shown else shown


def _story(told: Story, paint: _Paint) -> Iterator[str]:
    yield f"{paint(line(told.title), 'head')}  {paint(line(told.about), 'faint')}"
    for warning in told.warnings:
        yield f"{paint('warning', 'warning')}: {line(warning)}"
    yield ""
    for each in told.answer:
        yield _line(each, paint, mark=" ") if each.text else paint(line(each.lead), "head")
    for chapter in told.chapters:
        yield ""
        yield paint(line(chapter.title), "head")
        yield from _chapter(chapter, paint)


def _chapter(chapter: Chapter, paint: _Paint) -> Iterator[str]:
    for each in chapter.lines:
        yield _line(each, paint, mark=_MARKS.get(each.tone, " "))
    if chapter.table is not None:
        yield from _table(chapter.table, paint)


def _line(told: Line, paint: _Paint, *, mark: str) -> str:
    sign = paint(mark, told.tone) if mark.strip() else mark
    lead = line(told.lead)
    left_of_lead = len(lead)
    rows = []
    for row in wrapped(f"{lead}{line(f'.{told.text}')[1:]}", _WIDEST - 2):
        head = row[: max(left_of_lead, 0)]
        rows.append(f"{paint(head, told.tone or 'head')}{row[len(head) :]}")
        left_of_lead -= len(row) + 1
    return f"{sign} " + "\n  ".join(rows)


def tabled(shown: Table, *, colour: bool = False) -> Iterator[str]:
    """The lines of a table alone."""
    return _table(shown, _Paint(colour=colour))


def _table(shown: Table, paint: _Paint) -> Iterator[str]:
    """The lines of a table, indented by two."""
    rows = [[_Seen(each) for each in row] for row in shown.rows]
    columns = [_Column(shown, rows, number) for number in range(len(shown.heads))]
    heads = "  ".join(column.head for column in columns)
    yield paint(f"  {heads}".rstrip(), "faint")
    for row in rows:
        cells = (column.shown(seen, paint) for column, seen in zip(columns, row, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()
    for said in wrapped(line(shown.note), _WIDEST - 2) if shown.note else ():
        yield paint(f"  {said}", "faint")


class _Column:
    """How wide a column is, what stands before ± and what behind."""

    def __init__(self, table: Table, rows: Sequence[Sequence["_Seen"]], number: int) -> None:
        head = table.heads[number]
        self.to_left = number == 0 or number in table.left
        text = max((width(row[number].text) for row in rows), default=0)
        self.spread = max((width(row[number].spread) for row in rows), default=0)
        self.wide = max(text + (self.spread + 1 if self.spread else 0), width(head))
        self.head = left(head, self.wide) if self.to_left else right(head, self.wide)

    def shown(self, seen: "_Seen", paint: _Paint) -> str:
        """A cell of the column, filled up."""
        spread = f" {left(seen.spread, self.spread)}" if self.spread else ""
        behind = spread.rstrip()
        whole = f"{paint(seen.text, seen.tone)}{paint(behind, 'faint')}{spread[len(behind) :]}"
        fill = " " * (self.wide - width(seen.text) - width(spread))
        return f"{whole}{fill}" if self.to_left else f"{fill}{whole}"


class _Seen:
    """A cell as it is seen: nothing in it moves the cursor."""

    def __init__(self, shown: Cell) -> None:
        self.text = cut(line(shown.text), _WIDEST_CELL) if shown.bar is None else bar(shown.bar)
        self.spread = line(shown.spread)
        self.tone = shown.tone


def bar(share: float) -> str:
    """A bar of block characters, ten columns for 100%, to an eighth of a column."""
    eighths = round(min(max(share, 0.0), 1.0) * _BAR * 8)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")
