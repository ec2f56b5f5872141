"""What people have to do, before and after: by role and by department.

A role that only one side has works no hours on the other: who is hired works so many more. Hours
say in another unit what utilization says, so they are judged among themselves (Holm) and take no
strength from the measures of deals.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from salesflow.nouns import FrozenMap
from salesflow.simulation.building.people import Crowd
from salesflow.simulation.estimates import Change, Sample, change_of
from salesflow.simulation.measures.people import busy_share, hours_a_week
from salesflow.simulation.measures.seen import Seen
from salesflow.simulation.measures.steps import shown
from salesflow.simulation.result import Comparison, Workload
from salesflow.simulation.significance import holm

_ROLE, _DEPARTMENT = "role", "department"
_HOURS, _UTILIZATION = "hours", "utilization"


class _Place(NamedTuple):
    """Whose measure it is."""

    kind: str
    name: str
    measure: str


class Workloads(NamedTuple):
    """By role the hands-on hours a week; by department how busy they are, too."""

    hours: FrozenMap[str, Comparison]
    departments: FrozenMap[str, Workload]


def workloads(base: Seen, other: Seen) -> Workloads:
    """Compare the work of all roles and departments of ours; both have the same replications."""
    before, after = _samples(base), _samples(other)
    nothing = hours_a_week(base, ())
    found: dict[_Place, tuple[Sample | None, Sample | None, Change | None]] = {}
    for place in sorted({*before, *after}):
        missing = nothing if place.measure == _HOURS else None
        pair = before.get(place, missing), after.get(place, missing)
        found[place] = (*pair, change_of(*pair))
    sure = holm({place: change.chance for place, (*_, change) in found.items() if change})
    compared = {
        place: Comparison(shown(old), shown(new), change and change.estimate, place in sure)
        for place, (old, new, change) in found.items()
    }
    return Workloads(
        FrozenMap({at.name: one for at, one in compared.items() if at.kind == _ROLE}),
        FrozenMap(_departments(compared)),
    )


def _departments(compared: Mapping[_Place, Comparison]) -> dict[str, Workload]:
    names = sorted({place.name for place in compared if place.kind == _DEPARTMENT})
    return {
        name: Workload(
            utilization=compared[_Place(_DEPARTMENT, name, _UTILIZATION)],
            hours=compared[_Place(_DEPARTMENT, name, _HOURS)],
        )
        for name in names
    }


def _samples(seen: Seen) -> dict[_Place, Sample | None]:
    """The measures of all whose people are counted."""
    found: dict[_Place, Sample | None] = {}
    for name, roles in _teams(seen).items():
        found[_Place(_DEPARTMENT, name, _HOURS)] = hours_a_week(seen, roles)
        found[_Place(_DEPARTMENT, name, _UTILIZATION)] = busy_share(seen, roles)
    for number, role in enumerate(seen.program.roles):
        found[_Place(_ROLE, role.id, _HOURS)] = hours_a_week(seen, [number])
    return found


def _teams(seen: Seen) -> dict[str, Sequence[int]]:
    """The numbers of the roles of each department."""
    crowd = Crowd(seen.processes)
    found: dict[str, list[int]] = {}
    for number, role in enumerate(seen.program.roles):
        found.setdefault(crowd.members[role.id].role.department, []).append(number)
    return {**found}
