"""The whole site as texts by relative path: a pure function of processes, findings and results."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from salesflow.errors import UsageError
from salesflow.findings import Finding
from salesflow.names import listed
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.process.steps import Run
from salesflow.reporting.drawn import several
from salesflow.reporting.measured import STALE, outdated
from salesflow.reporting.paged.kept import Kept
from salesflow.reporting.paged.page import paged
from salesflow.reporting.site.addresses import SCRIPT, SEARCH, STYLE, explore_page
from salesflow.reporting.site.atlas import Atlas, Chart, with_runs
from salesflow.reporting.site.department_page import department_shown
from salesflow.reporting.site.dictionary import dictionary_shown
from salesflow.reporting.site.findings_page import findings_shown
from salesflow.reporting.site.frame import Page, framed
from salesflow.reporting.site.front import front
from salesflow.reporting.site.looks import script, style
from salesflow.reporting.site.process_page import process_shown
from salesflow.reporting.site.search import search_index
from salesflow.reporting.site.steps_page import steps_shown
from salesflow.reporting.site.touchpoint_page import touchpoint_shown
from salesflow.reporting.site.words_page import words_shown
from salesflow.simulation.result import SimulationResult

_UNKNOWN = (
    "The figures come from a simulation together with {}, not shown here: whether they are of this "
    "version cannot be told."
)


class Given(NamedTuple):
    """A result, and what to call it."""

    called: str
    result: SimulationResult


def site(
    processes: Process | Iterable[Process],
    *,
    findings: Iterable[Finding] = (),
    results: SimulationResult
    | str
    | os.PathLike[str]
    | Iterable[SimulationResult | str | os.PathLike[str]] = (),
    title: str = "",
) -> dict[str, str]:
    """A site of pages as texts by relative path (``departments/legal.html``); nothing is written.

    What a process runs has its pages too, a variant stands below its base where that is there.
    ``findings`` belong to the process in whose file they stand. ``results`` are those of
    ``simulate``, or files of their JSON; one of another version is shown, and said to be. The same
    arguments give the same bytes. UsageError for two processes of one id, two results of one
    process, or a result of a process that is not there.
    """
    found = several(findings)
    if not all(isinstance(each, Finding) for each in found):
        raise UsageError("`findings` are those of a check: `check(process)`.")
    if not isinstance(title, str):
        raise UsageError("`title` is a text: what the site is called.")
    return pages_of(atlas_of(_processes(processes), found, results_of(results), title))


def pages_of(atlas: Atlas) -> dict[str, str]:
    """All pages, and what they need, by relative path."""
    foot = _foot(atlas)
    pages = {page.at: framed(page, atlas.title, foot) for page in _pages(atlas)}
    for chart in atlas.charts.values():
        found, result = chart.findings, chart.kept.result
        chain = chart.chain if result is None else None  # then nothing is read off the shares
        explored = paged(chart.process, findings=found, result=result, chain=chain)
        pages[explore_page(chart.id)] = explored
    pages |= {STYLE: style(), SCRIPT: script(), SEARCH: search_index(atlas)}
    return dict(sorted(pages.items()))


def _pages(atlas: Atlas) -> Iterator[Page]:
    yield front(atlas)
    for chart in atlas.charts.values():
        yield process_shown(atlas, chart)
        yield steps_shown(chart)
        for point in chart.process.touchpoints.values():
            yield touchpoint_shown(chart, point)
    for name in atlas.departments:
        yield department_shown(atlas, name)
    yield dictionary_shown(atlas)
    yield findings_shown(atlas)
    yield words_shown()


def _foot(atlas: Atlas) -> str:
    from salesflow import __version__

    files = dict.fromkeys(chart.process.file for chart in atlas.charts.values())
    return f"Made by salesflow {__version__} from {', '.join(files)}."


def atlas_of(
    processes: Sequence[Process],
    findings: tuple[Finding, ...],
    results: tuple[Given, ...],
    title: str,
) -> Atlas:
    """All that the pages tell. UsageError as for ``site``."""
    _hold_apart(processes)
    every = with_runs(processes)
    known = {process.id: process for process in every}
    kept = _kept(known, results)
    own = {process.file for process in every}
    charts = {
        process.id: Chart(
            process=process,
            kept=kept[process.id][0] if process.id in kept else Kept(),
            stale=kept[process.id][1] if process.id in kept else "",
            findings=_own(process, findings, own),
            base=_base(process, known),
            runs_in=_runs_in(process, every),
        )
        for process in every
    }
    atlas = Atlas(charts=FrozenMap(charts), findings=findings)
    return atlas.replace(title=title or _title(atlas))


def _own(process: Process, findings: Iterable[Finding], own: set[str]) -> tuple[Finding, ...]:
    """Findings in the file of a process, and in files that are nobody's own: an organization."""
    shared = set(process.texts) - own
    return tuple(f for f in findings if f.file == process.file or f.file in shared)


