"""Both versions of each process: of two paths, or of the work tree and where its branch began."""

import os
from collections.abc import Container, Iterable, Mapping
from contextlib import ExitStack
from typing import NamedTuple

from salesflow.changes.named import Histories, Opened, Place
from salesflow.changes.pairing import Member, Pair, pairs_of
from salesflow.changes.since import Since
from salesflow.changes.untouched import untouched
from salesflow.errors import LoadError, UsageError
from salesflow.findings import Finding
from salesflow.process.loaded import process_of
from salesflow.process.model import Process
from salesflow.source.files import STANDARD_INPUT
from salesflow.source.limits import DEFAULT_LIMITS, Limits

_OTHER_KINDS = ("organization", "scenario", "tests")


class Versions(NamedTuple):
    """Two versions of a process, None where one side has none.

    ``name`` is the file as it is named to people, that of the new version if there is one.
    ``same``: all texts are the same, so nothing was loaded. ``notes`` are sentences.
    """

    name: str
    old: Process | None
    new: Process | None
    same: bool = False
    notes: tuple[str, ...] = ()


def versions(
    old: str,
    new: str,
    *,
    stdin: bytes = b"",
    at: str | None = None,
    every: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Versions, ...]:
    """Both versions of a file, or of each process and variant in a folder.

    ``old`` and ``new`` are files or folders, ``REV:path`` of the repository that the working folder
    lies in, ``-`` for ``stdin``, or ``/dev/null`` for a file that is not there. ``at``: both are
    read as if they stood there, as the copies that git hands to a difftool must be. ``every``: what
    is the same in both versions is loaded too.

    UsageError for what cannot be read, LoadError with all findings of both sides.
    """
    if old == new == STANDARD_INPUT:
        raise UsageError("Only one version can come from standard input.")
    with ExitStack() as stack:
        histories = Histories(stack)
        before, after = (Opened(histories, limits, stdin) for _ in range(2))
        one = before.place(old, at=at, side="old")
        other = after.place(new, at=at, side="new")
        places = [place for place in (one, other) if place is not None]
        if not places:
            raise UsageError("Neither version is there: nothing can be compared.")
        if all(place.folder for place in places):
            return _in_folders(one, before, other, after, every=every)
        if any(place.folder for place in places):
            raise UsageError(f"`{old}` and `{new}`: name two files or two folders.")
        pair = Pair(_member(one, before), _member(other, after))
        return _loaded([pair], every=True)


def since(
    base: str,
    paths: Iterable[str] = (".",),
    *,
    every: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Versions, ...]:
    """Both versions of the processes at ``paths``: now, and where this branch left ``base``.

    A path is a file or a folder, and need only be there in one of the versions. A file whose path
    is new is looked for under its former one. ``every``: what is the same in both versions is
    loaded too. UsageError for what cannot be read, LoadError with all findings of both sides.
    """
    with ExitStack() as stack:
        histories = Histories(stack)
        before, after = (Opened(histories, limits) for _ in range(2))
        found = Since(base, [*dict.fromkeys(paths)], histories)
        sides = _Sides(found.old, before, found.new, after)
        return _compared(sides, found.named, found.only_compared, every=every)


class _Sides(NamedTuple):
    """The files of both versions, by what makes two of them one, and how they are read."""

    old: Mapping[str, Place]
    before: Opened
    new: Mapping[str, Place]
    after: Opened


def _in_folders(
    one: Place | None, before: Opened, other: Place | None, after: Opened, *, every: bool
) -> tuple[Versions, ...]:
    old = before.files(one) if one is not None else {}
    new = after.files(other) if other is not None else {}
    if not old and not new:
        names = " and ".join(f"`{place.shown}`" for place in (one, other) if place is not None)
        raise UsageError(f"There are no process files (*.salesflow.yaml) in {names}.")
    return _compared(_Sides(old, before, new, after), every=every)


