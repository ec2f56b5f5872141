"""A simulation at work: workers here or elsewhere, a bar that shows how far it is, event logs."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib.util import find_spec
from typing import NamedTuple

from salesflow.cli.meter import Meter, lasting
from salesflow.cli.options import cores
from salesflow.cli.outcome import tell
from salesflow.cli.question import Question
from salesflow.process.model import Process
from salesflow.quantities import parse_duration
from salesflow.reporting.words import count
from salesflow.simulation.compile import program_of
from salesflow.simulation.executors import dask_executor
from salesflow.simulation.plan import Plan, expected_deals, plan_of
from salesflow.simulation.result import SimulationResult
from salesflow.simulation.scenario import Scenario
from salesflow.simulation.study import study

_LONG = 20  # seconds: then it is worth a word that it could be quicker
_A_FLOOD = 20_000_000  # deals: they take minutes at least
_WORTH_WORKERS = 20_000  # deals; fewer are played sooner than workers are started


class Played(NamedTuple):
    """What came of it, and a sentence on how it was done."""

    result: SimulationResult
    how: str


def play(processes: Sequence[Process], scenarios: Sequence[Scenario], asked: Question) -> Played:
    """Play what is asked."""
    plan = plan_for(processes, asked, scenarios=len(scenarios))
    deals = expected_deals(processes, plan)
    engines: list[str] = []
    with (
        _elsewhere(asked.dask) as executor,
        Meter("deals", deals) if deals else Meter() as meter,
    ):
        result = study(
            processes,
            scenarios,
            plan,
            executor=executor,
            journal=asked.resume,
            progress=meter.tell,
            chosen=engines.append,
        )
    return Played(result, _how(result, asked, plan.workers, engines[0], meter.seconds))


def plan_for(processes: Sequence[Process], asked: Question, *, scenarios: int = 0) -> Plan:
    """How to play what is asked; tells where that takes long."""
    plan = plan_of(
        duration=asked.duration,
        warmup=asked.warmup,
        replications=asked.replications,
        seed=asked.seed,
        precision=asked.precision,
        engine=asked.engine,
        workers=1 if asked.workers is None else asked.workers,
    )
    deals = expected_deals(processes, plan) * asked.replications
    _warn_of_a_flood(deals)
    if asked.workers is not None:
        return plan
    return plan.replace(workers=_workers(deals * (1 + scenarios)))


def _how(
    result: SimulationResult, asked: Question, workers: int, engine: str, seconds: float
) -> str:
    where = f"the workers of {asked.dask}" if asked.dask else count(workers, "worker")
    done = f"{result.instances:,} visits of work in {lasting(seconds)}"
    how = f"Simulated {done}: engine {engine}, {where}."
    if seconds > _LONG and find_spec("numba") is None:
        how += " With `pip install 'salesflow[fast]'` it would take a fraction of that."
    return how


def _warn_of_a_flood(deals: float) -> None:
    if deals > _A_FLOOD:
        tell(
            f"salesflow: about {deals:,.0f} deals are to be played, which takes long. Ask for "
            "fewer `--replications` or a shorter `--for`, or look at `arrivals`."
        )


def _workers(deals: float) -> int:
    """One for each core, but where starting them would take longer than playing."""
    return 1 if deals < _WORTH_WORKERS else cores()


@contextmanager
def _elsewhere(address: str | None) -> Iterator[Executor | None]:
    """The workers of a scheduler, if one is named."""
    if address is None:
        yield None
        return
    with dask_executor(address) as executor:
        yield executor


def write_logs(
    file: str,
    processes: Sequence[Process],
    scenarios: Sequence[Scenario],
    asked: Question,
    result: SimulationResult,
) -> None:
    """Write what happens to each deal of the first replication.

    The log of a scenario stands beside that of the process as it is: ``log.NAME.csv``.
    """
    from salesflow.simulation.eventlog.write import write_log  # only where one is wanted

    stem, ending = os.path.splitext(file)
    casts = [(file, processes)]
    casts += [(f"{stem}.{one.name}{ending}", one.processes) for one in scenarios]
    for name, cast in casts:
        program = program_of(cast, duration=_ms(result.duration), warmup=_ms(result.warmup))
        write_log(name, program, asked.seed, sample=asked.log_sample or 1.0)
    tell(f"Wrote {', '.join(name for name, _ in casts)}: the first replication.")


def _ms(duration: str) -> int:
    parsed = parse_duration(duration)
    return parsed.milliseconds if parsed is not None else 0
