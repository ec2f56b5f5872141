"""The report as Markdown: a comment on a pull request, or the summary of a CI job."""

from collections.abc import Iterator

from salesflow.reporting.markdown import escaped, prose
from salesflow.reporting.simulated.story import Cell, Chapter, Line, Story, Table
from salesflow.reporting.simulated.telling import story
from salesflow.simulation.result import SimulationResult

_MOST_ROWS = 60  # a comment on GitHub has at most 65,536 characters
_FOLDED = ("Deals", "Steps", "Touchpoints", "Stages", "Roles")
_MARKS = {"good": "✅ ", "doubt": "🔸 ", "bad": "❗ "}


def markdown(result: SimulationResult) -> str:
    """Sentences and short tables open, long tables folded."""
    return told(story(result), verb="Simulated")


def told(tale: Story, *, verb: str) -> str:
    """A story as Markdown, under a heading that says what was done."""
    return "\n".join(_story(tale, verb)).rstrip("\n") + "\n"


def _story(told: Story, verb: str) -> Iterator[str]:
    yield f"## {verb}: {escaped(told.title)}"
    yield ""
    yield f"{escaped(told.about)}."
    yield ""
    yield from (f"> ⚠ {prose(warning)}  " for warning in told.warnings)
    if told.warnings:
        yield ""
    for each in told.answer:
        yield f"- {_line(each)}"
    for chapter in told.chapters:
        yield ""
        yield from _chapter(chapter)


def _chapter(chapter: Chapter) -> Iterator[str]:
    title = escaped(chapter.title)
    folded = chapter.title.startswith(_FOLDED)
    yield f"<details><summary>{title}</summary>" if folded else f"### {title}"
    yield ""
    for each in chapter.lines:
        yield f"- {_MARKS.get(each.tone, '')}{_line(each)}"
    if chapter.table is not None:
        yield from tabled(chapter.table)
    if folded:
        yield ""
        yield "</details>"


def _line(told: Line) -> str:
    return f"<b>{prose(told.lead)}</b>{prose(told.text)}"


def tabled(table: Table) -> Iterator[str]:
    """The lines of a table."""
    columns = [n for n in range(len(table.heads)) if not _is_bars(table, n)]
    to_left = {0, *table.left}
    yield f"| {' | '.join(escaped(table.heads[n]) for n in columns)} |"
    yield f"|{'|'.join('---' if n in to_left else '--:' for n in columns)}|"
    for row in table.rows[:_MOST_ROWS]:
        yield f"| {' | '.join(_cell(row[n]) for n in columns)} |"
    if len(table.rows) > _MOST_ROWS:
        yield ""
        yield f"And {len(table.rows) - _MOST_ROWS:,} more."
    if table.note:
        yield ""
        yield f"<sub>{prose(table.note)}</sub>"


def _is_bars(table: Table, column: int) -> bool:
    return any(row[column].bar is not None for row in table.rows)


def _cell(cell: Cell) -> str:
    text = prose(cell.text)
    if cell.tone in ("good", "bad"):
        text = f"<b>{text}</b>"
    return f"{text} {escaped(cell.spread)}" if cell.spread else text
