"""From data to touchpoints, policies and objectives: what is promised, demanded and measured."""

from typing import Any

from salesflow.nouns import FrozenMap
from salesflow.process.binding import Binder, Names, common
from salesflow.process.model import Objective, Policy, Touchpoint
from salesflow.process.people import People
from salesflow.process.values import duration, share
from salesflow.quantities import parse_duration, parse_share
from salesflow.source.located import Map, Seq, value_span

POLICY_KINDS = (
    "precedence",
    "response",
    "never",
    "at_most_once",
    "not_both",
    "different_person",
)
_SHARE_MEASURES = ("win_rate", "utilization", "selling_time", "attainment", "stuck")
_TIME_MEASURES = ("time", "waiting")


def build_touchpoints(data: Map, people: People, binder: Binder) -> FrozenMap[str, Touchpoint]:
    """The contracts for handoffs."""
    touchpoints = {}
    for name, spec in data.items():
        path = f"touchpoints.{name}"
        for key in ("from", "to"):
            if key in spec:
                _department(spec, key, people, binder, path=path)
        at = spec.get("at")
        if at is not None:
            span = value_span(spec, "at")
            binder.known("step or branch", at, _places(binder), span=span, path=f"{path}.at")
        touchpoints[name] = Touchpoint(
            **common(data, name, path=path, node=name),
            giver=spec.get("from", ""),
            receiver=spec.get("to", ""),
            at=at,
            requires=binder.field_names(spec, "requires", path=path),
            returns=binder.field_names(spec, "returns", path=path),
            accept_within=_accept_within(spec, people, binder, path=path),
            target=share(spec, "target"),
        )
    return FrozenMap(touchpoints)


def _department(spec: Map, key: str, people: People, binder: Binder, *, path: str) -> None:
    name = spec[key]
    span = value_span(spec, key)
    where = f"{path}.{key}"
    department = people.departments.get(name)
    if department is None and name in people.roles:
        owner = people.roles[name].department
        binder.wrong(
            span,
            f"`{name}` is a role: a touchpoint is between departments.",
            path=where,
            hint=f"Write `{key}: {owner}`.",
            rule="unknown-name",
        )
    elif department is not None and department.external:
        binder.wrong(
            span,
            f"`{name}` is external: handoffs look through it to the next department of ours.",
            path=where,
            hint="Name the department of ours that gives or receives the deal.",
        )
    else:
        binder.known("department", name, people.departments, span=span, path=where)


def _accept_within(spec: Map, people: People, binder: Binder, *, path: str) -> Any:
    within = duration(spec, "accept_within")
    receiver = people.departments.get(spec.get("to", ""))
    if within is None or not within.business or receiver is None:
        return within
    calendars = {people.roles[role].calendar for role in receiver.roles if role in people.roles}
    if receiver.calendar is None and None in calendars:
        binder.wrong(
            value_span(spec, "accept_within"),
            f"Business time needs a calendar, but `{receiver.id}` has none.",
            path=f"{path}.accept_within",
            hint=f"Give `{receiver.id}` a calendar, or write elapsed time such as `2d`.",
            rule="bad-unit",
        )
    return within


def build_policies(data: Map, binder: Binder) -> FrozenMap[str, Policy]:
    """The rules over the order of events."""
    policies = {}
    for name, spec in data.items():
        path = f"policies.{name}"
        kind = next((kind for kind in POLICY_KINDS if kind in spec), "")
        if not kind:
            continue
        value = spec[kind]
        events = tuple(value) if isinstance(value, Seq) else (value,)
        for place, event in enumerate(events):
            span = value_span(value, place) if isinstance(value, Seq) else value_span(spec, kind)
            _event(event, kind, binder, span=span, path=f"{path}.{kind}")
        policies[name] = Policy(
            **common(data, name, path=path, node=name),
            kind=kind,
            events=events,
            when=binder.expression(spec, "when", path=f"{path}.when"),
        )
    return FrozenMap(policies)


def _event(event: str, kind: str, binder: Binder, *, span: Any, path: str) -> None:
    if kind == "different_person":
        known: Any = binder.nodes
        what = "step"
    else:
        known = Names(_places(binder), binder.results, binder.outcomes)
        what = "step, result, branch or outcome"
    binder.known(what, event, known, span=span, path=path)


def build_objectives(data: Map, people: People, binder: Binder) -> FrozenMap[str, Objective]:
    """The bounds on measures."""
    objectives = {}
    for name, spec in data.items():
        path = f"objectives.{name}"
        bound = "at_least" if "at_least" in spec else "at_most"
        for key in ("from", "to"):
            if key in spec:
                known = Names(_places(binder), binder.results, binder.outcomes)
                span = value_span(spec, key)
                binder.known("step or outcome", spec[key], known, span=span, path=f"{path}.{key}")
        if "of" in spec:
            _subject(spec, people, binder, path=path)
        limit, unit = _limit(spec, bound, binder, path=path)
        objectives[name] = Objective(
            **common(data, name, path=path, node=name),
            measure=spec.get("measure", ""),
            bound=bound,
            limit=limit,
            unit=unit,
            start=spec.get("from"),
            to=spec.get("to"),
            of=spec.get("of"),
            statistic=spec.get("statistic", "mean"),
        )
    return FrozenMap(objectives)


def _subject(spec: Map, people: People, binder: Binder, *, path: str) -> None:
    known = Names(people.roles, _places(binder), binder.touchpoints)
    span = value_span(spec, "of")
    binder.known("role, step or touchpoint", spec["of"], known, span=span, path=f"{path}.of")


def _limit(spec: Map, bound: str, binder: Binder, *, path: str) -> tuple[float, str]:
    """The bound as a number with its unit; a finding where measure and unit do not fit."""
    if bound not in spec:
        return 0.0, "number"
    written = spec[bound]
    measure = spec.get("measure", "")
    span = value_span(spec, bound)
    where = f"{path}.{bound}"
    if isinstance(written, int | float):
        if measure in (*_SHARE_MEASURES, *_TIME_MEASURES):
            example = "20%" if measure in _SHARE_MEASURES else "30d"
            _wrong_unit(binder, span, measure, written, example=example, path=where)
        return float(written), "number"
    as_share = parse_share(str(written))
    if as_share is not None:
        if measure not in _SHARE_MEASURES:
            example = "30d" if measure in _TIME_MEASURES else "10"
            _wrong_unit(binder, span, measure, written, example=example, path=where)
        return as_share, "share"
    as_time = parse_duration(str(written))
    if as_time is None:
        return 0.0, "number"
    if measure not in _TIME_MEASURES:
        example = "20%" if measure in _SHARE_MEASURES else "10"
        _wrong_unit(binder, span, measure, written, example=example, path=where)
    if as_time.business:
        message = f"An objective has no calendar, so `{written}` cannot be measured."
        hint = "Write elapsed time such as `30d`."
        binder.wrong(span, message, path=where, hint=hint, rule="bad-unit")
        return 0.0, "hours"
    return as_time.milliseconds / 3_600_000, "hours"


def _wrong_unit(
    binder: Binder, span: Any, measure: str, written: Any, *, example: str, path: str
) -> None:
    binder.wrong(
        span,
        f"`{measure}` is not measured in such values as `{written}`.",
        path=path,
        hint=f"Write for example `{example}`.",
        rule="bad-unit",
    )


def _places(binder: Binder) -> Names:
    """Steps, blocks, runs and branches by node."""
    return Names(binder.nodes, binder.branches)
