"""From an organization's data to People: departments, roles, calendars and fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from salesflow.calendars import Calendar, parse_calendar
from salesflow.expressions import FieldType
from salesflow.nouns import FrozenMap
from salesflow.process.binding import SOURCE_FIELD, Binder, common
from salesflow.process.people import Department, Field, People, Role
from salesflow.process.values import share
from salesflow.source.located import Map, key_span, value_span

_ROLE_KEYS = (
    "people",
    "cost_per_hour",
    "keeps_deal",
    "max_open_deals",
    "takes_first",
)


def build_people(data: Map, binder: Binder) -> People:
    """The people of a process document; findings go to the binder."""
    calendars = _calendars(data.get("calendars", Map()), binder)
    declared = "departments" in data
    if declared:
        departments, roles = _departments(data["departments"], calendars, binder)
    else:
        departments, roles = _implied(data)
    fields = _fields(data.get("data", Map()))
    sources = tuple(data.get("sources", ()))
    binder.fields = {name: FieldType(f.type, f.values) for name, f in fields.items()}
    binder.fields[SOURCE_FIELD] = FieldType("choice", sources)
    return People(
        currency=str(data.get("currency", "")),
        calendars=FrozenMap(calendars),
        calendar_spans=FrozenMap({name: key_span(data["calendars"], name) for name in calendars}),
        departments=FrozenMap(departments),
        roles=FrozenMap(roles),
        data=FrozenMap(fields),
        declared=declared,
    )


def _calendars(data: Map, binder: Binder) -> dict[str, Calendar]:
    calendars = {}
    for name, spec in data.items():
        if "timezone" not in spec or "hours" not in spec:  # told when its shape was judged
            binder.told.add(name)
            continue
        calendar, problems = parse_calendar(spec)
        for problem in problems:
            place = spec
            for key in problem.at[:-1]:
                place = place[key]
            span = value_span(place, problem.at[-1]) if problem.at else key_span(data, name)
            path = ".".join(["calendars", name, *map(str, problem.at)])
            binder.wrong(span, problem.message, path=path, hint=problem.hint)
        if calendar is None:
            binder.told.add(name)
        else:
            calendars[name] = calendar
    return calendars


def _departments(
    data: Map, calendars: Mapping[str, Calendar], binder: Binder
) -> tuple[dict[str, Department], dict[str, Role]]:
    departments: dict[str, Department] = {}
    roles: dict[str, Role] = {}
    for name, spec in data.items():
        path = f"departments.{name}"
        own = spec.get("roles", Map())
        _check_calendar(spec, calendars, binder, path=path)
        departments[name] = Department(
            **common(data, name, path=path, node=name),
            calendar=spec.get("calendar"),
            external=spec.get("external", False),
            roles=tuple(own) or (name,),
        )
        if not own:
            roles[name] = _role(data, name, departments[name], path)
    for name, spec in data.items():
        own = spec.get("roles", Map())
        for role in own:
            path = f"departments.{name}.roles.{role}"
            _check_calendar(own[role], calendars, binder, path=path)
            first = departments.get(role) or roles.get(role)
            if first is not None:
                _clash(role, own, binder, path=path, first=first)
            roles[role] = _role(own, role, departments[name], path)
    return departments, roles


def _clash(role: str, own: Map, binder: Binder, *, path: str, first: Department | Role) -> None:
    binder.clash(
        key_span(own, role),
        f"`{role}` is the name of two things: departments and roles share their names.",
        path=path,
        first=first.span,
        other=first.path,
    )


def _role(parent: Map, name: str, department: Department, path: str) -> Role:
    spec = parent[name]
    values: dict[str, Any] = {key: spec[key] for key in _ROLE_KEYS if key in spec}
    available = share(spec, "available")
    if available is not None:
        values["available"] = available
    return Role(
        **common(parent, name, path=path, node=name),
        department=department.id,
        calendar=spec.get("calendar", department.calendar),
        external=department.external,
        **values,
    )


def _check_calendar(
    spec: Map, calendars: Mapping[str, Calendar], binder: Binder, *, path: str
) -> None:
    if "calendar" in spec:
        span = value_span(spec, "calendar")
        binder.known(
            "calendar",
            spec["calendar"],
            calendars,
            span=span,
            path=f"{path}.calendar",
            hint="" if calendars else "Declare it under `calendars:`.",
        )


def _implied(data: Map) -> tuple[dict[str, Department], dict[str, Role]]:
    """While no departments are declared, whoever is named anywhere is their own department."""
    departments: dict[str, Department] = {}
    roles: dict[str, Role] = {}
    for name, span in _named(data):
        if name not in departments:
            departments[name] = Department(id=name, path=name, node=name, span=span, roles=(name,))
            roles[name] = Role(id=name, path=name, node=name, span=span, department=name)
    return departments, roles


def _named(data: Map) -> Iterator[tuple[str, Any]]:
    """Every role or department that a document without ``departments`` names, with its place."""
    waiting: list[Map] = [data.get("steps", Map())]
    while waiting:
        steps = waiting.pop()
        for step in steps.values():
            escalate = step.get("escalate", Map())
            for spec in (step, escalate):
                if "by" in spec:
                    yield spec["by"], value_span(spec, "by")
            for place, name in enumerate(step.get("with", ())):
                yield name, value_span(step["with"], place)
            waiting.extend(
                branch.get("steps", Map()) for branch in step.get("parallel", {}).values()
            )
    for spec in data.get("sources", Map()).values():
        if "department" in spec:
            yield spec["department"], value_span(spec, "department")
    for spec in data.get("touchpoints", Map()).values():
        for key in ("from", "to"):
            if key in spec:
                yield spec[key], value_span(spec, key)


def _fields(data: Map) -> dict[str, Field]:
    fields = {}
    for name, spec in data.items():
        path = f"data.{name}"
        if name == SOURCE_FIELD:  # every deal has it; told when ids were judged
            continue
        fields[name] = Field(
            **common(data, name, path=path, node=name),
            type=spec.get("type", "text"),
            values=tuple(spec.get("values", ())),
            master=str(spec.get("master", "")),
            sensitive=spec.get("sensitive", False),
        )
    return fields
