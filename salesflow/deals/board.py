"""A process laid out for real deals: its net, who hands over to whom, its contracts."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from salesflow.analysis.handoffs import lies_in
from salesflow.analysis.holders import Coming, Hold, Holders
from salesflow.deals.policies import Watched, watched
from salesflow.deals.values import shown
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.model import Process, Touchpoint
from salesflow.process.net import Net
from salesflow.process.people import Field
from salesflow.process.places import AT, OPEN, STUCK, Node
from salesflow.process.steps import Run, Work


class Contract(NamedTuple):
    """A touchpoint, the run that it holds in ("" for the whole process) and its process."""

    touchpoint: Touchpoint
    prefix: str
    process: Process

    @property
    def path(self) -> str:
        """The touchpoint's id, with the run in front."""
        return self.prefix + self.touchpoint.id


class Board:
    """What all deals of one process share. UsageError where its runs open into too many steps."""

    def __init__(self, process: Process) -> None:
        """Lay it out."""
        self.process = process
        self.net = Net(process)
        self.nodes = self.net.layout.nodes
        self.holders = Holders(self.net, self._owing)
        self.number = {str(place): at for at, place in enumerate(self.net.layout.places)}

    @cached_property
    def processes(self) -> dict[str, Process]:
        """The process by "", and those that are run by the run's path and a dot."""
        found = {"": self.process}
        for node in self.nodes.values():
            if isinstance(node.step, Run):
                found[f"{node.path}."] = found[node.prefix].runs[node.step.process]
        return found

    @cached_property
    def _contracts(self) -> dict[tuple[str, str], list[Contract]]:
        """Giver and receiver -> the contracts between them, by path."""
        found: dict[tuple[str, str], list[Contract]] = {}
        for prefix, process in sorted(self.processes.items()):
            for _, touchpoint in sorted(process.touchpoints.items()):
                pair = (touchpoint.giver, touchpoint.receiver)
                found.setdefault(pair, []).append(Contract(touchpoint, prefix, process))
        return found

    @cached_property
    def contracts(self) -> dict[str, Contract]:
        """All contracts by path."""
        return {each.path: each for pair in self._contracts.values() for each in pair}

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The fields of a deal, those that only a run declares among them, and its source."""
        found = {name: f for each in self.processes.values() for name, f in each.data.items()}
        sources = tuple(self.process.sources)
        name = SOURCE_FIELD
        return found | {name: Field(id=name, path=name, node=name, type="choice", values=sources)}

    def shown(self, field: str, values: Mapping[str, Any]) -> str:
        """The value of a field in a sentence."""
        return shown(values.get(field), self.fields[field])

    @cached_property
    def policies(self) -> tuple[Watched, ...]:
        """The policies of the process, and how to tell their events."""
        return watched(self.process)

    @cached_property
    def _says_who(self) -> bool:
        """Whether the process says who does its steps at all."""
        return any(isinstance(n.step, Work) and n.step.by for n in self.nodes.values())

    def passes_by_itself(self, node: Node) -> bool:
        """Whether a step takes no time: a decision that data makes, or a meeting point.

        Nobody does it and it fills nothing. While no step of a process says who does it, only a
        step with conditions or limits is such a decision.
        """
        step = node.step
        if not isinstance(step, Work) or step.timeout or step.captures:
            return False
        if step.by or step.with_ or step.effort or step.wait:
            return False
        results = step.next.values()
        if any(result.captures for result in results):
            return False
        if self._says_who:
            return True
        return any(r.when is not None or r.at_most is not None or r.otherwise for r in results)

    def open_nodes(self, marking: tuple[int, ...]) -> Iterator[Node]:
        """The steps, blocks and runs that are open, in the order of the places."""
        for at in marking:
            place = self.net.layout.places[at]
            if place.kind in (AT, OPEN, STUCK):
                yield self.nodes[place.node]

    def crossed(self, coming: Coming) -> Iterator[tuple[Hold, Contract]]:
        """The contracts that a thread crosses where it comes to a step, and who gives."""
        if coming.lane is None:
            receiver = self.holders.department[coming.node.path]
            for hold in sorted(coming.holds, key=lambda hold: hold.department):
                for contract in self._covering(hold.department, receiver, coming.node):
                    yield hold, contract

    def takes_over(self, node: Node, hold: Hold) -> bool:
        """Whether another department takes a thread over at a node."""
        receiver = self.holders.department[node.path]
        return bool(receiver and hold.department and receiver != hold.department)

    def _covering(self, giver: str, receiver: str, node: Node) -> Iterator[Contract]:
        for contract in self._contracts.get((giver, receiver), ()):
            at = contract.touchpoint.at
            inside = node.path.startswith(contract.prefix)
            if inside and (at is None or lies_in(node.path, contract.prefix + at)):
                yield contract

    def _owing(self, giver: str, receiver: str, node: Node) -> frozenset[tuple[str, str]]:
        """What a department owes that takes over at a node: contract and the branch it is in."""
        return frozenset(
            (contract.path, _scope(node, contract.prefix))
            for contract in self._covering(giver, receiver, node)
            if contract.touchpoint.returns
        )


def _scope(node: Node, prefix: str) -> str:
    """The branch of a contract's own process in which a node lies, "" outside of branches."""
    while node.run is not None and node.prefix != prefix:
        node = node.run
    return node.prefix + node.step.scope if node.step.scope else ""
