"""From a compiled process back to the language: what it is after ``use`` and variants."""

import posixpath
from collections.abc import Mapping
from typing import Any

from salesflow.process.model import Arrivals, Objective, Process, Source
from salesflow.process.people import Department, Element, People, Role
from salesflow.process.steps import Block, Branch, Result, Run, Step, Work
from salesflow.quantities import format_share

_WORDS = ("name", "description", "owner", "was")


def dump(process: Process) -> dict[str, Any]:
    """The process as a document of the language, plain data; loading it gives an equal process.

    ``use`` keeps only the processes that steps run; the organization stands in the document.
    """
    data: dict[str, Any] = {"salesflow": 1, "process": process.id}
    _keep(data, process, ("name", "description", "owner", "was", "version", "goal"))
    if process.runs:
        folder = process.folder
        if folder is None:
            folder = posixpath.dirname(process.file)
        files = sorted(posixpath.relpath(run.file, folder or ".") for run in process.runs.values())
        data["use"] = files
    _keep(data, process, ("value",))
    data["start_date"] = process.start_date.isoformat()
    data.update(_people(process.people))
    data["stages"] = {name: _stage(stage) for name, stage in process.stages.items()}
    data["sources"] = {name: _source(source) for name, source in process.sources.items()}
    data["steps"] = _steps(process.steps)
    data["outcomes"] = {
        name: {**_element(outcome), "kind": outcome.kind, **_lists(outcome, "requires")}
        for name, outcome in process.outcomes.items()
    }
    data["locked"] = list(process.locked)
    data["touchpoints"] = _touchpoints(process)
    data["policies"] = _policies(process)
    data["objectives"] = {name: _objective(o) for name, o in process.objectives.items()}
    needed = ("salesflow", "process", "sources", "steps", "outcomes", "departments")
    return {key: value for key, value in data.items() if value not in ({}, []) or key in needed}


def _element(element: Element) -> dict[str, Any]:
    data: dict[str, Any] = {}
    _keep(data, element, _WORDS)
    return data


def _keep(data: dict[str, Any], noun: Any, names: tuple[str, ...]) -> None:
    """Write the fields that say something."""
    for name in names:
        value = getattr(noun, name)
        if value not in ("", None):
            data[name] = value


def _lists(noun: Any, *names: str) -> dict[str, Any]:
    return {name: list(getattr(noun, name)) for name in names if getattr(noun, name)}


def _shares(**shares: float | None) -> dict[str, str]:
    return {name: format_share(share) for name, share in shares.items() if share is not None}


def _people(people: People) -> dict[str, Any]:
    data: dict[str, Any] = {}
    _keep(data, people, ("currency",))
    calendars: Mapping[str, Any] = people.calendars
    data["calendars"] = {name: calendar.to_data() for name, calendar in calendars.items()}
    if people.declared:
        data["departments"] = {
            name: _department(department, people) for name, department in people.departments.items()
        }
    data["data"] = {
        name: {
            **_element(field),
            "type": field.type,
            **_lists(field, "values"),
            **({"master": field.master} if field.master else {}),
            **({"sensitive": True} if field.sensitive else {}),
        }
        for name, field in people.data.items()
    }
    return data


def _department(department: Department, people: People) -> dict[str, Any]:
    data = _element(department)
    _keep(data, department, ("calendar",))
    if department.external:
        data["external"] = True
    if department.roles == (department.id,):
        return data | _role(people.roles[department.id], department.calendar)
    data["roles"] = {
        name: _role(people.roles[name], department.calendar)
        for name in department.roles
        if name in people.roles
    }
    return data


def _role(role: Role, inherited: str | None) -> dict[str, Any]:
    data = _element(role)
    if role.calendar != inherited:
        data["calendar"] = role.calendar
    _keep(data, role, ("people", "cost_per_hour", "max_open_deals"))
    if role.available != 1.0:
        data["available"] = format_share(role.available)
    if role.keeps_deal:
        data["keeps_deal"] = True
    if role.takes_first != "oldest":
        data["takes_first"] = role.takes_first
    return data


def _stage(stage: Any) -> dict[str, Any]:
    data = _element(stage) | _shares(win_chance=stage.win_chance)
    if stage.max_age is not None:
        data["max_age"] = str(stage.max_age)
    if stage.crm:
        data["crm"] = dict(stage.crm)
    return data


def _source(source: Source) -> dict[str, Any]:
    data = _element(source)
    _keep(data, source, ("department", "start", "cost"))
    if source.arrivals is not None:
        data["arrivals"] = _arrivals(source.arrivals)
    if source.gives:
        data["gives"] = _fillings(source.gives)
    return data


