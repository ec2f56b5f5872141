"""The verbs of salesflow in Python: each puts the rooms below together, and decides nothing."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from salesflow.analysis.case_result import SuiteReport
from salesflow.checking.config import Settings
from salesflow.checking.report import CheckReport, Mended
from salesflow.checking.run import run_checks
from salesflow.checking.seen import Seen
from salesflow.errors import LoadError, UsageError
from salesflow.findings import Finding, syntax_finding
from salesflow.nouns import FrozenMap
from salesflow.process.compile import compile_document
from salesflow.process.dump import dump
from salesflow.process.model import Process
from salesflow.schema.assemble import assemble_file, assemble_text
from salesflow.schema.assembly import Assembly
from salesflow.schema.targets import one_process, processes_at
from salesflow.simulation.result import SimulationResult
from salesflow.source.project import ENDING, find_files
from salesflow.source.read import Reading
from salesflow.spans import Span

if TYPE_CHECKING:  # slow to import, and only simulations need it
    from concurrent.futures import Executor

__all__ = [
    "check",
    "check_paths",
    "draw",
    "dump",
    "dumps",
    "load",
    "loads",
    "one_process",
    "processes_at",
    "run_tests",
    "simulate",
]

WhatIf: TypeAlias = str | os.PathLike[str] | Mapping[str, Any] | Process

STANDARD_INPUT = "-"
_STDIN_NAME = "<stdin>"


def load(source: str | os.PathLike[str] | Mapping[str, Any]) -> Process:
    """The process of a file (a process, variant or scenario), or of a mapping of the same shape.

    Raises LoadError with all findings when the text does not load, UsageError when the file is
    missing or cannot be read.
    """
    if isinstance(source, Mapping):
        from salesflow.source.write import emit

        return loads(emit(source), file="<mapping>")
    return _process(assemble_file(os.fspath(source)))


def loads(text: str, *, file: str = "<text>", folder: str | os.PathLike[str] = ".") -> Process:
    """The process of a text; ``use`` is looked up from ``folder``. Raises LoadError."""
    folder = os.fspath(folder)
    return _process(assemble_text(text, file=file, folder=folder)).replace(folder=folder)


def _process(assembly: Assembly) -> Process:
    compiled = compile_document(assembly)
    if compiled.process is None or compiled.kind == "tests":
        texts = {reading.file: reading.text for reading in assembly.readings.values()}
        findings = compiled.findings or (_no_process(assembly),)
        raise LoadError(tuple(f for f in findings if f.family == "syntax"), texts)
    return compiled.process


def _no_process(assembly: Assembly) -> Finding:
    return syntax_finding(
        "schema",
        Span(assembly.file),
        f"This file holds `{assembly.kind}: {assembly.id}`, not a process.",
        hint="Load the process file itself.",
    )


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


def check_paths(
    paths: Iterable[str],
    *,
    settings: Settings | None = None,
    stdin: bytes = b"",
    chains: bool = False,
    ways: bool = False,
    fixes: bool = False,
) -> CheckReport:
    """Everything wrong in files, and in the ``*.salesflow.yaml`` files of folders.

    Also, if asked: ``chains`` (what shares say), ``ways`` (where each part of a witness stands),
    ``fixes`` (tried out). ``-`` stands for ``stdin``. UsageError for a path that cannot be read,
    and for a folder without process files.
    """
    settings = settings or Settings()
    opened: dict[str, Reading] = {}
    files = [*dict.fromkeys(_files(paths))]
    seen = Seen(settings, chains=chains, ways=ways)
    for file in files:
        seen.look(_assembly(file, stdin, opened, settings))
    findings = tuple(sorted(seen.all(), key=lambda finding: finding.place))
    known = len(findings) - len(findings := _unknown(findings, settings))
    places, untried = seen.places, 0
    if fixes:
        from salesflow.checking.fixes.asked import offer_asked  # only where somebody reads fixes

        plain, text = findings, (_STDIN_NAME, stdin)
        findings, untried = offer_asked(plain, map(_shown_name, files), settings, stdin=text)
        places = {n: places[o] for n, o in zip(findings, plain, strict=True) if o in places}
    return CheckReport(
        files=tuple(map(_shown_name, files)),
        findings=findings,
        processes=FrozenMap(seen.processes),
        texts=seen.texts,
        ways=places,
        known=known,
        untried=untried,
    )


def _unknown(findings: tuple[Finding, ...], settings: Settings) -> tuple[Finding, ...]:
    """The findings that no baseline knows."""
    if settings.baseline is None:
        return findings
    from salesflow.checking.baseline import read_baseline  # only where there is one

    return read_baseline(settings.baseline).left(findings)[0]


def mend_paths(
    paths: Iterable[str],
    *,
    settings: Settings | None = None,
    stdin: bytes = b"",
    unsafe: bool = False,
) -> Mended:
    """The texts of files as they would be with every fix that holds; nothing is written.

    Only findings that a check would report are mended; ``unsafe``: also where a fix may not be what
    was meant. UsageError as for ``check_paths``.
    """
    from salesflow.checking.fixes.asked import mend_asked  # only where something is to be mended

    files = map(_shown_name, dict.fromkeys(_files(paths)))
    return mend_asked(files, settings or Settings(), stdin=(_STDIN_NAME, stdin), unsafe=unsafe)


def _shown_name(file: str) -> str:
    return _STDIN_NAME if file == STANDARD_INPUT else file


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


def _assembly(file: str, stdin: bytes, opened: dict[str, Reading], settings: Settings) -> Assembly:
    if file == STANDARD_INPUT:
        return assemble_text(stdin, file=_STDIN_NAME, limits=settings.limits)
    return assemble_file(file, limits=settings.limits, opened=opened)


def _files(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if path == STANDARD_INPUT or not os.path.isdir(path):
            yield path
            continue
        inside = list(find_files(path))
        if not inside:
            raise UsageError(f"There are no *{ENDING} files in `{path}`.")
        yield from inside


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
