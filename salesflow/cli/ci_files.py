"""The files that let a CI service check processes: where each goes, and what stands in it."""

import os
import re
from typing import NamedTuple

from salesflow.cli.templates import text_of
from salesflow.reporting.repository import work_tree

_PLAIN = re.compile(r"[\w./-]+", re.ASCII)


class Service(NamedTuple):
    """A CI service: the ``file`` it reads, from the root of the repository."""

    name: str
    file: str
    added: str  # how what belongs into a file that is there already begins


SERVICES = (
    Service("github", ".github/workflows/salesflow.yml", "jobs:"),
    Service("gitlab", ".gitlab-ci.yml", "include:"),
    Service("pre-commit", ".pre-commit-config.yaml", "  - repo:"),
)
NAMES = tuple(service.name for service in SERVICES)


class CiFile(NamedTuple):
    """A file for a service: its path, its text, and what to add where it is there already."""

    service: Service
    path: str
    text: str
    lines: str


def ci_files(names: tuple[str, ...], folder: str) -> tuple[CiFile, ...]:
    """The files of the services named, for processes in a folder.

    They go to the root of the repository that the folder lies in, for that is where services look;
    to the folder itself where there is none.
    """
    root = root_of(folder)
    inside = os.path.relpath(os.path.abspath(folder), root).replace(os.sep, "/")
    shown = os.path.relpath(root)
    return tuple(
        _ci_file(service, "" if shown == "." else shown, inside)
        for service in SERVICES
        if service.name in names
    )


def root_of(folder: str) -> str:
    """The root of the git repository that a folder lies in, else the folder; absolute."""
    absolute = os.path.abspath(folder)
    return work_tree(absolute) or absolute


def in_repository(folder: str) -> bool:
    """Whether a folder lies in a git repository."""
    return work_tree(os.path.abspath(folder)) is not None


def _ci_file(service: Service, root: str, inside: str) -> CiFile:
    from salesflow import __version__

    text = text_of("ci", f"{service.name}.yaml").replace("VERSION", __version__)
    text = text.replace("PROCESSES", inside if _PLAIN.fullmatch(inside) else _quoted(inside))
    start = text.index(f"\n{service.added}") + 1
    return CiFile(service, os.path.join(root, *service.file.split("/")), text, text[start:])


def _quoted(path: str) -> str:
    from json import dumps  # a JSON text is a YAML text too; most paths need no quotes

    return dumps(path)
