"""From processes to the program that an engine plays."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from salesflow.calendars.zones import utc_offsets
from salesflow.errors import SimulationError, UsageError
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.simulation.building.apart import apart_of
from salesflow.simulation.building.bridges import Bridges, givers
from salesflow.simulation.building.draft import Draft
from salesflow.simulation.building.marks import Marks, probes_of, wait_probes_of
from salesflow.simulation.building.nodes import node_row
from salesflow.simulation.building.opened import Opened, root_of
from salesflow.simulation.building.people import Crowd, with_runs
from salesflow.simulation.building.results import lane_rows, ways_rows
from salesflow.simulation.building.sources import outcome_rows, source_rows, stage_rows
from salesflow.simulation.building.tables import DAY, HOUR
from salesflow.simulation.gauges import Probe
from salesflow.simulation.needs import needs_of
from salesflow.simulation.program import (
    Part,
    Program,
)

_ORDINAL_1970 = 719_163  # date(1970, 1, 1).toordinal()
_FIRST_MONDAY = 4  # days from 1970-01-01
_WEEK = 168  # hours
_LONGEST = 100 * 366 * DAY  # calendars end in the year 9999, and so does patience


def program_of(
    processes: Sequence[Process],
    *,
    duration: int,
    warmup: int,
    drawn_as: Mapping[str, str] = FrozenMap(),
) -> Program:
    """The program of one process, or of several that share people.

    ``duration`` and ``warmup`` are in milliseconds; deals count from the warm-up on, and all stops
    when both are over. ``drawn_as`` has for paths in the program (``enterprise:legal.draft``) those
    in the process that their random numbers are keyed by, if not by their own. SimulationError with
    what the files do not say and simulation needs; UsageError beyond 100 years.
    """
    errors = tuple(found for found in needs_of(processes) if found.severity == "error")
    if errors:
        texts = {file: text for process in processes for file, text in process.texts.items()}
        raise SimulationError(errors, texts)
    return written_program(processes, duration=duration, warmup=warmup, drawn_as=drawn_as)


def written_program(
    processes: Sequence[Process],
    *,
    duration: int,
    warmup: int,
    drawn_as: Mapping[str, str] = FrozenMap(),
) -> Program:
    """As ``program_of``, whatever the files leave unsaid: what nobody says does not happen.

    No deals come from a source without arrivals, nobody is free in a role whose people are not
    counted, results without shares are equally likely, a value that is not drawn is 1.
    """
    end = warmup + duration
    if end > _LONGEST:
        raise UsageError("More than 100 years cannot be simulated: choose a shorter time.")
    start_ms = (processes[0].start_date.toordinal() - _ORDINAL_1970) * DAY
    everywhere = with_runs(processes)
    draft = Draft(Crowd(processes), start_ms, end, givers(everywhere), drawn_as=drawn_as)
    draft.origins.extend(root_of(process).id for process in processes)
    draft.probes.extend(Probe(number) for number in range(len(processes)))
    for process in processes:
        _write(process, draft)
    return _program(draft, warmup)


def _write(process: Process, draft: Draft) -> None:
    """Write the rows of one process behind those of the others."""
    opened = Opened(process, draft)
    marks = Marks(opened, draft)
    bridges = Bridges(opened, draft)
    rows = {
        path: node_row(node, opened, draft, bridges, marks)
        for path, node in opened.layout.nodes.items()
    }
    apart = apart_of(opened, draft, rows)
    draft.nodes.extend(row._replace(apart=apart.get(path, ())) for path, row in rows.items())
    draft.ways.extend(ways_rows(opened, draft, marks))
    draft.lanes.extend(lane_rows(opened, draft))
    draft.outcomes.extend(outcome_rows(opened, marks))
    draft.sources.extend(source_rows(opened, draft))
    draft.stages.extend(stage_rows(opened))
    known = {*draft.probes}
    draft.probes.extend(p for p in dict.fromkeys(probes_of(opened, marks)) if p not in known)
    waits = dict.fromkeys(wait_probes_of(opened, draft))
    draft.wait_probes.extend(probe for probe in waits if probe not in draft.wait_probes)
    value = opened.fields.get(process.value or "")
    draft.parts.append(Part(process.id, -1 if value is None else value.number))


def _program(draft: Draft, warmup: int) -> Program:
    zone, start, end = draft.crowd.zone(), draft.tables.start_ms, draft.tables.end
    return Program(
        parts=tuple(draft.parts),
        start_ms=start,
        warmup=warmup,
        end=end,
        nodes=tuple(draft.nodes),
        ways=tuple(draft.ways),
        lanes=tuple(draft.lanes),
        outcomes=tuple(draft.outcomes),
        sources=tuple(draft.sources),
        roles=tuple(draft.crews.roles),
        crews=draft.crews.crews.rows,
        tables=draft.tables.rows(),
        draws=draft.draws.rows,
        codes=draft.codes.rows,
        fields=tuple(draft.fields),
        touchpoints=tuple(draft.touchpoints),
        stages=tuple(draft.stages),
        probes=tuple(draft.probes),
        wait_probes=tuple(draft.wait_probes),
        departments=draft.departments,
        counters=draft.counters,
        visited=draft.visited,
        marks=draft.marks,
        keepers=draft.crews.keepers,
        sides=draft.sides,
        hours=hours_of_the_week(zone, start, end),
        zone=zone,
    )


@lru_cache(maxsize=16)  # the same for all scenarios
def hours_of_the_week(zone: str, start_ms: int, end: int) -> tuple[int, ...]:
    """For each whole hour before ``end`` the hour of the week there, 0 for Monday 00:00."""
    hours: list[int] = []
    for first, last, offset in utc_offsets(zone, start_ms, start_ms + end):
        at = start_ms + len(hours) * HOUR
        hours.extend(
            ((instant + offset) // HOUR - _FIRST_MONDAY * 24) % _WEEK
            for instant in range(max(at, first), last, HOUR)
        )
    return tuple(hours)
