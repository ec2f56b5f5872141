"""Which steps may be open at the same time: all that can be, and maybe more."""

from salesflow.analysis.behaviour.beside import beside
from salesflow.changes.statements.chart import Chart
from salesflow.process.places import Layout, Node
from salesflow.process.steps import Branch

_MOST_WORK = 20_000  # steps in scopes with threads, times the most threads of one result


def side_by_side(chart: Chart, bits: list[int]) -> list[int] | None:
    """Spot -> the bits of the spots that may be open beside it, what lies in them included.

    None where there are too many threads to say.
    """
    whole = list(bits)
    for number in reversed(range(len(chart.spots))):  # what lies in a spot comes after it
        around = chart.spots[number].around
        if around >= 0:
            whole[around] |= whole[number]
    found = _threads(chart, whole)
    if found is None:
        return None
    branches: dict[int, int] = {}
    for number, spot in enumerate(chart.spots):
        if isinstance(spot.thing, Branch):
            branches[spot.around] = branches.get(spot.around, 0) | whole[number]
    for number, spot in enumerate(chart.spots):
        if isinstance(spot.thing, Branch):
            found[number] |= branches[spot.around] & ~whole[number]
        if spot.around >= 0:
            found[number] |= found[spot.around]
    return found


def _threads(chart: Chart, whole: list[int]) -> list[int] | None:
    """What several targets of one result start."""
    found = [0] * len(chart.spots)
    scopes = {chart.spots[chart.owners[split.start]].around for split in chart.splits}
    if not scopes:
        return found
    threads = max(len(split.ends) for split in chart.splits)
    if threads * sum(spot.around in scopes for spot in chart.spots) > _MOST_WORK:
        return None
    nodes = Layout(chart.process).nodes
    for scope in sorted(scopes):
        lying = [number for number, spot in enumerate(chart.spots) if spot.around == scope]
        here: list[Node] = [nodes[chart.spots[number].path] for number in lying]
        for path, others in beside(here).items():
            for other in others:
                found[chart.at[path]] |= whole[chart.at[other]]
    return found
