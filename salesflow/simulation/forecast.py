"""What can be said before anything is played: loads, win rates, whether the time is long enough.

Nothing is drawn here. Loads and win rates are those of the chain of shares (``analysis/chain``):
time-outs and people who are not there play no part in it.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import exp, fsum, isfinite
from typing import NamedTuple

from salesflow.analysis.chain import Chain, chain_of
from salesflow.analysis.load import FULL, TIGHT, RoleLoad, loads_of
from salesflow.analysis.schedules import Schedules
from salesflow.names import listed
from salesflow.nouns import FrozenMap
from salesflow.process.model import Arrivals, Process
from salesflow.quantities import Rate, decimal_text
from salesflow.simulation.building.people import Crowd
from salesflow.simulation.needs import warnings_of
from salesflow.simulation.program import (
    CHOICE,
    CONSTANT,
    EXPONENTIAL,
    LOGNORMAL,
    TRIANGULAR,
    WORK,
    Draw,
    Node,
    Program,
    Source,
    Table,
)

_HOUR = 3_600_000
_WEEK = 168 * _HOUR
_CENTURY = 876_600  # hours; a mean beyond it is that of a few monstrous values
_MANY = 2_000_000  # deals in one replication: minutes of work for either engine
_MOST_NAMED = 3


class PartForecast(NamedTuple):
    """What is known of one process.

    ``win_rate`` is that of the chain, ``exact`` where nothing is left out of it; where it is None
    or not exact, ``why`` says so in words. ``arrivals`` a week. ``hours`` are what the steps of a
    deal take in all, elapsed hours per deal that comes: mean effort and wait, nobody waited for, as
    if one step came after the other (an upper bound where some run side by side), None where the
    chain is not known, and beyond a century.
    """

    id: str
    win_rate: float | None
    exact: bool
    why: str
    arrivals: float
    hours: float | None


class Forecast(NamedTuple):
    """What is known before: ``offered`` role -> share of its people's time that is asked for.

    A role that is missing there has no work, or its load is not known. ``warnings`` are sentences
    for the reader, what the files leave unsaid (``needs``) among them.
    """

    offered: FrozenMap[str, float]
    parts: tuple[PartForecast, ...]
    warnings: tuple[str, ...]


def forecast(processes: Sequence[Process], program: Program) -> Forecast:
    """The forecast of some processes that are simulated together, and of their ``program``."""
    crowd = Crowd(processes)
    as_played = [_as_played(process, crowd) for process in processes]
    chains = [chain_of(process) for process in as_played]
    loads = _loads(as_played, chains)
    parts = tuple(
        _part(number, process, chain, program)
        for number, (process, chain) in enumerate(zip(as_played, chains, strict=True))
    )
    offered = {name: _share(found) for name, found in sorted(loads.items())}
    warnings = (
        *(f"{told.message} {told.help}" for told in warnings_of(processes)),
        *(_overloaded(name, loads[name]) for name, share in offered.items() if share >= FULL),
        *_horizon(parts, program),
        *_arrivals(program),
    )
    return Forecast(FrozenMap(offered), parts, warnings)


def _as_played(process: Process, crowd: Crowd) -> Process:
    """The process as it is simulated: with everybody's roles, and nobody coming unannounced."""
    roles = {name: member.role.replace(calendar=name) for name, member in crowd.members.items()}
    calendars = {name: m.calendar for name, m in crowd.members.items() if m.calendar is not None}
    people = process.people.replace(roles=FrozenMap(roles), calendars=FrozenMap(calendars))
    none = Arrivals(rate=Rate(0, "week"))
    sources = {
        name: source if source.arrivals is not None else source.replace(arrivals=none)
        for name, source in process.sources.items()
    }
    return process.replace(people=people, sources=FrozenMap(sources))


# loads


def _loads(processes: Iterable[Process], chains: Iterable[Chain]) -> dict[str, list[RoleLoad]]:
    """Role -> what each process asks of it."""
    found: dict[str, list[RoleLoad]] = {}
    for process, chain in zip(processes, chains, strict=True):
        for name, load in loads_of(process, chain, Schedules(process)).roles.items():
            found.setdefault(name, []).append(load)
    return found


def _share(loads: Sequence[RoleLoad]) -> float:
    there = loads[0].there
    return fsum(load.hours for load in loads) / there if there else float("inf")


def _overloaded(name: str, loads: Sequence[RoleLoad]) -> str:
    tasks = sorted((task for load in loads for task in load.tasks), key=lambda t: -t.effort)
    most = listed([task.path for task in tasks[:_MOST_NAMED]])
    share = _share(loads)
    if not isfinite(share):
        return f"`{name}` has work and is never open: deals wait for it without end."
    enough = int(fsum(load.hours for load in loads) / (loads[0].open_hours * TIGHT)) + 1
    return (
        f"`{name}` is asked for {share:.0%} of its time: waiting grows without end, and figures "
        f"depend on how long is simulated. `people: {enough}` would bring it below {TIGHT:.0%}, or "
        f"less effort at {most}."
    )


# one process


