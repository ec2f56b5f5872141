"""The parts of a process explored one after the other, each once for every way it is entered."""

from bisect import bisect_left
from collections.abc import Generator, Mapping
from typing import Any, NamedTuple

from salesflow.analysis.behaviour.inside import Join, whole
from salesflow.analysis.behaviour.interior import Inside, Interior
from salesflow.analysis.behaviour.order import Order
from salesflow.analysis.behaviour.parts import Part, Parts
from salesflow.analysis.behaviour.simple import Contracted, Simple, contracted, simple_moves
from salesflow.analysis.behaviour.walk import Ask, Ground, Walk
from salesflow.analysis.forget import Forgetting, kept_of
from salesflow.process.net import Net, State
from salesflow.process.places import Node


class Enter(NamedTuple):
    """The question what is found in a part that is entered in a state."""

    part: Part
    state: State


class Engine:
    """Explores a net part by part."""

    def __init__(self, net: Net, budget: int, *, contract: bool = False) -> None:
        """Cut the net into parts; ``budget`` is the number of moves that may be tried.

        ``contract``: pass steps where nothing can happen. Enough to see whether anything is wrong.
        """
        self.contract = contract
        self.net = net
        self.forget = Forgetting(net)
        self.ground = Ground(net, self.forget, [budget])
        self.parts = Parts(net)
        self.known: dict[tuple[Any, ...], Any] = {}
        self._simple: dict[tuple[str, bool], Contracted] = {}
        self._orders: dict[str, Order | None] = {}

    def explore(self) -> Interior:
        """All that is found on the level of the deal, blocks as one step. OutOfBudgetError."""
        deal = self.parts.deal()
        found: Interior = self._drive(self._walk(deal).from_sources())
        return found

    def _drive(self, outermost: Generator[Any, Any, Any]) -> Any:
        """Run a task and all that it asks for, without recursion."""
        tasks: list[tuple[tuple[Any, ...] | None, Generator[Any, Any, Any]]] = [(None, outermost)]
        answer: Any = None
        while True:
            key, task = tasks[-1]
            try:
                asked = task.send(answer)
            except StopIteration as end:
                answer = end.value
                tasks.pop()
                if key is not None:
                    self.known[key] = answer
                if not tasks:
                    return answer
                continue
            key = self._key(asked)
            answer = self.known.get(key)
            if answer is None:
                tasks.append((key, self._task(asked, key)))

    def _key(self, asked: Ask | Enter) -> tuple[Any, ...]:
        """What an answer hangs on: the tokens within, and the data looked at within."""
        data = asked.state.data
        if isinstance(asked, Enter):
            part = asked.part
            home = part.lane or part.boundary
            first, last = (home.first, home.last) if home is not None else (0, 0)
            within = _between(asked.state.marking, first, last)
            return (part.path, part.lane is None, within, kept_of(data, part.bits))
        node = asked.node
        within = _between(asked.state.marking, node.first, node.last)
        return (node.path, within, kept_of(data, self._ahead(node)))

    def _task(self, asked: Ask | Enter, key: tuple[Any, ...]) -> Generator[Any, Any, Any]:
        state = State(key[-2], key[-1])
        if isinstance(asked, Enter):
            return self._walk(asked.part).from_state(state)
        return self._look(asked.node, state)

    def _walk(self, part: Part) -> Walk:
        key = (part.path, part.lane is None)
        if key not in self._simple:
            moves = simple_moves(part, self.net)
            self._simple[key] = contracted(moves) if self.contract else Contracted(moves, {})
        simple = self._simple[key]
        return Walk(self.ground, part, order=self._order(part, simple.moves), simple=simple)

    def _look(self, node: Node, state: State) -> Generator[Enter, Interior, Inside]:
        """What can happen in a block or run."""
        ahead = self._ahead(node)
        parts = self.parts.inside(node)
        if parts[0].lane is None:
            interior = yield Enter(parts[0], state)
            return whole(self.ground, node, state, interior, ahead)
        interiors = []
        held = set(state.marking)
        for part in parts:
            lane = part.lane
            if lane is not None and lane.runs in held and lane.finished not in held:
                interiors.append((yield Enter(part, state)))
        return Join(self.ground, node, state, interiors, ahead).look()

    def _ahead(self, node: Node) -> int:
        return self.forget.ahead_of(node)

    def _order(self, part: Part, simple: Mapping[int, tuple[Simple, ...]]) -> Order | None:
        if not part.threads or part.opened:
            return None
        if part.path not in self._orders:
            self._orders[part.path] = Order(part, self.parts.footprint, simple)
        return self._orders[part.path]


def _between(marking: tuple[int, ...], first: int, last: int) -> tuple[int, ...]:
    """The places from ``first`` up to ``last`` (not included) of a marking, which is sorted."""
    return marking[bisect_left(marking, first) : bisect_left(marking, last)]
