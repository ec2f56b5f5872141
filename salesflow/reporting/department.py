"""What a process means for one department: when it enters, what it gets, what it owes, by when."""

from collections.abc import Iterator, Sequence

from salesflow.analysis.department import Crossing, DepartmentView, Task, view_of
from salesflow.checking.words import transition
from salesflow.errors import UsageError
from salesflow.process.model import Process
from salesflow.process.steps import Result, Work
from salesflow.quantities import format_share
from salesflow.reporting.visible import line
from salesflow.reporting.words import sentence, spread


def department_text(process: Process, department: str) -> str:
    """The page for a department. UsageError, with what was meant, for an unknown one."""
    if department not in process.departments:
        raise UsageError(_unknown(process, department))
    view = view_of(process, department)
    return "".join(f"{line(row)}\n" if row.strip() else "\n" for row in _rows(process, view))


def _unknown(process: Process, department: str) -> str:
    from difflib import get_close_matches

    names = list(process.departments)
    near = get_close_matches(department.lower(), names, 1)
    hint = f"Did you mean `{near[0]}`?" if near else f"It has: {', '.join(names)}."
    role = process.roles.get(department)
    if role is not None:
        hint = f"It is a role of `{role.department}`."
    return f"`{process.id}` has no department `{department}`. {hint}"


def _rows(process: Process, view: DepartmentView) -> Iterator[str]:
    department = view.department
    external = " (external)" if department.external else ""
    yield f"{department.heading}{external} in {process.id}"
    if department.description:
        yield f"  {department.description}"
    yield ""
    yield "Enters"
    for source in view.sources:
        filled = f", with {sentence(list(source.gives))}" if source.gives else ""
        yield f"  from source {source.id} at {source.start}{filled}"
    yield from _crossings(view.entries, "from", "gets", "owes back")
    if not view.sources and not view.entries:
        yield "  nothing is handed over to it"
    yield ""
    yield "Works on"
    for task in (*view.tasks, *view.inside):
        yield from _task(task)
    if not view.tasks and not view.inside:
        yield "  no step"
    for step in view.escalations:
        yield from _escalation(step)
    yield ""
    yield "Leaves"
    yield from _crossings(view.exits, "to", "hands over", "gets back")
    if not view.exits:
        yield "  it hands over to nobody"


def _crossings(
    crossings: Sequence[Crossing], word: str, given: str, returned: str
) -> Iterator[str]:
    for crossing in crossings:
        ways = sentence([transition(node) for node in crossing.by], "or")
        yield f"  {word} {crossing.other} at {crossing.at}, by {ways}"
        if not crossing.contracts:
            yield "      no touchpoint says what must be handed over"
            continue
        yield f"      {given}: {sentence(list(crossing.requires)) or 'nothing agreed'}"
        if crossing.returns:
            yield f"      {returned}: {sentence(list(crossing.returns))}"
        for contract in crossing.contracts:
            if contract.accept_within is not None:
                target = f", for {format_share(contract.target)}" if contract.target else ""
                yield f"      begins within {contract.accept_within}{target} ({contract.id})"


def _task(task: Task) -> Iterator[str]:
    step = task.step
    others = [name for name in (step.by, *step.with_) if name and name != task.role]
    alone = f" with {sentence(others)}" if others else ""
    yield f"  {task.within}{step.node}: {task.role}{alone}"
    if step.requires:
        yield f"      needs: {sentence(list(step.requires))}"
    if step.captures:
        yield f"      fills: {sentence(list(step.captures))}"
    if step.effort is not None:
        yield f"      effort: {spread(step.effort)}"
    if step.wait is not None:
        yield f"      then waits: {spread(step.wait)}"
    yield from _times(task)
    results = [f"{result.id} → {_targets(task, result)}" for result in step.next.values()]
    if results:
        yield f"      ends with: {'; '.join(results)}"


def _targets(task: Task, result: Result) -> str:
    """Where a result leads, as the process of the page calls it."""
    own = ("done", "leave")  # of the block, whoever runs it
    names = [name if name in own else f"{task.within}{name}" for name in result.targets]
    return " and ".join(names)


def _times(task: Task) -> Iterator[str]:
    if task.sla is not None:
        target = f" for {format_share(task.sla.target)}" if task.sla.target is not None else ""
        yield f"      by when: within {task.sla.within}{target}"
    if task.timeout is not None:
        yield f"      at the latest: after {task.timeout.after} it ends with {task.timeout.result}"
    if task.escalate is not None:
        yield f"      escalates: after {task.escalate.after} to {task.escalate.by}"


def _escalation(step: Work) -> Iterator[str]:
    if step.escalate is not None:
        yield f"  {step.node}: {step.escalate.by} may take over after {step.escalate.after}"
