"""What is said first: how bad it is, how much it is, and what else a reader must know at once."""

import re
from collections.abc import Iterator, Sequence

from salesflow.changes.compare import of_each_other
from salesflow.changes.difference import Diff
from salesflow.changes.edit import LEVELS, Edit, Level
from salesflow.findings import SEVERITIES, Finding
from salesflow.reporting.changed.once import told
from salesflow.reporting.words import count, sentence

WORDS: dict[str, str] = {
    "breaking": "breaking",
    "check": "to check",
    "safe": "safe",
    "cosmetic": "cosmetic",
    "none": "without effect",
}
MEANING: dict[str, str] = {
    "breaking": "Somebody must act before it goes live.",
    "check": "Deals or people fare differently; whether that is wanted, the files cannot say.",
    "safe": "It only adds room.",
    "cosmetic": "Only words change.",
    "none": "Nothing changes.",
}
_NUMBER = re.compile(r"v?([0-9]{1,9}(?:\.[0-9]{1,9})*)(?:\+.*)?")
NOTHING = "No process changed."


def name(diff: Diff) -> str:
    """The process with its versions: ``enterprise 2.0.0 → 2.1.0``."""
    names = [
        " ".join(filter(None, [one.id, one.version]))
        for one in (diff.old, diff.new)
        if one is not None
    ]
    if len(names) == 2 and diff.old is not None and diff.new is not None:
        same = diff.old.id == diff.new.id and diff.new.version
        names[1] = diff.new.version if same and names[0] != names[1] else names[1]
    return " → ".join(dict.fromkeys(names))


def headline(diff: Diff) -> str:
    """``enterprise 2.0.0 → 2.1.0: breaking.``, or that it is new, gone or the same."""
    if diff.old is None:
        return f"{name(diff)} is new: {diff.level}." if diff.edits else f"{name(diff)} is new."
    if diff.new is None:
        return f"{name(diff)} is removed: {diff.level}." if diff.edits else f"{name(diff)} is gone."
    if not diff.edits:
        return f"{name(diff)}: nothing changed."
    return f"{name(diff)}: {diff.level}."


def counted(diff: Diff) -> str:
    """``12 changes: 2 breaking, 5 to check, 5 safe.``, "" where nothing changed."""
    if not diff.edits:
        return ""
    edits = told(diff.edits)
    counting = [edit for edit in edits if not edit.waived]
    parts = [*_by_level(counting)]
    waived = len(edits) - len(counting)
    if waived:
        parts.append(f"{waived:,} waived" if parts else "waived" if waived == 1 else "all waived")
    return f"{count(len(edits), 'change')}: {', '.join(parts)}."


def _by_level(edits: Sequence[Edit]) -> Iterator[str]:
    for level in LEVELS:
        number = sum(edit.level == level for edit in edits)
        if number:
            yield f"{number:,} {WORDS[level]}"


def besides(diff: Diff) -> tuple[str, ...]:
    """Sentences on what no level counts: the version, stranded deals, new findings."""
    said = []
    if back := _backwards(diff):
        said.append(back)
    if kept := _kept_version(diff):
        said.append(f"Its version is still {kept}.")
    if diff.deals is not None and (stranded := diff.deals.count("stranded")):
        are = "is" if stranded == 1 else "are"
        said.append(f"{stranded:,} of {count(diff.deals.checked, 'running deal')} {are} stranded.")
    if diff.introduced:
        said.append(f"New findings: {found(diff.introduced)}.")
    if diff.repaired:
        said.append(f"Repaired findings: {found(diff.repaired)}.")
    return tuple(said)


def _kept_version(diff: Diff) -> str:
    """The version that both have, where whoever relies on it must act."""
    if diff.old is None or diff.new is None or diff.level != "breaking":
        return ""
    if of_each_other(diff.old, diff.new):
        return ""
    return diff.new.version if diff.new.version == diff.old.version else ""


def _backwards(diff: Diff) -> str:
    """That the version becomes a smaller one; "" where one of them is no number."""
    if diff.old is None or diff.new is None:
        return ""
    before, after = diff.old.version, diff.new.version
    numbers = [_NUMBER.fullmatch(version) for version in (before, after)]
    first, last = ([int(part) for part in n[1].split(".")] if n else None for n in numbers)
    if first is None or last is None:
        return ""
    most = max(len(first), len(last))
    if last + [0] * (most - len(last)) >= first + [0] * (most - len(first)):
        return ""
    return f"Its version goes back from {before} to {after}. Are OLD and NEW swapped?"


def found(findings: Sequence[Finding]) -> str:
    """``1 error and 2 warnings``."""
    parts = []
    for severity in SEVERITIES:
        number = sum(finding.severity == severity for finding in findings)
        if number:
            parts.append(count(number, "note" if severity == "info" else severity))
    return sentence(parts)


def same_told(number: int) -> str:
    """That files were not compared, as all their texts are the same."""
    return f"The same in both versions: {count(number, 'process file')}." if number else ""


def changes_something(diff: Diff) -> bool:
    """Whether there is anything to tell of it."""
    news = (diff.edits, diff.introduced, diff.repaired, diff.deals, diff.impact, diff.notes)
    return any(news) or diff.old is None or diff.new is None


def alarm(diff: Diff) -> Level:
    """How bad it is all in all: stranded deals and new errors are as bad as what is breaking."""
    stranded = diff.deals is not None and diff.deals.count("stranded")
    wrong = any(finding.severity == "error" for finding in diff.introduced)
    return "breaking" if stranded or wrong else diff.level


def ranked(diffs: Sequence[Diff]) -> tuple[tuple[Diff, ...], tuple[Diff, ...]]:
    """Those that there is something to tell of, the worst first, and the others.

    Both are by id, variants last: they repeat what they are of.
    """
    by_id = sorted(diffs, key=lambda diff: (_is_variant(diff), diff.id))
    changed = [diff for diff in by_id if changes_something(diff)]
    changed.sort(key=lambda diff: LEVELS.index(alarm(diff)))
    return tuple(changed), tuple(diff for diff in by_id if not changes_something(diff))


def _is_variant(diff: Diff) -> bool:
    process = diff.new or diff.old
    return process is not None and process.base is not None


def of_several(changed: Sequence[Diff], others: Sequence[Diff]) -> str:
    """How many changed: ``3 of 5 processes changed: 1 breaking, 2 safe``."""
    number = len(changed) + len(others)
    if not changed:
        return NOTHING if number != 1 else headline(others[0])
    parts = []
    for level in LEVELS:
        at_level = sum(diff.level == level for diff in changed)
        if at_level:
            parts.append(f"{at_level:,} {WORDS[level]}")
    processes = "process" if number == 1 else "processes"
    return f"{len(changed):,} of {number:,} {processes} changed: {', '.join(parts)}."
