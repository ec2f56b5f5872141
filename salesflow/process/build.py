"""From an assembled document to the compiled process, with every finding on the way."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from salesflow.findings import Finding
from salesflow.nouns import FrozenMap
from salesflow.process.binding import Binder, common
from salesflow.process.build_bridges import build_objectives, build_policies, build_touchpoints
from salesflow.process.build_people import build_people
from salesflow.process.build_steps import StepBuilder
from salesflow.process.model import Arrivals, Outcome, Process, Source, Stage
from salesflow.process.people import People
from salesflow.process.survey import Scope, run_steps, survey
from salesflow.process.values import duration, fillings, share
from salesflow.quantities import parse_date, parse_rate
from salesflow.source.located import Map, value_span


class Built(NamedTuple):
    """A process as far as it could be built, and what is wrong with it."""

    process: Process
    findings: tuple[Finding, ...]


def build_process(
    data: Map, processes: Mapping[str, Process], *, file: str, circle: Collection[str] = ()
) -> Built:
    """Compile a validated process document whose short forms are expanded.

    ``processes`` are the compiled processes that ``run`` may name; that a process of ``circle`` may
    not be run was told already. Findings of the family ``syntax`` mean that the process must not be
    used; others come along as its ``notes``.
    """
    binder = Binder()
    people = build_people(data, binder)
    survey(data, binder)
    binder.told.update(circle)
    binder.touchpoints = set(data.get("touchpoints", ()))
    stages = data.get("stages", Map())
    builder = StepBuilder(binder, people, stages, processes)
    steps = builder.steps(Scope("", "steps", data.get("steps", Map())))
    used = {name: processes[name] for name in _run_names(data) if name in processes}
    parts: dict[str, Any] = {
        "people": people,
        "stages": _stages(stages),
        "sources": _sources(data, people, builder, binder),
        "steps": steps,
        "outcomes": _outcomes(data.get("outcomes", Map()), binder),
        "touchpoints": build_touchpoints(data.get("touchpoints", Map()), people, binder),
        "policies": build_policies(data.get("policies", Map()), binder),
        "objectives": build_objectives(data.get("objectives", Map()), people, binder),
        "value": _value(data, binder),
        "locked": tuple(sorted(data.get("locked", ()))),
        "runs": FrozenMap(used),
    }
    _runs_fit(data, used, binder)
    notes = tuple(f for f in binder.findings if f.family != "syntax")
    process = Process(**_header(data), **parts, file=file, notes=notes)
    return Built(process, tuple(sorted(binder.findings, key=lambda finding: finding.place)))


def _header(data: Map) -> dict[str, Any]:
    kind = next(key for key in ("process", "variant", "scenario") if key in data)
    header: dict[str, Any] = {"id": data[kind], "span": value_span(data, kind)}
    for key in ("name", "description", "owner", "was", "version", "goal"):
        if key in data:
            header[key] = str(data[key])
    start = parse_date(str(data["start_date"])) if "start_date" in data else None
    if start is not None:
        header["start_date"] = start
    return header


def _value(data: Map, binder: Binder) -> str | None:
    if "value" not in data:
        return None
    name: str = data["value"]
    span = value_span(data, "value")
    if not binder.is_field(name, span=span, path="value"):
        return None
    if binder.fields[name].kind not in ("money", "number"):
        binder.wrong(
            span,
            f"`{name}` is a {binder.fields[name].kind}; what a deal is worth is money.",
            path="value",
            hint="Name a field of `type: money`.",
        )
    return name


def _stages(data: Map) -> FrozenMap[str, Stage]:
    stages = {}
    for name, spec in data.items():
        stages[name] = Stage(
            **common(data, name, path=f"stages.{name}", node=name),
            win_chance=share(spec, "win_chance"),
            max_age=duration(spec, "max_age"),
            crm=FrozenMap({key: str(value) for key, value in spec.get("crm", {}).items()}),
        )
    return FrozenMap(stages)


def _sources(
    data: Map, people: People, builder: StepBuilder, binder: Binder
) -> FrozenMap[str, Source]:
    sources = {}
    steps = data.get("steps", Map())
    for name, spec in data.get("sources", Map()).items():
        path = f"sources.{name}"
        start = spec.get("start", "")
        if "start" in spec:
            span = value_span(spec, "start")
            if binder.known("step", start, steps, span=span, path=f"{path}.start") and (
                "wait_for" in steps[start]
            ):
                builder.start_waits(spec, start, f"{path}.start", span)
        department = spec.get("department")
        if department is not None:
            span = value_span(spec, "department")
            where = f"{path}.department"
            binder.known("department", department, people.departments, span=span, path=where)
        sources[name] = Source(
            **common(data["sources"], name, path=path, node=name),
            start=start,
            department=department,
            arrivals=_arrivals(spec, people, binder, path=f"{path}.arrivals"),
            cost=spec.get("cost"),
            gives=fillings(spec, "gives", binder, path=path),
        )
    return FrozenMap(sources)


def _arrivals(spec: Map, people: People, binder: Binder, *, path: str) -> Arrivals | None:
    written = spec.get("arrivals")
    if written is None:
        return None
    if not isinstance(written, Map):
        return Arrivals(rate=parse_rate(str(written)))
    calendar = written.get("calendar")
    if calendar is not None:
        span = value_span(written, "calendar")
        where = f"{path}.calendar"
        binder.known("calendar", calendar, people.calendars, span=span, path=where)
    return Arrivals(
        rate=parse_rate(str(written["rate"])) if "rate" in written else None,
        calendar=calendar,
        every=duration(written, "every"),
        batch=written.get("batch", 1),
    )


def _outcomes(data: Map, binder: Binder) -> FrozenMap[str, Outcome]:
    outcomes = {}
    for name, spec in data.items():
        path = f"outcomes.{name}"
        outcomes[name] = Outcome(
            **common(data, name, path=path, node=name),
            kind=spec.get("kind", "done"),
            requires=binder.field_names(spec, "requires", path=path),
        )
    return FrozenMap(outcomes)


def _run_names(data: Map) -> list[str]:
    return sorted({step["run"] for _, step in run_steps(data)})


def _runs_fit(data: Map, used: Mapping[str, Process], binder: Binder) -> None:
    """A process that is run has exactly one source, and shares its fields with whoever runs it."""
    for path, step in run_steps(data):
        process = used.get(step["run"])
        if process is None:
            continue
        span = value_span(step, "run")
        if len(process.sources) != 1:
            binder.wrong(
                span,
                f"`{process.id}` has {len(process.sources)} sources; "
                "a process that is run has exactly one.",
                path=f"{path}.run",
                hint="Split it, or keep one source.",
            )
        for name, field in process.data.items():
            own = binder.fields.get(name)
            if own is not None and (own.kind, set(own.values)) != (field.type, set(field.values)):
                binder.wrong(
                    span,
                    f"`{name}` is declared differently here and in `{process.id}`.",
                    path=f"{path}.run",
                    hint="A run works on this deal's data: declare the field alike, best in one "
                    "organization file that both `use`.",
                )
