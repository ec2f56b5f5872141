"""The normal form of a process: runs opened in place, every spot where a token can lie numbered.

Places are whole numbers in the order of a walk through the tree deal > block > branch > step, so
that all that lies in a block, a branch or a run is one range of numbers. To withdraw what runs
inside is to drop the tokens of a range. Ids are walked in their order, not in that of the file: how
keys are ordered never shows.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from salesflow.errors import UsageError
from salesflow.process.model import Outcome, Process
from salesflow.process.steps import Block, Branch, Result, Run, Step

AT, STUCK, FROM, OPEN, RUNS, FINISHED, END = (
    "at",  # a visit of a step is open
    "stuck",  # it ended, and no result was enabled
    "from",  # one step's arrival waits at another, which waits for more
    "open",  # a block or a run is active
    "run",  # a branch runs
    "fin",  # a branch has finished
    "end",  # the deal has ended
)
MOST_NODES = 200_000  # after opening runs: a process that runs one twice that runs one twice …


class Place(NamedTuple):
    """A spot where a token can lie: its kind, its node, and for ``from`` the step it came from."""

    kind: str
    node: str
    other: str = ""

    def __str__(self) -> str:
        """``at(demo)``, ``from(negotiate, commit)``."""
        return (
            f"{self.kind}({self.other}, {self.node})" if self.other else f"{self.kind}({self.node})"
        )


class Way:
    """A result in the net: ``targets`` are nodes, outcomes, ``done`` or ``leave``."""

    __slots__ = ("node", "path", "result", "targets")

    def __init__(self, node: "Node", result: Result) -> None:
        """A way out of a node; its targets are found once all nodes are known."""
        self.node = node
        self.result = result
        self.path = f"{node.path}.{result.id}"
        self.targets: tuple[Target, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The targets' names: full node paths, outcomes' ids, ``done``, ``leave``."""
        return tuple(
            t if isinstance(t, str) else t.path if isinstance(t, Node) else t.id
            for t in self.targets
        )


class Lane:
    """A branch in the net; ``first`` up to ``last`` (not included) are the places in it."""

    __slots__ = (
        "block",
        "branch",
        "finished",
        "first",
        "last",
        "path",
        "runs",
        "start",
    )

    def __init__(self, block: "Node", path: str, branch: Branch) -> None:
        """A branch of a block; places and start follow."""
        self.block = block
        self.path = path
        self.branch = branch
        self.first = self.last = self.runs = self.finished = -1
        self.start: Node


class Node:
    """A step in the net, ``path`` with the runs it lies in in front.

    ``inside`` is the branch or the run it lies in, None at the top of the deal; ``run`` the
    innermost run. Tokens in
    ``first`` up to ``last`` (not included) are its own: ``active`` (``at`` or ``open``), ``stuck``
    and all that is inside. What waits for it to start (``waiting``: the step it came from ->
    place) lies beside it, not in it: it belongs to the next visit.
    """

    __slots__ = (
        "active",
        "chosen",
        "first",
        "inside",
        "lanes",
        "last",
        "otherwise",
        "outcomes",
        "path",
        "prefix",
        "results",
        "run",
        "start",
        "step",
        "stuck",
        "waiting",
    )

    def __init__(self, step: Step, prefix: str, inside: "Lane | Node | None") -> None:
        """A step with nothing around it yet."""
        self.step = step
        self.prefix = prefix
        self.path = prefix + step.node
        self.inside = inside
        self.run: Node | None = inside.block.run if isinstance(inside, Lane) else inside
        self.first = self.last = self.active = self.stuck = -1
        self.waiting: dict[str, int] = {}
        self.results = {name: Way(self, result) for name, result in sorted(step.next.items())}
        chosen = {result.id for result in step.chosen()}
        self.chosen = tuple(way for name, way in self.results.items() if name in chosen)
        self.otherwise = next((w for w in self.results.values() if w.result.otherwise), None)
        self.lanes: tuple[Lane, ...] = ()
        self.start: Node | None = None  # of a run: where its process starts
        self.outcomes: dict[str, Outcome] = {}  # of a run: how its process can end

    @property
    def timer(self) -> str | None:
        """The result that the timeout takes."""
        return self.step.timeout.result if self.step.timeout else None


Target: TypeAlias = Node | Outcome | str


