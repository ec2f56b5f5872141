"""Which keys of the language hold ids, and of what: the tables that the walk follows."""

from collections.abc import Mapping
from functools import partial

from salesflow.language_server.entries import entries
from salesflow.language_server.mention import (
    CALENDARS,
    CASES,
    CHOICES,
    DATA,
    FILES,
    FLOW,
    OBJECTIVES,
    PEOPLE,
    POLICIES,
    PROCESSES,
    STAGES,
    TOUCHPOINTS,
    Mentions,
    Name,
    Path,
    Run,
)
from salesflow.language_server.mentions import Handler, Walk
from salesflow.schema.kinds import document_kind
from salesflow.source.located import Entry, Map, Seq

_SPREAD = ("any_of", "median", "p90", "mean", "sd", "min", "usual", "max")


def mentions_of(data: Map, content: str) -> Mentions:
    """Everything that a file mentions."""
    kind = document_kind(data)
    walk = Walk(content, dotted=False)
    root = Entry("", 0, 0, data, 0, len(content))
    tables = {"process": PROCESS, "organization": PROCESS, "tests": _TESTS}
    walk.inside(root, tables.get(kind, _OVERLAY), ())
    return walk.result()


def _one(what: str, space: str) -> Handler:
    return lambda walk, entry, _path: walk.known(entry, what, Name(space, (str(entry.value),)))


def _several(what: str, space: str) -> Handler:
    return lambda walk, entry, _path: walk.list_of(entry, what, space)


def _map(what: str, space: str, inner: Handler | None = None) -> Handler:
    return lambda walk, entry, path: walk.each(entry, what, space, path, inner)


def _record(table: Mapping[str, Handler]) -> Handler:
    return lambda walk, entry, path: walk.inside(entry, table, path)


def _files(walk: Walk, entry: Entry, _path: Path) -> None:
    values = entries(entry.value) if isinstance(entry.value, Seq) else (entry,)
    for each in values:
        walk.known(each, "file", Name(FILES, (str(each.value),)), note=entry.key)


def _field_values(walk: Walk, entry: Entry, _path: Path) -> None:
    """`gives`, `captures`, `deal`, `with`: fields, with values or how they spread."""
    if isinstance(entry.value, Seq):
        walk.list_of(entry, "field", DATA)
        return
    for field in entries(entry.value, dotted=False):
        walk.key(field, "field", Name(DATA, (field.key,)))
        if isinstance(field.value, Map):
            inner = field.value.get("any_of", field.value)
            for value in entries(inner):
                if value.key not in _SPREAD:
                    walk.key(value, "value", Name(CHOICES, (field.key, value.key)))
        else:
            name = Name(CHOICES, (field.key, str(field.value)))
            walk.known(field, "value", name, note=entry.key)


def _set(walk: Walk, entry: Entry, _path: Path) -> None:
    for field in entries(entry.value):
        walk.key(field, "field", Name(DATA, (field.key,)))
        walk.expression(field, field.key)


def _condition(walk: Walk, entry: Entry, _path: Path) -> None:
    walk.expression(entry)


def _steps(walk: Walk, entry: Entry, path: Path) -> None:
    walk.each(entry, "step", FLOW, path, _step)


def _step(walk: Walk, entry: Entry, path: Path) -> None:
    walk.inside(entry, _STEP, path)


def _results(walk: Walk, entry: Entry, path: Path) -> None:
    """`next`: one target, or results."""
    if isinstance(entry.value, Map):
        walk.each(entry, "result", FLOW, path, _result)
    else:
        walk.targets(entry, (*path, "done"))


def _result(walk: Walk, entry: Entry, path: Path) -> None:
    if isinstance(entry.value, Map):
        walk.inside(entry, _RESULT, path)
    else:
        walk.targets(entry, path)


def _to(walk: Walk, entry: Entry, path: Path) -> None:
    walk.targets(entry, path)


def _branches(walk: Walk, entry: Entry, path: Path) -> None:
    walk.each(entry, "branch", FLOW, path, _record(_BRANCH))


def _timed_result(walk: Walk, entry: Entry, path: Path) -> None:
    walk.known(entry, "result", Name(FLOW, (*path, str(entry.value))), note="result")


def _beside(walk: Walk, entry: Entry, path: Path) -> None:
    """`wait_for`: steps of the same scope."""
    walk.list_of(entry, "step", FLOW, path[:-1])


def _within(walk: Walk, entry: Entry, path: Path) -> None:
    """`start` of a branch: one of its steps."""
    walk.known(entry, "step", Name(FLOW, (*path, str(entry.value))), note="step")


def _run(walk: Walk, entry: Entry, path: Path) -> None:
    walk.known(entry, "process", Name(PROCESSES, (str(entry.value),)), note="run")
    walk.runs.append(Run(path, str(entry.value)))


def _top(what: str) -> Handler:
    """An id at the top of the flow: a step, an outcome or a source."""
    return lambda walk, entry, _path: walk.known(
        entry, what, Name(FLOW, (str(entry.value),)), note=what
    )