def _part(number: int, process: Process, chain: Chain, program: Program) -> PartForecast:
    rate = chain.all.win_rate if chain.all is not None else None
    why = "; ".join(chain.missing or chain.approximate)
    sources = (source for source in program.sources if source.process == number)
    arrivals = fsum(_a_week(source, program) for source in sources)
    hours = _hours(number, process, chain, program)
    return PartForecast(process.id, rate, chain.exact, why, arrivals, hours)


def _hours(number: int, process: Process, chain: Chain, program: Program) -> float | None:
    """Elapsed hours of all steps of a deal, by the chain's visits."""
    if chain.all is None:
        return None
    prefix = f"{process.id}:"
    taken = [
        visits * _lasts(node, program)
        for node in program.nodes
        if node.process == number and node.kind == WORK
        if (visits := chain.all.visits.get(node.path.removeprefix(prefix), 0.0))
    ]
    total = sum(taken) / _HOUR
    return total if total < _CENTURY else None


def _lasts(node: Node, program: Program) -> float:
    """Elapsed milliseconds of a visit on average, nobody waited for."""
    effort = wait = 0.0
    if node.effort >= 0:
        crew = program.crews[node.crew] if node.crew >= 0 else None
        table, stretch = (crew.table, crew.stretch) if crew else (node.effort_table, 1.0)
        effort = mean_of(program.draws[node.effort]) * stretch * _elapsed(table, program)
    if node.wait >= 0:
        wait = mean_of(program.draws[node.wait]) * _elapsed(node.wait_table, program)
    return effort + wait


def _elapsed(table: int, program: Program) -> float:
    """How much longer open time takes than it is, on average."""
    if table < 0:
        return 1.0
    opened = _open_time(program.tables[table])
    return program.tables[table].closes[-1] / opened if opened else float("inf")


def _open_time(table: Table) -> int:
    if not table.opens:
        return 0
    return table.passed[-1] + table.closes[-1] - table.opens[-1]


def mean_of(draw: Draw) -> float:
    """The mean of a draw, in milliseconds or in the field's own unit."""
    if draw.family in (CONSTANT, EXPONENTIAL):
        mean = draw.a
    elif draw.family == LOGNORMAL:
        exponent = draw.a + draw.b**2 / 2
        mean = exp(exponent) if exponent < 700 else float("inf")
    elif draw.family == TRIANGULAR:
        mean = (draw.a + draw.b + draw.c) / 3
    elif draw.family == CHOICE:
        before = (0.0, *draw.reached[:-1])
        shares = (to - since for to, since in zip(draw.reached, before, strict=True))
        mean = fsum(x * share for x, share in zip(draw.values, shares, strict=True))
    else:
        mean = (draw.a + draw.b) / 2
    return mean * draw.scale


# the time simulated


def _horizon(parts: Iterable[PartForecast], program: Program) -> Iterator[str]:
    """Processes whose deals take longer than is simulated."""
    length = program.end - program.warmup
    for part in parts:
        if part.hours is not None and part.hours * _HOUR > length:
            of = f" of `{part.id}`" if len(program.parts) > 1 else ""
            weeks = part.hours * _HOUR / _WEEK
            yield (
                f"`--for {written_time(length)}` is shorter than a deal{of} takes (about "
                f"{_about(part.hours)}): hardly any deal that comes in it ends, and those that do "
                f"are the quick ones. Simulate longer, such as `--for {int(weeks * 4) + 1}w`."
            )


def _arrivals(program: Program) -> Iterator[str]:
    """Whether anything comes, and whether it is too much to be played."""
    measured = fsum(_expected(source, program, program.warmup) for source in program.sources)
    everything = fsum(_expected(source, program, 0) for source in program.sources)
    if measured < 1:
        yield (
            f"Hardly a deal comes in the measured time (`--for "
            f"{written_time(program.end - program.warmup)}`): simulate longer, or look at "
            "`arrivals`."
        )
    if everything > _MANY:
        yield (
            f"About {everything / 1e6:.3g} million deals come in each replication: that takes "
            "long. Simulate a shorter time, or fewer replications."
        )


def _expected(source: Source, program: Program, since: int) -> float:
    """How many deals come from an instant to the end, on average."""
    if source.every > 0:
        return source.batch * (-(-program.end // source.every) - -(-since // source.every))
    if source.gap < 0:
        return 0.0
    mean = mean_of(program.draws[source.gap]) * _elapsed(source.table, program)
    return (program.end - since) / mean


def _a_week(source: Source, program: Program) -> float:
    if source.every > 0:
        return source.batch * _WEEK / source.every
    if source.gap < 0:
        return 0.0
    return _WEEK / (mean_of(program.draws[source.gap]) * _elapsed(source.table, program))


# words


def written_time(length: int) -> str:
    """Milliseconds as the language writes them: ``26w``, ``10d``, ``36h``."""
    for unit, size in (("w", _WEEK), ("d", 24 * _HOUR), ("h", _HOUR)):
        if length and length % size == 0:
            return f"{length // size}{unit}"
    return f"{decimal_text(length / 1000)}s"


def _about(hours: float) -> str:
    """A time in words, roughly."""
    if hours >= 336:
        return f"{hours / 168:.0f} weeks"
    return f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.0f} hours"
