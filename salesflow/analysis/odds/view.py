"""What of a deal's past matters where: the conditions, limits and values that lie ahead of a place.

What nothing ahead looks at is forgotten, so that a chain has few states. A process that is run is
looked at as a whole from outside: what anything in it reads counts where it is run.
"""

from collections.abc import Iterator
from functools import cached_property

from salesflow.analysis.flow import Flow
from salesflow.analysis.graphs import components
from salesflow.analysis.odds.memory import COUNT, FIELD, VISIT, Key, TooMany
from salesflow.analysis.runs import inner_first
from salesflow.expressions import Expression
from salesflow.expressions.exact import Exact
from salesflow.process.model import Process, every_step
from salesflow.process.steps import Block, Branch, Run, Step, Work

MOST_KEYS = 5_000  # of one step: a run may run a process twice that runs one twice …
NO_KEYS: frozenset[Key] = frozenset()


class Views:
    """All processes of a deal by id, and the fields that must be remembered."""

    def __init__(self, process: Process, unlimited: frozenset[str] = frozenset()) -> None:
        """``unlimited`` are results (by process and path) whose limit is left out."""
        self.unlimited = unlimited
        self.parts = inner_first(process)
        self.value = process.value
        self.fields = self._remembered()
        self.of: dict[str, View] = {}
        for part in self.parts:
            self.of[part.id] = View(part, self)

    def _remembered(self) -> frozenset[str]:
        """Fields that conditions read, and those from which they, or the deal's worth, are set."""
        read: set[str] = set()
        sets: dict[str, set[str]] = {}
        for part in self.parts:
            for condition in conditions(part):
                read |= condition.mentions
            for step in part.nodes.values():
                for result in step.next.values():
                    for name, value in result.set.items():
                        if value is not None:
                            sets.setdefault(name, set()).update(value.reads)
        if self.value is not None:
            read |= sets.get(self.value, set()) - {self.value}
        waiting = [*read]
        while waiting:
            new = sets.pop(waiting.pop(), set()) - read
            read |= new
            waiting.extend(new)
        return frozenset(read)

    @cached_property
    def cuts(self) -> dict[str, set[Exact]]:
        """Field -> the numbers that conditions compare it with."""
        found: dict[str, set[Exact]] = {}
        for part in self.parts:
            for condition in conditions(part):
                for name, literals in condition.literals.items():
                    found.setdefault(name, set()).update(literals)
        return found


def conditions(process: Process) -> Iterator[Expression]:
    """Every condition of results and branches."""
    for step in process.nodes.values():
        for result in step.next.values():
            if result.when is not None:
                yield result.when
        if isinstance(step, Block):
            for branch in step.branches.values():
                if branch.when is not None:
                    yield branch.when


