"""Aims: what should become better. The objectives of the processes, else worth won, then time.

How good a figure is stands in its distance to the bound, as a share of it. What lies beyond the
bound counts a tenth: a missed objective comes first, and one that is met is not worth much more
when it is met by far. The score of an intervention is the sum over all aims of how much that
changes. Without objectives what is won counts in full as a share of what is won now, and the time
it takes a tenth.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from salesflow.errors import UsageError
from salesflow.names import listed, nearest
from salesflow.process.model import Objective, Process
from salesflow.simulation.estimates import ANY, Sample
from salesflow.simulation.measures.deals import kpi_of
from salesflow.simulation.measures.seen import WEEK, Seen, View
from salesflow.simulation.measures.wanted import measured
from salesflow.simulation.objectives import counted_text, limit_text
from salesflow.simulation.tally import PartTally

BEYOND = 0.1  # what lies beyond the bound counts so much
SECOND = 0.1  # and so does the second aim where there are no objectives


_SUMS: Mapping[str, Callable[[PartTally], float]] = {
    "win_value": attrgetter("value"),
    "wins": attrgetter("won"),
    "throughput": attrgetter("ended"),
}


class Aim(NamedTuple):
    """A measure of the ``number``-th process that should become better.

    ``objective`` is None for one that nobody declared; then ``measure`` names a figure of the
    process. ``more``: the greater the better.
    """

    number: int
    name: str
    title: str
    measure: str
    unit: str
    more: bool
    objective: Objective | None = None
    weight: float = 1.0

    @property
    def words(self) -> str:
        """``win_rate (from call, at least 14%)``; the measure alone where nobody declared it."""
        if self.objective is None:
            return self.title
        bound = self.objective.bound.replace("_", " ")
        asked = f"{bound} {limit_text(self.objective)}"
        return f"{self.name} ({', '.join(filter(None, (counted_text(self.objective), asked)))})"

    def seen(self, seen: Seen) -> Sample | None:
        """What was seen of it."""
        view = View(seen, self.number, seen.processes[self.number])
        if self.objective is not None:
            return measured(view, self.objective).sample
        if self.measure in _SUMS:  # all figures at once take long to work out
            of, weeks = _SUMS[self.measure], seen.measured / WEEK
            return view.values(lambda part: of(part) / weeks, ANY)
        return kpi_of(view, self.measure)

    def good(self, value: float, before: float) -> float:
        """How good a value is; ``before`` is what it is now."""
        sign = 1.0 if self.more else -1.0
        limit = before if self.objective is None else self.objective.limit
        distance = sign * (value - limit) / (abs(limit) or 1.0)
        if self.objective is None:
            return self.weight * distance
        return distance if distance < 0 else BEYOND * distance


def aims_of(processes: Sequence[Process], only: str | None = None) -> tuple[Aim, ...]:
    """All aims, or the objective that is named; UsageError for one that is not there."""
    declared = tuple(_declared(processes))
    if only is None:
        return declared or tuple(_undeclared(processes))
    found = tuple(aim for aim in declared if only in (aim.name, aim.name.rpartition(": ")[2]))
    if not found:
        names = [aim.name for aim in declared]
        near = nearest(only, names)
        has = f"there are {listed(names)}" if names else "none is declared"
        hint = f"Did you mean `{near}`?" if near else f"{has.capitalize()}."
        raise UsageError(f"There is no objective `{only}`. {hint}")
    return found


def _declared(processes: Sequence[Process]) -> Iterator[Aim]:
    for number, process in enumerate(processes):
        for objective in process.objectives.values():
            name = objective.id if len(processes) == 1 else f"{process.id}: {objective.id}"
            money = objective.measure in ("win_value", "cost_per_won")
            yield Aim(
                number,
                name,
                objective.title,
                objective.measure,
                "money" if money else objective.unit,
                objective.bound == "at_least",
                objective,
            )


def _undeclared(processes: Sequence[Process]) -> Iterator[Aim]:
    for number, process in enumerate(processes):
        of = "" if len(processes) == 1 else f"{process.id}: "
        if process.value is not None:
            title, measure, unit = "worth won a week", "win_value", "money"
        elif process.is_part:
            title, measure, unit = "deals ended a week", "throughput", "number"
        else:
            title, measure, unit = "deals won a week", "wins", "number"
        yield Aim(number, f"{of}{measure}", f"{of}{title}", measure, unit, more=True)
        time = "cycle_time" if process.is_part else "cycle_time_won"
        title = "time to any end" if process.is_part else "time to win"
        yield Aim(number, f"{of}{time}", f"{of}{title}", time, "hours", more=False, weight=SECOND)
