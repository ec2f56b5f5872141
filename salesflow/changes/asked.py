"""Comparisons as they are asked for: by whose configuration, with whose deals, pair by pair."""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from salesflow.changes import comparing
from salesflow.changes.difference import Diff
from salesflow.changes.levels import Levels, read_levels
from salesflow.changes.running.reading import read_deals
from salesflow.changes.versions import Versions
from salesflow.checking.config import Settings, read_settings
from salesflow.errors import UsageError
from salesflow.process.model import Process
from salesflow.simulation.plan import Plan

Find: TypeAlias = Callable[[bool], tuple[Versions, ...]]  # True: what is the same is loaded too

_NOT_PLAYED = "Its figures are not compared: only one version has this process."
_NAMED = 3  # files in a message


class Asked(NamedTuple):
    """What is asked of each pair of versions.

    ``deals`` is what the file ``deals_file`` has, of deals under way. ``plan`` says for two
    versions how they are to be simulated; None: not at all.
    """

    settings: Settings = Settings()
    levels: Levels = Levels()
    deals: bytes | None = None
    deals_file: str = ""
    plan: Callable[[Sequence[Process]], Plan] | None = None


def latest(paths: Iterable[str]) -> str:
    """Whose configuration counts where versions at these paths are compared, the newest last: the
    last one that is there.
    """
    return next((path for path in reversed([*paths]) if os.path.lexists(path)), ".")


def asked_at(
    where: str,
    *,
    deals: str | None = None,
    plan: Callable[[Sequence[Process]], Plan] | None = None,
) -> Asked:
    """What is asked, by the configuration of a file or folder.

    UsageError where that is wrong, or the file of deals cannot be read.
    """
    return Asked(
        settings=read_settings(where),
        levels=read_levels(where),
        deals=None if deals is None else read_deals(deals),
        deals_file=deals or "",
        plan=plan,
    )


def pairs_asked(find: Find, asked: Asked) -> tuple[Versions, ...]:
    """The versions that are found; where deals are looked at, what they are of is loaded.

    UsageError unless it is clear of which process the deals are, and both its versions are there.
    """
    found = find(False)
    if asked.deals is None:
        return found
    if all(pair.same for pair in found):
        found = find(True)  # its deals are looked at all the same
    _hold_one([pair for pair in found if not pair.same], asked.deals_file)
    return found


def _hold_one(pairs: Sequence[Versions], file: str) -> None:
    if not pairs:
        raise UsageError(f"`{file}` has deals of a process, and here is none: name its file.")
    if len(pairs) > 1:
        names = ", ".join(f"`{pair.name}`" for pair in pairs[:_NAMED])
        raise UsageError(
            f"`{file}` has deals of one process, and here are {len(pairs)}: name its file "
            f"({names}{', …' if len(pairs) > _NAMED else ''})."
        )
    if pairs[0].old is None or pairs[0].new is None:
        side = "old" if pairs[0].old is None else "new"
        raise UsageError(f"`{file}` needs both versions, and `{pairs[0].name}` has no {side} one.")


def compared(
    pair: Versions, asked: Asked, *, progress: Callable[[float, float], None] | None = None
) -> Diff:
    """The difference between two versions, or that a process was added or removed.

    ``progress`` is told of the simulation. Errors as of ``comparing.diff``.
    """
    if pair.old is not None and pair.new is not None:
        diff = comparing.diff(
            pair.old,
            pair.new,
            levels=asked.levels,
            deals=asked.deals,
            deals_file=asked.deals_file,
            impact=asked.plan((pair.old, pair.new)) if asked.plan is not None else None,
            progress=progress,
            settings=asked.settings,
        )
        return diff.replace(notes=(*pair.notes, *diff.notes))
    process = pair.new or pair.old
    assert process is not None  # noqa: S101 - there is no pair of nothing
    diff = comparing.lone(process, added=pair.new is not None, levels=asked.levels)
    unplayed = (_NOT_PLAYED,) if asked.plan is not None else ()
    return diff.replace(notes=(*pair.notes, *diff.notes, *unplayed))