def _base(process: Process, known: Mapping[str, Process]) -> str:
    if process.base is None:
        return ""
    name = process.base.process.id
    return name if name in known and name != process.id else ""


def _runs_in(process: Process, every: Iterable[Process]) -> tuple[str, ...]:
    """The processes with a step that runs it; variants only where their base does not."""
    found = []
    for other in every:
        steps = other.nodes.values()
        if any(isinstance(step, Run) and step.process == process.id for step in steps):
            found.append(other)
    names = {other.id for other in found}
    return tuple(o.id for o in found if o.base is None or o.base.process.id not in names)


def _title(atlas: Atlas) -> str:
    mains = atlas.mains or tuple(atlas.charts.values())
    return mains[0].title if len(mains) == 1 else "Our sales processes"


def _processes(given: Process | Iterable[Process]) -> tuple[Process, ...]:
    processes = (given,) if isinstance(given, Process) else several(given)
    if not processes or not all(isinstance(one, Process) for one in processes):
        raise UsageError("A site shows processes: `site(load(PATH))`, or a list of them.")
    return processes


def _hold_apart(processes: Iterable[Process]) -> None:
    seen: dict[str, str] = {}
    for process in processes:
        if process.id in seen:
            raise UsageError(
                f"`{seen[process.id]}` and `{process.file}` are both called `{process.id}`, and a "
                "site has one place for it: leave one of them out, or make a site for each."
            )
        seen[process.id] = process.file


def results_of(given: object) -> tuple[Given, ...]:
    """Results as given: one or several, or files of their JSON."""
    one = isinstance(given, SimulationResult | str | os.PathLike)
    return tuple(_result(each) for each in ((given,) if one else several(given)))


def _result(given: object) -> Given:
    if isinstance(given, str | os.PathLike):
        from salesflow.simulation.result_reading import read_result  # only where one is read

        return Given(f"`{os.fspath(given)}`", read_result(os.fspath(given)))
    if not isinstance(given, SimulationResult):
        raise UsageError("`results` are those of `simulate(process)`, or files of their JSON.")
    return Given("A result", given)


def _kept(known: Mapping[str, Process], results: Iterable[Given]) -> dict[str, tuple[Kept, str]]:
    """The figures of each process, and why they may not be those of this version."""
    found: dict[str, tuple[Kept, str]] = {}
    for called, result in results:
        here = [name for name in result.processes if name in known]
        if not here:
            names = listed([*result.processes])
            raise UsageError(f"{called} is of {names}, and this site shows {listed([*known])}.")
        doubt = _doubt(known, result)
        for name in here:
            if name in found:
                raise UsageError(f"{called} is a second result of `{name}`: give one of them.")
            found[name] = (Kept(part=result.processes[name], result=result), doubt)
    return found


def _doubt(known: Mapping[str, Process], result: SimulationResult) -> str:
    missing = [name for name in result.processes if name not in known]
    if missing:
        return _UNKNOWN.format(listed(missing))
    cast = [known[name] for name in result.processes]
    return STALE if outdated(cast, result) else ""
