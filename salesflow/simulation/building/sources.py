"""Sources, outcomes and stages as rows."""

from salesflow.calendars import Calendar
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.model import Source, Stage
from salesflow.simulation.building.draft import Draft
from salesflow.simulation.building.fillings import captures_of
from salesflow.simulation.building.marks import Marks
from salesflow.simulation.building.opened import Opened
from salesflow.simulation.building.tables import HOUR
from salesflow.simulation.gauges import Stage as StageRow
from salesflow.simulation.program import EXPONENTIAL, KINDS, Draw
from salesflow.simulation.program import Outcome as OutcomeRow
from salesflow.simulation.program import Source as SourceRow

_WEEK = 168.0  # hours


def source_rows(opened: Opened, draft: Draft) -> list[SourceRow]:
    """The sources of a process, by id."""
    sources = sorted(opened.process.sources.items())
    return [_source(source, opened, draft) for _, source in sources]


def _source(source: Source, opened: Opened, draft: Draft) -> SourceRow:
    path = f"sources.{source.id}"
    row = SourceRow(
        path=opened.path(source.id),
        key=opened.key(path),
        arrivals_key=opened.key(f"{path}#arrivals"),
        process=opened.number,
        start=opened.node_at[source.start],
        department=draft.department_at.get(source.department or "", -1),
        cost=float(source.cost or 0),
        captures=captures_of(source.gives, opened, draft, path, "gives"),
    )
    field = opened.fields.get(SOURCE_FIELD)
    if field is not None:
        row = row._replace(
            source_field=field.number, source_value=float(field.values.index(source.id))
        )
    return _arriving(row, source, opened, draft)


def _arriving(row: SourceRow, source: Source, opened: Opened, draft: Draft) -> SourceRow:
    """With when deals come: at a rate, while a calendar is open as many a week, or in batches."""
    arrivals = source.arrivals
    if arrivals is None:
        return row
    if arrivals.every is not None:
        return row._replace(every=arrivals.every.milliseconds, batch=arrivals.batch)
    rate = arrivals.per_week
    if not rate:
        return row
    calendar = opened.process.people.calendars.get(arrivals.calendar or "")
    hours, table = _WEEK, -1
    if isinstance(calendar, Calendar):
        hours, table = calendar.weekly_open_ms / HOUR, draft.tables.of([calendar])
    gap = draft.draws.number(Draw(EXPONENTIAL, hours / rate, scale=float(HOUR)))
    return row._replace(gap=gap, table=table)


def outcome_rows(opened: Opened, marks: Marks) -> list[OutcomeRow]:
    """The outcomes of a process, by id."""
    return [
        OutcomeRow(
            path=opened.path(name),
            process=opened.number,
            kind=KINDS.index(outcome.kind),
            requires=opened.requires(outcome.requires),
            mark=marks.outcomes.get(name, -1),
        )
        for name, outcome in sorted(opened.process.outcomes.items())
    ]


def stage_rows(opened: Opened) -> list[StageRow]:
    """The stages of a process, by id."""
    stages = sorted(opened.process.stages.items())
    return [StageRow(opened.path(name), opened.number, _max_age(stage)) for name, stage in stages]


def _max_age(stage: Stage) -> int:
    return -1 if stage.max_age is None else stage.max_age.milliseconds
