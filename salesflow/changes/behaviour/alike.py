"""What is the same in both versions, as far as it matters to the way of a deal."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from salesflow.changes.compare import Sides
from salesflow.changes.sheet import RUNS, Row, below, inside
from salesflow.changes.values import meaning

# The keys of each kind of element that say what deals can do; who does it and how long is not.
_DECISIVE: Mapping[str, tuple[str, ...]] = {
    "step": ("join", "run", "wait_for", "captures"),
    "result": ("to", "when", "at_most", "otherwise", "set", "captures"),
    "branch": ("start", "when"),
    "source": ("start", "gives"),
    "outcome": ("kind",),
    "field": ("type", "values"),
}
_SETS = frozenset({"wait_for", "to", "values"})


class Alike:
    """Compares what matters to the way of a deal, element by element."""

    def __init__(self, sides: Sides) -> None:
        """Nothing is compared yet."""
        self.sides = sides
        self._known: dict[str, bool] = {}

    @cached_property
    def lying_new(self) -> Mapping[str, list[str]]:
        """New path -> the paths of what lies right in it."""
        return inside(self.sides.new)

    @cached_property
    def lying_old(self) -> Mapping[str, list[str]]:
        """The same of the old version."""
        return inside(self.sides.old)

    def whole(self) -> bool:
        """Whether deals can do just the same, for nothing that matters differs."""
        old, new = self.sides.old, self.sides.new
        if self._many(old) != self._many(new):
            return False
        return all(self.same(path) for path, row in new.items() if row.what in _DECISIVE)

    @staticmethod
    def _many(sheet: Mapping[str, Row]) -> int:
        return sum(row.what in _DECISIVE for row in sheet.values())

    def same(self, path: str) -> bool:
        """Whether one element of the new version is the same in the old one, in the same place."""
        if path not in self._known:
            self._known[path] = self._same(path)
        return self._known[path]

    def _same(self, path: str) -> bool:
        sides = self.sides
        match = sides.matching.matches.get(path)
        if match is None:
            return False
        old, new = sides.old[match.old], sides.new[path]
        if sides.matching.new_of.get(old.parent, old.parent) != new.parent:
            return False
        data = sides.meant(match.old)
        if data is new.data:
            return True
        keys = _DECISIVE[new.what]
        return all(_value(data, key) == _value(new.data, key) for key in keys) and (
            new.what != "step" or self._timer(path, data) == self._timer(path, new.data)
        )

    def _timer(self, path: str, data: Mapping[str, Any]) -> tuple[str, bool] | None:
        """The result of the timeout, and whether it can be chosen too."""
        timeout = data.get("timeout")
        if timeout is None:
            return None
        name = timeout["result"]
        sides = self.sides
        result = f"{path}.next.{name}"
        rows: Mapping[str, Row] = sides.new
        if data is not sides.new[path].data:
            rows, result = sides.old, sides.matching.old_of.get(result, "")
        shared = result in rows and "share" in rows[result].data
        return name, shared

    def inside(self, path: str) -> bool:
        """Whether an element and all that lies in it is the same, and nothing was taken out."""
        old = self.sides.matching.old_of.get(path)
        if old is None:
            return False
        here = [*below(path, self.lying_new)]
        if len(here) != sum(1 for _ in below(old, self.lying_old)):
            return False
        return all(self.same(each) and self._run(each) for each in here)

    def _run(self, path: str) -> bool:
        """Whether what a step runs is the same, whatever the depth."""
        row = self.sides.new[path]
        if row.what != "step" or "run" not in row.data:
            return True
        return self.process(f"{RUNS}.{row.data['run']}")

    def process(self, path: str) -> bool:
        """Whether a process that is run is the same."""
        old = self.sides.matching.old_of.get(path)
        if old is None:
            return False
        mine = [*self._decisive(below(path, self.lying_new), self.sides.new)]
        theirs = [*self._decisive(below(old, self.lying_old), self.sides.old)]
        return len(mine) == len(theirs) and all(self.same(p) and self._run(p) for p in mine)

    @staticmethod
    def _decisive(paths: Iterable[str], sheet: Mapping[str, Row]) -> Iterator[str]:
        return (path for path in paths if sheet[path].what in _DECISIVE)


def _value(data: Mapping[str, Any], key: str) -> Any:
    value = data.get(key)
    if key in _SETS and isinstance(value, list):
        return frozenset(value)
    return meaning(value) if isinstance(value, Mapping) else value
