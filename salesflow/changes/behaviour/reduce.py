"""Both versions without what is the same in both and meddles with nothing.

* A block or a run that is the same in both versions becomes one step with the same results.
* A branch that is the same in both, of a block that waits for all of its branches, is left out, or
  becomes one step where it can abandon the block.

That is exact where the part neither reads nor writes what a condition elsewhere looks at: then it
moves in step with the rest only where it begins and ends, so the runs of the whole are those of the
part and of the rest put together, and whether one version's runs are among the other's hangs on
the rest alone. That such a part can really end so is seen when a run is played in full.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from salesflow.changes.behaviour.alike import Alike
from salesflow.changes.behaviour.game import UNSEEN
from salesflow.changes.places import element_at
from salesflow.changes.sheet import runs_of
from salesflow.expressions import Expression
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process, every_step
from salesflow.process.steps import DONE, LEAVE, Block, Branch, Result, Run, Step, Work


class Reduced(NamedTuple):
    """A version with less in it; ``hidden`` are the short paths of what is not looked into."""

    process: Process
    hidden: frozenset[str]


class Asked(NamedTuple):
    """What conditions look at: fields, and steps and results by short path."""

    fields: frozenset[str]
    names: frozenset[str]


def asked(*processes: Process) -> Asked:
    """What any condition or set value of some versions looks at, in what they run too."""
    fields: set[str] = set()
    names: set[str] = set()
    for process in processes:
        for part in (process, *runs_of(process).values()):
            for step in part.nodes.values():
                for expression in _expressions(step):
                    fields |= expression.mentions
                    names |= expression.steps | expression.results.keys()
    return Asked(frozenset(fields), frozenset(names))


def _expressions(step: Step) -> Iterator[Expression]:
    for result in step.next.values():
        if result.when is not None:
            yield result.when
        yield from (value for value in result.set.values() if value is not None)
    if isinstance(step, Block):
        yield from (b.when for b in step.branches.values() if b.when is not None)


class Reducing:
    """Leaves out the same in both versions."""

    def __init__(self, alike: Alike, old: Process, new: Process) -> None:
        """Both versions; nothing is left out yet."""
        self.alike = alike
        self.asked = asked(old, new)
        self._versions = (old, new)
        self._apart: dict[str, bool] = {}

    def old(self) -> Reduced:
        """The old version."""
        return self._reduced(self._versions[0], self.alike.sides.matching.new_of)

    def new(self) -> Reduced:
        """The new version."""
        return self._reduced(self._versions[1], None)

    def _reduced(self, process: Process, new_of: Mapping[str, str] | None) -> Reduced:
        hidden: set[str] = set()
        steps = {name: self.step(step, new_of, hidden) for name, step in process.steps.items()}
        if not hidden:
            return Reduced(process, frozenset())
        return Reduced(process.replace(steps=FrozenMap(steps)), frozenset(hidden))

    def step(self, step: Step, new_of: Mapping[str, str] | None, hidden: set[str]) -> Step:
        """A step with less in it."""
        if not isinstance(step, Block | Run):
            return step
        path = step.path if new_of is None else new_of.get(step.path, "")
        if path and self.apart(path):
            hidden.add(step.node)
            return Work(
                id=step.id,
                path=step.path,
                node=step.node,
                scope=step.scope,
                next=step.next,
                timeout=step.timeout,
                wait_for=step.wait_for,
            )
        if isinstance(step, Run):
            return step
        branches = {}
        same = self.same_branches(path) if path else frozenset()
        for name, branch in step.branches.items():
            there = branch.path if new_of is None else new_of.get(branch.path, "")
            if there in same:
                hidden.add(branch.node)
                leaves = _leaves(branch)
                if leaves:
                    branches[name] = _stand_in(branch, leaves)
            else:
                steps = {n: self.step(s, new_of, hidden) for n, s in branch.steps.items()}
                branches[name] = branch.replace(steps=FrozenMap(steps))
        return step.replace(branches=FrozenMap(branches))

    def same_branches(self, path: str) -> frozenset[str]:
        """The branches of a block that may be left out, by path in the new version."""
        alike = self.alike
        if not alike.same(path) or alike.sides.new[path].data.get("join") != "all":
            return frozenset()
        inner = [p for p in alike.lying_new.get(path, ()) if alike.sides.new[p].what == "branch"]
        same = [p for p in inner if "when" not in alike.sides.new[p].data and self.apart(p)]
        theirs = alike.lying_old.get(alike.sides.matching.old_of[path], ())
        others = sum(alike.sides.old[p].what == "branch" for p in theirs)
        if len(same) in (len(inner), others):
            same = same[1:]  # a block without branches would be done at once
        return frozenset(same)

    def apart(self, path: str) -> bool:
        """Whether a block, run or branch is the same in both versions and meddles with nothing."""
        if path not in self._apart:
            element = element_at(self._versions[1], path.split("."))
            self._apart[path] = (
                element is not None and self.alike.inside(path) and self._meddles_not(element)
            )
        return self._apart[path]

    def _meddles_not(self, element: Step | Branch) -> bool:
        process = self._versions[1]
        runs = runs_of(process)
        inside: list[Step] = []
        if isinstance(element, Branch):
            inside = [*every_step(element.steps)]
        elif isinstance(element, Block):
            inside = [*every_step({element.id: element})]
        elif isinstance(element, Run):
            inside = [element]
        for step in inside:  # grows while it is walked
            if isinstance(step, Run):
                inside.extend(s for s in every_step(runs[step.process].steps) if s not in inside)
            if self._meddles(step, own=step is not element):
                return False
        return True

    def _meddles(self, step: Step, *, own: bool) -> bool:
        """Whether a step decides by data or changes what decides; its results only if ``own``."""
        if isinstance(step, Block) and any(b.when is not None for b in step.branches.values()):
            return True
        if step.node in self.asked.names:
            return True
        fields = set(step.captures) if isinstance(step, Work) else set()
        for result in step.next.values() if own else ():
            if result.when is not None or result.node in self.asked.names:
                return True
            fields |= {*result.set, *result.captures}
        return not self.asked.fields.isdisjoint(fields)


def _leaves(branch: Branch) -> list[str]:
    """The results by which a branch can abandon its block."""
    results = (result for step in branch.steps.values() for result in step.next.values())
    return sorted({result.id for result in results if LEAVE in result.targets})


def _stand_in(branch: Branch, leaves: list[str]) -> Branch:
    """A branch of one step that can end as the branch can."""
    name = f"{UNSEEN}{branch.id}"
    node, path = f"{branch.node}.{name}", f"{branch.path}.steps.{name}"
    targets = dict.fromkeys(leaves, LEAVE)
    if any(DONE in r.targets for s in branch.steps.values() for r in s.next.values()):
        targets[DONE] = DONE
    results = {
        result: Result(
            id=result,
            path=f"{path}.next.{result}",
            node=f"{node}.{result}",
            step=node,
            targets=(target,),
        )
        for result, target in targets.items()
    }
    step = Work(id=name, path=path, node=node, scope=branch.node, next=FrozenMap(results))
    return branch.replace(steps=FrozenMap({name: step}), start=node)
