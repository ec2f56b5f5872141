"""A row of one version in the names of the other.

A reference is a short path of a node, a field, a role, …; what it names may be called otherwise or
lie elsewhere in the other version. What that version does not have gets a mark no id has, lest it
be taken for another thing of the same name.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias

from salesflow.changes.sheet import Row, Sheet, home_of, last_id, node_of

GONE = "†"
_SOURCE = "source"  # the choice field that every deal has

Rename: TypeAlias = Callable[[str], str]

# What the values of a key name, by kind of element; a dotted key lies in a value that is a map.
_NODES, _PEOPLE, _FIELDS, _STAGES, _CALENDARS, _RUNS, _ANY, _OWN = (
    "node",
    "people",
    "field",
    "stage",
    "calendar",
    "run",
    "any",
    "result",
)
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "process": {"value": _FIELDS},
    "run": {"value": _FIELDS},
    "department": {"calendar": _CALENDARS},
    "role": {"calendar": _CALENDARS},
    "source": {"department": _PEOPLE, "start": _NODES, "arrivals.calendar": _CALENDARS},
    "step": {
        "by": _PEOPLE,
        "with": _PEOPLE,
        "escalate.by": _PEOPLE,
        "stage": _STAGES,
        "requires": _FIELDS,
        "wait_for": _NODES,
        "run": _RUNS,
        "timeout.result": _OWN,
    },
    "branch": {"start": _NODES},
    "result": {"to": _NODES},
    "outcome": {"requires": _FIELDS},
    "touchpoint": {
        "from": _PEOPLE,
        "to": _PEOPLE,
        "at": _NODES,
        "requires": _FIELDS,
        "returns": _FIELDS,
    },
    "policy": dict.fromkeys(
        ("precedence", "response", "never", "at_most_once", "not_both", "different_person"), _NODES
    ),
    "objective": {"from": _NODES, "to": _NODES, "of": _ANY},
}
_REFERENCES = {  # the same, with the key that a value is kept under
    what: tuple((key, key.partition(".")[0], kind) for key, kind in keys.items())
    for what, keys in REFERENCES.items()
}
KEYED = ("captures", "gives", "set")  # maps by field
CONDITIONS = ("when",)
_AT_THE_TOP = ("steps", "sources", "outcomes")
_INSIDE = ("next", "parallel", "steps")
_KINDS = {
    "step": _NODES,
    "outcome": _NODES,
    "source": _NODES,
    "branch": _NODES,
    "result": _NODES,
    "department": _PEOPLE,
    "role": _PEOPLE,
    "field": _FIELDS,
    "stage": _STAGES,
    "calendar": _CALENDARS,
    "run": _RUNS,
    "touchpoint": "touchpoint",
}


class Names:
    """The names of one version -> those of the other.

    ``moved`` has the path of the other version for each path of the one; ``there`` are the paths
    of the other version. ``same`` says that nothing is called otherwise.
    """

    def __init__(self, sheet: Sheet, moved: Mapping[str, str], there: Collection[str]) -> None:
        """Look at each path once."""
        self.maps: dict[tuple[str, str], dict[str, str]] = {}
        self._renames: dict[tuple[str, str], Rename] = {}
        for path, row in sheet.items():
            other = moved.get(path)
            kind = _KINDS.get(row.what)
            if other == path or kind is None:
                continue
            name, home = _name(kind, path), home_of(path)
            if other is not None:
                new = _name(kind, other)
            else:
                new = name + GONE if _called_so(path, kind, there) else name
            if new != name:
                self.maps.setdefault((home, kind), {})[name] = new
        self.same = not self.maps

    def renamed(self, home: str, kind: str) -> Rename:
        """What a reference of a kind in a process is called in the other version."""
        if (home, kind) not in self._renames:
            self._renames[home, kind] = self._rename(home, kind)
        return self._renames[home, kind]

    def _rename(self, home: str, kind: str) -> Rename:
        found = self.maps.get((home, kind), {})
        if kind == _RUNS:
            found = self.maps.get(("", kind), {})
        elif kind in (_FIELDS, _PEOPLE, _CALENDARS):  # most processes that are run share them
            found = {**self.maps.get(("", kind), {}), **found}
        return lambda name: found.get(name, name)


def _called_so(path: str, kind: str, there: Collection[str]) -> bool:
    """Whether the other version calls something else by the name of an element it does not have.

    Nodes are steps, sources and outcomes at the top; in a step they are results and branches.
    """
    home, name = home_of(path), last_id(path)
    if kind == _PEOPLE:
        departments = f"{home}departments."
        return any(p.startswith(departments) and last_id(p) == name for p in there)
    if kind != _NODES:
        return path in there
    inner = path.removeprefix(home)
    if inner.count(".") == 1:
        return any(f"{home}{word}.{name}" in there for word in _AT_THE_TOP)
    above = path.rsplit(".", 2)[0]
    return any(f"{above}.{word}.{name}" in there for word in _INSIDE)


def _name(kind: str, path: str) -> str:
    """What references to an element call it."""
    if kind == _NODES:
        return node_of(path.removeprefix(home_of(path)))
    return last_id(path)


def translated_row(row: Row, path: str, names: Names, expressed: "Expressed") -> dict[str, Any]:
    """The own data of a row with all references in the names of the other version."""
    data = row.data
    if names.same:
        return data
    home = home_of(path) or (f"{path}." if row.what == "run" else "")
    changed: dict[str, Any] = {}
    for key, outer, kind in _REFERENCES.get(row.what, ()):
        if outer in data:
            _rename(data, changed, key, _of_kind(names, home, kind, path))
    fields = names.renamed(home, _FIELDS)
    for key in KEYED:
        if key in data:
            changed[key] = _by_field(data[key], fields)
    for key in CONDITIONS:
        if key in data:
            changed[key] = expressed(home, data[key], "")
    if "set" in data:
        changed["set"] = {
            fields(name): value if value == "filled" else expressed(home, value, name)
            for name, value in data["set"].items()
        }
    return {**data, **changed} if changed else data


Expressed: TypeAlias = Callable[[str, Any, str], Any]  # home, text, the field it is set to -> text


def _of_kind(names: Names, home: str, kind: str, path: str) -> Rename:
    if kind == _OWN:
        nodes = names.renamed(home, _NODES)
        step = _name(_NODES, path)
        return lambda name: nodes(f"{step}.{name}").rpartition(".")[2]
    if kind == _ANY:
        kinds = ("touchpoint", _PEOPLE, _NODES)
        renames = [names.renamed(home, each) for each in kinds]
        return lambda name: next((r(name) for r in renames if r(name) != name), name)
    return names.renamed(home, kind)


def _rename(data: Mapping[str, Any], changed: dict[str, Any], key: str, rename: Rename) -> None:
    outer, _, inner = key.partition(".")
    value = data[outer]
    if inner:
        if isinstance(value, Mapping) and inner in value:
            changed[outer] = {**value, inner: rename(value[inner])}
        return
    changed[key] = rename(value) if isinstance(value, str) else [rename(name) for name in value]


def _by_field(values: Mapping[str, Any], rename: Rename) -> dict[str, Any]:
    return {rename(name): value for name, value in values.items()}
