"""A flow under way from BPMN to the language: spots and the arrows between them.

Everything in this room rewrites charts until every spot is a step, a start or an end, and every
arrow a result. A chart does not outlive the import.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from salesflow.importing.remarks import Thing

# Kinds of spots. STEPS become steps; SPLIT and MEET are gateways that are still to be understood.
WORK, CHOICE, RACE, RUN, BLOCK = "work", "choice", "race", "run", "block"
FORK, SOME, MEET, GATHER = "fork", "some", "meet", "gather"
START, END, DONE, LEAVE = "start", "end", "done", "leave"
STEPS = frozenset({WORK, CHOICE, RACE, RUN, BLOCK})
GATEWAYS = frozenset({CHOICE, FORK, SOME, MEET, GATHER})
ENDS = frozenset({END, DONE, LEAVE})

FLOW, TIMEOUT, ERROR = "flow", "timeout", "error"  # kinds of arrows


class Spot:
    """A place of the flow: ``data`` is what a file of ours says about it, None in others."""

    def __init__(
        self, key: str, kind: str, *, tag: str = "", name: str = "", line: int = 0
    ) -> None:
        """Begin with what every element has."""
        self.key = key
        self.kind = kind
        self.tag = tag
        self.name = name
        self.line = line
        self.about: list[str] = []
        self.data: dict[str, Any] | None = None
        self.by: str | None = None
        self.facts: dict[str, Any] = {}  # keys of the step: wait, captures, requires …
        self.event = ""  # the kind of an event: timer, message, error …
        self.code = ""  # of an error, or of what a call activity calls
        self.inner: Chart | None = None  # of a sub-process
        self.branches: list[tuple[Arrow, Chart]] = []  # of a block
        self.join: Any = "all"
        self.height = 0  # of a block: how many lie in each other, itself included
        self.waits = False  # for all that leads here

    @property
    def thing(self) -> Thing:
        """For remarks."""
        from salesflow.importing.vocabulary import spoken

        what = f"{self.event} {spoken(self.tag)}".strip()
        return Thing(self.key, self.name, self.line, what)


class Arrow:
    """A way from one spot to another."""

    def __init__(self, key: str, start: str, end: str, *, name: str = "", line: int = 0) -> None:
        """Begin with what every flow has."""
        self.key = key
        self.start = start
        self.end = end
        self.name = name
        self.line = line
        self.kind = FLOW
        self.about: list[str] = []
        self.data: dict[str, Any] | None = None
        self.condition = ""
        self.default = False
        self.facts: dict[str, Any] = {}  # keys of the result: at_most, after of a timeout …
        self.code = ""  # of an error
        self.through = ""  # the merging gateway that it led to before the next meeting

    @property
    def thing(self) -> Thing:
        """For remarks."""
        return Thing(self.key, self.name, self.line, "flow")


class Chart:
    """The spots and arrows of a process, a sub-process or a branch, in the order of the file."""

    def __init__(self) -> None:
        """Start empty."""
        self.spots: dict[str, Spot] = {}
        self._places: dict[str, int] = {}
        self.arrows: dict[str, Arrow] = {}
        self._out: dict[str, dict[str, Arrow]] = {}
        self._into: dict[str, dict[str, Arrow]] = {}

    def add(self, spot: Spot) -> Spot:
        """Take a spot in."""
        self.spots[spot.key] = spot
        self._places[spot.key] = len(self._places)
        self._out.setdefault(spot.key, {})
        self._into.setdefault(spot.key, {})
        return spot

    def draw(self, arrow: Arrow) -> Arrow:
        """Take an arrow in; its spots are there."""
        self.arrows[arrow.key] = arrow
        self._out[arrow.start][arrow.key] = arrow
        self._into[arrow.end][arrow.key] = arrow
        return arrow

    def out(self, key: str, kind: str | None = None) -> list[Arrow]:
        """The arrows that leave a spot, perhaps only those of a kind."""
        return [arrow for arrow in self._out[key].values() if kind in (None, arrow.kind)]

    def into(self, key: str) -> list[Arrow]:
        """The arrows that lead to a spot."""
        return [*self._into[key].values()]

    def of(self, *kinds: str) -> Iterator[Spot]:
        """The spots of some kinds; the chart may change meanwhile."""
        return (
            spot for spot in [*self.spots.values()] if spot.kind in kinds and spot.key in self.spots
        )

    def start_at(self, arrow: Arrow, key: str) -> None:
        """Let an arrow leave another spot."""
        del self._out[arrow.start][arrow.key]
        arrow.start = key
        self._out[key][arrow.key] = arrow

    def end_at(self, arrow: Arrow, key: str) -> None:
        """Let an arrow lead elsewhere."""
        del self._into[arrow.end][arrow.key]
        arrow.end = key
        self._into[key][arrow.key] = arrow

    def erase(self, arrow: Arrow) -> None:
        """Take an arrow out."""
        del (
            self.arrows[arrow.key],
            self._out[arrow.start][arrow.key],
            self._into[arrow.end][arrow.key],
        )

    def remove(self, key: str) -> None:
        """Take a spot and its arrows out."""
        for arrow in {a.key: a for a in (*self.out(key), *self.into(key))}.values():
            self.erase(arrow)
        del self.spots[key], self._out[key], self._into[key]

    def ordered(self, keys: Iterable[str]) -> list[str]:
        """Some spots in the order in which they came."""
        return sorted(keys, key=self._places.__getitem__)

    def fresh(self, key: str) -> str:
        """A key that nothing has."""
        number, made = 1, key
        while made in self.spots or made in self.arrows:
            number += 1
            made = f"{key}#{number}"
        return made

    def between(self, arrow: Arrow, spot: Spot) -> Spot:
        """Put a new spot on an arrow: the arrow leads to it, a plain one leads on."""
        end = arrow.end
        self.add(spot)
        self.end_at(arrow, spot.key)
        self.draw(Arrow(self.fresh(f"{spot.key}#on"), spot.key, end, line=arrow.line))
        return spot

    def extract(self, keys: set[str]) -> "Chart":
        """Some spots with the arrows between them as a chart of its own; they leave this one.

        Arrows that cross the border must have been moved before.
        """
        part = Chart()
        ordered = self.ordered(keys)
        inside = [arrow for key in ordered for arrow in self.out(key)]
        for key in ordered:
            part.add(self.spots[key])
        for arrow in inside:
            self.erase(arrow)
            part.draw(arrow)
        for key in part.spots:
            self.remove(key)
        return part


def height(chart: Chart) -> int:
    """How many blocks lie in each other in a chart."""
    return max((spot.height for spot in chart.spots.values()), default=0)


def in_order(chart: Chart) -> list[str]:
    """All spots, nearest to the start first."""
    order = dict.fromkeys(spot.key for spot in chart.of(START))
    waiting = [*order]
    for key in waiting:
        for arrow in chart.out(key):
            if arrow.end not in order:
                order[arrow.end] = None
                waiting.append(arrow.end)
    for key in chart.spots:
        order.setdefault(key, None)
    return [*order]
