"""Who writes which field of a deal: where two write it at once, twice, for nothing or too late."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from salesflow.analysis.flow import Edge, Flow
from salesflow.analysis.graphs import reached
from salesflow.analysis.runs import inner_first
from salesflow.process.model import Process
from salesflow.process.people import Element
from salesflow.process.steps import LEAVE, Block, Branch, Result, Run, Step, Work


class Write(NamedTuple):
    """One place that fills a field: ``element`` is a step or a result, ``node`` the step.

    ``listed`` for captures without a value, which may leave what is there; else it is replaced.
    ``last``: the deal ends, or its block is left, right behind it.
    """

    field: str
    element: Element
    node: str
    listed: bool
    last: bool = False


def writes_of(process: Process, step: Step) -> Iterator[Write]:
    """What a step and its results write themselves; nothing of what is in a block or run."""
    if isinstance(step, Work):
        for name, drawn in step.captures.items():
            yield Write(name, step, step.node, listed=drawn is None)
    for _, result in sorted(step.next.items()):
        if not result.set and not result.captures:
            continue
        last = all(t == LEAVE or t in process.outcomes for t in result.targets)
        for name in result.set:
            yield Write(name, result, step.node, listed=False, last=last)
        for name, drawn in result.captures.items():
            yield Write(name, result, step.node, listed=drawn is None, last=last)


def _in_run(process: Process, step: Step) -> Iterator[Write]:
    """What the process that a step runs writes: told at the step, and taken for filling only."""
    if isinstance(step, Run) and step.process in process.runs:
        for part in inner_first(process.runs[step.process]):
            for inner in part.nodes.values():
                for write in writes_of(part, inner):
                    yield Write(write.field, step, step.node, listed=True, last=write.last)


class Pair(NamedTuple):
    """Two places that write one field, in the order of their nodes or of the way."""

    first: Write
    second: Write


class Writes:
    """All that writes fields in a process, each by its step."""

    def __init__(self, process: Process, flow: Flow) -> None:
        """Collect what is written."""
        self.process = process
        self.flow = flow
        self.by_node: dict[str, list[Write]] = {}
        self.by_field: dict[str, list[Write]] = {}
        self._behind: dict[str, set[str]] = {}
        for _, step in sorted(process.nodes.items()):  # how keys are ordered must not show
            if not flow.reachable(step.node):
                continue
            for write in (*writes_of(process, step), *_in_run(process, step)):
                self.by_node.setdefault(step.node, []).append(write)
                self.by_field.setdefault(write.field, []).append(write)

    def doubled(self) -> Iterator[Pair]:
        """Fields that two departments of ours enter, one after the other, on one way.

        A step that requires the field goes on with what is there: that is no double entry.
        """
        for same in self.by_field.values():
            listed = [write for write in same if write.listed and isinstance(write.element, Work)]
            ours = [(write, self._ours(write)) for write in listed]
            departments = {department for _, department in ours if department}
            if len(departments) < 2:
                continue
            for second, receiver in ours:
                step = self.process.nodes[second.node]
                if not receiver or second.field in step.requires:
                    continue
                firsts = (w for w, giver in ours if giver and giver != receiver)
                first = next((w for w in firsts if self._comes_after(w, second)), None)
                if first is not None:
                    yield Pair(first, second)

    def _ours(self, write: Write) -> str | None:
        department = self.process.department_of(self.process.nodes[write.node])
        known = self.process.departments.get(department or "")
        return None if known is None or known.external else known.id

    def _comes_after(self, first: Write, second: Write) -> bool:
        """Whether a way leads from one to the other, and not only back in a loop."""
        distance = self.flow.distance
        if distance[first.node] > distance[second.node]:
            return False
        mine, other = self._branches(first.node), self._branches(second.node)
        if any(block in other and other[block] != branch for block, branch in mine.items()):
            return False  # side by side, whatever leads round
        if first.node not in self._behind:
            after = self.flow.successors[first.node]
            self._behind[first.node] = reached(after, self.flow.successors)
        return second.node in self._behind[first.node]

    def _branches(self, node: str) -> dict[str, str]:
        """The blocks around a step -> the branch in which it lies."""
        found = {}
        scope = self.process.nodes[node].scope
        while scope:
            block = scope.rpartition(".")[0]
            found[block] = scope
            scope = self.process.nodes[block].scope
        return found

    def parallel(self) -> Iterator[Pair]:
        """Fields that are written on two threads that run side by side."""
        told: set[tuple[str, str, str]] = set()
        for regions in self._side_by_side():
            first: dict[str, tuple[int, Write]] = {}
            for number, region in enumerate(regions):
                for node in region:
                    for write in self.by_node.get(node, ()):
                        if write.last:
                            continue
                        known = first.setdefault(write.field, (number, write))
                        key = (write.field, known[1].node, write.node)
                        if known[0] != number and key not in told:
                            told.add(key)
                            yield Pair(known[1], write)

    def _side_by_side(self) -> Iterator[list[list[str]]]:
        """The nodes of the branches of each block, and of the threads of each split."""
        for _, step in sorted(self.process.nodes.items()):
            if isinstance(step, Block):
                yield [self._inside(branch) for _, branch in sorted(step.branches.items())]
            for _, result in sorted(step.next.items()):
                if len(result.targets) > 1:
                    yield self._threads(result)

    def _inside(self, branch: Branch) -> list[str]:
        return [node for node in self.by_node if node.startswith(f"{branch.node}.")]

    def _threads(self, result: Result) -> list[list[str]]:
        """What each target of a split leads to, and none of the others does."""
        each = [reached([target], self.flow.successors) for target in result.targets]
        regions = []
        for number, nodes in enumerate(each):
            others: set[str] = set()
            for other, more in enumerate(each):
                if other != number:
                    others |= more
            regions.append([node for node in self.by_node if node in nodes - others])
        return regions

    def lost(self) -> Iterator[Pair]:
        """Values that are replaced on every way before anything looks at them.

        Only where a deal is in one place at a time; captures without a value replace nothing.
        """
        if any(step.splits for step in self.process.nodes.values()):
            return
        for field, same in sorted(self.by_field.items()):
            valued = [write for write in same if not write.listed and not write.last]
            if len(valued) < 2 or any(self.process.nodes[w.node].scope for w in same):
                continue
            readers = self._readers(field)
            if None in readers:
                continue
            for write in valued:
                second = self._replaced(write, readers)
                if second is not None:
                    yield Pair(write, second)

    def _readers(self, field: str) -> set[str | None]:
        """The steps that look at a field, at their start or end; None: who knows when.

        Blocks are no matter: through one nothing is told.
        """
        process = self.process
        found: set[str | None] = set()
        for step in process.nodes.values():
            asked = [r.when for r in step.next.values() if r.when is not None]
            asked += [e for r in step.next.values() for e in r.set.values() if e is not None]
            if field in step.requires or any(field in e.mentions for e in asked):
                found.add(step.node)
            if isinstance(step, Run) and step.process in process.runs:
                inner = inner_first(process.runs[step.process])
                if any(field in part.data for part in inner):
                    found.add(step.node)
        promised = {n for t in process.touchpoints.values() for n in (*t.requires, *t.returns)}
        judged = {n for p in process.policies.values() if p.when for n in p.when.mentions}
        if field in promised | judged or field == process.value:
            found.add(None)
        return found

    def _replaced(self, write: Write, readers: Collection[str | None]) -> Write | None:
        """What replaces a value on every way before it is looked at; None if nothing does."""
        step = self.process.nodes[write.node]
        if isinstance(write.element, Result):
            starts = [e.end for e in self._edges(step, write.element)]
        elif step.node in readers or step.timeout is not None:
            return None
        else:
            own = [r for r in step.next.values() if write.field in {*r.set, *r.captures}]
            if len(own) == len(step.next):
                return None  # its own results say more of it
            starts = [edge.end for edge in self.flow.edges[step.node]]
        second = None
        seen = dict.fromkeys(starts)
        waiting = [*seen]
        for place in waiting:  # grows while it is walked: of several the nearest is told
            node = self.process.nodes.get(place)
            if place in self.process.outcomes or node is None or place in readers:
                return None
            replacing = self._replaces(node, write.field)
            if replacing is not None:
                second = second or replacing
                continue
            fresh = dict.fromkeys(e.end for e in self.flow.edges[place] if e.end not in seen)
            seen |= fresh
            waiting.extend(fresh)
        return None if second is None or second.node == write.node else second

    def _edges(self, step: Step, result: Result) -> list[Edge]:
        return [edge for edge in self.flow.edges[step.node] if edge.via == result.node]

    def _replaces(self, step: Step, field: str) -> Write | None:
        """What in a step replaces a field whenever the deal comes through."""
        if step.timeout is not None:
            return None
        for write in self.by_node.get(step.node, ()):
            if write.field == field and not write.listed and write.element is step:
                return write
        return None


def unvalued_stage(process: Process, flow: Flow) -> tuple[Step, list[Write]] | None:
    """The first step with a stage that has a win chance, where no deal has its worth yet.

    With what fills it later. None where some way has filled it, or nothing ever does.
    """
    field = process.value
    if field is None or any(field in source.gives for source in process.sources.values()):
        return None
    fillers = [
        write
        for step in process.nodes.values()
        if flow.reachable(step.node)
        for write in (*writes_of(process, step), *_in_run(process, step))
        if write.field == field
    ]
    if not fillers:
        return None
    behind = reached(
        [end for write in fillers for end in flow.successors[write.node]], flow.successors
    )
    for place in flow.arrival:
        step = process.nodes.get(place)
        stage = process.stages.get(step.stage or "") if step is not None else None
        if step is None or stage is None or stage.win_chance is None:
            continue
        own = any(write.node == place for write in fillers)
        return None if place in behind or own else (step, fillers)
    return None
