"""Two versions of a process, matched by id and by what ``renamed`` says, without any inference."""

from collections.abc import Mapping
from typing import Any

from salesflow.changes.matching.nouns import Match, Matching
from salesflow.changes.running.judge import running_deals
from salesflow.changes.running.nouns import Group, RunningDeals
from salesflow.changes.sheet import sheet_of
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from tests.process.written import process_of

HEAD = "salesflow: 1\nprocess: deals\noutcomes: {won: {kind: won}, lost: {kind: lost}}\n"


def matched(old: Process, new: Process, renamed: Mapping[str, str] | None = None) -> Matching:
    """Same paths are the same element; ``renamed`` maps further old paths to new ones."""
    before, after = sheet_of(old), sheet_of(new)
    pairs = {path: Match(path, path) for path in after if path in before}
    for one, other in (renamed or {}).items():
        pairs[other] = Match(one, other)
    return Matching(matches=FrozenMap(pairs))


def process(steps: str, *, data: str = "", more: str = "", source: str = "") -> Process:
    """A process with steps in flow style that starts at the first of them, or at ``source``."""
    start = source or "{start: " + steps.strip().split(":", 1)[0].lstrip("{ ") + "}"
    fields = f"data: {data}\n" if data else ""
    return process_of(f"{HEAD}{fields}sources: {{inbound: {start}}}\nsteps: {steps}\n{more}\n")


def judged(
    old: Process,
    new: Process,
    text: str,
    *,
    renamed: Mapping[str, str] | None = None,
    **more: Any,
) -> RunningDeals:
    return running_deals(text, old, new, matched(old, new, renamed), file="deals.csv", **more)


def at(
    old: Process,
    new: Process,
    *places: str,
    renamed: Mapping[str, str] | None = None,
    column: str = "",
    cell: str = "",
) -> Group:
    """The one group of a deal at some places, perhaps with a field."""
    head, row = f"deal,at,{column}" if column else "deal,at", f"D-1,{'|'.join(places)}"
    text = f"{head}\n{row},{cell}\n" if column else f"{head}\n{row}\n"
    (group,) = judged(old, new, text, renamed=renamed).groups
    return group


def told(group: Group) -> str:
    """A group on one line."""
    parts = [group.verdict, group.why, group.suggestion]
    return " / ".join(part for part in parts if part)
