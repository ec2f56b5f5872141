"""What a change breaks and what it repairs: the findings of ``check`` in both versions.

Findings are held against each other by rule and element, never by line: text that moves, and an
element that is renamed, has what it had before.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from salesflow.changes.matching.nouns import Matching
from salesflow.changes.sheet import HEADER, RUNS, home_of, last_id, runs_of
from salesflow.checking.config import Settings
from salesflow.findings import Finding
from salesflow.process.model import Process

Key: TypeAlias = tuple[str, str]  # rule, the element's path in the new version

# What names fields of a deal in an element: the rest of a finding's path.
_FIELDS = ("captures", "gives", "set")


class Found(NamedTuple):
    """Findings that only the new version has and that only the old one had, by place.

    ``kept`` is how many both have. Paths of those introduced are of the new version, of those
    repaired of the old one.
    """

    introduced: tuple[Finding, ...] = ()
    repaired: tuple[Finding, ...] = ()
    kept: int = 0


def findings_changed(
    old: Process, new: Process, matching: Matching, *, settings: Settings | None = None
) -> Found:
    """Check both versions with the same settings; ignore comments count.

    Where both have several of a rule at one element, they are told apart by what they say.
    UsageError for settings that name no rule.
    """
    from salesflow.checking.run import checked  # the rules are slow to import
    from salesflow.checking.select import choose

    chosen = choose((settings or Settings()).selection)
    before = _by_key(old, checked(old, chosen), matching)
    after = _by_key(new, checked(new, chosen), None)
    introduced: list[Finding] = []
    repaired: list[Finding] = []
    kept = 0
    for key in {**before, **after}:
        was, now = _apart(before.get(key, []), after.get(key, []))
        repaired += was
        introduced += now
        kept += len(after.get(key, [])) - len(now)
    return Found(tuple(sorted(introduced, key=_place)), tuple(sorted(repaired, key=_place)), kept)


def _place(finding: Finding) -> tuple[str, int, int, str, str, str]:
    return finding.place


def _apart(old: list[Finding], new: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Those without a counterpart, of findings of one rule at one element.

    A message may name what is called differently now: only if there are more on one side it says
    which of them is the new one.
    """
    if len(old) == len(new):
        return [], []
    said = Counter(finding.message for finding in old) & Counter(f.message for f in new)
    left = [[*_without(each, said)] for each in (old, new)]
    pairs = min(map(len, left))
    return left[0][pairs:], left[1][pairs:]


def _without(findings: Iterable[Finding], said: Counter[str]) -> Iterator[Finding]:
    """The findings but for so many of each message, in the order of messages."""
    open_ = Counter(said)
    for finding in sorted(findings, key=lambda finding: (finding.message, finding.witness)):
        if open_[finding.message] > 0:
            open_[finding.message] -= 1
        else:
            yield finding


def _by_key(
    process: Process, findings: Iterable[Finding], matching: Matching | None
) -> dict[Key, list[Finding]]:
    """Findings by what they are held against each other by; ``matching`` leads to new paths."""
    homes = {run.file: f"{RUNS}.{name}" for name, run in runs_of(process).items()}
    homes[process.file] = ""
    found: dict[Key, list[Finding]] = {}
    for finding in findings:
        # A path begins in its own process, which the file tells; people stand in no process.
        home = homes.get(finding.file, "")
        path = ".".join(part for part in (home, finding.path) if part) or HEADER
        if matching is not None:
            path = new_path(path, matching)
        found.setdefault((finding.rule, path), []).append(finding)
    return found


def new_path(path: str, matching: Matching) -> str:
    """Where the new version has what stands at a path in the old one.

    A path may lead into an element (``steps.draft.captures.amount``): the nearest element that is
    matched takes the rest with it.
    """
    parts = path.split(".")
    for end in range(len(parts), 0, -1):
        there = matching.new_of.get(".".join(parts[:end]))
        if there is not None:
            rest = list(parts[end:])
            if len(rest) > 1 and rest[0] in _FIELDS:
                rest[1] = _field(rest[1], home_of(path), matching)
            return ".".join((there, *rest))
    return path


def _field(name: str, home: str, matching: Matching) -> str:
    """What a field is called now; a process that is run may have people and data of its own."""
    for path in (f"{home}data.{name}", f"data.{name}"):
        if path in matching.new_of:
            return last_id(matching.new_of[path])
    return name
