"""The report as a page: sentences, pictures and tables, nothing fetched, no script."""

import re
from collections.abc import Iterator, Sequence

from salesflow.reporting.simulated.plots.canvas import safe
from salesflow.reporting.simulated.plots.funnel import funnel
from salesflow.reporting.simulated.plots.intervals import intervals
from salesflow.reporting.simulated.plots.times import times
from salesflow.reporting.simulated.plots.week import week
from salesflow.reporting.simulated.story import Cell, Chapter, Line, Story, Table
from salesflow.reporting.simulated.style import CSS
from salesflow.reporting.simulated.telling import story
from salesflow.reporting.simulated.words import HEADLINES
from salesflow.simulation.result import SimulationResult

_HEAD = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n'
)
_BODY = "<style>body { margin: 0; background: Canvas; }</style>\n</head>\n<body>\n"
_CODE = re.compile(r"`([^`\n]*)`")
_MOST_PICTURES = 3  # measures of scenarios that are drawn


def page(result: SimulationResult) -> str:
    """A whole HTML document."""
    told = story(result)
    title = f"<title>Simulated: {safe(told.title)}</title>\n"
    return f"{_HEAD}{title}{_BODY}{_section(result, told)}\n</body>\n</html>\n"


def section(result: SimulationResult) -> str:
    """The report as one element that brings its style along: for a page, or a notebook."""
    return _section(result, story(result))


def notebook(result: SimulationResult, pictures: Sequence[str] = ()) -> str:
    """What a notebook shows for a result; ``pictures`` (HTML) stand below the short answer."""
    return _section(result, story(result), pictures)


def _section(result: SimulationResult, told: Story, pictures: Sequence[str] = ()) -> str:
    return "\n".join(_parts(result, told, pictures))


def _parts(result: SimulationResult, told: Story, pictures: Sequence[str]) -> Iterator[str]:
    yield f'<section class="sf-report">\n<style>{CSS}</style>'
    yield f"<h1>{safe(told.title)}</h1>"
    yield f'<p class="about">{safe(told.about)}</p>'
    yield from (f'<p class="warning">{prose(warning)}</p>' for warning in told.warnings)
    yield '<ul class="answer">'
    yield from (f"<li>{_line(each)}</li>" for each in told.answer)
    yield "</ul>"
    yield from pictures
    for chapter in told.chapters:
        yield from _chapter(chapter, _pictures(chapter, result))
    yield "</section>"


def _chapter(chapter: Chapter, pictures: Iterator[str]) -> Iterator[str]:
    yield f"<h2>{safe(chapter.title)}</h2>"
    yield from (f"<figure>{picture}</figure>" for picture in pictures if picture)
    if chapter.lines:
        yield '<ul class="lines">'
        yield from (
            f'<li class="{each.tone or "plain"}">{_line(each)}</li>' for each in chapter.lines
        )
        yield "</ul>"
    if chapter.table is not None:
        yield from tabled(chapter.table)


def _pictures(chapter: Chapter, result: SimulationResult) -> Iterator[str]:
    """The pictures of a chapter; ids are the kind and the number of the process."""
    if chapter.picture == "week":
        yield week(result.roles, "sf-week", result.zone)
    if not chapter.picture or not chapter.process:
        return
    part = result.processes[chapter.process]
    name = f"sf-{chapter.picture}-{[*result.processes].index(chapter.process)}"
    if chapter.picture == "times":
        yield times(part, name)
    elif chapter.picture == "funnel":
        yield funnel(part, name)
    else:
        for measure in HEADLINES[:_MOST_PICTURES]:
            yield intervals(result, chapter.process, measure, f"{name}-{measure.replace('_', '-')}")


def _line(told: Line) -> str:
    return f"<strong>{prose(told.lead)}</strong>{prose(told.text)}"


def prose(text: str) -> str:
    """Text in which backticks stand around code."""
    parts = _CODE.split(f".{text}")  # a dot first: no line of it can be a command to a CI system
    return "".join(f"<code>{safe(p)}</code>" if n % 2 else safe(p) for n, p in enumerate(parts))[1:]


def tabled(table: Table) -> Iterator[str]:
    """The lines of a table."""
    to_left = {0, *table.left}
    sides = ["left" if n in to_left else "" for n in range(len(table.heads))]
    yield '<div class="scroll"><table>\n<thead><tr>'
    yield "".join(
        f"<th{_class(side)}>{safe(head)}</th>"
        for head, side in zip(table.heads, sides, strict=True)
    )
    yield "</tr></thead>\n<tbody>"
    for row in table.rows:
        yield f"<tr>{''.join(map(_cell, row, sides))}</tr>"
    yield "</tbody></table></div>"
    if table.note:
        yield f'<p class="note">{prose(table.note)}</p>'


def _cell(cell: Cell, side: str) -> str:
    if cell.bar is not None:
        full = min(max(cell.bar, 0.0), 1.0) * 100
        return f'<td class="left bars"><span class="bar" style="width: {full:.1f}%"></span></td>'
    spread = f' <span class="spread">{safe(cell.spread)}</span>' if cell.spread else ""
    return f"<td{_class(f'{side} {cell.tone}'.strip())}>{prose(cell.text)}{spread}</td>"


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""
