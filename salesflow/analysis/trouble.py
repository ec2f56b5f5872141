"""What goes wrong in the behaviour of a process, sorted by what is to be told of it.

The verdict says everything that happens; here each fault is told once, where it begins.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from salesflow.analysis.data_use import Mentions
from salesflow.analysis.finishing import endings
from salesflow.analysis.flow import Flow
from salesflow.analysis.graphs import components
from salesflow.analysis.never import Never
from salesflow.analysis.own_faults import own_faults, run_around
from salesflow.analysis.standstills import Standstill, standstills
from salesflow.analysis.unjoined import Unjoined, unjoined
from salesflow.analysis.verdict import (
    PILE,
    STUCK,
    TIMED,
    TRAPPED,
    TWICE,
    UNFINISHED,
    UNHANDLED,
    WAITS,
    Fault,
    Verdict,
)
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.model import Process
from salesflow.process.steps import Block, Run, Step

MOST_REPLAYED = 50  # witnesses that are played again to see what else runs

_CUTS = frozenset({TWICE, PILE, UNFINISHED, UNHANDLED})


class Trouble:
    """The faults of one process."""

    def __init__(
        self, process: Process, flow: Flow, verdict: Verdict, *, patience: int = 1
    ) -> None:
        """Nothing is sorted yet."""
        self.process = process
        self.flow = flow
        self.verdict = verdict
        self.patience = patience
        self._replayed = 0

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """The process's own faults, and those in runs that only its deals bring about."""
        return tuple(own_faults(self.process, self.verdict, self._judge))

    def of_kind(self, kind: str) -> tuple[Fault, ...]:
        """The faults of a kind."""
        return tuple(fault for fault in self.faults if fault.kind == kind)

    @property
    def exact(self) -> bool:
        """Whether all that can happen was looked at: what was not seen never happens."""
        cut = any(fault.kind in _CUTS for fault in self.verdict.faults)
        return self.verdict.decided and not cut

    def step(self, node: str) -> Step:
        """The step of the process at, or around, a node."""
        run = run_around(self.process, node)
        return run if run is not None else self.process.nodes[node]

    @cached_property
    def standstills(self) -> tuple[Standstill, ...]:
        """Steps that wait for ever."""
        return standstills(self.faults, self.flow)

    @cached_property
    def unjoined(self) -> tuple[Unjoined, ...]:
        """Parallel work that is not joined."""
        return unjoined(self.faults, self.flow, self._running)

    @cached_property
    def never(self) -> Never:
        """What never happens."""
        held = {f.node for f in self.verdict.faults if f.kind in (STUCK, WAITS, TIMED, TRAPPED)}
        trapped = {node for loop in self.loops.values() for node in loop}
        verdict = self.verdict
        return Never(
            self.flow,
            never_taken=verdict.never_taken,
            never_entered=verdict.never_entered,
            held=held,
            trapped=trapped,
            told={*self._unreal()},
        )

    def _unreal(self) -> Iterator[str]:
        """Results and branches that other findings speak of: told where they are written."""
        for step in self.process.nodes.values():
            if isinstance(step, Block | Run):
                known = endings(self.process, step)
                yield from (result.node for result in step.next.values() if result.id not in known)
        mentions = Mentions(self.process)
        known = mentions.filled | {SOURCE_FIELD}
        for element, at, _, expression in mentions.expressions:
            if at and not expression.reads <= known:
                yield element.node
        misfits = [note.path for note in self.process.notes if note.rule == "type-mismatch"]
        for step in self.process.nodes.values() if misfits else ():
            within = f"{step.path}."
            if any(path.startswith(within) for path in misfits):
                yield from (result.node for result in step.next.values())
                if isinstance(step, Block):
                    yield from (branch.node for branch in step.branches.values())

    @cached_property
    def loops(self) -> dict[str, tuple[str, ...]]:
        """Each step where deals are trapped -> the steps of the loops through it, in order."""
        trapped = {self.step(f.node).node for f in self.verdict.faults if f.kind == TRAPPED}
        if not trapped:
            return {}
        found = {}
        for component in components(self.flow.edges, self.flow.successors):
            for place in trapped.intersection(component):
                steps = {self.flow.element(other) for other in component}
                found[place] = tuple(sorted(steps & self.process.nodes.keys()))
        return found

    def _running(self, fault: Fault) -> tuple[str, ...]:
        self._replayed += 1
        if self._replayed > MOST_REPLAYED:
            return ()
        from salesflow.analysis.replay import still_running  # the token game is slow to import

        return still_running(self._net, fault)

    def _judge(self, inner: Process) -> Verdict:
        """The verdict on a process that is run, as patient as its own check."""
        from salesflow.analysis.behave import BUDGET, behaviour  # the game is slow to import

        return behaviour(inner, flow=Flow(inner), budget=self.patience * BUDGET)

    @cached_property
    def _net(self) -> Any:
        """The ``Net`` of the process."""
        from salesflow.process.net import Net  # the token game is slow to import

        return Net(self.process)
