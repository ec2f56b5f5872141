"""``salesflow init``: a process to start from, and the files that let a CI service check it."""

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count

import click

from salesflow.cli import ci_files
from salesflow.cli.ci_files import CiFile
from salesflow.cli.fresh import missing, taken, write_fresh
from salesflow.cli.output import write_out
from salesflow.cli.templates import (
    NAMES,
    SIMULATED,
    TEMPLATES,
    Template,
    template_named,
    text_of,
)
from salesflow.errors import UsageError
from salesflow.names import listed
from salesflow.reporting.visible import line

_ENDING = ".salesflow.yaml"


@click.command("init", epilog="Exit code: 0 it is written, 2 it is not: nothing is overwritten.")
@click.argument("template", required=False, metavar="[TEMPLATE]")
@click.argument("more", nargs=-1, metavar="")  # one too many is told with what to do
@click.option(
    "-o", "--output", "folder", default=".", metavar="DIR", help="Write into this folder."
)
@click.option("--list", "listing", is_flag=True, help="Say which templates there are.")
@click.option(
    "--ci",
    "services",
    multiple=True,
    type=click.Choice(ci_files.NAMES),
    help="Also write what lets this service check the processes. May be repeated.",
)
def command(
    *,
    template: str | None,
    more: tuple[str, ...],
    folder: str,
    listing: bool,
    services: tuple[str, ...],
) -> int:
    """Write a process to start from: hello, smb, enterprise, plg, partner or renewal.

    Without TEMPLATE it is hello; with --ci alone, in a folder that has processes, only what --ci
    asks for. Files that are there stay as they are.
    """
    if listing:
        write_out(_list())
        return 0
    if template is not None and more:
        _hold_one([template, *more], folder)
    _hold_folder(template, folder)
    only_ci = template is None and services and _has_processes(folder)
    chosen = None if only_ci else template_named(template or "hello")
    wanted = {} if chosen is None else _texts(chosen, folder)
    if chosen is not None:
        _hold_free(chosen, taken(wanted), folder, services)
    files = ci_files.ci_files(services, folder)
    there = [file for file in files if taken({file.path: file.text})]
    wanted |= {file.path: file.text for file in files if file not in there}
    fresh = missing(wanted)
    write_fresh(fresh)
    rows = [*_written(wanted, fresh), *_to_add(there)]
    if services and not ci_files.in_repository(folder):
        rows += ["", "Here is no git repository: CI services read these files at the root of one."]
    rows += ["", "Next:", *(f"  {each}" for each in _next(chosen, folder, services))]
    if chosen is not None and chosen.level < SIMULATED:
        rows += ["", "Others to start from, with departments and figures: `salesflow init --list`."]
    write_out("\n".join(map(line, rows)) + "\n")
    return 0


def _list() -> str:
    width = max(map(len, NAMES))
    rows = [f"  {each.name:<{width}}  level {each.level}  {each.about}" for each in TEMPLATES]
    return "\n".join(
        (
            "Processes to start from:",
            *rows,
            "",
            "`salesflow init smb` writes one into this folder, `-o DIR` into another one.",
            f"From level {SIMULATED} on a process can be simulated.",
            "",
        )
    )


def _hold_one(words: Sequence[str], folder: str) -> None:
    """Hold that one template is asked for: say how to have several, or where a folder is named."""
    first, *more = dict.fromkeys(words)
    name = template_named(first).name
    others = [word for word in more if word not in NAMES]
    if others:
        raise UsageError(
            f"{listed(others)}: a template comes alone. To write it into a folder: "
            f"`salesflow init {name} -o {shlex.quote(_in(folder, others[0]))}`."
        )
    each = [f"`salesflow init {one} -o {shlex.quote(_in(folder, one))}`" for one in (name, *more)]
    raise UsageError(f"One template at a time: {', then '.join(each)}.")


def _hold_folder(template: str | None, folder: str) -> None:
    """Hold that a folder is named, and not a file or a stream."""
    if folder == "-":
        raise UsageError("`-o -`: files are written, not printed. Name a folder, or leave it out.")
    if folder.endswith((".yaml", ".yml")):
        name = template or "hello"
        raise UsageError(
            f"`-o {folder}`: `-o` names a folder, in which {name}{_ENDING} is written. "
            "Write it, then give the file the name you like."
        )
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise UsageError(f"`{folder}` is a file: name a folder with `-o`.")


def _has_processes(folder: str) -> bool:
    from salesflow.source.project import find_files  # only where CI files are wanted

    return os.path.isdir(folder) and any(True for _ in find_files(folder))


def _texts(template: Template, folder: str) -> dict[str, str]:
    return {_in(folder, file): text_of(template.name, file) for file in template.files}


def _in(folder: str, file: str) -> str:
    return os.path.normpath(os.path.join(folder, file))


def _hold_free(
    template: Template, there: Sequence[str], folder: str, services: Sequence[str]
) -> None:
    """Hold that nothing of the user's is in the way."""
    if not there:
        return
    are, stay = ("is", "stays as it is") if len(there) == 1 else ("are", "stay as they are")
    numbered = (f"{template.name}_{number}" for number in count(2))
    names = (_in(folder, name) for name in chain([template.name], numbered))
    free = next(name for name in names if not os.path.lexists(name))
    raise UsageError(
        f"{listed(there)} {are} there already and {stay}; nothing was written. "
        f"To write the template into a new folder: `salesflow init {template.name} "
        f"-o {shlex.quote(free)}`."
        + (f" For what --ci writes alone, leave out `{template.name}`." if services else "")
    )


def _written(wanted: Mapping[str, str], fresh: Mapping[str, str]) -> Iterator[str]:
    for file in wanted:
        yield f"Wrote {file}." if file in fresh else f"{file} is there already, with just this."


def _to_add(there: Sequence[CiFile]) -> Iterator[str]:
    """What belongs into files that are there already, and are not touched."""
    for each in there:
        yield ""
        yield f"{each.path} is there already and stays as it is. What belongs into it:"
        yield ""
        yield from (f"    {row}" for row in each.lines.splitlines())


def _next(chosen: Template | None, folder: str, services: Sequence[str]) -> Iterator[str]:
    """The commands to run next, ready to be pasted."""
    if chosen is None:
        yield f"salesflow check {shlex.quote(folder)}"
        if "pre-commit" in services and ci_files.in_repository(folder):
            yield "pip install pre-commit && pre-commit install"
        return
    process = shlex.quote(_in(folder, chosen.process))
    yield f"salesflow check {process}"
    if chosen.tested:
        yield f"salesflow test {process}"
    if chosen.level >= SIMULATED:
        yield f"salesflow simulate {process}"
    picture = _in(folder, f"{chosen.name}.svg")
    yield f"salesflow draw {process} -o {shlex.quote(picture)}"
