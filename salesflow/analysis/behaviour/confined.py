"""Transitions within a part: what would leave it ends the game there and is noted as an exit."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from salesflow.analysis.behaviour.parts import Part
from salesflow.process.choices import UNFINISHED, Flag, in_every_way
from salesflow.process.course import Course
from salesflow.process.memory import Data, Memory
from salesflow.process.net import State
from salesflow.process.places import Lane, Node
from salesflow.process.steps import DONE

Begin: TypeAlias = Callable[["Confined"], None]


class Played(NamedTuple):
    """A transition within a part: the state behind it, or how the part was left (``exit``).

    ``exit`` is ``done`` for a branch that finishes, a result of the block or run, or an outcome of
    the deal.
    """

    state: State
    exit: str | None
    flags: tuple[Flag, ...]
    taken: tuple[str, ...]
    approximate: bool


class Confined(Course):
    """A course that does not go beyond a part."""

    def __init__(
        self,
        part: Part,
        memory: Memory,
        marking: Sequence[int],
        data: Data,
        script: Sequence[int],
    ) -> None:
        """Start from the tokens that lie in the part."""
        super().__init__(memory, marking, data, script)
        self.part = part
        self.exit: str | None = None

    def take(self, node: Node, result: str) -> None:
        """A result; one of the boundary is how the part is left."""
        if node is self.part.boundary:
            self.exit = result
        else:
            super().take(node, result)

    def finish(self, lane: Lane) -> None:
        """A branch is done; the one that is explored is left so."""
        if lane is not self.part.lane:
            super().finish(lane)
            return
        if self._more_than(lane.runs, lane.first, lane.last):
            self.flag(UNFINISHED, lane.path)
        self.purge(lane.first, lane.last)
        self.exit = DONE


def played(part: Part, memory: Memory, state: State, begin: Begin) -> Iterator[Played]:
    """A transition from a state of a part in every way that its free choices allow."""

    def play(script: list[int]) -> Confined:
        course = Confined(part, memory, state.marking, state.data, script)
        begin(course)
        course.run()
        return course

    for course in in_every_way(play):
        ended = course.ended.id if course.ended is not None else course.exit
        yield Played(
            State(course.marking(), course.data),
            ended,
            tuple(course.flags),
            tuple(way.path for way in course.taken),
            course.approximate,
        )
