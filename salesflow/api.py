"""The verbs of salesflow in Python: each puts the rooms below together, and decides nothing."""

import os
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

from salesflow.analysis.case_result import SuiteReport
from salesflow.checking.config import Settings
from salesflow.checking.paths import check_paths, mend_paths
from salesflow.checking.run import run_checks
from salesflow.errors import UsageError
from salesflow.findings import Finding
from salesflow.process.dump import dump
from salesflow.process.loaded import process_of
from salesflow.process.model import Process
from salesflow.schema.assemble import assemble_file, assemble_text
from salesflow.schema.targets import processes_at
from salesflow.simulation.result import SimulationResult
from salesflow.source.files import STANDARD_INPUT

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
    plugins: bool | Iterable[str] = False,
) -> tuple[Finding, ...]:
    """Everything wrong in a process, sorted by place.

    ``select`` and ``ignore`` take rules and families; comments in the files that ignore a rule
    count, a configuration does not. ``plugins``: also the rules of these installed packages, True:
    of all. UsageError for a name that is not there, and where a rule of a package fails.
    """
    return run_checks(process, select=select or (), ignore=ignore or (), plugins=plugins)


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
    from salesflow.simulation.plan import plan_of

    if not isinstance(old, Process) or not isinstance(new, Process):
        raise UsageError("What is compared are processes: `diff(load(OLD), load(NEW))`.")
    Diff._repr_html_ = _diff_shown  # type: ignore[attr-defined]
    file = os.fspath(deals) if deals is not None else ""
    plan = plan_of(duration=duration, warmup=warmup, replications=replications, seed=seed)
    return comparing.diff(
        old,
        new,
        deals=read_deals(file) if file else None,
        deals_file=file,
        impact=plan if simulate else None,
    )


@overload
def draw(
    process: Process,
    format: Literal["mermaid", "dot", "svg", "html", "bpmn"] = "mermaid",
    *,
    findings: Iterable[Finding] = (),
    result: SimulationResult | str | os.PathLike[str] | None = None,
    heat: str = "waiting",
    view: str = "flow",
    only: str | Iterable[str] = (),
    around: int | None = None,
    depth: int | None = None,
    against: Process | None = None,
) -> str: ...
@overload
def draw(
    process: Process,
    format: Literal["png"],
    *,
    findings: Iterable[Finding] = (),
    result: SimulationResult | str | os.PathLike[str] | None = None,
    heat: str = "waiting",
    view: str = "flow",
    only: str | Iterable[str] = (),
    around: int | None = None,
    depth: int | None = None,
    against: Process | None = None,
) -> bytes: ...
@overload
def draw(
    process: Process,
    format: str,
    *,
    findings: Iterable[Finding] = (),
    result: SimulationResult | str | os.PathLike[str] | None = None,
    heat: str = "waiting",
    view: str = "flow",
    only: str | Iterable[str] = (),
    around: int | None = None,
    depth: int | None = None,
    against: Process | None = None,
) -> str | bytes: ...
def draw(
    process: Process,
    format: str = "mermaid",  # noqa: A002 - the word users know
    *,
    findings: Iterable[Finding] = (),
    result: SimulationResult | str | os.PathLike[str] | None = None,
    heat: str = "waiting",
    view: str = "flow",
    only: str | Iterable[str] = (),
    around: int | None = None,
    depth: int | None = None,
    against: Process | None = None,
) -> str | bytes:
    """A picture: mermaid, dot, svg, html or bpmn as text, png as bytes.

    ``view`` is ``flow`` (lanes by department), ``stages`` or ``departments``. On it: ``findings``;
    a ``result`` (or the file of its JSON) as ``heat``, which is ``waiting``, ``load`` or ``value``;
    and ``against`` an older version what was added, removed and changed. ``only`` names steps,
    stages or departments that are drawn with what is ``around`` them (1 step far). ``depth``: how
    many levels of blocks and sub-processes are open (1). UsageError for what cannot be drawn.
    """
    from salesflow.reporting.drawn import Wanted, drawn, several  # only pictures need it

    if not isinstance(process, Process):
        raise UsageError("What is drawn are processes: `draw(load(PATH))`.")
    wanted = Wanted(
        view=view,
        findings=several(findings),
        result=_result(result),
        heat=heat,
        only=several(only),
        around=around,
        depth=depth,
        against=against,
    )
    return drawn(process, format, wanted)


def _result(result: SimulationResult | str | os.PathLike[str] | None) -> SimulationResult | None:
    if isinstance(result, str | os.PathLike):
        from salesflow.simulation.result_reading import read_result

        return read_result(os.fspath(result))
    if not isinstance(result, SimulationResult | None):
        raise UsageError("`result` is that of `simulate(process)`, or the file of its JSON.")
    return result


def _process_shown(process: Process) -> str:
    from salesflow.reporting.displayed import process_shown  # only notebooks need it

    return process_shown(process)


def _diff_shown(diff: "Diff") -> str:
    from salesflow.reporting.displayed import diff_shown

    return diff_shown(diff)


def _result_shown(result: SimulationResult) -> str:
    from salesflow.reporting.displayed import result_shown

    return result_shown(result)


Process._repr_html_ = _process_shown  # type: ignore[attr-defined]
SimulationResult._repr_html_ = _result_shown  # type: ignore[attr-defined]