def _arrivals(arrivals: Arrivals) -> Any:
    if arrivals.every is not None:
        return {"every": str(arrivals.every), "batch": arrivals.batch}
    if arrivals.calendar is not None:
        return {"rate": str(arrivals.rate), "calendar": arrivals.calendar}
    return str(arrivals.rate)


def _fillings(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: "filled" if drawn is None else drawn.to_data() for name, drawn in fields.items()}


def _steps(steps: Mapping[str, Step]) -> dict[str, Any]:
    return {name: _step(step) for name, step in steps.items()}


def _step(step: Step) -> dict[str, Any]:
    data = _element(step)
    if isinstance(step, Work):
        data |= _work(step)
    elif isinstance(step, Run):
        data["run"] = step.process
    _keep(data, step, ("stage",))
    data |= _lists(step, "requires")
    if step.sla is not None:
        data["sla"] = {"within": str(step.sla.within), **_shares(target=step.sla.target)}
    if step.timeout is not None:
        data["timeout"] = {"after": str(step.timeout.after), "result": step.timeout.result}
    if step.wait_for:
        data["wait_for"] = [_local(node, step.scope) for node in step.wait_for]
    if isinstance(step, Block):
        data["parallel"] = {name: _branch(branch) for name, branch in step.branches.items()}
        data["join"] = {"at_least": step.need} if step.join == "at_least" else step.join
    if step.next:
        data["next"] = {name: _result(result, step.scope) for name, result in step.next.items()}
    return data


def _work(step: Work) -> dict[str, Any]:
    data: dict[str, Any] = {}
    _keep(data, step, ("by",))
    if step.with_:
        data["with"] = list(step.with_)
    if step.facing != "internal":
        data["facing"] = step.facing
    if step.captures:
        data["captures"] = _fillings(step.captures)
    for name in ("effort", "wait"):
        drawn = getattr(step, name)
        if drawn is not None:
            data[name] = drawn.to_data()
    if step.escalate is not None:
        data["escalate"] = {"after": str(step.escalate.after), "by": step.escalate.by}
    return data


def _branch(branch: Branch) -> dict[str, Any]:
    data = _element(branch)
    if branch.when is not None:
        data["when"] = str(branch.when)
    data["start"] = _local(branch.start, branch.node)
    data["steps"] = _steps(branch.steps)
    return data


def _result(result: Result, scope: str) -> dict[str, Any]:
    targets = [_local(target, scope) for target in result.targets]
    data: dict[str, Any] = _element(result)
    data["to"] = targets[0] if len(targets) == 1 else targets
    if result.when is not None:
        data["when"] = str(result.when)
    if result.share is not None:
        data["share"] = "rest" if result.rest else format_share(result.share)
    _keep(data, result, ("at_most",))
    if result.otherwise:
        data["otherwise"] = True
    if result.set:
        data["set"] = {
            name: "filled" if value is None else str(value) for name, value in result.set.items()
        }
    if result.captures:
        data["captures"] = _fillings(result.captures)
    return data


def _local(node: str, scope: str) -> str:
    """A node as it is called inside its scope."""
    return node.removeprefix(f"{scope}.") if scope else node


def _touchpoints(process: Process) -> dict[str, Any]:
    touchpoints = {}
    for name, touchpoint in process.touchpoints.items():
        data = _element(touchpoint) | {"from": touchpoint.giver, "to": touchpoint.receiver}
        _keep(data, touchpoint, ("at",))
        data |= _lists(touchpoint, "requires", "returns")
        if touchpoint.accept_within is not None:
            data["accept_within"] = str(touchpoint.accept_within)
        touchpoints[name] = data | _shares(target=touchpoint.target)
    return touchpoints


def _policies(process: Process) -> dict[str, Any]:
    policies = {}
    for name, policy in process.policies.items():
        single = policy.kind in ("never", "at_most_once")
        events = policy.events[0] if single else list(policy.events)
        data = _element(policy) | {policy.kind: events}
        if policy.when is not None:
            data["when"] = str(policy.when)
        policies[name] = data
    return policies


def _objective(objective: Objective) -> dict[str, Any]:
    data = _element(objective) | {"measure": objective.measure}
    if objective.start is not None:
        data["from"] = objective.start
    _keep(data, objective, ("to", "of"))
    if objective.statistic != "mean":
        data["statistic"] = objective.statistic
    limit: Any = objective.limit
    if objective.unit == "share":
        limit = format_share(objective.limit)
    elif objective.unit == "hours":
        whole_days = objective.limit % 24 == 0
        number = objective.limit / 24 if whole_days else objective.limit
        limit = f"{number:.9f}".rstrip("0").rstrip(".") + ("d" if whole_days else "h")
    return data | {objective.bound: limit}
