"""What rows say of each other: which paths an element names, and which name it."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from salesflow.changes.sheet import RUNS, Row, Sheet, home_of, last_id, node_of
from salesflow.process.steps import DONE, LEAVE

# Kind of element -> key -> where the ids written there are found.
NAMED: Mapping[str, Mapping[str, str]] = {
    "process": {"value": "data", "locked": ""},
    "run": {"value": "data", "locked": ""},
    "department": {"calendar": "calendars"},
    "role": {"calendar": "calendars"},
    "source": {"department": "people", "start": "node", "gives": "data"},
    "step": {
        "by": "people",
        "with": "people",
        "stage": "stages",
        "requires": "data",
        "captures": "data",
        "run": RUNS,
    },
    "branch": {"start": "node"},
    "result": {"to": "node", "set": "data", "captures": "data"},
    "outcome": {"requires": "data"},
    "touchpoint": {
        "from": "people",
        "to": "people",
        "at": "node",
        "requires": "data",
        "returns": "data",
    },
    "policy": dict.fromkeys(
        (
            "precedence",
            "response",
            "different_person",
            "not_both",
            "never",
            "at_most_once",
        ),
        "node",
    ),
    "objective": {"from": "node", "to": "node", "of": "any"},
}
_WORDS = frozenset({DONE, LEAVE})
_PEOPLE = frozenset({"department", "role"})


class Link(NamedTuple):
    """One element names another: under which key, and the path of the other (or a word)."""

    key: str
    path: str


class Names:
    """Ids as they are written in a sheet -> paths."""

    def __init__(self, sheet: Sheet) -> None:
        """Nothing is looked up yet."""
        self.sheet = sheet

    @cached_property
    def _people(self) -> dict[tuple[str, str], str]:
        """Process and id -> path; a role and a department share an id only where they are one."""
        rows = self.sheet.items()
        return {(home_of(p), last_id(p)): p for p, row in rows if row.what in _PEOPLE}

    def find(self, home: str, place: str, name: str) -> str | None:
        """The path of what is called so in a process; the main one's where it shares people."""
        if place == "node":
            return name if name in _WORDS else self._node(home, name)
        if place == "people":
            return self._people.get((home, name)) or self._people.get(("", name))
        if place == RUNS:
            return f"{RUNS}.{name}"
        if place == "any":
            return self._any(home, name)
        own = f"{home}{place}.{name}"
        return own if own in self.sheet else f"{place}.{name}"

    def _node(self, home: str, name: str) -> str | None:
        first, *inner = name.split(".")
        for place in ("steps", "outcomes"):
            path = f"{home}{place}.{first}"
            if path in self.sheet:
                break
        else:
            return None
        keys = ("parallel", "steps")
        for depth, part in enumerate(inner):
            above, path = path, f"{path}.{keys[depth % 2]}.{part}"
            if path not in self.sheet:
                path = f"{above}.next.{part}"
        return path if path in self.sheet else None

    def _any(self, home: str, name: str) -> str | None:
        at = f"{home}touchpoints.{name}"
        return self.find(home, "people", name) or (
            at if at in self.sheet else self._node(home, name)
        )

    def links(self, path: str, row: Row) -> Iterator[Link]:
        """What an element names."""
        home = home_of(path)
        places = NAMED.get(row.what, {})
        for key, value in row.data.items():
            place = places.get(key)
            if place:
                for name in ids(value):
                    found = self.find(home, place, name)
                    if found is not None:
                        yield Link(key, found)


def ids(value: Any) -> Collection[str]:
    """The ids that a value names: one, a list of them, or the keys of a map."""
    return (value,) if isinstance(value, str) else value


class Mentions(NamedTuple):
    """Path -> who names it; a result counts as its step. ``arrivals`` counts results by node."""

    of: dict[str, list[Link]]
    arrivals: Counter[str]


def mentions(names: Names, wanted: Collection[str]) -> Mentions:
    """Who names one of some paths, in the order of the sheet."""
    found: dict[str, list[Link]] = {}
    arrivals: list[str] = []
    words = _words(wanted)
    keys = {what: _keys(places, words) for what, places in NAMED.items()}
    for path, row in names.sheet.items():
        looked = keys.get(row.what)
        if not looked:
            continue
        if row.what == "result":
            to = row.data["to"]
            arrivals += (to,) if isinstance(to, str) else to
        for key, known in looked.items():
            named = row.data.get(key)
            if named is None or known.isdisjoint(ids(named)):
                continue
            place = NAMED[row.what][key]
            for name in ids(named):
                other = names.find(home_of(path), place, name) if name in known else None
                if other is not None and other in wanted:
                    teller = row.parent if row.what == "result" else path
                    found.setdefault(other, []).append(Link(f"{row.what}.{key}", teller))
    return Mentions(found, Counter(arrivals))


def _words(wanted: Collection[str]) -> dict[str, set[str]]:
    """Where ids are found -> how the wanted ones of there are written."""
    words: dict[str, set[str]] = {"any": set()}
    for path in wanted:
        inner = path[len(home_of(path)) :]
        key = inner.partition(".")[0]
        place = {"departments": "people", "steps": "node", "outcomes": "node"}.get(key, key)
        name = node_of(inner) if place == "node" else last_id(path)
        words.setdefault(place if inner else RUNS, set()).add(name)
        words["any"].add(name)
    return words


def _keys(places: Mapping[str, str], words: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The keys under which something wanted may be named, and what."""
    return {key: words[place] for key, place in places.items() if words.get(place)}
