"""Look for one run of the token game in which something happens, the shortest first.

What has happened so far is kept beside the state as a ``memo``: the state of a policy's monitor,
the results that a test asks for. The walk is exhaustive or says that it is not.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

from salesflow.analysis.forget import Forgetting
from salesflow.process.net import Move, Net, State

BUDGET = 20_000  # moves tried

Memo = TypeVar("Memo", bound=Hashable)


class Pursued(NamedTuple):
    """The shortest run found, None where there is none; ``complete`` where that is a proof.

    ``approximate`` where the run hangs on values within a cell, so that it need not be real.
    """

    way: tuple[Move, ...] | None
    complete: bool
    moves: int

    @property
    def approximate(self) -> bool:
        """Whether the run need not be real."""
        return any(move.approximate for move in self.way or ())


def pursue(
    net: Net,
    memo: Memo,
    step: Callable[[Memo, Move], Memo | None],
    wanted: Callable[[Memo, Move], bool],
    *,
    budget: int = BUDGET,
) -> Pursued:
    """The shortest run of a net whose last move is ``wanted``.

    ``step`` gives the memo behind a move, None to follow the run no further. ``wanted`` sees the
    memo behind the move. Behind a move that is cut nothing is followed. Conditions that the memo
    depends on must be ``watched`` by the net. Runs without an approximate move come first.
    """
    walk = _Walk(net, step, wanted, budget)
    return walk.run(memo)


class _Walk(Generic[Memo]):
    """A walk under way: ``rows`` are row before, move, state, memo."""

    def __init__(
        self,
        net: Net,
        step: Callable[[Memo, Move], Memo | None],
        wanted: Callable[[Memo, Move], bool],
        budget: int,
    ) -> None:
        self.net = net
        self.step = step
        self.wanted = wanted
        self.budget = budget
        self.forget = Forgetting(net)
        self.rows: list[tuple[int, Move, State, Memo]] = []
        self.seen: set[tuple[State, Memo]] = set()
        self.later: list[tuple[int, Move, Memo]] | None = []  # None once they are walked
        self.moves = 0

    def run(self, memo: Memo) -> Pursued:
        found = self.try_all(-1, self.net.starts(), memo) or self.walk_on(0)
        reached = len(self.rows)
        later, self.later = self.later or [], None
        for before, move, behind in later if found is None else ():
            found = found or self.judge(before, move, behind)
        return found or self.walk_on(reached) or self.result(None, complete=True)

    def walk_on(self, row: int) -> Pursued | None:
        """Walk from a row and all after it; None where nothing is found."""
        while row < len(self.rows):
            _, _, state, memo = self.rows[row]
            found = self.try_all(row, self.net.each_move(state), memo)
            if found is not None:
                return found
            row += 1
        return None

    def try_all(self, row: int, moves: Iterable[Move], memo: Memo) -> Pursued | None:
        for move in moves:
            if self.moves == self.budget:
                return self.result(None, complete=False)
            self.moves += 1
            behind = self.step(memo, move)
            if behind is None:
                continue
            if move.approximate and self.later is not None:
                self.later.append((row, move, behind))
                continue
            found = self.judge(row, move, behind)
            if found is not None:
                return found
        return None

    def judge(self, before: int, move: Move, memo: Memo) -> Pursued | None:
        """The run, if it is the one; else the state to go on from is kept, unless known."""
        if self.wanted(memo, move):
            return self.result((*self.way(before), move), complete=True)
        state = self.forget(move.state)
        if not move.cut and (state, memo) not in self.seen:
            self.seen.add((state, memo))
            self.rows.append((before, move, state, memo))
        return None

    def way(self, row: int) -> tuple[Move, ...]:
        moves: list[Move] = []
        while row >= 0:
            row, move, _, _ = self.rows[row]
            moves.append(move)
        return tuple(reversed(moves))

    def result(self, way: tuple[Move, ...] | None, *, complete: bool) -> Pursued:
        return Pursued(way, complete, self.moves)
