"""What ``simulate`` does once its options are understood: play, report, and the exit code."""

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager

from salesflow import api
from salesflow.cli.meter import Meter
from salesflow.cli.outcome import CLEAN, FOUND, tell
from salesflow.cli.output import wants_colour, write_file, write_out
from salesflow.cli.question import Question, writable
from salesflow.errors import UsageError
from salesflow.process.model import Process
from salesflow.reporting.simulated.words import weeks
from salesflow.simulation.result import ObjectiveResult, SimulationResult

Pairs = tuple[tuple[str, str | None], ...]  # (format, file); None is standard output

_WORTH_WORKERS = 20_000  # deals
_ENDINGS = {".json": "json", ".md": "markdown", ".html": "html", ".htm": "html"}


def simulate(paths: Sequence[str], asked: Question, pairs: Pairs) -> int:
    """Simulate and report in each format; the exit code."""
    pairs = pairs or (("text", None),)
    _hold_apart(pairs)
    writable([*(file for _, file in pairs), asked.log, asked.resume])
    files: dict[str, str] = {}
    for file in (file for path in paths for file in api.processes_at(path)):
        files.setdefault(os.path.realpath(file), file)
    processes = [api.load(file) for file in files.values()]
    deals = _deals(processes, asked)
    with Meter("deals", deals) if deals else Meter() as meter:
        result = _played(processes, asked, meter)
    _write(result, pairs)
    return _verdict(result)


def _deals(processes: Sequence[Process], asked: Question) -> float:
    """How many deals a replication has, roughly."""
    length = weeks(asked.duration) + weeks(asked.warmup or "")
    rates = [
        source.arrivals.per_week or 0.0
        for process in processes
        for source in process.sources.values()
        if source.arrivals is not None
    ]
    return sum(rates) * length


def _hold_apart(pairs: Pairs) -> None:
    """Hold that no two formats mix on standard output."""
    if sum(file is None for _, file in pairs) > 1:
        raise UsageError("Two formats on standard output would mix: give one of them `-o FILE`.")


def _write(result: SimulationResult, pairs: Pairs) -> None:
    for name, file in pairs:
        if file is None:
            write_out(render(result, name or "text", colour=wants_colour(sys.stdout)))
        else:
            kind = name or _ENDINGS.get(os.path.splitext(file)[1].lower(), "text")
            write_file(file, render(result, kind, colour=False))


def render(result: SimulationResult, name: str, *, colour: bool) -> str:
    """The report in one of the formats."""
    if name == "json":
        import json

        return json.dumps(result.to_dict(), indent=2) + "\n"  # ASCII only: nothing can hide
    if name == "markdown":
        from salesflow.reporting.simulated.markdown import markdown

        return markdown(result)
    if name == "html":
        from salesflow.reporting.simulated.page import page

        return page(result)
    from salesflow.reporting.simulated.text import text

    return text(result, colour=colour)


def _verdict(result: SimulationResult) -> int:
    """Whether an objective is missed; unsure ones are told with what would decide them."""
    judged = [*_objectives(result)]
    for name, objective in judged:
        if objective.verdict == "unsure" and objective.needed is not None:
            tell(f"{name} is unsure: `--replications {objective.needed}` would probably decide it.")
    return FOUND if any(each.verdict == "missed" for _, each in judged) else CLEAN


def _objectives(result: SimulationResult) -> Iterator[tuple[str, ObjectiveResult]]:
    several = len(result.processes) > 1
    for part in result.processes.values():
        for each in part.objectives:
            yield (f"{part.id}: {each.name}" if several else each.name), each
    for name, scenario in result.scenarios.items():
        for each in scenario.objectives:
            yield f"{name}: {each.name}", each


def _played(processes: Sequence[Process], asked: Question, meter: Meter) -> SimulationResult:
    from salesflow.simulation.plan import plan_of
    from salesflow.simulation.scenario import read_scenarios
    from salesflow.simulation.study import study

    scenarios = read_scenarios(processes, asked.scenarios, asked.settings)
    plan = plan_of(
        duration=asked.duration,
        warmup=asked.warmup,
        replications=asked.replications,
        seed=asked.seed,
        precision=asked.precision,
        engine=asked.engine,
        workers=asked.workers or _workers(meter.each * asked.replications * (1 + len(scenarios))),
    )
    with _elsewhere(asked.dask) as executor:
        return study(
            processes,
            scenarios,
            plan,
            executor=executor,
            journal=asked.resume,
            progress=meter.tell,
        )


def _workers(deals: float) -> int:
    """One for each core, but where starting them would take longer than playing."""
    if deals < _WORTH_WORKERS:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _elsewhere(address: str | None) -> Iterator[Executor | None]:
    """The workers of a scheduler, if one is named."""
    if address is None:
        yield None
        return
    from salesflow.simulation.executors import dask_executor

    with dask_executor(address) as executor:
        yield executor
