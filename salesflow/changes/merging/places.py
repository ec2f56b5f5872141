"""What stands at a place of a document: something that merges entry by entry, a set, or one value.

The tables are those of variants (``schema.kinds``), with what only whole documents have: the change
of a variant, the cases of tests.
"""

from collections.abc import Mapping
from typing import Any, Final

from salesflow.schema.kinds import KINDS, PROCESS, VALUE, kind_at, merges, parts

ORGANIZATION = "organization"
FIELDS = "fields"

# A kind of place -> its keys -> the kind of what stands there; ``*`` is any id.
_OWN: Mapping[str, Mapping[str, str]] = {
    "layer": {"change": PROCESS, "expect": "elements"},
    "tests": {"cases": "cases"},
    "cases": {"*": "case"},
    "case": {"deal": FIELDS, "with": FIELDS, "takes": FIELDS},
}
_ROOTS = {
    "process": PROCESS,
    "organization": PROCESS,
    "variant": "layer",
    "scenario": "layer",
    "tests": "tests",
}
# The key that a short form leaves out, by the kind of the place.
_FULL = {"results": "done", "result": "to", "arrivals": "rate"}
# Lists whose order says nothing.
_SETS = frozenset({
    *("requires", "returns", "captures", "with", "wait_for"),
    *("values", "holidays", "locked", "use", "remove", "never"),
})  # fmt: skip


class _Gone:
    """The type of ``GONE``."""

    def __repr__(self) -> str:
        return "GONE"


GONE: Final[Any] = _Gone()  # nothing stands at a place


class Members(list[Any]):
    """A list whose order says nothing, and in which nothing stands twice."""


def root_of(document: Mapping[str, Any]) -> str:
    """The kind of the place that a whole document is; "" where it is none of the language."""
    found = [kind for kind in _ROOTS if kind in document]
    return _ROOTS[found[0]] if len(found) == 1 else ""


def below(kind: str, key: str) -> str:
    """The kind of what stands at a key, which may be dotted."""
    table = _OWN.get(kind)
    if table is not None:
        return VALUE if key.startswith("x-") else table.get(key) or table.get("*", VALUE)
    return kind_at(kind, parts(key))


def merging(kind: str) -> bool:
    """Whether maps at a place of this kind merge entry by entry."""
    return kind in _OWN or merges(kind)


def by_id(kind: str) -> bool:
    """Whether a place of this kind holds things by their ids; none of them is an empty map."""
    return "*" in _OWN.get(kind, KINDS.get(kind, {}))


def is_set(kind: str, key: str, value: Any) -> bool:
    """Whether a value at a key of a map of this kind is a list whose order says nothing."""
    if not isinstance(value, list) or not all(isinstance(item, str | int) for item in value):
        return False
    *above, last = parts(key)
    holder = kind_at(kind, tuple(above)) if above else kind
    if last not in _SETS or not merging(holder) or by_id(holder):
        return False
    return len({str(item) for item in value}) == len(value)


def plain(value: Any, kind: str) -> Any:
    """The data at a place with short forms written out, its sets as ``Members``; no places."""
    if isinstance(value, Mapping):
        return {
            key: Members(inner) if is_set(kind, key, inner) else plain(inner, below(kind, key))
            for key, inner in value.items()
        }
    if kind in _FULL and value is not GONE:
        full = _FULL[kind]
        return {full: plain(value, below(kind, full))}
    return value


def shortest(value: Any, kind: str) -> Any:
    """The data of a place with a result that only says where it leads in its short form."""
    if not isinstance(value, Mapping):
        return value
    if kind == "result" and value.keys() == {"to"}:
        return value["to"]
    return {key: shortest(inner, below(kind, key)) for key, inner in value.items()}


def same(one: Any, other: Any) -> bool:
    """Whether two pieces of plain data say the same; ``true`` is not 1."""
    if isinstance(one, Mapping):
        return (
            isinstance(other, Mapping)
            and len(one) == len(other)
            and all(key in other and same(value, other[key]) for key, value in one.items())
        )
    if isinstance(one, Members) and isinstance(other, Members):
        return {str(item) for item in one} == {str(item) for item in other}
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
