"""The verbs of salesflow in Python: each puts the rooms below together, and decides nothing."""

import os
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from salesflow.analysis.case_result import SuiteReport
from salesflow.checking.config import Settings
from salesflow.checking.paths import STANDARD_INPUT, check_paths, mend_paths
from salesflow.checking.run import run_checks
from salesflow.errors import UsageError
from salesflow.findings import Finding
from salesflow.process.dump import dump
from salesflow.process.loaded import process_of
from salesflow.process.model import Process
from salesflow.schema.assemble import assemble_file, assemble_text
from salesflow.schema.targets import one_process, processes_at
from salesflow.simulation.result import SimulationResult

if TYPE_CHECKING:  # slow to import, and only simulations need it
    from concurrent.futures import Executor

    from salesflow.changes.difference import Diff

__all__ = [
    "STANDARD_INPUT",
    "check",
    "check_paths",
    "diff",
    "draw",
    "dump",
    "dumps",
    "load",
    "loads",
    "mend_paths",
    "one_process",
    "processes_at",
    "run_tests",
    "simulate",
]

WhatIf: TypeAlias = str | os.PathLike[str] | Mapping[str, Any] | Process


def load(source: str | os.PathLike[str] | Mapping[str, Any]) -> Process:
    """The process of a file (a process, variant or scenario), or of a mapping of the same shape.

    Raises LoadError with all findings when the text does not load, UsageError when the file is
    missing or cannot be read.
    """
    if isinstance(source, Mapping):
        from salesflow.source.write import emit

        return loads(emit(source), file="<mapping>")
    return process_of(assemble_file(os.fspath(source)))


def loads(text: str, *, file: str = "<text>", folder: str | os.PathLike[str] = ".") -> Process:
    """The process of a text; ``use`` is looked up from ``folder``. Raises LoadError."""
    folder = os.fspath(folder)
    return process_of(assemble_text(text, file=file, folder=folder)).replace(folder=folder)


def dumps(process: Process) -> str:
    """The resolved process as a text of the language; loading it gives an equal process."""
    from salesflow.source.write import emit

    return emit(dump(process))


def check(
    process: Process,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
) -> tuple[Finding, ...]:
    """Everything wrong in a process, sorted by place.

    ``select`` and ``ignore`` take rules and families; comments in the files that ignore a rule
    count. UsageError for a name that is no rule.
    """
    return run_checks(process, select=tuple(select or ()), ignore=tuple(ignore or ()))


def run_tests(
    paths: str | os.PathLike[str] | Iterable[str], *, settings: Settings | None = None
) -> SuiteReport:
    """Run tests files, one or several: each case in every way that it leaves open.

    A folder stands for the tests files in it, a process for the tests files of its folder that are
    ``of`` it. What does not load is in the report's ``findings``; ``passed`` says whether all is
    well. UsageError for a path that cannot be read or leads to no tests.
    """
    from salesflow.analysis.cases import BUDGET  # the token game is slow to import
    from salesflow.analysis.suites import run_suites

    settings = settings or Settings()
    budget = settings.selection.patience * BUDGET
    if isinstance(paths, str | os.PathLike):
        paths = [os.fspath(paths)]
    return run_suites(paths, limits=settings.limits, budget=budget)


def simulate(
    process: Process | Iterable[Process],
    *,
    duration: str = "26w",
    warmup: str | None = None,
    replications: int = 30,
    seed: int = 1,
    scenario: WhatIf | Iterable[WhatIf] | None = None,
    settings: Iterable[str] = (),
    precision: str | float | None = None,
    engine: str = "auto",
    workers: int = 1,
    executor: "Executor | None" = None,
    progress: Callable[[float, float], None] | None = None,
    resume: str | os.PathLike[str] | None = None,
) -> SimulationResult:
    """What a process will do, or several that share people: estimates with their intervals.

    ``warmup`` None: found. A ``scenario`` is its file, or loaded, or a mapping; ``settings`` are
    ``PATH=VALUE``. ``precision`` (``2%``): replications are added until intervals are so narrow.
    ``resume``: a file that keeps what was played. Parameters from ``engine`` on change no figure.
    LoadError where the files say too little. When interrupted: the result of what is complete.
    """
    from salesflow.simulation.plan import plan_of  # only simulations need it
    from salesflow.simulation.scenario import read_scenarios
    from salesflow.simulation.study import study

    plan = plan_of(
        duration=duration,
        warmup=warmup,
        replications=replications,
        seed=seed,
        precision=precision,
        engine=engine,
        workers=workers,
    )
    cast = _cast(process)
    what_if = read_scenarios(cast, scenario, [settings] if isinstance(settings, str) else settings)
    return study(cast, what_if, plan, executor=executor, journal=resume, progress=progress)


def _cast(process: Process | Iterable[Process]) -> tuple[Process, ...]:
    cast = (process,) if isinstance(process, Process) else tuple(process)
    if not all(isinstance(one, Process) for one in cast):
        raise UsageError("What is simulated are processes: `simulate(load(PATH))`.")
    return cast


def _notebook(result: SimulationResult) -> str:
    from salesflow.reporting.simulated.page import notebook  # only notebooks need it

    return notebook(result)


SimulationResult._repr_html_ = _notebook  # type: ignore[attr-defined]


def diff(
    old: Process,
    new: Process,
    *,
    deals: str | os.PathLike[str] | None = None,
    simulate: bool = False,
    duration: str = "26w",
    warmup: str | None = None,
    replications: int = 30,
    seed: int = 1,
) -> "Diff":
    """What changed from an old to a new version, for whom, and what deals can do now.

    ``deals`` is a CSV file of deals under way. ``simulate``: also what the change does to the
    figures; the parameters after it are those of ``simulate``. UsageError for a file that cannot be
    read as deals, LoadError where a version does not say enough to be simulated.
    """
    from salesflow.changes import comparing  # only comparisons need it
    from salesflow.changes.difference import Diff
    from salesflow.changes.running.reading import read_deals
    from salesflow.reporting.changed.page import notebook
    from salesflow.simulation.plan import plan_of

    if not isinstance(old, Process) or not isinstance(new, Process):
        raise UsageError("What is compared are processes: `diff(load(OLD), load(NEW))`.")
    Diff._repr_html_ = notebook  # type: ignore[attr-defined]
    file = os.fspath(deals) if deals is not None else ""
    plan = plan_of(duration=duration, warmup=warmup, replications=replications, seed=seed)
    return comparing.diff(
        old,
        new,
        deals=read_deals(file) if file else None,
        deals_file=file,
        impact=plan if simulate else None,
    )


def draw(
    process: Process,
    format: str = "mermaid",  # noqa: A002 - the word users know
    *,
    findings: Iterable[Finding] = (),
    view: str = "flow",
    against: Process | None = None,
) -> str:
    """A picture as text in ``format`` (mermaid), ``findings`` marked on it.

    ``view`` is ``flow`` (lanes by department) or ``departments`` (who hands over to whom). A flow
    too large for the format comes as departments, with a note that says so. ``against`` is an older
    version: both are drawn as one, with what was added, removed and changed; of a flow that is too
    large only what is near a change.
    """
    from salesflow.reporting.drawn import drawn

    return drawn(process, format, findings=findings, view=view, against=against)