class View:
    """One process: what each place and all that lies ahead of it reads, without the run's path."""

    def __init__(self, process: Process, views: Views) -> None:
        """Read the steps; what lies ahead is worked out where anything is read at all."""
        self.process = process
        self.views = views
        self.reads = {
            node: read for node, step in process.nodes.items() if (read := self._read(step))
        }
        self.watched: dict[str, int] = {}  # result -> where its count may stop
        self.counted: set[str] = set()  # results asked for by `times`
        self.looked_for: set[str] = set()  # steps asked for by `visited`
        for condition in conditions(process):
            for name, most in condition.results.items():
                self.watched[name] = max(self.watched.get(name, 0), most + 1)
            self.looked_for |= condition.steps
            self.counted |= condition.results.keys()
        for step in process.nodes.values():
            for result in step.next.values():
                if result.at_most is not None and self.limit(result.node) is not None:
                    most = max(self.watched.get(result.node, 0), result.at_most)
                    self.watched[result.node] = most
        self._clashes: dict[tuple[str, ...], bool] = {}
        self._touched: dict[str, tuple[frozenset[Key], frozenset[Key]]] = {}

    @property
    def remembers(self) -> bool:
        """Whether anything of a deal's past matters at all."""
        return bool(self.reads)

    def limit(self, node: str) -> int | None:
        """How often a result can be taken, None where that is not looked at."""
        if f"{self.process.id}:{node}" in self.views.unlimited:
            return None
        step, _, result = node.rpartition(".")
        return self.process.nodes[step].next[result].at_most

    def _read(self, step: Step) -> frozenset[Key]:
        """What a step reads itself; a block what the conditions of its branches read."""
        found: set[Key] = set()
        for result in step.next.values():
            if result.when is not None:
                found.update(_keys(result.when))
            if result.at_most is not None and self.limit(result.node) is not None:
                found.add((COUNT, result.node))
            for name, value in result.set.items():
                if value is not None and (name in self.views.fields or name == self.views.value):
                    wanted = value.reads & self.views.fields
                    found.update((FIELD, field) for field in wanted)
        if isinstance(step, Block):
            for branch in step.branches.values():
                if branch.when is not None:
                    found.update(_keys(branch.when))
        if isinstance(step, Run) and step.process in self.views.of:
            inner = self.views.of[step.process]
            found.update(_inside(step.node, inner.all_reads))
        if len(found) > MOST_KEYS:
            raise TooMany
        return frozenset(found)

    @cached_property
    def all_reads(self) -> frozenset[Key]:
        """What any step reads."""
        return frozenset().union(*self.reads.values())

    @cached_property
    def all_writes(self) -> frozenset[Key]:
        """What any step writes."""
        return frozenset[Key]().union(*(self.written(s) for s in self.process.nodes.values()))

    @cached_property
    def _ahead(self) -> dict[str, frozenset[Key]]:
        """Place -> what it and all places that it leads to read."""
        flow = Flow(self.process)
        found: dict[str, frozenset[Key]] = {}
        for component in components(flow.edges, flow.successors):
            keys = NO_KEYS
            for place in component:
                for other in (*flow.successors[place], ""):
                    more = found.get(other) if other else self.reads.get(place)
                    if more and not more <= keys:
                        keys |= more
            found.update(dict.fromkeys(component, keys))
        return found

    def ahead(self, place: str) -> frozenset[Key]:
        """What a place, or any place it leads to, reads."""
        return self._ahead.get(place, NO_KEYS) if self.reads else NO_KEYS

    def touched(self, branch: Branch) -> tuple[frozenset[Key], frozenset[Key]]:
        """What a branch reads, and what it writes of that which is remembered."""
        if branch.node not in self._touched:
            reads: set[Key] = set()
            writes: set[Key] = set()
            for step in every_step(branch.steps) if self.remembers else ():
                reads |= self.reads.get(step.node, NO_KEYS)
                writes |= self.written(step)
            self._touched[branch.node] = frozenset(reads), frozenset(writes)
        return self._touched[branch.node]

    def clash(self, targets: tuple[str, ...]) -> bool:
        """Whether threads that begin at these steps look at what others of them change."""
        if targets not in self._clashes:
            known: list[tuple[set[Key], set[Key]]] = []
            self._clashes[targets] = False
            for target in targets if self.remembers else ():
                reads, writes = self._thread(target)
                if any(writes & (r | w) or w & reads for r, w in known):
                    self._clashes[targets] = True
                known.append((reads, writes))
        return self._clashes[targets]

    def _thread(self, start: str) -> tuple[set[Key], set[Key]]:
        """What a thread reads and writes up to where it meets others."""
        nodes = self.process.nodes
        reads: set[Key] = set()
        writes: set[Key] = set()
        waiting = [start]
        seen = {start}
        for node in waiting:  # grows while it is walked
            for step in every_step({node: nodes[node]}):
                reads |= self.reads.get(step.node, NO_KEYS)
                writes |= self.written(step)
            ahead = [target for r in nodes[node].next.values() for target in r.targets]
            fresh = dict.fromkeys(t for t in ahead if t in nodes and t not in seen)
            seen.update(fresh)
            waiting += [target for target in fresh if not nodes[target].wait_for]
        return reads, writes

    def written(self, step: Step) -> set[Key]:
        """What a step may write of that which is remembered."""
        names: set[str] = set(step.captures) if isinstance(step, Work) else set()
        found: set[Key] = {(VISIT, step.node)} if step.node in self.looked_for else set()
        for result in step.next.values():
            names.update(result.set)
            names.update(result.captures)
            if result.node in self.watched:
                found.add((COUNT, result.node))
        if isinstance(step, Run) and step.process in self.views.of:
            inner = self.views.of[step.process]
            found.update(_inside(step.node, inner.all_writes))
            if len(found) > MOST_KEYS:
                raise TooMany
        return found | {(FIELD, name) for name in names & self.views.fields}


def _keys(condition: Expression) -> Iterator[Key]:
    for name in condition.mentions:
        yield FIELD, name
    for name in condition.results:
        yield COUNT, name
    for name in condition.steps:
        yield VISIT, name


def _inside(node: str, keys: frozenset[Key] | set[Key]) -> Iterator[Key]:
    """Keys of a process as seen where it is run."""
    for kind, name in keys:
        yield (kind, name) if kind == FIELD else (kind, f"{node}.{name}")


def at(prefix: str, keys: frozenset[Key]) -> frozenset[Key]:
    """Keys of a process that is run, with the path of the run in front."""
    if not prefix or not keys:
        return keys
    return frozenset((k, name) if k == FIELD else (k, prefix + name) for k, name in keys)