def _compared(
    sides: _Sides,
    named: frozenset[str] = frozenset(),
    only_compared: frozenset[str] = frozenset(),
    *,
    every: bool,
) -> tuple[Versions, ...]:
    """The versions of each file in the order of their paths."""
    sides.before.read_ahead(sides.old.values())
    sides.after.read_ahead(sides.new.values())
    idle = {} if every else untouched(sides.old, sides.new, sides.before, sides.after)
    old = _members(sides.old, sides.before, idle, named)
    new = _members(sides.new, sides.after, idle, named)
    pairs = [pair for pair in pairs_of(old, new) if not only_compared.issuperset(_keys(pair))]
    kept = _not_only_run(pairs, old, new, named=named)
    found = [*zip((pair.key for pair in kept), _loaded(kept, every=every), strict=True)]
    found += [(key, Versions(place.shown, None, None, same=True)) for key, place in idle.items()]
    return tuple(each for _, each in sorted(found, key=lambda pair: pair[0]))


def _member(place: Place | None, opened: Opened) -> Member | None:
    return None if place is None else Member(place.shown, place, opened.assembly(place))


def _members(
    files: Mapping[str, Place], opened: Opened, idle: Container[str], named: Container[str]
) -> list[Member]:
    """The files that hold a process or a variant, or nobody knows what; without the idle ones."""
    members = []
    for key, place in files.items():
        if key in idle:
            continue
        assembly = opened.assembly(place)
        if assembly.kind not in _OTHER_KINDS:
            members.append(Member(key, place, assembly))
        elif key in named:
            raise UsageError(
                f"`{place.shown}` holds `{assembly.kind}: {assembly.id}`, not a process. Name the "
                "folder of the processes instead: what they use is compared with them."
            )
    return members


def _keys(pair: Pair) -> set[str]:
    return {member.key for member in pair[:2] if isinstance(member, Member)}


def _not_only_run(
    pairs: Iterable[Pair],
    old: Iterable[Member],
    new: Iterable[Member],
    *,
    named: frozenset[str] = frozenset(),
) -> list[Pair]:
    """Without the processes that on both sides are run by others: they are compared in those."""
    run_before, run_after = _run_files(old), _run_files(new)
    return [
        pair
        for pair in pairs
        if _keys(pair) & named
        or not (
            (pair.old is None or pair.old.assembly.file in run_before)
            and (pair.new is None or pair.new.assembly.file in run_after)
        )
    ]


def _run_files(members: Iterable[Member]) -> frozenset[str]:
    return frozenset(run.file for member in members for run in member.assembly.runs.values())


def _loaded(pairs: Iterable[Pair], *, every: bool = False) -> tuple[Versions, ...]:
    """The pairs as processes; unless ``every``, those whose texts differ."""
    found: list[Versions] = []
    findings: dict[Finding, None] = {}
    texts: dict[str, str] = {}

    before: dict[str, Process] = {}  # what variants are of, each compiled once for all of them
    after: dict[str, Process] = {}

    def load(member: Member | None, bases: dict[str, Process]) -> Process | None:
        if member is None:
            return None
        try:
            return process_of(member.assembly, bases=bases)
        except LoadError as problem:
            findings.update(dict.fromkeys(problem.findings))
            texts.update(problem.texts)
            return None

    for pair in pairs:
        member = pair.new or pair.old
        name = member.place.shown if member is not None else ""
        notes = (pair.note,) if pair.note else ()
        if not every and _same(pair):
            found.append(Versions(name, None, None, same=True))
        else:
            old, new = load(pair.old, before), load(pair.new, after)
            found.append(Versions(name, old, new, notes=notes))
    if findings:
        raise LoadError(tuple(sorted(findings, key=lambda finding: finding.place)), texts)
    return tuple(found)


def _same(pair: Pair) -> bool:
    """Whether all texts of a file are the same, and lie in the same places around it."""
    if pair.old is None or pair.new is None or pair.old.key != pair.new.key:
        return False
    return _texts(pair.old) == _texts(pair.new)


def _texts(member: Member) -> dict[str, str]:
    """The texts of all files that it draws on, by where they lie from its folder."""
    revision = member.place.revision
    folder = os.path.dirname(member.place.path)
    texts = {}
    for file, reading in member.assembly.readings.items():
        path = file if revision is None else revision.path(file)
        texts[os.path.relpath(path, folder or ".")] = reading.text.replace("\r\n", "\n")
    return texts
