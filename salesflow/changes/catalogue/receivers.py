"""Who takes deals up behind a result, and who hands them over to a step.

Steps that nobody works on are looked through: a decision hands deals on at once.
"""

from collections.abc import Iterable, Iterator

from salesflow.changes.catalogue.concerned import (
    departments_at,
    first_of,
    outside,
    own,
    results_of,
    sides,
    steps_of,
)
from salesflow.changes.catalogue.row import Case
from salesflow.changes.sheet import home_of, node_of
from salesflow.process.model import Process
from salesflow.process.steps import DONE, LEAVE, Block, Result, Run, Step, Work


def takers(process: Process, results: Iterable[Result]) -> set[str]:
    """The departments that have the next work after some results."""
    found: set[str] = set()
    waiting = [node for result in results for node in _targets(process, result)]
    known = set(waiting)
    while waiting:
        step = process.nodes.get(waiting.pop())
        taken = first_of(process, step) if step is not None and not isinstance(step, Block) else ()
        found.update(taken)
        if step is not None and not taken:
            new = [node for node in _next(process, step) if node not in known]
            known.update(new)
            waiting += new
    return found


def _next(process: Process, step: Step) -> list[str]:
    """What begins with a block, or comes after a step that nobody works on."""
    if isinstance(step, Block):
        return [branch.start for branch in step.branches.values()]
    return [node for result in step.next.values() for node in _targets(process, result)]


def _targets(process: Process, result: Result) -> list[str]:
    """Where a result leads; out of a branch to where its block leads."""
    found: list[str] = []
    for target in result.targets:
        found += _behind(process, result, target) if target in (DONE, LEAVE) else [target]
    return found


def _behind(process: Process, result: Result, word: str) -> list[str]:
    """Where a block leads when a result ends its branch, or all of it."""
    step = process.nodes.get(result.step)
    block = process.nodes.get(step.scope.rpartition(".")[0]) if step is not None else None
    out = block.next.get(DONE if word == DONE else result.id) if block is not None else None
    return _targets(process, out) if out is not None else []


# ----------------------------------------------------------------------------------- who hands over


def givers(process: Process, node: str) -> set[str]:
    """The departments from which deals come to a step."""
    found: set[str] = set()
    waiting, known = [node], {node}
    while waiting:
        name = waiting.pop()
        sources = process.sources.values()
        found.update(s.department for s in sources if s.start == name and s.department)
        for step in _before(process, name):
            hands = _enders(process, step)
            found |= hands
            if not hands and step.node not in known:
                known.add(step.node)
                waiting.append(step.node)
    return found


def _before(process: Process, node: str) -> Iterator[Step]:
    """The steps that lead to one; of the first in a branch those that lead to its block."""
    block = process.nodes.get(node.rpartition(".")[0].rpartition(".")[0])
    starts = block.branches.values() if isinstance(block, Block) else ()
    if isinstance(block, Block) and any(branch.start == node for branch in starts):
        yield from _before(process, block.node)
    yield from process.leading.get(node, ())


def _enders(process: Process, step: Step) -> set[str]:
    """The departments whose work ends a step, a block or a run."""
    if isinstance(step, Block):
        inside = f"{step.node}."
        last = (s for name, s in process.nodes.items() if name.startswith(inside))
        ending = [s for s in last if any({DONE, LEAVE} & {*r.targets} for r in s.next.values())]
        return {name for each in ending for name in _enders(process, each)}
    if isinstance(step, Run):
        run = process.runs[step.process]
        ends = run.outcomes.keys()
        nodes = run.nodes.values()
        ending = [s for s in nodes if any({*ends} & {*r.targets} for r in s.next.values())]
        return {name for each in ending for name in _enders(run, each)}
    department = process.department_of(step) if isinstance(step, Work) else None
    return {department} if department else set()


# --------------------------------------------------------------------------------------- of an edit


def hand_over(case: Case) -> set[str]:
    """The departments that hand deals to the step of an edit, before or now."""
    there = zip(sides(case), _present(steps_of(case)), strict=True)
    return {name for (process, _), step in there for name in givers(process, step.node)}


def asked(case: Case) -> set[str]:
    """Who hands deals to a step, and whoever of us works there: what it requires is for them."""
    ours = {
        name
        for process, path in sides(case)
        for name in departments_at(process, path)
        if not outside(process, name)
    }
    return ours | hand_over(case)


def decided_for(case: Case) -> set[str]:
    """Who hands deals to the step of a result where nobody works on it: it decides for them."""
    return set() if own(case) else hand_over(case)


def reached(case: Case) -> set[str]:
    """The departments that get deals from any result of the step of a result."""
    before, after = reached_by(case)
    return before | after


def reached_by(case: Case) -> tuple[set[str], set[str]]:
    """Who gets deals from any result of the step, in the old version and in the new one."""
    old, new = both(case)
    before, after = steps_of(of_step(case))
    return (
        takers(old, before.next.values()) if before is not None else set(),
        takers(new, after.next.values()) if after is not None else set(),
    )


def redirected(case: Case) -> set[str]:
    """Who gets deals where a result led and no longer leads, or leads now and did not."""
    old, new = results_of(case)
    if old is None or new is None:
        return reached(case)
    before, after = both(case)
    same = {target: _now(case, before, target) for target in old.targets}
    gone = tuple(target for target, now in same.items() if now not in new.targets)
    come = tuple(target for target in new.targets if target not in same.values())
    return takers(before, [old.replace(targets=gone)]) | takers(after, [new.replace(targets=come)])


def _now(case: Case, process: Process, target: str) -> str:
    """A node of the old version by its name in the new one."""
    home = home_of(case.edit.old_path or case.edit.path)
    step = process.nodes.get(target)
    path = f"{home}{step.path}" if step is not None else f"{home}outcomes.{target}"
    new = case.matching.new_of.get(path)
    return node_of(new.removeprefix(home_of(new))) if new is not None else target


def of_step(case: Case) -> Case:
    """As if the step of a result had changed, which is there before and now."""
    edit = case.edit
    if edit.kind not in ("added", "removed"):
        return case
    step = edit.path.rpartition(".next.")[0]
    pairs = case.matching.old_of if edit.kind == "added" else case.matching.new_of
    other = pairs.get(step, step)
    old, new = (other, step) if edit.kind == "added" else (step, other)
    return case._replace(edit=edit.replace(kind="changed", path=new, old_path=old))


def both(case: Case) -> tuple[Process, Process]:
    """The process of the element in both versions."""
    old, new = (process for process, _ in sides(of_step(case)))
    return old, new


def _present(steps: Iterable[Step | None]) -> list[Step]:
    return [step for step in steps if step is not None]
