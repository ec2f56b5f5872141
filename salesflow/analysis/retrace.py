"""Find some run, not the shortest: into depth first, maybe along a run of a smaller process.

Where much runs side by side, the shortest run is out of reach: there are too many orders. A run of
the process with parts shut says what happens outside of these parts; inside them the first way that
leads on will do. The search gives up when its budget is spent.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from salesflow.analysis.forget import Forgetting
from salesflow.process.model import Process
from salesflow.process.net import Move, Net, State


class _Row(NamedTuple):
    """A move made, the memo behind it, how much of the guide is done, and what may come next."""

    move: Move
    memo: int
    done: int
    following: Iterator[Move]


def spoken_of(rough: Process, process: Process) -> frozenset[str]:
    """The results that mean the same in a process with shut parts and in the whole one."""
    names: set[str] = set()
    for node, step in rough.nodes.items():
        whole = process.nodes.get(node)
        if whole is not None and whole.next == step.next:
            names.update(result.node for result in step.next.values())
    return frozenset(names)


def retraced(
    net: Net,
    step: Callable[[int, Move], int | None],
    wanted: Callable[[int, Move], bool],
    *,
    guide: Sequence[str] = (),
    names: Collection[str] = (),
    budget: int,
) -> tuple[Move, ...] | None:
    """A run whose last move is ``wanted`` and that takes, of the results in ``names``, ``guide``.

    ``step`` and ``wanted`` are those of ``pursue``; the first memo is 0. None where nothing was
    found within ``budget`` moves, which proves nothing.
    """
    along = [path for path in guide if path in names]
    return _Descent(net, step, wanted, along, names).run(budget)


class _Descent:
    def __init__(
        self,
        net: Net,
        step: Callable[[int, Move], int | None],
        wanted: Callable[[int, Move], bool],
        guide: Sequence[str],
        names: Collection[str],
    ) -> None:
        self.net = net
        self.step = step
        self.wanted = wanted
        self.guide = guide
        self.names = names
        self.forget = Forgetting(net)
        self.seen: set[tuple[State, int, int]] = set()

    def run(self, budget: int) -> tuple[Move, ...] | None:
        rows: list[_Row] = []
        following = iter(self.net.starts())
        while budget:
            budget -= 1
            move = next(following, None)
            if move is None:
                if not rows:
                    return None
                rows.pop()
                following = rows[-1].following if rows else iter(())
                continue
            row = self.row(move, rows[-1] if rows else None)
            if row is None:
                continue
            if self.wanted(row.memo, move):
                return (*(each.move for each in rows), move)
            if not move.cut and self.is_new(row):
                rows.append(row)
                following = row.following
        return None

    def row(self, move: Move, before: _Row | None) -> _Row | None:
        """A move that keeps to the guide, None for one that does not."""
        done = before.done if before else 0
        for path in move.taken:
            if path in self.names:
                if done == len(self.guide) or path != self.guide[done]:
                    return None
                done += 1
        memo = self.step(before.memo if before else 0, move)
        if memo is None:
            return None
        return _Row(move, memo, done, self.net.each_move(move.state))

    def is_new(self, row: _Row) -> bool:
        key = (self.forget(row.move.state), row.memo, row.done)
        if key in self.seen:
            return False
        self.seen.add(key)
        return True
