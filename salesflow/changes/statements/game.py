"""Runs that only the token game can vouch for: past conditions, limits and meeting points."""

from collections.abc import Callable, Iterable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias

from salesflow.changes.statements.chart import Chart
from salesflow.process.net import START, Move, Net, State
from salesflow.process.places import AT, FROM, OPEN, STUCK

FAR = 1_000_000  # from where there is no way at all
_MOST = 2_500  # moves for one run
_CROWD = 8  # so many tokens make a move cost twice

Goal: TypeAlias = Callable[[State, tuple[str, ...]], bool]  # of a state and what was taken just now


class Found(NamedTuple):
    """A run: its source and the results taken, and where the deal stands then."""

    run: tuple[str, ...]
    state: State


class Game:
    """A version as a token game with so many moves to spend in all."""

    def __init__(self, chart: Chart, budget: int) -> None:
        """Nothing is laid before it is asked for."""
        self.chart = chart
        self.left = budget
        self._net: Net | None = None
        self._points: list[int] = []
        self._before: list[list[int]] | None = None

    @property
    def net(self) -> Net:
        """The process as a net."""
        if self._net is None:
            self._net = Net(self.chart.process)
            self._points = [self._point(p.kind, p.node) for p in self._net.layout.places]
        return self._net

    def _point(self, kind: str, node: str) -> int:
        """The point of the chart where a token at a place stands; -1 where it stands for no one."""
        return self.chart.at[node] if kind in (AT, STUCK, OPEN, FROM) else -1

    def distances(self, goals: Iterable[int], avoided: Iterable[int] = ()) -> list[int]:
        """Place -> how many ways it is from there to the nearest of some points."""
        known = dict.fromkeys(goals, 0)
        shut = set(avoided)
        waiting = list(known)
        for point in waiting:  # grows while it is walked: breadth first
            for other in self._leading(point):
                if other not in known and other not in shut:
                    known[other] = known[point] + 1
                    waiting.append(other)
        net = self.net
        places = zip(net.layout.places, self._points, strict=True)
        return [
            known.get(point, FAR) if point >= 0 and place.kind != OPEN else 0
            for place, point in places
        ]

    def _leading(self, point: int) -> list[int]:
        if self._before is None:
            self._before = [[] for _ in self.chart.ways]
            for start, ways in enumerate(self.chart.ways):
                for way in ways:
                    self._before[way.end].append(start)
        return self._before[point]

    def find(
        self,
        goal: Goal,
        far: Callable[[Sequence[int]], int],
        *,
        avoided: Iterable[str] = (),
        begin: "Found | None" = None,
    ) -> "Found | None":
        """A run to a goal, maybe on from where one ended; None if none is found.

        ``far`` says of the places that are held how far the goal is: what is nearest is played
        first. ``avoided`` are paths of steps that may take no result and of branches in which none
        may.
        """
        shut = tuple(f"{path}." for path in avoided)
        from salesflow.analysis.forget import Forgetting

        forget = Forgetting(self.net)
        waiting: list[tuple[int, int, int, State, tuple[str, ...]]] = []
        known: set[State] = set()
        behind: tuple[str, ...] = begin.run if begin else ()
        moves = list(self.net.each_move(begin.state) if begin else self.net.starts())
        most = self.left - _MOST
        while True:
            for move in moves:
                self.left -= 1 + len(move.state.marking) // _CROWD
                if move.cut or move.approximate or _shut(move, shut):
                    continue
                run = (*behind, *((move.node,) if move.kind == START else move.taken))
                if goal(move.state, move.taken):
                    return Found(run, move.state)
                state = forget(move.state)
                if state not in known:
                    known.add(state)
                    heappush(waiting, (far(state.marking), len(run), len(known), state, run))
            if not waiting or self.left <= max(0, most):
                return None
            state, behind = heappop(waiting)[3:]
            moves = [] if self.net.is_final(state) else list(self.net.each_move(state))


def _shut(move: Move, shut: tuple[str, ...]) -> bool:
    return bool(shut) and any(path.startswith(shut) for path in move.taken)
