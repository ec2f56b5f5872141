"""A process with all its variants: which of the files around it are of it, at whatever distance."""

import os
from collections.abc import Iterator
from typing import NamedTuple

from salesflow.errors import LoadError, UsageError
from salesflow.findings import Finding
from salesflow.process.loaded import process_of
from salesflow.process.model import Process
from salesflow.schema.assemble import assemble_file
from salesflow.schema.assembly import Assembly
from salesflow.source.limits import DEFAULT_LIMITS, Limits
from salesflow.source.project import find_files, project_root
from salesflow.source.read import Reading


class Family(NamedTuple):
    """A process and its variants: each behind what it is of, else by file."""

    base: Process
    variants: tuple[Process, ...]


def families_at(path: str, *, limits: Limits = DEFAULT_LIMITS) -> tuple[Family, ...]:
    """The processes at a path that have variants, each with these.

    A folder stands for all variants in it and in the folders below, a process or variant for the
    process and all its variants in the project. UsageError where there are none; LoadError with all
    findings where one of them does not load.
    """
    opened: dict[str, Reading] = {}
    made: dict[str, Assembly] = {}

    def assembled(file: str) -> Assembly:
        return assemble_file(file, limits=limits, opened=opened, made=made)

    wanted = None
    folder = path
    if not os.path.isdir(path):
        wanted = _place(assembled(path).root)
        folder = os.path.relpath(project_root(path))
    below: dict[str, list[Assembly]] = {}
    roots: dict[str, Assembly] = {}
    for file in find_files(folder):
        assembly = assembled(file)
        root = assembly.root
        if assembly.kind == "variant" and wanted in (None, _place(root)):
            roots.setdefault(_place(root), root)
            below.setdefault(_place(root), []).append(assembly)
    if not roots:
        raise UsageError(_none(path, None if wanted is None else assembled(path)))
    return tuple(_loaded([(roots[place], below[place]) for place in roots]))


def _place(assembly: Assembly) -> str:
    return os.path.realpath(assembly.file)


def _none(path: str, named: Assembly | None) -> str:
    """Why there is nothing to show: in a folder, or for the one file that is ``named``."""
    if named is None:
        example = "of: PROCESS.salesflow.yaml"
        return f"There is no variant in `{path}`: a file with `variant: ID` and `{example}`."
    if named.kind in ("organization", ""):
        what = f"`{named.kind}: {named.id}`" if named.kind else "no process"
        return f"`{path}` holds {what}: name a process, a variant or a folder."
    name = os.path.basename(named.root.file)
    return (
        f"There is no variant of `{name}` in the project: a file with `variant: ID`, `of: {name}`."
    )


def _loaded(families: list[tuple[Assembly, list[Assembly]]]) -> Iterator[Family]:
    found = [(root, *_in_order(members)) for root, members in families]
    processes: dict[str, Process] = {}
    bases: dict[str, Process] = {}  # each compiled once, however many are of it
    findings: dict[Finding, None] = {}
    texts: dict[str, str] = {}
    for assembly in (each for family in found for each in family):
        try:
            processes[assembly.file] = process_of(assembly, bases=bases)
        except LoadError as problem:
            findings.update(dict.fromkeys(problem.findings))
            texts.update(problem.texts)
    if findings:
        raise LoadError(tuple(sorted(findings, key=lambda finding: finding.place)), texts)
    for root, *members in found:
        yield Family(processes[root.file], tuple(processes[each.file] for each in members))


def _in_order(members: list[Assembly]) -> list[Assembly]:
    """Each behind what it is of, else by file; one whose base lies elsewhere is at the top."""
    files = {member.file for member in members}
    inside: dict[str, list[Assembly]] = {}
    for member in sorted(members, key=lambda member: member.file):
        above = member.base.file if member.base is not None else ""
        inside.setdefault(above if above in files else "", []).append(member)
    ordered = []
    waiting = list(reversed(inside.get("", [])))
    while waiting:
        ordered.append(waiting.pop())
        waiting.extend(reversed(inside.get(ordered[-1].file, [])))
    return ordered