def _field(walk: Walk, entry: Entry, path: Path) -> None:
    for inner in entries(entry.value, dotted=walk.dotted):
        if inner.key == "values" and isinstance(inner.value, Seq):
            for item in entries(inner.value):
                name = Name(CHOICES, (*path, str(item.value)))
                key = item._replace(begin=item.start, key_end=item.end)
                walk.element(key, "value", name)


def _place(what: str, *others: str) -> Handler:
    return lambda walk, entry, _path: walk.short_path(entry, what, *others)


def _events(walk: Walk, entry: Entry, _path: Path) -> None:
    """An event of a policy, or two."""
    values = entries(entry.value) if isinstance(entry.value, Seq) else (entry,)
    for each in values:
        walk.short_path(each, "step, result or outcome")


def _takes(walk: Walk, entry: Entry, _path: Path) -> None:
    for step in entries(entry.value):
        walk.path_key(step, "step")
        result = Name(FLOW, (*step.key.split("."), str(step.value)))
        walk.known(step, "result", result, note="takes")


def _full_paths(walk: Walk, entry: Entry, _path: Path) -> None:
    walk.full_paths(entry, PROCESS)


def _change(walk: Walk, entry: Entry, _path: Path) -> None:
    walk.dotted = True
    walk.inside(entry, PROCESS, ())
    walk.dotted = False


def _document(walk: Walk, entry: Entry, _path: Path) -> None:
    """The id of the file itself."""
    if isinstance(entry.value, str):
        key = entry._replace(begin=entry.start, key_end=entry.end)
        space = PROCESSES if entry.key in ("process", "variant") else entry.key
        walk.element(key, entry.key, Name(space, (entry.value,)))


_PEOPLE: Mapping[str, Handler] = {"calendar": _one("calendar", CALENDARS)}
_ROLE = _record(_PEOPLE)


def _roles(walk: Walk, entry: Entry, _path: Path) -> None:
    walk.each(entry, "role", PEOPLE, (), _ROLE)


def _departments(walk: Walk, entry: Entry, _path: Path) -> None:
    walk.each(entry, "department", PEOPLE, (), _record({**_PEOPLE, "roles": _roles}))


_BRANCH: Mapping[str, Handler] = {"start": _within, "when": _condition, "steps": _steps}
_RESULT: Mapping[str, Handler] = {
    "to": _to,
    "when": _condition,
    "set": _set,
    "captures": _field_values,
}
_STEP: Mapping[str, Handler] = {
    "by": _one("role", PEOPLE),
    "with": _several("role", PEOPLE),
    "captures": _field_values,
    "requires": _several("field", DATA),
    "stage": _one("stage", STAGES),
    "wait_for": _beside,
    "timeout": _record({"result": _timed_result}),
    "escalate": _record({"by": _one("role", PEOPLE)}),
    "parallel": _branches,
    "run": _run,
    "next": _results,
}
_SOURCE: Mapping[str, Handler] = {
    "start": _top("step"),
    "department": _one("department", PEOPLE),
    "gives": _field_values,
    "arrivals": _record({"calendar": _one("calendar", CALENDARS)}),
}
_TOUCHPOINT: Mapping[str, Handler] = {
    "from": _one("department", PEOPLE),
    "to": _one("department", PEOPLE),
    "at": _place("step or branch"),
    "requires": _several("field", DATA),
    "returns": _several("field", DATA),
}
_POLICY: Mapping[str, Handler] = {
    "when": _condition,
    **dict.fromkeys(
        ("precedence", "response", "never", "at_most_once", "not_both", "different_person"), _events
    ),
}
_OBJECTIVE: Mapping[str, Handler] = {
    "from": _place("step or outcome"),
    "to": _place("step or outcome"),
    "of": _place("role, step or touchpoint", PEOPLE, TOUCHPOINTS),
}
_OBJECTIVES = _map("objective", OBJECTIVES, _record(_OBJECTIVE))

PROCESS: Mapping[str, Handler] = {
    "process": _document,
    "organization": _document,
    "use": _files,
    "value": _one("field", DATA),
    "calendars": _map("calendar", CALENDARS),
    "departments": _departments,
    "data": _map("field", DATA, _field),
    "stages": _map("stage", STAGES),
    "sources": _map("source", FLOW, _record(_SOURCE)),
    "steps": _steps,
    "outcomes": _map("outcome", FLOW, _record({"requires": _several("field", DATA)})),
    "touchpoints": _map("touchpoint", TOUCHPOINTS, _record(_TOUCHPOINT)),
    "policies": _map("policy", POLICIES, _record(_POLICY)),
    "objectives": _OBJECTIVES,
    "locked": _full_paths,
}
_OVERLAY: Mapping[str, Handler] = {
    "variant": _document,
    "scenario": _document,
    "of": _files,
    "change": _change,
    "remove": _full_paths,
    "locked": _full_paths,
    "expect": _OBJECTIVES,
}
_CASE: Mapping[str, Handler] = {
    "source": _top("source"),
    "deal": _field_values,
    "takes": _takes,
    "ends": _top("outcome"),
    "never": _events,
    "with": _field_values,
}
_TESTS: Mapping[str, Handler] = {
    "tests": _document,
    "of": _files,
    "cases": partial(_map("case", CASES, _record(_CASE))),
}
