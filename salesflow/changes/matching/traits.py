"""What an element is like, as far as another one can be like it."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from salesflow.changes.matching.links import NAMED, Mentions, Names, ids, mentions
from salesflow.changes.matching.pairing import Lying
from salesflow.changes.sheet import Row, Sheet, home_of, last_id
from salesflow.process.steps import DONE, LEAVE

_SAMPLE = 100  # elements of a kind by which it is told how common something is
_UNLIKE = frozenset({"name", "was", "version", "process"})  # keys that are looked at otherwise
_CONTAINERS = frozenset({"step", "branch", "department", "run"})
WORDS = frozenset({DONE, LEAVE})


class Traits(NamedTuple):
    """Of one element: ``plain`` are values by key, ``linked`` the paths it is linked with, by
    aspect, each with how telling it is (1, less if many have it); ``rare`` the same of plain ones.
    """

    what: str
    name: str
    words: frozenset[str]
    letters: frozenset[str]
    plain: Mapping[str, Any]
    rare: Mapping[str, float]
    linked: Mapping[str, Mapping[str, float]]
    inner: frozenset[str]


class Version:
    """One of two versions: the traits of open elements as they are asked for.

    ``near`` has for each path the open elements looked at that are linked with it, by kind and
    aspect.
    """

    def __init__(self, sheet: Sheet, open_: Collection[str], lying: Lying) -> None:
        """Look who names the open elements; ``lying`` is what lies in each of them."""
        self.sheet = sheet
        self.names = Names(sheet)
        self.mentions: Mentions = mentions(self.names, frozenset(open_))
        self.lying = lying
        self.near: dict[str, dict[tuple[str, str], list[str]]] = {}
        self._common: dict[str, _Common] = {}
        self._traits: dict[str, Traits] = {}

    def traits(self, path: str) -> Traits:
        """Of an open element."""
        found = self._traits.get(path)
        if found is None:
            found = self._traits[path] = self._look(path, self.sheet[path])
            for aspect, others in found.linked.items():
                for other in others:
                    near = self.near.setdefault(other, {})
                    near.setdefault((found.what, aspect), []).append(path)
        return found

    def _look(self, path: str, row: Row) -> Traits:
        common = self._common_of(row.what)
        named = NAMED.get(row.what, {})
        plain = {
            key: frozen(value)
            for key, value in row.data.items()
            if key not in named and key not in _UNLIKE
        }
        name = str(row.data.get("name", ""))
        return Traits(
            what=row.what,
            name=name,
            words=frozenset(name.lower().split()),
            letters=_letters(last_id(path)),
            plain=plain,
            rare={key: common.telling(key, value) for key, value in plain.items()},
            linked=self._linked(path, row, common),
            inner=frozenset(self._inner(path)) if row.what in _CONTAINERS else frozenset(),
        )

    def _linked(self, path: str, row: Row, common: "_Common") -> dict[str, dict[str, float]]:
        linked: dict[str, dict[str, float]] = {}
        for key, other in self.names.links(path, row):
            aspect = f"{row.what}.{key}" if row.what in ("policy", "objective") else key
            linked.setdefault(aspect, {})[other] = common.telling(key, last_id(other))
        if row.parent:
            linked["parent"] = {row.parent: 0.5}
        if row.what == "step":
            self._leads(path, linked)
        for key, teller in self.mentions.of.get(path, ()):
            aspect = "comes" if row.what == "step" and key in _COMING else f"by {key}"
            linked.setdefault(aspect, {})[teller] = 1.0
        return linked

    def _leads(self, path: str, linked: dict[str, dict[str, float]]) -> None:
        """Where a step's results lead, less telling the more lead there."""
        home = home_of(path)
        lying = self.lying.get(path, {}).items()
        for child in (child for (what, _), child in lying if what == "result"):
            for name in ids(self.sheet[child].data["to"]):
                target = self.names.find(home, "node", name)
                if target is not None:
                    others = max(1, self.mentions.arrivals[name]).bit_length() - 1
                    linked.setdefault("leads", {})[target] = 1.0 / (1 + others)

    def _inner(self, path: str) -> Iterator[str]:
        """The paths of what lies in an element, from there."""
        waiting = [path]
        while waiting:
            for child in self.lying.get(waiting.pop(), {}).values():
                yield child[len(path) + 1 :]
                waiting.append(child)

    def _common_of(self, what: str) -> "_Common":
        found = self._common.get(what)
        if found is None:
            found = self._common[what] = _Common(self.sheet, what)
        return found


_COMING = frozenset({"result.to", "source.start", "branch.start"})


class _Common:
    """How common values are among the elements of a kind, by a sample."""

    def __init__(self, sheet: Sheet, what: str) -> None:
        paths = sorted(path for path, row in sheet.items() if row.what == what)
        self.sample = paths[:: len(paths) // _SAMPLE + 1]
        named = NAMED.get(what, {})
        self.counts: dict[tuple[str, Any], int] = {}
        for path in self.sample:
            for key, value in sheet[path].data.items():
                if key in named:
                    marks = [(key, last_id(name)) for name in ids(value)]
                else:
                    marks = [(key, frozen(value))]
                for mark in marks:
                    self.counts[mark] = self.counts.get(mark, 0) + 1

    def telling(self, key: str, value: Any) -> float:
        """From 1 of what hardly any other element has down to 0.2 of what all have."""
        others = self.counts.get((key, value), 0) - 1
        return 1.0 - 0.8 * max(0, others) / max(4, len(self.sample) - 1)


def frozen(value: Any) -> Any:
    """Data as something that can be looked up; lists are sets."""
    if isinstance(value, dict):
        return tuple(sorted((key, frozen(inner)) for key, inner in value.items()))
    if isinstance(value, list):
        return tuple(sorted(map(str, value)))
    return str(value)


def _letters(name: str) -> frozenset[str]:
    """Pairs of letters that stand side by side, and the first and last."""
    marked = f"^{name}$"
    return frozenset(marked[n : n + 2] for n in range(len(marked) - 1))
