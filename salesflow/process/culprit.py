"""Which change of a variant most likely made an error that stands at a line of its base."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from salesflow.findings import Finding
from salesflow.process.dump import dump
from salesflow.process.model import Change, Process
from salesflow.schema.kinds import parts

_ARRIVAL = ("unreachable-step", "dead-step", "deadlock")  # the cause lies before the place
_QUOTED = re.compile(r"`([a-z][a-z0-9_]*)`")
# What speaks for a change, the strongest first: it led there; it took away or replaced what the
# error names; it lies at the same place; the deal comes past it; its last word is named.
_LED, _TOOK, _THERE, _PASSED, _NAMED = 1_000, 200, 100, 20, 10


class Culprit(NamedTuple):
    """A change, and whether no other one is as likely."""

    change: Change
    alone: bool


def culprit(base: Process, changes: Sequence[Change], finding: Finding) -> Culprit:
    """The likeliest of some changes, at least one, the first of several that are alike.

    A guess by what the error says, where it stands and how a deal gets there. Trying which change
    taken back mends it would be exact, and costs a check for each of them.
    """
    scores = _Scores(base, finding)
    marks = [scores.of(change) for change in changes]
    most = max(marks)
    return Culprit(changes[marks.index(most)], marks.count(most) == 1)


class _Scores:
    """How much speaks for a change as the cause of one error."""

    def __init__(self, base: Process, finding: Finding) -> None:
        self.base = base
        self.finding = finding
        self.document = dump(base)
        own = set(finding.path.split("."))
        self.names = {name for name in _QUOTED.findall(finding.message) if name not in own}

    def of(self, change: Change) -> int:
        path = tuple(parts(change.path))
        score = _alike(path, tuple(self.finding.path.split(".")))
        if self.finding.rule in _ARRIVAL and self.finding.path in set(self._led_to(change.path)):
            score += _LED
        if not self.names.isdisjoint(_words(_at(self.document, path))):
            score += _TOOK
        if path[-1] in self.names:
            score += _NAMED
        return score + self._passed(path)

    def _passed(self, path: tuple[str, ...]) -> int:
        """Whether the deal on the way comes past the place; later is likelier."""
        ids = [name for name in path if name not in ("steps", "next", "parallel", "sources")]
        node = ".".join(ids)
        for place, visit in reversed([*enumerate(self.finding.witness)]):
            if node and (f"{visit}.".startswith(f"{node}.") or f"{node}.".startswith(f"{visit}.")):
                return _PASSED + place
        return 0

    def _led_to(self, path: str) -> Iterator[str]:
        """The paths of steps that results at, or below, a changed place lead to in the base."""
        nodes = self.base.nodes
        for step in nodes.values():
            for result in step.next.values():
                if f"{result.path}.".startswith(f"{path}.") or path.startswith(f"{result.path}."):
                    yield from (nodes[target].path for target in result.targets if target in nodes)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many parts two paths share, much if one of them lies at or below the other."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), _THERE)


def _at(document: Any, path: Sequence[str]) -> Any:
    """What stands at a path of a document, None where it leads nowhere."""
    for part in path:
        if not isinstance(document, dict) or part not in document:
            return None
        document = document[part]
    return document


def _words(data: Any) -> Iterator[str]:
    """The keys and the words of values in some data."""
    waiting = [data]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            yield from each
            waiting.extend(each.values())
        elif isinstance(each, list | tuple):
            waiting.extend(each)
        elif isinstance(each, str):
            yield from re.findall(r"[a-z][a-z0-9_]*", each)
