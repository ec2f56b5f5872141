"""The runs of the token game."""

from collections.abc import Collection, Iterator

from salesflow.analysis.forget import Forgetting
from salesflow.changes.behaviour.automaton import State, Step, Word
from salesflow.changes.behaviour.words import Words, home_of
from salesflow.process.model import Process
from salesflow.process.net import START, Move, Net
from salesflow.process.net import State as Standing

UNSEEN = "~"  # in front of ids of steps that stand for what is not looked at


class Game:
    """A version as a token game; ``unlimited`` are results whose limits are not counted.

    ``moves`` counts the moves tried.
    """

    def __init__(self, process: Process, words: Words, *, unlimited: Collection[str] = ()) -> None:
        """Lay the net."""
        self.net = Net(process, unlimited=unlimited)
        self.words = words
        self.moves = 0
        self._forget = Forgetting(self.net)
        self._seen: dict[str, str | None] = {}
        self._ways = {way.path: way for way in self.net.layout.ways()}
        self._sure = self._undoubted(unlimited)
        self._ends = {place: outcome for outcome, place in self.net.layout.ends.items()}

    def _undoubted(self, unlimited: Collection[str]) -> frozenset[str]:
        """Steps at which only a limit that is not counted leaves open what happens."""
        nodes = self.net.layout.nodes
        free = {nodes[path.rpartition(".")[0]] for path in unlimited}
        sets = self.net.memory.sets if free else {}
        return frozenset(
            node.path for node in free if not any(way.path in sets for way in node.results.values())
        )

    def starts(self) -> Iterator[Step]:
        """How a deal can begin."""
        for move in self.net.starts():
            yield self.step(move)

    def steps(self, state: State) -> Iterator[Step]:
        """What can happen next."""
        if not isinstance(state, Standing) or self.net.is_final(state):
            return
        for move in self.net.each_move(state):
            yield self.step(move)

    def step(self, move: Move) -> Step:
        """A move as it is seen."""
        self.moves += 1
        seen: list[str] = []
        if move.kind == START:
            source = self.net.process.sources[move.node]
            seen.append(self.words.of(source.path, own=source.node))
        seen.extend(word for path in move.taken if (word := self._word(path)) is not None)
        doubtful = move.approximate and move.node not in self._sure
        if move.cut:
            return Step(tuple(seen), None, doubtful)
        if self.net.is_final(move.state):
            seen.append(self._end(move.state))
        return Step(tuple(seen), self._forget(move.state), doubtful)

    def _word(self, path: str) -> str | None:
        """The word for a result, None for one that is not looked at."""
        if path not in self._seen:
            way = self._ways[path]
            hidden = way.node.step.id.startswith(UNSEEN)
            self._seen[path] = None if hidden else self.words.way(way, home_of(way.node))
        return self._seen[path]

    def _end(self, state: Standing) -> str:
        outcome = self.net.process.outcomes[self._ends[state.marking[0]]]
        return self.words.of(outcome.path, own=outcome.node)


def realised(game: Game, wanted: Word, *, hidden: Collection[str], budget: int) -> Word | None:
    """A run of the whole game that shows ``wanted`` once ``hidden`` words are left out.

    The one that comes furthest is followed first; None where none is found within ``budget``
    moves.
    """
    from heapq import heappop, heappush

    waiting: list[tuple[int, int, Word, State | None]] = []
    known: set[tuple[State, int]] = set()

    def look(steps: Iterator[Step], so_far: Word, at: int) -> Word | None:
        for step in steps:
            shown = tuple(word for word in step.seen if word not in hidden)
            now = at + len(shown)
            if wanted[at:now] != shown[: len(wanted) - at] or step.doubtful:
                continue
            run = so_far + step.seen
            if now >= len(wanted):
                return _until(run, wanted, hidden)
            if step.state is not None and (step.state, now) not in known:
                known.add((step.state, now))
                heappush(waiting, (-now, len(known), run, step.state))
        return None

    found = look(game.starts(), (), 0)
    while found is None and waiting and game.moves < budget:
        at, _, run, state = heappop(waiting)
        found = look(game.steps(state), run, -at)
    return found


def _until(run: Word, wanted: Word, hidden: Collection[str]) -> Word:
    """The beginning of a run that shows just what is wanted."""
    shown = [place for place, word in enumerate(run, 1) if word not in hidden]
    return run[: shown[len(wanted) - 1]]
