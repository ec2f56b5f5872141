"""Whom a change concerns: departments by the steps they have, and the words of ``edit``."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from salesflow.changes.catalogue.row import Case
from salesflow.changes.edit import CUSTOMERS, REPORTING, RUNNING
from salesflow.changes.sheet import HEADER, home_of, node_of, runs_of
from salesflow.process.model import Process, every_step
from salesflow.process.steps import DONE, LEAVE, Block, Result, Run, Step, Work

Audience: TypeAlias = Callable[[Case], Iterable[str]]

_WORDS = (RUNNING, REPORTING, CUSTOMERS)  # behind the departments, in this order


def concerns(*whom: str | Audience) -> Audience:
    """All of these, each once: departments by id, then the others."""

    def audience(case: Case) -> tuple[str, ...]:
        found: set[str] = set()
        for each in whom:
            found.update([each] if isinstance(each, str) else each(case))
        words = [word for word in _WORDS if word in found]
        return (*sorted(found.difference(_WORDS)), *words)

    return audience


def nobody(case: Case) -> tuple[str, ...]:  # noqa: ARG001 - an audience takes the case
    """No department, and none of the others."""
    return ()


# -------------------------------------------------------------------- the element in both versions


def sides(case: Case) -> Iterator[tuple[Process, str]]:
    """The process where the element stands, opened runs included, and its path there; old first."""
    edit = case.edit
    old_path = edit.old_path or ("" if edit.kind == "added" else edit.path)
    for process, path in (
        (case.old, old_path),
        (case.new, "" if edit.kind == "removed" else edit.path),
    ):
        if path:
            yield within(process, path)


def within(process: Process, path: str) -> tuple[Process, str]:
    """The process in which a path lies, and the path there. KeyError where no such is run."""
    home = home_of(path)
    if not home:
        return process, path
    run = runs_of(process)[home.split(".")[1]]
    return run, path.removeprefix(home) if path != home[:-1] else HEADER


def step_at(process: Process, path: str) -> Step | None:
    """The step at a path, of a result its step, of a branch its block; None elsewhere."""
    inner, there = within(process, path)
    nodes, node = inner.nodes, node_of(there)
    return nodes.get(node) or nodes.get(node.rpartition(".")[0])


def steps_of(case: Case) -> tuple[Step | None, Step | None]:
    """The step in the old and in the new version; of a result its step, of a branch its block."""
    edit = case.edit
    old = None if edit.kind == "added" else step_at(case.old, edit.old_path or edit.path)
    return old, None if edit.kind == "removed" else step_at(case.new, edit.path)


def results_of(case: Case) -> tuple[Result | None, Result | None]:
    """The result in the old and in the new version."""
    edit = case.edit
    old, new = steps_of(case)
    old_id = (edit.old_path or edit.path).rpartition(".")[2]
    return (
        old.next.get(old_id) if old else None,
        new.next.get(edit.path.rpartition(".")[2]) if new else None,
    )


# -------------------------------------------------------------------------------------- departments


def own(case: Case) -> set[str]:
    """The departments that have the element, or steps in it, in either version."""
    return {name for process, path in sides(case) for name in departments_at(process, path)}


def everyone(case: Case) -> set[str]:
    """The departments that have a part in the process."""
    process = case.old if case.edit.kind == "removed" else case.new
    inner, _ = within(process, case.edit.path)
    return {name for step in inner.steps.values() for name in departments_at(inner, step.path)}


def arrive_at(process: Process, nodes: Iterable[str]) -> set[str]:
    """The departments that have the first work of some nodes."""
    found: set[str] = set()
    for node in nodes:
        step = process.nodes.get(node)
        if isinstance(step, Block):
            found |= arrive_at(process, [branch.start for branch in step.branches.values()])
        elif step is not None:
            found |= first_of(process, step)
    return found


def first_of(process: Process, step: Step) -> set[str]:
    """The department of a step, or of the first one of the process that it runs."""
    if not isinstance(step, Run):
        department = process.department_of(step)
        return {department} if department else set()
    run = process.runs[step.process]
    return arrive_at(run, [source.start for source in run.sources.values()])


def departments_at(process: Process, path: str) -> set[str]:
    """The departments that have the element at a path, or steps in it."""
    parts = path.split(".")
    word, name = (parts[-2], parts[-1]) if len(parts) > 1 else ("", path)
    if word == "sources":
        here = [source for source in process.sources.values() if source.id == name]
        given = {source.department for source in here if source.department}
        return given | arrive_at(process, [source.start for source in here])
    if word == "stages":
        found = _all(process, _showing(process, name))
        return {name for name in found if not outside(process, name)}  # it is our pipeline
    if word == "outcomes":
        return _all(process, [s for s in process.nodes.values() if _ends(s, name)])
    node = node_of(path)
    if word == "parallel":
        return _all(process, _inside(process.nodes, node))
    step = step_at(process, path)
    return set() if step is None else at_step(process, step)


def at_step(process: Process, step: Step) -> set[str]:
    """The departments that work on a step, a block or a run, helpers included."""
    if isinstance(step, Block):
        return _all(process, _inside(process.nodes, step.node))
    if isinstance(step, Run):
        run = process.runs[step.process]
        return _all(run, every_step(run.steps))
    people = (step.by or "", *step.with_) if isinstance(step, Work) else ()
    return {name for role in people for name in department_of_role(process, role)}


def department_of_role(process: Process, role: object) -> set[str]:
    """The department of a role, none where there is no such role."""
    known = process.roles.get(str(role))
    return {known.department} if known else set()


def outside(process: Process, department: str) -> bool:
    """Whether a department is not of the company."""
    known = process.departments.get(department)
    return known is not None and known.external


def _all(process: Process, steps: Iterable[Step]) -> set[str]:
    return {name for step in steps for name in at_step(process, step)}


def _inside(nodes: Mapping[str, Step], node: str) -> list[Step]:
    return [step for name, step in nodes.items() if name.startswith(f"{node}.")]


def _showing(process: Process, stage: str) -> list[Step]:
    """The steps whose deals show in a stage: those that say so, and what comes behind them."""
    nodes = process.nodes
    waiting = [step for step in nodes.values() if step.stage == stage]
    known = {step.node for step in waiting}
    for step in waiting:
        behind = [target for result in step.next.values() for target in result.targets]
        if isinstance(step, Block):
            behind += [each.node for each in _inside(nodes, step.node)]
        new = {n for n in behind if n in nodes and not nodes[n].stage and n not in known}
        known |= new
        waiting += [nodes[node] for node in sorted(new)]
    return [step for step in waiting if not isinstance(step, Block)]


def _ends(step: Step, outcome: str) -> bool:
    return any(outcome in result.targets for result in step.next.values())


def no_node(target: str) -> bool:
    """Whether a target is a word of the language and no node."""
    return target in (DONE, LEAVE)