class Layout:
    """All nodes and places of a process: ``nodes`` by path, ``places`` by number.

    ``lanes`` are the branches by path, ``ends`` the final place of each outcome. UsageError when
    opening the runs gives more than ``MOST_NODES`` nodes.
    """

    def __init__(self, process: Process) -> None:
        """Open the runs, number the places and find where every result leads."""
        self.process = process
        self.nodes: dict[str, Node] = {}
        self.lanes: dict[str, Lane] = {}
        self.places: list[Place] = []
        self.processes = {process.id: process}  # this one and all that are run
        self._waiting: list[_Part] = []  # parts still to lay, the next one last; nothing recurses
        self._steps(process, process.steps, "", None)
        while self._waiting:
            self._lay(self._waiting.pop())
        self._aim(process.steps, "", process.outcomes)
        self.ends = {outcome: self._place(END, outcome) for outcome in process.outcomes}

    def ways(self) -> Iterator["Way"]:
        """Every result of every node, by id within each scope."""
        return (way for node in self.nodes.values() for way in node.results.values())

    def _lay(self, part: "_Part") -> None:
        element, process = part.element, part.process
        if part.closes:
            element.last = len(self.places)
            if isinstance(element, Node):
                self._close(element, process)
        elif isinstance(element, Lane):
            self._lane(element, process, part.prefix)
        else:
            self._node(element, process)

    def _steps(
        self,
        process: Process,
        steps: Mapping[str, Step],
        prefix: str,
        inside: "Lane | Node | None",
    ) -> None:
        nodes = [Node(step, prefix, inside) for _, step in sorted(steps.items())]
        self._waiting.extend(_Part(node, process) for node in reversed(nodes))

    def _node(self, node: Node, process: Process) -> None:
        """Number the places of a node; what is inside comes next, then its close."""
        step, path = node.step, node.path
        if len(self.nodes) == MOST_NODES:
            raise UsageError(
                f"`{self.process.id}` runs processes that run processes: "
                f"more than {MOST_NODES} steps in all."
            )
        self.nodes[path] = node
        for other in step.wait_for:
            node.waiting[node.prefix + other] = self._place(FROM, path, node.prefix + other)
        node.first = node.active = self._place(OPEN if isinstance(step, Block | Run) else AT, path)
        node.stuck = self._place(STUCK, path)
        self._waiting.append(_Part(node, process, closes=True))
        if isinstance(step, Block):
            node.lanes = tuple(
                Lane(node, node.prefix + branch.node, branch)
                for _, branch in sorted(step.branches.items())
            )
            self._waiting.extend(_Part(lane, process, node.prefix) for lane in reversed(node.lanes))
        elif isinstance(step, Run):
            inner = process.runs[step.process]
            self.processes[inner.id] = inner
            node.outcomes = dict(inner.outcomes)
            self._steps(inner, inner.steps, f"{path}.", node)

    def _lane(self, lane: Lane, process: Process, prefix: str) -> None:
        self.lanes[lane.path] = lane
        lane.first = lane.runs = self._place(RUNS, lane.path)
        lane.finished = self._place(FINISHED, lane.path)
        self._waiting.append(_Part(lane, process, prefix, closes=True))
        self._steps(process, lane.branch.steps, prefix, lane)

    def _close(self, node: Node, process: Process) -> None:
        """Find starts and targets, now that all nodes inside a node are known."""
        for lane in node.lanes:
            lane.start = self.nodes[node.prefix + lane.branch.start]
            self._aim(lane.branch.steps, node.prefix, {})
        if isinstance(node.step, Run):
            inner = process.runs[node.step.process]
            (source,) = inner.sources.values()
            node.start = self.nodes[f"{node.path}.{source.start}"]
            self._aim(inner.steps, f"{node.path}.", node.outcomes)

    def _aim(self, steps: Mapping[str, Step], prefix: str, outcomes: Mapping[str, Outcome]) -> None:
        for step in steps.values():
            for way in self.nodes[prefix + step.node].results.values():
                way.targets = tuple(
                    self.nodes.get(prefix + target) or outcomes.get(target) or target
                    for target in way.result.targets
                )

    def _place(self, kind: str, node: str, other: str = "") -> int:
        self.places.append(Place(kind, node, other))
        return len(self.places) - 1


class _Part(NamedTuple):
    """Something to number: a node or a branch of a process, or its end."""

    element: Node | Lane
    process: Process
    prefix: str = ""
    closes: bool = False
