"""In which order the lanes stand: departments that hand over to each other side by side."""

from collections.abc import Mapping, Sequence

from salesflow.drawing.layout.plan import Plan

_MOST_ROUNDS = 20
_TURNED = 2.0  # what it costs that a lane stands above one that is met earlier


def ordered(plan: Plan, number: int, ranks: Sequence[int]) -> tuple[int, ...]:
    """Lanes from the top: who is met first stands first, then whatever shortens the handoffs.

    ``ranks`` say how early each item is met. Lanes are moved one at a time while that makes all
    handoffs together cross fewer lanes.
    """
    first = [len(plan.items)] * number
    for item, rank in zip(plan.items, ranks, strict=True):
        first[item.lane] = min(first[item.lane], rank)
    order = sorted(range(number), key=lambda lane: (first[lane], lane))
    weights = _weights(plan, number)
    met = {lane: at for at, lane in enumerate(order)}
    best = _length(order, weights, met)
    for _ in range(_MOST_ROUNDS):
        better = _moved(order, weights, met, best)
        if better is None:
            break
        order, best = better
    return tuple(order)


def _weights(plan: Plan, number: int) -> list[tuple[int, int, int]]:
    """How many links join each pair of lanes; the usual path counts double."""
    counted: dict[tuple[int, int], int] = {}
    for link in plan.links:
        one, two = plan.items[link.start].lane, plan.items[link.end].lane
        if one != two and max(one, two) < number:
            pair = (min(one, two), max(one, two))
            counted[pair] = counted.get(pair, 0) + (2 if link.main else 1)
    return [(one, two, weight) for (one, two), weight in sorted(counted.items())]


def _length(
    order: Sequence[int], weights: Sequence[tuple[int, int, int]], met: Mapping[int, int]
) -> float:
    """How many lanes all handoffs cross; a lane that stands above an earlier one costs too."""
    place = {lane: at for at, lane in enumerate(order)}
    turned = sum(
        met[lane] > met[other] for at, lane in enumerate(order) for other in order[at + 1 :]
    )
    far = sum(weight * abs(place[one] - place[two]) for one, two, weight in weights)
    return far + _TURNED * turned


def _moved(
    order: list[int],
    weights: Sequence[tuple[int, int, int]],
    met: Mapping[int, int],
    best: float,
) -> tuple[list[int], float] | None:
    """The best order that one move of one lane leads to, if it is better."""
    found: tuple[float, int, list[int]] | None = None
    for source in range(len(order)):
        rest = order[:source] + order[source + 1 :]
        for target in range(len(order)):
            moved = [*rest[:target], order[source], *rest[target:]]
            length = _length(moved, weights, met)
            if length < best and (found is None or (length, abs(target - source)) < found[:2]):
                found = (length, abs(target - source), moved)
    return None if found is None else (found[2], found[0])
