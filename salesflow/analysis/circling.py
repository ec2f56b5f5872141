"""Where a deal that never ends goes round: the states it comes to again and again."""

from collections.abc import Sequence

from salesflow.analysis.graphs import components
from salesflow.process.net import Net, State
from salesflow.process.places import FROM, Place


def goes_round(trapped: Sequence[int], follow: Sequence[Sequence[int]]) -> tuple[int, list[int]]:
    """The first state of those that a trapped deal stays in, and all that belong to its round.

    ``trapped`` are states without a way to any end, at least one, ``follow`` has the states right
    behind each. Before the round other work may still come to its end.
    """
    successors = {number: follow[number] for number in trapped}
    members: list[int] = []
    for component in components(trapped, successors):
        known = {*component}
        stays = all(other in known for number in component for other in successors[number])
        if stays and (not members or min(component) < min(members)):
            members = component
    return min(members, default=trapped[0]), members


def place_of_round(net: Net, states: Sequence[State], number: int, members: list[int]) -> Place:
    """A place of a state in which the round goes on, not one that only waits beside it."""
    marking = states[number].marking
    still = set(marking).intersection(*(states[other].marking for other in members))
    places = [net.layout.places[place] for place in marking if place not in still]
    places += [net.layout.places[place] for place in marking]
    return next((place for place in places if place.kind != FROM), places[0])
