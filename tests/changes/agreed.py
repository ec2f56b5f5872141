"""Random changes of what departments agree on: contracts, people, calendars, data, rules, goals."""

from copy import deepcopy
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

import salesflow as sf
from salesflow.changes.catalogue.example import BASE
from salesflow.process.dump import dump

Data = dict[str, Any]

_DEPARTMENTS = ["sales", "legal", "security", "finance"]
_FIELDS = ["company", "phone", "quote", "contract", "report"]
_TEXT = {
    "name": ["Papers", "Two\nlines “quoted”"],
    "description": ["So", "x" * 200],
    "owner": ["cfo"],
    "was": ["former"],
}
# Section -> key -> the values it may get; None takes the key away.
_KEYS: dict[str, dict[str, list[Any]]] = {
    "touchpoints": {
        "from": _DEPARTMENTS,
        "to": _DEPARTMENTS,
        "at": [None, "papers", "papers.audit", "sign"],
        "requires": [None, ["company"], ["company", "report"], ["quote"]],
        "returns": [None, ["contract"], ["contract", "report"]],
        "accept_within": [None, "1d", "24h", "2d", "1bd", "3bd", "8bh"],
        "target": [None, "50%", "80%", "100%"],
    },
    "departments": {
        "external": [None, True],
        "calendar": [None, "office", "shifts"],
        "people": [None, 0, 1, 7],
        "cost_per_hour": [None, 10, 99.5],
        "available": [None, "30%", "100%"],
        "keeps_deal": [None, True],
        "takes_first": [None, "newest", "largest"],
    },
    "calendars": {
        "timezone": ["Europe/Berlin", "Asia/Tokyo"],
        "hours": [
            {"mon-fri": "09:00-17:00"},
            {"mon-fri": "08:00-18:00"},
            {"mon": "10:00-12:00, 13:00-19:00", "sat": "09:00-12:00"},
        ],
        "holidays": [None, ["2026-05-01"], ["2026-12-25", "2026-05-01"]],
    },
    "data": {
        "type": ["text", "number", "person"],
        "master": [None, "crm", "erp"],
        "sensitive": [None, True],
    },
    "policies": {
        "precedence": [["papers.audit", "won"], ["call", "offer"]],
        "when": [None, "amount >= 5", "amount >= 20000"],
    },
    "objectives": {
        "measure": ["win_rate", "utilization", "attainment"],
        "from": [None, "offer", "call"],
        "to": [None, "won"],
        "of": [None, "counsel", "to_legal", "papers"],
        "statistic": [None, "p90", "median"],
        "at_least": [None, "10%", "30%"],
        "at_most": [None, "80%", "95%"],
    },
}
_KINDS = ["never", "at_most_once", "not_both", "different_person", "response"]
_NEW: Data = {
    "touchpoints": {"from": "legal", "to": "sales", "requires": ["contract"], "target": "90%"},
    "departments": {"people": 2},
    "calendars": {"timezone": "UTC", "hours": {"sun": "20:00-24:00"}},
    "data": {"type": "choice", "values": ["one", "two"]},
    "policies": {"at_most_once": "sign"},
    "objectives": {"measure": "time", "at_most": "90d", "statistic": "p95"},
}


@st.composite
def versions(draw: Any, *, most: int = 8) -> tuple[sf.Process, sf.Process]:
    """Two versions of the example that both load."""
    old = dump(sf.loads(BASE))
    new = deepcopy(old)
    for _ in range(draw(st.integers(1, most))):
        _change(draw, new)
    try:
        return sf.load(old), sf.load(new)
    except sf.LoadError:
        assume(False)
        raise


def _change(draw: Any, data: Data) -> None:
    section = draw(st.sampled_from(sorted(_KEYS)))
    elements = data.setdefault(section, {})
    kind = draw(st.sampled_from([*["key"] * 6, "add", "remove", "rename", "roles", "roles"]))
    if kind == "add" or not elements:
        elements["newcomer"] = deepcopy(_NEW[section])
        return
    name = draw(st.sampled_from(sorted(elements)))
    if kind == "remove":
        del elements[name]
    elif kind == "rename":
        _rename(draw, elements, name)
    elif kind == "roles":
        _roles(draw, data["departments"])
    else:
        _key(draw, section, elements[name])


def _rename(draw: Any, elements: Data, name: str) -> None:
    """What refers to it may not load any more; then the pair is not used."""
    element = elements.pop(name)
    if draw(st.booleans()):
        element["was"] = name
    elements[f"{name}_now"] = element


def _key(draw: Any, section: str, element: Data) -> None:
    keys = _KEYS[section] | {key: [None, *values] for key, values in _TEXT.items()}
    if "roles" in element:  # then the people are there
        keys = {key: keys[key] for key in ("calendar", "external", *_TEXT)}
    own = [key for key in sorted(keys) if key not in _TEXT]
    key = draw(st.sampled_from([*own * 3, *sorted(_TEXT)]))
    value = draw(st.sampled_from(keys[key]))
    if key in ("at_least", "at_most"):
        element.pop("at_least", None)
        element.pop("at_most", None)
        value = value or "20%"
    if section == "policies" and key == "precedence":
        kind = draw(st.sampled_from([key, *_KINDS]))
        for other in (key, *_KINDS):
            element.pop(other, None)
        element[kind] = _events(kind)
        return
    element.pop(key, None)
    if value is not None:
        element[key] = deepcopy(value)


def _events(kind: str) -> Any:
    if kind in ("never", "at_most_once"):
        return "offer.large"
    return ["call", "papers.audit.check"] if kind == "different_person" else ["call", "sign"]


def _roles(draw: Any, departments: Data) -> None:
    """Change, add, move or take away a role."""
    homes = sorted(name for name, spec in departments.items() if "roles" in spec)
    assume(len(homes) > 1)
    home, other = draw(st.permutations(homes))[:2]
    roles = departments[home]["roles"]
    name = draw(st.sampled_from(sorted(roles)))
    kind = draw(st.sampled_from(["key", "key", "add", "move", "rename", "remove"]))
    if kind == "add":
        roles["trainee"] = {"people": 1}
    elif kind == "move" and len(roles) > 1:
        departments[other]["roles"][name] = roles.pop(name)
    elif kind == "rename":
        _rename(draw, roles, name)
    elif kind == "remove" and len(roles) > 1:
        del roles[name]
    else:
        _key(draw, "departments", roles[name])
        roles[name].pop("external", None)
