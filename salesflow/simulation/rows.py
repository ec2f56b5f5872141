"""A result as flat rows: ``pandas.DataFrame(rows(result, "steps"))``, and polars alike.

polars guesses types by the first hundred rows; ``infer_schema_length=None`` lets it see all.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from salesflow.simulation.result import Estimate, SimulationResult
from salesflow.simulation.result_json import number

Cell: TypeAlias = str | float | None
Row: TypeAlias = dict[str, Cell]


def rows(result: SimulationResult, table: str) -> tuple[Row, ...]:
    """The rows of a table; all have the same keys, in the same order.

    ``table``: deals, kpis, steps, results, roles, touchpoints, stages, objectives or scenarios. An
    estimate is three columns: ``waiting``, ``waiting_low``, ``waiting_high``. None: nothing was
    seen. Times in hours, shares as fractions of 1. ValueError for another table.
    """
    if table not in TABLES:
        raise ValueError(f"no table `{table}`: there are {', '.join(TABLES)}")
    return tuple(TABLES[table](result))


def _deals(result: SimulationResult) -> Iterator[Row]:
    for name, part in result.processes.items():
        for kind, estimate in part.deals.items():
            yield {"process": name, "deals": kind, **_of("value", estimate)}


def _kpis(result: SimulationResult) -> Iterator[Row]:
    for name, part in result.processes.items():
        for kpi, estimate in part.kpis.items():
            yield {"process": name, "kpi": kpi, **_of("value", estimate)}


def _steps(result: SimulationResult) -> Iterator[Row]:
    for name, part in result.processes.items():
        for path, step in part.steps.items():
            yield {
                "process": name,
                "step": path,
                "title": step.title,
                "department": step.department,
                **_of("visits", step.visits),
                **_of("waiting", step.waiting),
                **_of("effort", step.effort),
                **_of("elapsed", step.elapsed),
                **_of("attainment", step.attainment),
                **_of("stuck", step.stuck),
                **_of("missing", step.missing),
                **_of("withdrawn_effort", step.withdrawn_effort),
            }


def _results(result: SimulationResult) -> Iterator[Row]:
    for name, part in result.processes.items():
        for path, step in part.steps.items():
            for way, share in step.results.items():
                yield {"process": name, "step": path, "result": way, **_of("share", share)}


def _roles(result: SimulationResult) -> Iterator[Row]:
    for name, role in result.roles.items():
        yield {
            "role": name,
            "title": role.title,
            "department": role.department,
            "people": role.people,
            **_of("utilization", role.utilization),
            **_of("waiting", role.waiting),
            **_of("queue", role.queue),
            **_of("selling_time", role.selling_time),
            "offered": number(role.offered),
            **_of("withdrawn_effort", role.withdrawn_effort),
        }


def _touchpoints(result: SimulationResult) -> Iterator[Row]:
    for name, part in result.processes.items():
        for path, one in part.touchpoints.items():
            yield {
                "process": name,
                "touchpoint": path,
                "title": one.title,
                **_of("crossings", one.crossings),
                **_of("accept_time", one.accept_time),
                **_of("attainment", one.attainment),
                **_of("missing", one.missing),
            }


def _stages(result: SimulationResult) -> Iterator[Row]:
    for name, part in result.processes.items():
        for stage, one in part.stages.items():
            yield {
                "process": name,
                "stage": stage,
                "title": one.title,
                **_of("time", one.time),
                **_of("beyond", one.beyond),
            }


def _objectives(result: SimulationResult) -> Iterator[Row]:
    for name, part in result.processes.items():
        for one in part.objectives:
            yield {
                "process": name,
                "objective": one.name,
                "measure": one.measure,
                "bound": one.bound,
                **_of("value", one.value),
                "unit": one.unit,
                "verdict": one.verdict,
                "needed": one.needed,
                "why": one.why,
            }


def _scenarios(result: SimulationResult) -> Iterator[Row]:
    for name, scenario in result.scenarios.items():
        for process, kpis in scenario.kpis.items():
            for kpi, one in kpis.items():
                yield {
                    "scenario": name,
                    "title": scenario.title,
                    "process": process,
                    "kpi": kpi,
                    **_of("value", one.value),
                    **_of("difference", one.difference),
                    "significant": one.significant,
                }


TABLES: dict[str, Callable[[SimulationResult], Iterator[Row]]] = {
    "deals": _deals,
    "kpis": _kpis,
    "steps": _steps,
    "results": _results,
    "roles": _roles,
    "touchpoints": _touchpoints,
    "stages": _stages,
    "objectives": _objectives,
    "scenarios": _scenarios,
}


def _of(name: str, estimate: Estimate | None) -> Row:
    mean, low, high = estimate if estimate is not None else (None, None, None)
    return {name: number(mean), f"{name}_low": number(low), f"{name}_high": number(high)}
