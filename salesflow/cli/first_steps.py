"""What `salesflow` alone says: what to type first, in this very folder."""

import os
import shlex
from collections.abc import Iterator

from salesflow.cli.outcome import USAGE
from salesflow.cli.output import write_out

_MOST = 3  # files that are named


def first_steps() -> int:
    """Print what to type first; the exit code of a command that lacks its verb."""
    from salesflow.reporting.visible import line
    from salesflow.source.project import is_wanted

    there = sorted(name for name in os.listdir(".") if is_wanted(name))
    steps = [*(_with(there) if there else _without())]
    width = max(len(command) for command, _ in steps)
    rows = [
        "salesflow checks, simulates and draws sales processes that are written in YAML.",
        "",
        _found(there) if there else "To begin:",
        *(f"  {command:<{width}}  {does}" for command, does in steps),
        "",
        "`salesflow --help` lists all verbs, `salesflow VERB --help` says what one takes.",
    ]
    write_out("\n".join(map(line, rows)) + "\n")
    return USAGE


def _found(there: list[str]) -> str:
    more = f" and {len(there) - _MOST} more" if len(there) > _MOST else ""
    return f"In this folder: {', '.join(there[:_MOST])}{more}. What now?"


def _without() -> Iterator[tuple[str, str]]:
    yield "salesflow init", "writes a first process, hello.salesflow.yaml"
    yield "salesflow init --list", "shows larger ones: small company, enterprise, partners …"
    yield "salesflow check", "finds what loses deals, in all processes of this folder"


def _with(there: list[str]) -> Iterator[tuple[str, str]]:
    process = shlex.quote(there[0])
    picture = shlex.quote(f"{there[0].partition('.')[0]}.html")
    yield "salesflow check", "finds what loses deals, in all processes of this folder"
    yield f"salesflow show {process}", "tells what a process is"
    yield f"salesflow draw {process} -o {picture}", "draws it, as a page to explore"
    yield f"salesflow simulate {process}", "says how many deals are won, and who holds them up"
