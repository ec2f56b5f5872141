"""What goes wrong in a process, by walking through every state of the second token game.

The definitions are those of docs/design/token-game.md; no code is shared with the engine that is
judged, nor with the game it plays.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from salesflow.process.model import Process
from tests.process.naive_game import Deal, NaiveGame

Fault = tuple[str, str, str]  # kind, node, field

KINDS = {
    "TWICE": "twice",
    "PILE": "pile",
    "UNFINISHED": "unfinished",
    "UNHANDLED": "unhandled",
    "UNFILLED": "unfilled",
}


class Truth(NamedTuple):
    """All that can be known: ``faults`` with the moves of a shortest run to each.

    ``trapped`` are the nodes that hold something in a state from which no end, no standstill and
    no cut is reached. Where ``complete`` is False there were too many states: what is there was
    found, what is not may exist.
    """

    faults: dict[Fault, int]
    trapped: frozenset[str]
    never_taken: tuple[str, ...]
    never_entered: tuple[str, ...]
    states: int
    complete: bool
    cut: bool  # whether the game stopped somewhere, so that nothing is called dead


def truth(process: Process, *, most: int = 400, exact: bool = False) -> Truth:
    """Walk through at most so many states; ``exact`` with real values, else one for each range."""
    walk = _Walk(NaiveGame(process, exact=exact), most)
    complete = walk.run()
    return Truth(
        walk.faults,
        frozenset(walk.trapped()) if complete else frozenset(),
        *(walk.never() if complete and not walk.cut else ((), ())),
        states=len(walk.deals),
        complete=complete,
        cut=walk.cut,
    )


class _Walk:
    def __init__(self, game: NaiveGame, most: int) -> None:
        self.game = game
        self.most = most
        self.deals: list[Deal] = []
        self.depth: list[int] = []
        self.before: list[set[int]] = []
        self.numbers: dict[Any, int] = {}
        self.goals: set[int] = set()  # ends, standstills, states a move was cut from
        self.faults: dict[Fault, int] = {}
        self.cut = False
        self.taken: set[str] = set()
        self.entered: set[str] = set()

    def run(self) -> bool:
        for _, deal in self.game.starts():
            self.note(-1, 1, deal)
        waiting = deque(range(len(self.deals)))
        while waiting:
            number = waiting.popleft()
            known = len(self.deals)
            if known > self.most:
                return False
            self.look(number)
            waiting.extend(range(known, len(self.deals)))
        return True

    def look(self, number: int) -> None:
        """All that can happen in a state."""
        deal, depth = self.deals[number], self.depth[number]
        if any(token[0] == "end" for token in deal["M"]):
            self.goals.add(number)
            return
        kinds = set()
        for kind, _, after in self.game.moves(deal):
            kinds.add(kind)
            self.note(number, depth + 1, after)
        stuck = [token[-1] for token in deal["M"] if token[0] == "stuck"]
        if not kinds:
            self.goals.add(number)
            waits = [token[-1] for token in deal["M"] if token[0] == "from"]
            self.fault(depth, *(("waits", x, "") for x in waits))
            self.fault(depth, *(("stuck", x, "") for x in stuck))
        elif kinds == {"EXPIRE"}:
            self.fault(depth, *(("timed", x, "") for x in stuck))

    def note(self, before: int, depth: int, deal: Deal) -> None:
        """One move, and the state behind it unless something went wrong."""
        self.taken.update(deal["taken"])
        self.entered.update(deal["entered"])
        self.fault(depth, *((KINDS[kind], node, field) for kind, node, field in deal["flags"]))
        if any(kind != "UNFILLED" for kind, _, _ in deal["flags"]):
            self.cut = True
            self.goals.add(before)
            return
        key = tuple(frozenset(part) for part in (deal["D"].items(), deal["C"].items(), deal["V"]))
        number = self.numbers.setdefault((tuple(sorted(deal["M"])), key), len(self.deals))
        if number == len(self.deals):
            self.deals.append(deal)
            self.depth.append(depth)
            self.before.append(set())
        if before >= 0:
            self.before[number].add(before)

    def fault(self, depth: int, *faults: Fault) -> None:
        for fault in faults:
            self.faults.setdefault(fault, depth)

    def trapped(self) -> Iterator[str]:
        """The nodes that hold something where a deal goes on for ever."""
        fine = set(self.goals)
        waiting = list(fine - {-1})
        while waiting:
            new = self.before[waiting.pop()] - fine
            fine |= new
            waiting.extend(new)
        for number, deal in enumerate(self.deals):
            if number not in fine:
                yield from (token[-1] for token in deal["M"])

    def never(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Results that no run takes and nodes that no run enters, each sorted."""
        steps = self.game.steps
        results = {f"{x}.{r}" for x, step in steps.items() for r in step.next}
        return _sorted(results - self.taken), _sorted(steps.keys() - self.entered)


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))
