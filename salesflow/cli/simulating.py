"""What ``simulate`` does once its options are understood: play, report, and the exit code."""

import os
import sys
from collections.abc import Sequence

from salesflow import api
from salesflow.cli.outcome import CLEAN, FOUND, INTERRUPTED, tell
from salesflow.cli.output import spare, wants_colour, write_file, write_out
from salesflow.cli.playing import play, write_logs
from salesflow.cli.question import Question, writable
from salesflow.errors import UsageError
from salesflow.process.model import Process
from salesflow.reporting.simulated.verdicts import missed, verdicts
from salesflow.simulation.result import SimulationResult
from salesflow.simulation.scenario import read_scenarios

Pairs = tuple[tuple[str, str | None], ...]  # (format, file); None is standard output

_ENDINGS = {".json": "json", ".md": "markdown", ".html": "html", ".htm": "html"}


def simulate(paths: Sequence[str], asked: Question, pairs: Pairs) -> int:
    """Simulate and report in each format; the exit code."""
    pairs = pairs or (("text", None),)
    hold_apart(pairs)
    spare((*pairs, ("", asked.resume)), (*paths, *asked.scenarios))
    writable([*(file for _, file in pairs), asked.log, asked.resume])
    processes = processes_of(paths)
    scenarios = read_scenarios(processes, asked.scenarios, asked.settings)
    result, how = play(processes, scenarios, asked)
    _write(result, pairs)
    sys.stdout.flush()  # what is told goes below it
    tell(how)
    if result.interrupted:
        tell("salesflow: interrupted, what was complete is written")
        return INTERRUPTED
    if asked.log is not None:
        write_logs(asked.log, processes, scenarios, asked, result)
    return _verdict(result)


def processes_of(paths: Sequence[str]) -> list[Process]:
    """The processes of all paths, each once."""
    files: dict[str, str] = {}
    for file in (file for path in paths for file in api.processes_at(path)):
        files.setdefault(os.path.realpath(file), file)
    return [api.load(file) for file in files.values()]


def hold_apart(pairs: Pairs) -> None:
    """Hold that no two formats mix on standard output."""
    if sum(file is None for _, file in pairs) > 1:
        raise UsageError("Two formats on standard output would mix: give one of them `-o FILE`.")


def _write(result: SimulationResult, pairs: Pairs) -> None:
    """Each format to where it goes; where a file cannot be written, the answer is told instead."""
    for name, file in pairs:
        if file is None:
            write_out(render(result, name or "text", colour=wants_colour(sys.stdout)))
            continue
        kind = name or _ENDINGS.get(os.path.splitext(file)[1].lower(), "text")
        try:
            write_file(file, render(result, kind, colour=False))
        except UsageError:
            if all(file is not None for _, file in pairs):
                write_out(render(result, "text", colour=wants_colour(sys.stdout)))
            raise


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
    for name, objective in verdicts(result):
        if objective.verdict == "unsure" and objective.needed is not None:
            tell(f"{name} is unsure: `--replications {objective.needed}` would probably decide it.")
    return FOUND if missed(result) else CLEAN
