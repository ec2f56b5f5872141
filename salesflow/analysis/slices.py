"""A process without what a question does not ask for: blocks, branches and runs shut to one step.

A block or run in which nothing happens that matters becomes a step that ends with any of its
results at any time; branches become one step that is done or leaves. Such a process does all that
the first one can, seen from outside, and more: what never happens in it never happens. It is far
smaller where work runs side by side.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from salesflow.analysis.runs import inner_first
from salesflow.expressions import Expression
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process, every_step
from salesflow.process.steps import DONE, LEAVE, Block, Branch, Result, Run, Step, Work


def sliced(process: Process, names: Collection[str], watched: Collection[Expression]) -> Process:
    """The process with all shut that neither ``names`` (nodes, results) nor conditions look into.

    What writes a field that a condition reads stays open.
    """
    conditions = [*_conditions(process), *watched]
    asked = {*names}
    for condition in conditions:
        asked |= condition.steps
        asked.update(condition.results)
    if not any(isinstance(step, Block | Run) for step in process.steps.values()):
        return process
    fields = fields_that_matter(process, watched)
    steps = _Shutter(process, asked, fields).all()
    return process if steps == process.steps else process.replace(steps=steps)


def _conditions(process: Process) -> Iterator[Expression]:
    """Every ``when`` of a process and of those that it runs."""
    for part in inner_first(process):
        for step in part.nodes.values():
            yield from (r.when for r in step.next.values() if r.when is not None)
            for branch in step.branches.values() if isinstance(step, Block) else ():
                if branch.when is not None:
                    yield branch.when


def fields_that_matter(process: Process, watched: Collection[Expression]) -> set[str]:
    """The fields that conditions, here and in runs, look at, and those that they are set from."""
    conditions = [*_conditions(process), *watched]
    fields = {name for condition in conditions for name in condition.mentions}
    sets = [
        (name, expression.reads)
        for part in inner_first(process)
        for step in part.nodes.values()
        for result in step.next.values()
        for name, expression in result.set.items()
        if expression is not None
    ]
    size = -1
    while size != len(fields):  # as many rounds as fields are set from one another
        size = len(fields)
        for name, reads in sets:
            if name in fields:
                fields |= reads
    return fields


class _Shutter:
    """Shuts what it may; ``asked`` are names that must stay, ``fields`` those that matter."""

    def __init__(self, process: Process, asked: Collection[str], fields: Collection[str]) -> None:
        self.process = process
        self.asked = asked
        self.fields = fields
        self.open = {name.rpartition(".")[0] for name in asked}
        above = list(self.open)
        while above:  # what an asked name lies in
            name = above.pop().rpartition(".")[0]
            if name and name not in self.open:
                self.open.add(name)
                above.append(name)

    def all(self) -> FrozenMap[str, Step]:
        return self.steps(self.process.steps)

    def steps(self, steps: Mapping[str, Step]) -> FrozenMap[str, Step]:
        """A file is at most 64 levels deep, so blocks in blocks are few."""
        return FrozenMap({name: self.step(step) for name, step in steps.items()})

    def step(self, step: Step) -> Step:
        if isinstance(step, Run):
            inner = self.process.runs[step.process]
            parts = [s for part in inner_first(inner) for s in part.nodes.values()]
            return step if step.node in self.asked or self.writes(parts) else _shut(step)
        if not isinstance(step, Block):
            return step
        inside = [s for branch in step.branches.values() for s in every_step(branch.steps)]
        names = {branch.node for branch in step.branches.values()} | {step.node}
        kept = not names.isdisjoint(self.asked) or not names.isdisjoint(self.open - {step.node})
        if not kept and not self.writes_deep(inside):
            return _shut(step)
        return step.replace(branches=FrozenMap(self.branches(step)))

    def branches(self, block: Block) -> dict[str, Branch]:
        """Those that stay open, and the others shut; where that changes no count, all to one."""
        shut = {n: b for n, b in block.branches.items() if not self.stays_open(b)}
        found = {
            name: branch.replace(steps=self.steps(branch.steps))
            for name, branch in block.branches.items()
            if name not in shut
        }
        plain = [b for b in shut.values() if b.node not in self.asked and block.join != "at_least"]
        if len(plain) > 1:
            found[plain[0].id] = _shut_branches(plain).replace(when=None)
            shut = {n: b for n, b in shut.items() if b.node in self.asked}
        return found | {name: _shut_branches([branch]) for name, branch in shut.items()}

    def stays_open(self, branch: Branch) -> bool:
        return branch.node in self.open or self.writes_deep([*every_step(branch.steps)])

    def writes_deep(self, steps: Collection[Step]) -> bool:
        """Whether steps, or the processes that they run, write a field that matters."""
        runs = [self.process.runs[step.process] for step in steps if isinstance(step, Run)]
        inner = [s for run in runs for part in inner_first(run) for s in part.nodes.values()]
        return self.writes([*steps, *inner])

    def writes(self, steps: Collection[Step]) -> bool:
        for step in steps:
            if isinstance(step, Work) and not step.captures.keys().isdisjoint(self.fields):
                return True
            for result in step.next.values():
                if not {*result.set, *result.captures}.isdisjoint(self.fields):
                    return True
        return False


def _shut(step: Step) -> Work:
    """A block or run as a step that ends with any of its results."""
    return _work(step, step.next).replace(wait_for=step.wait_for, timeout=step.timeout)


def _shut_branches(branches: Sequence[Branch]) -> Branch:
    """Branches as one, with one step that is done, or leaves, as any of them does."""
    first = branches[0].steps[branches[0].start.rpartition(".")[2]]
    results: dict[str, Result] = {}
    for branch in branches:
        for step in branch.steps.values():
            for result in step.next.values():
                if DONE in result.targets:
                    results[DONE] = _result(first, DONE, DONE)
                elif LEAVE in result.targets:
                    results[result.id] = _result(first, result.id, LEAVE)
    return branches[0].replace(steps=FrozenMap({first.id: _work(first, results)}))


def _work(step: Step, results: Mapping[str, Result]) -> Work:
    return Work(
        id=step.id,
        path=step.path,
        node=step.node,
        span=step.span,
        scope=step.scope,
        next=FrozenMap(results),
    )


def _result(step: Step, name: str, target: str) -> Result:
    return Result(
        id=name,
        path=f"{step.path}.next.{name}",
        node=f"{step.node}.{name}",
        step=step.node,
        targets=(target,),
    )
