"""What there is to tell of a simulation, before it is text, Markdown or a page.

Texts here may hold anything a user wrote: whoever renders them escapes them.
"""

from typing import NamedTuple

from salesflow.reporting.simulated.figures import Figure

GOOD, DOUBT, BAD = "good", "doubt", "bad"  # tones


class Line(NamedTuple):
    """A sentence that begins with what matters: ``lead``, then ``text``."""

    lead: str
    text: str = ""
    tone: str = ""


class Cell(NamedTuple):
    """A cell: ``text``, half of its interval in ``spread``, or a ``bar`` of that share of 1."""

    text: str = ""
    spread: str = ""
    tone: str = ""
    bar: float | None = None


class Table(NamedTuple):
    """A table. Columns are right-aligned but for the first and those in ``left``."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    left: frozenset[int] = frozenset()
    note: str = ""


class Chapter(NamedTuple):
    """Something under a heading; ``picture`` names the plots that belong to it.

    ``process`` is the id of the one it is about, "" for all of them.
    """

    title: str
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    picture: str = ""
    process: str = ""


class Story(NamedTuple):
    """All of it: ``about`` says what was simulated, ``answer`` is what a reader wants first."""

    title: str
    about: str
    warnings: tuple[str, ...]
    answer: tuple[Line, ...]
    chapters: tuple[Chapter, ...]


def cell(figure: Figure | None, tone: str = "") -> Cell:
    """A figure as a cell; empty where nothing was seen."""
    if figure is None:
        return Cell("–")
    return Cell(figure.short, f"±{figure.half}" if figure.half else "", tone)
