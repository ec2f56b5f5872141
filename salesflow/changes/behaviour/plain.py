"""The runs of a version in which one thing happens after the other: no token game is needed.

A deal is at one step at a time. What it may do next hangs on the step, and on how often it took
the results that are limited.
"""

from collections.abc import Collection, Iterator

from salesflow.changes.behaviour.automaton import State, Step, Word
from salesflow.changes.behaviour.words import Words
from salesflow.process.model import Process
from salesflow.process.steps import Block, Result, Run
from salesflow.process.steps import Step as Task


def one_after_the_other(process: Process) -> bool:
    """Whether only one step is open at a time and no condition decides anything."""
    for step in process.steps.values():
        if step.wait_for or isinstance(step, Block | Run):
            return False
        for result in step.next.values():
            if len(result.targets) != 1 or result.when is not None:
                return False
    return True


class Plain:
    """Such a version; ``counted`` are the results whose limits count."""

    def __init__(self, process: Process, words: Words, *, counted: Collection[str] = ()) -> None:
        """Keep what is counted in the order of its names."""
        self.process = process
        self.words = words
        self._at = {node: at for at, node in enumerate(sorted(counted))}
        self._seen: dict[str, tuple[Word, str | None]] = {}

    def starts(self) -> Iterator[Step]:
        """How a deal can begin."""
        none = (0,) * len(self._at)
        for name in sorted(self.process.sources):
            source = self.process.sources[name]
            yield Step((self.words.of(source.path, own=source.node),), (source.start, none))

    def steps(self, state: State) -> Iterator[Step]:
        """What can happen next."""
        if not isinstance(state, tuple):
            return
        node, counts = state
        step = self.process.steps[node]
        for result in self._enabled(step, counts):
            seen, target = self._leads(result)
            at = self._at.get(result.node)
            after = counts
            if at is not None:
                after = (*counts[:at], counts[at] + 1, *counts[at + 1 :])
            yield Step(seen, (target, after) if target is not None else None)

    def _enabled(self, step: Task, counts: tuple[int, ...]) -> Iterator[Result]:
        """The results that a deal can take: those that are left, the timer's, else ``otherwise``.

        Where a limit is not counted both may be.
        """
        sure = False
        for result in step.chosen():
            at = self._at.get(result.node)
            if at is None:
                sure = sure or result.at_most is None
                yield result
            elif result.at_most is None or counts[at] < result.at_most:
                sure = True
                yield result
        for result in step.next.values():
            if (result.otherwise and not sure) or step.by_timer_only(result):
                yield result

    def _leads(self, result: Result) -> tuple[Word, str | None]:
        """What is seen of a result, and where it leads; None where the deal ends."""
        known = self._seen.get(result.node)
        if known is None:
            word = self.words.of(result.path, own=result.node)
            (target,) = result.targets
            outcome = self.process.outcomes.get(target)
            if outcome is None:
                known = ((word,), target)
            else:
                known = ((word, self.words.of(outcome.path, own=outcome.node)), None)
            self._seen[result.node] = known
        return known


def limited(process: Process) -> frozenset[str]:
    """The results that may be taken only so often, by node."""
    results = (result for step in process.steps.values() for result in step.next.values())
    return frozenset(result.node for result in results if result.at_most is not None)


def follows(automaton: Plain, run: Word) -> bool:
    """Whether a run can happen."""
    states = _ahead(automaton.starts(), run, 0)
    while states:
        if any(at >= len(run) for _, at in states):
            return True
        steps = ((automaton.steps(state), at) for state, at in states if state is not None)
        states = {each for ahead, at in steps for each in _ahead(ahead, run, at)}
    return False


def _ahead(steps: Iterator[Step], run: Word, at: int) -> set[tuple[State | None, int]]:
    """The states reached by what a run shows next, and how far it is shown then."""
    found = set()
    for step in steps:
        now = at + len(step.seen)
        if step.seen[: len(run) - at] == run[at:now]:
            found.add((step.state, now))
    return found
