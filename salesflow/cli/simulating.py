"""What ``simulate`` does once its options are understood: play, report, and the exit code."""

import os
import sys
from collections.abc import Iterable, Sequence

from salesflow import api
from salesflow.cli.outcome import CLEAN, FOUND, INTERRUPTED, tell
from salesflow.cli.output import (
    Pairs,
    annotated,
    annotates,
    hold_apart,
    spare,
    wants_colour,
    write_file,
    write_out,
)
from salesflow.cli.playing import play, write_logs
from salesflow.cli.question import Question, writable
from salesflow.errors import UsageError
from salesflow.names import listed
from salesflow.process.model import Process
from salesflow.reporting.simulated.verdicts import missed, verdicts
from salesflow.simulation.result import SimulationResult
from salesflow.simulation.scenario import read_scenarios

_ENDINGS = {".json": "json", ".md": "markdown", ".html": "html", ".htm": "html"}
_PROSE = ("", "text", "github")  # for people: more lines on standard output do no harm


def simulate(paths: Sequence[str], asked: Question, pairs: Pairs) -> int:
    """Simulate and report in each format; the exit code."""
    pairs = pairs or (("text", None),)
    # Report and annotations together are no answer, but where GitHub takes the annotations out.
    hold_apart([pair for pair in pairs if pair != ("github", None) or not annotates()])
    pairs = annotated(pairs, _PROSE)
    spare((*pairs, ("", asked.resume)), (*paths, *asked.scenarios))
    writable([*(file for _, file in pairs), asked.log, asked.resume])
    processes = processes_of(paths)
    scenarios = read_scenarios(processes, asked.scenarios, asked.settings)
    result, how = play(processes, scenarios, asked)
    _write(result, processes, pairs)
    sys.stdout.flush()  # what is told goes below it
    tell(how)
    _tell_of_the_sleepless(processes)
    if result.interrupted:
        tell("salesflow: interrupted, what was complete is written")
        return INTERRUPTED
    if asked.log is not None:
        write_logs(asked.log, processes, scenarios, asked, result)
    return _verdict(result)


def _tell_of_the_sleepless(processes: Iterable[Process]) -> None:
    """Say who works day and night, for want of a calendar: every time is too short then."""
    roles = {
        name
        for process in processes
        for name, role in process.roles.items()
        if role.people and role.calendar is None and not role.external
    }
    if roles:
        work = "works" if len(roles) == 1 else "work"
        tell(
            f"{listed(sorted(roles))} {work} day and night, 168 hours a week, for want of "
            "a calendar. Give the department one: `calendar: office`, and its hours in `calendars`."
        )


def processes_of(paths: Sequence[str]) -> list[Process]:
    """The processes of all paths, each once."""
    files: dict[str, str] = {}
    for file in (file for path in paths for file in api.processes_at(path)):
        files.setdefault(os.path.realpath(file), file)
    return [api.load(file) for file in files.values()]


def _write(result: SimulationResult, processes: Sequence[Process], pairs: Pairs) -> None:
    """Each format to where it goes; where a file cannot be written, the answer is told instead."""
    for name, file in pairs:
        if file is None:
            kind = name or "text"
            write_out(render(result, processes, kind, colour=wants_colour(sys.stdout)))
            continue
        kind = name or _ENDINGS.get(os.path.splitext(file)[1].lower(), "text")
        try:
            write_file(file, render(result, processes, kind, colour=False))
        except UsageError:
            if all(file is not None for _, file in pairs):
                write_out(render(result, processes, "text", colour=wants_colour(sys.stdout)))
            raise


def render(
    result: SimulationResult, processes: Sequence[Process], name: str, *, colour: bool
) -> str:
    """The report in one of the formats."""
    if name == "json":
        import json

        return json.dumps(result.to_dict(), indent=2) + "\n"  # ASCII only: nothing can hide
    if name == "markdown":
        from salesflow.reporting.simulated.markdown import markdown

        return markdown(result)
    if name == "github":
        from salesflow.reporting.simulated.github import github

        return github(result, processes)
    if name == "html":
        from salesflow.reporting.simulated.page import page

        return page(result)
    from salesflow.reporting.simulated.text import text

    return text(result, colour=colour)


def _verdict(result: SimulationResult) -> int:
    """Whether an objective is missed; unsure ones are told with what would decide them."""
    for name, objective in verdicts(result):
        if objective.verdict == "unsure" and objective.needed is not None:
            tell(f"{name} is unsure: `--replications {objective.needed}` would probably decide it.")
    return FOUND if missed(result) else CLEAN
