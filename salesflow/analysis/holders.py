"""Who let go last of each thread of a deal, followed through runs of the token game.

A *hold* is a department ("" for nobody of ours), the run in which it let go ("" outside of runs)
and the promises that it owes. What lies open of a deal has a set of them: after a meeting point
every thread that came gives.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from salesflow.analysis.handoffs import lies_in
from salesflow.process.model import Process
from salesflow.process.net import START, SYNC, Move, Net
from salesflow.process.places import Lane, Node
from salesflow.process.steps import DONE, LEAVE, Run, Work


class Hold(NamedTuple):
    """Who let go last, in which run, and what that one owes: promises as (touchpoint, branch)."""

    department: str
    run: str = ""
    owed: frozenset[tuple[str, str]] = frozenset()


Holds: TypeAlias = frozenset[Hold]
Held: TypeAlias = tuple[tuple[int, Holds], ...]  # place -> who holds what lies there
NOBODY: Holds = frozenset({Hold("")})


class Coming(NamedTuple):
    """A thread comes to a node or finishes a ``lane``, after so many results of a move."""

    node: Node
    holds: Holds
    after: int
    lane: Lane | None = None


class Holders:
    """Works out, move by move, who holds what; ``owing`` are the promises of a crossing."""

    def __init__(
        self, net: Net, owing: Callable[[str, str, Node], frozenset[tuple[str, str]]]
    ) -> None:
        """Find which department does each step."""
        self.net = net
        self.nodes = net.layout.nodes
        self._owing = owing
        self._processes: dict[str, Process] = {"": net.process}
        self.department = {path: self._department(node) for path, node in self.nodes.items()}
        self.outer_run = {path: _outer_run(node) for path, node in self.nodes.items()}

    def _department(self, node: Node) -> str:
        """The department of ours that does a step, "" where it is looked through."""
        process = self._process(node.prefix)
        if not isinstance(node.step, Work) or node.step.by is None:
            return ""
        return _ours(process, process.department_of(node.step))

    def _process(self, prefix: str) -> Process:
        if prefix not in self._processes:
            run = self.nodes[prefix[:-1]]
            step = run.step
            if isinstance(step, Run):
                self._processes[prefix] = self._process(run.prefix).runs[step.process]
        return self._processes[prefix]

    def follow(self, held: Held, move: Move) -> tuple[Held, list[Coming]]:
        """Who holds what behind a move, and what came where in it."""
        course = _Course(self, dict(held), move)
        course.play()
        kept = [(place, course.now.get(place)) for place in move.state.marking]
        return tuple((place, holds) for place, holds in kept if holds is not None), course.comings

    def taken_over(self, node: Node, holds: Holds) -> Holds:
        """Who holds a thread once it has come to a step."""
        department = self.department[node.path]
        if not department:
            return holds
        run = self.outer_run[node.path]
        return frozenset(
            Hold(department, run, hold.owed)
            if hold.department == department
            else Hold(department, run, self._owing(hold.department, department, node))
            for hold in holds
        )

    def source(self, name: str) -> Holds:
        """Who holds a deal that comes from a source."""
        process = self.net.process
        return frozenset({Hold(_ours(process, process.sources[name].department))})


def _ours(process: Process, department: str | None) -> str:
    known = process.departments.get(department or "")
    return "" if known is None or known.external else known.id


def _outer_run(node: Node) -> str:
    path = ""
    run = node.run
    while run is not None:
        path, run = run.path, run.run
    return path


class _Course:
    """One move: ``now`` is who holds what at each place, the old ones overwritten."""

    def __init__(self, holders: Holders, held: dict[int, Holds], move: Move) -> None:
        self.holders = holders
        self.before: Mapping[int, Holds] = held
        self.now = dict(held)
        self.move = move
        self.marking = set(move.state.marking)
        self.ending: dict[str, Holds] = {}  # node -> who holds it as its result is taken
        self.comings: list[Coming] = []

    def play(self) -> None:
        nodes, move = self.holders.nodes, self.move
        if move.kind == START:
            process = self.holders.net.process
            self.enter(nodes[process.sources[move.node].start], self.holders.source(move.node), 0)
        else:
            self.begin(nodes[move.node])
        for number, path in enumerate(move.taken, 1):
            name, _, result = path.rpartition(".")
            self.take(nodes[name], result, number)

    def begin(self, node: Node) -> None:
        if self.move.kind == SYNC:
            waiting = [self.before.get(place, NOBODY) for place in node.waiting.values()]
            self.enter(node, frozenset().union(*waiting), 0)
            return
        holds = self.before.get(node.active) or self.before.get(node.stuck) or NOBODY
        self.ending[node.path] = holds
        self.now[node.stuck] = holds

    def take(self, node: Node, result: str, number: int) -> None:
        holds = self.ending.pop(node.path, NOBODY)
        if node.start is not None:  # a run: what was done in it counts as done by it
            outer = _outer_run(node)
            holds = frozenset(hold._replace(run=outer) for hold in holds)
        for target in node.results[result].targets:
            if isinstance(target, Node):
                if target.waiting:
                    self.now[target.waiting[node.path]] = holds
                else:
                    self.enter(target, holds, number)
            elif target == DONE and isinstance(node.inside, Lane):
                self.finish(node, node.inside, holds, number)
            elif target == LEAVE and isinstance(node.inside, Lane):
                self.ending[node.inside.block.path] = holds
            elif node.run is not None:
                self.ending[node.run.path] = holds

    def finish(self, node: Node, lane: Lane, holds: Holds, number: int) -> None:
        self.comings.append(Coming(node, holds, number, lane))
        scope = lane.path
        kept = frozenset(
            hold._replace(owed=frozenset(p for p in hold.owed if not lies_in(p[1], scope)))
            for hold in holds
        )
        self.now[lane.finished] = kept
        done = [
            self.before[other.finished]
            for other in lane.block.lanes
            if other is not lane and other.finished in self.before
        ]
        self.ending[lane.block.path] = kept.union(*done)

    def enter(self, node: Node, holds: Holds, number: int) -> None:
        """A thread comes to a node, and to what starts in it."""
        waiting = [node]
        for each in waiting:  # grows while it is walked
            self.comings.append(Coming(each, holds, number))
            taken = self.holders.taken_over(each, holds)
            self.now[each.active] = self.now[each.stuck] = taken
            running = [lane for lane in each.lanes if lane.runs in self.marking]
            waiting.extend(lane.start for lane in running)
            if each.lanes and not running:
                self.ending[each.path] = holds
            if each.start is not None:
                waiting.append(each.start)
