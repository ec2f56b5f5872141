"""``salesflow.improve``: which change helps the objectives most."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor

from salesflow.process.model import Process
from salesflow.simulation.improving import improve as search
from salesflow.simulation.improving.nouns import Improvement
from salesflow.simulation.plan import plan_of


def improve(
    process: Process | Iterable[Process],
    *,
    duration: str = "26w",
    warmup: str | None = None,
    seed: int = 1,
    budget: int = search.BUDGET,
    top: int = search.TOP,
    only: Iterable[str] = (),
    objective: str | None = None,
    engine: str = "auto",
    workers: int = 1,
    executor: Executor | None = None,
    progress: Callable[[float, float], None] | None = None,
) -> Improvement:
    """Which change of a process, or of several that share people, helps its objectives most.

    ``budget`` are replications of all that is tried together, ``top`` how many are looked at to the
    end, ``only`` kinds of levers: people, available, effort, wait, bypass, cut, accept.
    ``objective``: the only one that counts. The rest is as in ``simulate``; parameters from
    ``engine`` on change no figure. LoadError where the files say too little.
    """
    plan = plan_of(duration=duration, warmup=warmup, seed=seed, engine=engine, workers=workers)
    cast = (process,) if isinstance(process, Process) else tuple(process)
    return search.improve(
        cast,
        plan,
        budget=budget,
        top=top,
        only=(*only,),
        objective=objective,
        executor=executor,
        progress=progress,
    )
