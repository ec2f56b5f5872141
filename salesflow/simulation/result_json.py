"""A result as JSON: names are normative (docs/reference), and no figure that JSON cannot say."""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from salesflow.simulation.result import (
    Difference,
    Estimate,
    ObjectiveResult,
    PartResult,
    RoleResult,
    ScenarioResult,
    SimulationResult,
    StageResult,
    StepResult,
    Times,
    TouchpointResult,
)

VERSION = 1


def document(result: SimulationResult) -> dict[str, Any]:
    """All of a result; one process stands at the top, several under ``processes``."""
    parts = {name: _part(part) for name, part in result.processes.items()}
    alone = len(parts) == 1
    return {
        "version": VERSION,
        **({"process": next(iter(parts))} if alone else {}),
        "program": result.program,
        "seed": result.seed,
        "replications": result.replications,
        "duration": result.duration,
        "warmup": result.warmup,
        "warmup_found": result.warmup_found,
        "currency": result.currency,
        "zone": result.zone,
        "instances": result.instances,
        "warnings": list(result.warnings),
        **(next(iter(parts.values())) if alone else {"processes": parts}),
        "roles": {name: _role(role) for name, role in result.roles.items()},
        "scenarios": {name: _scenario(one) for name, one in result.scenarios.items()},
    }


def _part(part: PartResult) -> dict[str, Any]:
    return {
        "title": part.title,
        "deals": _estimates(part.deals),
        "kpis": _estimates(part.kpis),
        "cycle_time_won": _times(part.cycle_time_won),
        "cycle_time": _times(part.cycle_time),
        "win_rate_by_value": _estimate(part.win_rate_by_value),
        "flow_efficiency": _estimate(part.flow_efficiency),
        "unfinished": _estimate(part.unfinished),
        "exact_win_rate": number(part.exact_win_rate),
        "steps": {name: _step(step) for name, step in part.steps.items()},
        "touchpoints": {name: _touchpoint(one) for name, one in part.touchpoints.items()},
        "stages": {name: _stage(stage) for name, stage in part.stages.items()},
        "flow": _estimates(part.flow),
        "distribution": [list(bar) for bar in part.distribution],
        "objectives": _objectives(part.objectives),
    }


def _step(step: StepResult) -> dict[str, Any]:
    return {
        "title": step.title,
        "department": step.department,
        "visits": _estimate(step.visits),
        "waiting": _estimate(step.waiting),
        "effort": _estimate(step.effort),
        "elapsed": _estimate(step.elapsed),
        "results": _estimates(step.results),
        "attainment": _estimate(step.attainment),
        "stuck": _estimate(step.stuck),
        "missing": _estimate(step.missing),
        "withdrawn_effort": _estimate(step.withdrawn_effort),
    }


def _role(role: RoleResult) -> dict[str, Any]:
    return {
        "title": role.title,
        "department": role.department,
        "people": role.people,
        "utilization": _estimate(role.utilization),
        "waiting": _estimate(role.waiting),
        "queue": _estimate(role.queue),
        "selling_time": _estimate(role.selling_time),
        "offered": number(role.offered),
        "withdrawn_effort": _estimate(role.withdrawn_effort),
        "week": [number(people) for people in role.week],
    }


def _touchpoint(touchpoint: TouchpointResult) -> dict[str, Any]:
    return {
        "title": touchpoint.title,
        "crossings": _estimate(touchpoint.crossings),
        "accept_time": _estimate(touchpoint.accept_time),
        "attainment": _estimate(touchpoint.attainment),
        "missing": _estimate(touchpoint.missing),
    }


def _stage(stage: StageResult) -> dict[str, Any]:
    return {
        "title": stage.title,
        "time": _estimate(stage.time),
        "beyond": _estimate(stage.beyond),
    }


def _objective(one: ObjectiveResult) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "measure": one.measure,
        "bound": one.bound,
        "value": _estimate(one.value),
        "unit": one.unit,
        "verdict": one.verdict,
        "needed": one.needed,
        "why": one.why,
    }


def _scenario(scenario: ScenarioResult) -> dict[str, Any]:
    """With its own figures: each measure has its ``value`` beside the ``difference``."""
    kpis = {process: _differences(of) for process, of in scenario.kpis.items()}
    alone = len(kpis) == 1
    return {
        "title": scenario.title,
        "changes": list(scenario.changes),
        **(
            {"kpis": next(iter(kpis.values()))}
            if alone
            else {"processes": {name: {"kpis": of} for name, of in kpis.items()}}
        ),
        "roles": {name: {"utilization": one} for name, one in _differences(scenario.roles).items()},
        "objectives": _objectives(scenario.objectives),
    }


def _objectives(several: Iterable[ObjectiveResult]) -> list[dict[str, Any]]:
    return [_objective(one) for one in several]


def _differences(differences: Mapping[str, Difference]) -> dict[str, Any]:
    return {
        name: {
            "value": _estimate(one.value),
            "difference": _estimate(one.difference),
            "significant": one.significant,
        }
        for name, one in differences.items()
    }


def _times(times: Times) -> dict[str, Any]:
    return {
        "mean": _estimate(times.mean),
        "median": _estimate(times.median),
        "p90": _estimate(times.p90),
    }


def _estimates(estimates: Mapping[str, Estimate] | Mapping[str, Estimate | None]) -> dict[str, Any]:
    return {name: _estimate(estimate) for name, estimate in estimates.items()}


def _estimate(estimate: Estimate | None) -> dict[str, float | None] | None:
    if estimate is None:
        return None
    return {name: number(value) for name, value in estimate._asdict().items()}


def number(value: float | None) -> float | None:
    """A number that JSON can say; None for NaN and the infinite."""
    return value if value is not None and isfinite(value) else None
