"""Findings that are known already: written down once, left out from then on.

A baseline is for adopting salesflow with findings already there. An entry is a rule, a file and an
element path with a count, never a line, so that moving text does not wake it. Files stand relative
to the baseline's own folder.
"""

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from salesflow.errors import UsageError
from salesflow.findings import Finding
from salesflow.nouns import FrozenMap, Noun
from salesflow.source.files import regular_content

_VERSION = 1
_MOST = 1 << 24  # bytes: a hundred thousand findings

Key = tuple[str, str, str]  # file, element path, rule


class Baseline(Noun):
    """Known findings: how many of a rule there may be at an element of a file."""

    unequal = frozenset({"file"})

    counts: FrozenMap[Key, int]
    file: str = ""

    def left(self, findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Key, ...]]:
        """The findings that are not known, and the entries that no longer occur, sorted.

        Of several alike at one element the first ones, as they stand in the file, are known. What
        the family ``syntax`` finds is never known: the text does not load.
        """
        open_ = Counter(dict(self.counts))
        fresh = []
        for finding in sorted(findings, key=lambda finding: finding.place):
            key = _key(finding, self.file)
            if finding.family != "syntax" and open_[key] > 0:
                open_[key] -= 1
            else:
                fresh.append(finding)
        gone = tuple(sorted(key for key, count in open_.items() if count > 0))
        return tuple(fresh), gone

    def text(self) -> str:
        """The file's text: JSON, sorted, a line for each entry so that changes merge well."""
        import json  # not on the way of a plain check

        rows = [
            json.dumps({"file": file, "path": path, "rule": rule, "count": count})
            for (file, path, rule), count in sorted(self.counts.items())
        ]
        body = ",\n    ".join(rows)
        inner = f"[\n    {body}\n  ]" if rows else "[]"
        return f'{{\n  "version": {_VERSION},\n  "findings": {inner}\n}}\n'


def baseline_of(findings: Iterable[Finding], *, file: str) -> Baseline:
    """The baseline that knows these findings (those that do not load left out)."""
    counts = Counter(_key(finding, file) for finding in findings if finding.family != "syntax")
    return Baseline(counts=FrozenMap(counts), file=file)


def read_baseline(file: str) -> Baseline:
    """The baseline in a file. UsageError where it is missing, unreadable or no baseline."""
    import json  # not on the way of a plain check

    try:
        data = json.loads(regular_content(file, _MOST).decode())
    except UsageError as problem:
        raise UsageError(f"The baseline {problem}") from None
    except (ValueError, RecursionError) as problem:
        raise UsageError(f"The baseline `{file}` is not JSON. {_AGAIN}") from problem
    if not isinstance(data, Mapping) or not isinstance(data.get("findings"), list):
        raise UsageError(f"`{file}` is no baseline: it has no list `findings`. {_AGAIN}")
    if data.get("version") != _VERSION:
        raise UsageError(f"The baseline `{file}` has another version than {_VERSION}. {_AGAIN}")
    counts: Counter[Key] = Counter()
    for entry in data["findings"]:
        counts[_entry(entry, file)] += entry["count"]
    return Baseline(counts=FrozenMap(counts), file=file)


_AGAIN = "Write it again with --write-baseline."


def _entry(entry: Any, file: str) -> Key:
    if isinstance(entry, Mapping):
        key = (entry.get("file"), entry.get("path"), entry.get("rule"))
        count = entry.get("count")
        sound = type(count) is int and 0 < count < 10**9
        if sound and all(isinstance(part, str) for part in key):
            return key  # type: ignore[return-value]
    shown = repr(entry)[:80]
    raise UsageError(
        f"The baseline `{file}` has an entry that is none: {shown} "
        f"(file, path, rule and count are needed). {_AGAIN}"
    )


def _key(finding: Finding, file: str) -> Key:
    return (_relative(finding.file, file), finding.path, finding.rule)


def _relative(name: str, baseline: str) -> str:
    """A file's name as seen from the baseline's folder, the same on every system."""
    try:
        relative = os.path.relpath(name, os.path.dirname(baseline) or ".")
    except ValueError:  # on another drive
        relative = name
    return relative.replace(os.sep, "/")
