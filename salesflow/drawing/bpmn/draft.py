"""What is written down of a process while it is translated."""

from salesflow.drawing.bpmn.exits import Exits, block_around
from salesflow.drawing.bpmn.parts import Boundary, Flow, Part, Parts, Thrown
from salesflow.drawing.bpmn.xml import Tag
from salesflow.process.model import Process
from salesflow.process.steps import DONE, LEAVE, Block, Result, Step


class Draft:
    """The parts so far; knows where things arrive, and what they are called in BPMN."""

    def __init__(self, process: Process) -> None:
        """Begin."""
        self.process = process
        self.exits = Exits(process)
        self.parts: list[Part] = []
        self.blocks: list[Part] = []
        self.boundaries: list[Boundary] = []
        self.flows: list[Flow] = []
        self.errors: list[Thrown] = []
        self._paths = {each.node: each.path for each in process.sources.values()}
        self._paths.update((each.node, each.path) for each in process.outcomes.values())
        for step in process.nodes.values():
            self._paths[step.node] = step.path
            if isinstance(step, Block):
                self._paths.update((each.node, each.path) for each in step.branches.values())

    def done(self) -> Parts:
        """All of it."""
        return Parts(
            parts=tuple(self.parts),
            blocks=tuple(self.blocks),
            boundaries=tuple(self.boundaries),
            flows=tuple(self.flows),
            errors=tuple(self.errors),
        )

    def gateway(self, node: str, kind: str, around: str, *, inside: tuple[Tag, ...] = ()) -> None:
        """A gateway that is mere notation."""
        key = self.key(node)
        part = Part(id=node, key=key, kind=kind, drawn="gateway", around=around, inside=inside)
        self.parts.append(part)

    def link(self, start: str, end: str, around: str) -> None:
        """A flow that is mere notation."""
        self.flows.append(self.flow(f"{self.key(start)}-to.{end}", start, end, around))

    def flow(self, key: str, start: str, end: str, around: str) -> Flow:
        """A flow in the sub-process of the block around, "" for the process itself.

        It goes from block to block as sub-processes, in the picture from where one is left to the
        first event in the other.
        """
        return Flow(
            key=key,
            start=f"{start}.join" if self._is_block(start) else start,
            end=f"{end}-begin" if self._is_block(end) else end,
            start_key=self.key(start),
            end_key=self.key(end),
            around=around,
        )

    def _is_block(self, node: str) -> bool:
        return isinstance(self.process.nodes.get(node), Block)

    def key(self, node: str) -> str:
        """The XML id of a node of the diagram: of an element, or of a helper of one."""
        element, dash, helper = node.partition("-")
        return f"{self._paths[element]}{dash}{helper}"

    def error(self, path: str, result: str) -> str:
        """The whole XML id of what abandons the block of a path with a result."""
        return f"{self.process.id}.{path}-error.{result}"

    def entry(self, node: str, giver: str) -> str:
        """Where in the diagram one arrives at a step from another, or from a source ("")."""
        step = self.process.nodes[node]
        if not step.wait_for:
            return node
        if self.exits.arriving[giver, node] > 1:
            return f"{node}-merge.{giver.rpartition('.')[2]}"
        return self.meeting(step)

    def meeting(self, step: Step) -> str:
        """Where in the diagram what a step waits for comes together."""
        return step.node if self.exits.gate(step) == "parallelGateway" else f"{step.node}-meet"

    def target(self, step: Step, result: Result, target: str) -> str:
        """Where in the diagram a result leads."""
        if target == LEAVE:
            return f"{block_around(step)}-leave.{result.id}"
        if target == DONE:
            return self.end_of_branch(step.scope)
        return self.entry(target, step.node) if target in self.process.nodes else target

    def end_of_branch(self, branch: str) -> str:
        """Where in the diagram a branch is done."""
        around = branch.rpartition(".")[0]
        block = self.process.nodes[around]
        if not isinstance(block, Block) or len(block.branches) == 1:
            return f"{around}-end"
        several = block.join != "any" and self.exits.arriving[branch, DONE] > 1
        return f"{branch}-done" if several else f"{around}-join"
