"""Laws of overlays, on generated changes of a real process."""

import json
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from salesflow.schema.expand import expand
from salesflow.schema.kinds import KINDS
from salesflow.schema.overlay import overlay
from salesflow.source.located import Map, Seq
from salesflow.source.read import read

PLAIN: dict[str, Any] = {
    "salesflow": 1,
    "process": "p",
    "departments": {"sales": {"roles": {"rep": {"people": 3}}}, "desk": {"people": 2}},
    "sources": {"inbound": {"start": "a", "gives": {"amount": {"mean": 3}, "region": "filled"}}},
    "steps": {
        "a": {"by": "rep", "captures": ["x", "y"], "next": {"go": {"to": "b", "share": "30%"}}},
        "b": {
            "sla": {"within": "1bd"},
            "parallel": {"one": {"steps": {"c": {"by": "rep", "next": {"done": {"to": "done"}}}}}},
            "next": {"done": {"to": "won", "set": {"x": 3}}},
        },
    },
    "outcomes": {"won": {"kind": "won"}},
    "locked": ["steps.b.parallel.one", "steps.a.by"],
}


def located(data: Any, file: str) -> Map:
    """Plain data as if read from a file: JSON is YAML."""
    reading = read(json.dumps(data), file)
    assert reading.findings == ()
    assert reading.data is not None
    return reading.data


def plain(value: Any) -> Any:
    """Located data as ordinary dicts and lists."""
    if isinstance(value, Map):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(item) for item in value] if isinstance(value, Seq) else value


def all_paths(data: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every path of plain data."""
    found = [path] if path else []
    if isinstance(data, dict):
        for key, value in data.items():
            found += all_paths(value, (*path, key))
    return found


FREE = [
    path
    for path in all_paths(PLAIN)
    if path[0] not in ("salesflow", "process", "locked") and len(path) > 1
]
words = st.sampled_from(
    ["a", "b", "c", "by", "next", "steps", "one", "rep", "new", "x", "sla", "to"]
)
values = st.recursive(
    st.sampled_from(["won", "30%", 3, "filled"]),
    lambda inner: st.dictionaries(words, inner, max_size=3) | st.just(["x"]),
    max_leaves=6,
)
paths = st.sampled_from(FREE) | st.builds(
    lambda path, word: (*path, word), st.sampled_from(FREE), words
)
changes = st.dictionaries(paths.map(".".join), values, max_size=4)
removals = st.lists(paths.map(".".join), max_size=3, unique=True)


def laid(change: Any, remove: Any, *, base: Any = None, binds_locks: bool = False) -> Any:
    """The result as plain data, and the rules of the findings with their paths."""
    variant = {"salesflow": 1, "variant": "v", "of": "p.yaml", "change": change, "remove": remove}
    data, findings = overlay(
        expand(located(base or PLAIN, "p.yaml")),
        expand(located(variant, "v.yaml")),
        binds_locks=binds_locks,
    )
    result = plain(data)
    assert result.pop("process") == "v"
    return result, sorted((finding.rule, finding.path) for finding in findings)


def untouched() -> dict[str, Any]:
    """The base without its id."""
    return {key: value for key, value in PLAIN.items() if key != "process"}


def reverse(value: Any) -> Any:
    """The same data with its keys the other way round."""
    if isinstance(value, dict):
        return {key: reverse(value[key]) for key in reversed(value)}
    return value


def test_nothing_changed_is_the_base() -> None:
    assert laid({}, []) == (untouched(), [])
    assert laid(untouched() | {"salesflow": 1}, [])[0] == untouched()


@given(changes)
def test_the_order_of_keys_never_matters(change: dict[str, Any]) -> None:
    result, findings = laid(change, [])
    other, others = laid(reverse(change), [], base=reverse(PLAIN))
    assert other == result
    # A clash is found at the later of two places, so its path may be either one.
    assert [rule for rule, _ in others] == [rule for rule, _ in findings]


@given(changes, removals)
def test_the_order_of_removals_never_matters(change: dict[str, Any], remove: list[str]) -> None:
    assert laid(change, remove)[0] == laid(change, list(reversed(remove)))[0]


@given(changes, removals)
def test_the_base_is_never_touched(change: dict[str, Any], remove: list[str]) -> None:
    base = expand(located(PLAIN, "p.yaml"))
    before = json.dumps(plain(base))
    variant = located({"variant": "v", "change": change, "remove": remove}, "v.yaml")
    said = json.dumps(plain(variant))
    overlay(base, variant, binds_locks=True)
    assert json.dumps(plain(base)) == before
    assert json.dumps(plain(variant)) == said


@given(changes, removals)
def test_without_findings_all_of_it_is_done_and_nothing_else(
    change: dict[str, Any], remove: list[str]
) -> None:
    result, findings = laid(change, remove)
    if findings:
        return
    named = [tuple(key.split(".")) for key in (*change, *remove)]
    for removed in remove:
        assert tuple(removed.split(".")) not in all_paths(result)
    for path in all_paths(untouched()):
        if not any(path[: len(other)] == other or other[: len(path)] == path for other in named):
            assert path in all_paths(result)


@given(changes, removals)
def test_locked_parts_stay_unless_it_is_found(change: dict[str, Any], remove: list[str]) -> None:
    result, findings = laid(change, remove, binds_locks=True)
    kept = [result["steps"].get("a", {}), result["steps"].get("b", {})]
    if not any(rule == "locked-change" for rule, _ in findings):
        assert kept[0].get("by") == "rep"
        assert kept[1]["parallel"]["one"] == PLAIN["steps"]["b"]["parallel"]["one"]


@given(changes)
def test_locks_only_find(change: dict[str, Any]) -> None:
    bound, findings = laid(change, [], binds_locks=True)
    free, others = laid(change, [])
    assert bound == free
    assert [one for one in findings if one[0] != "locked-change"] == others


@given(st.lists(changes, min_size=2, max_size=3))
def test_variants_of_variants_never_crash(chain: list[dict[str, Any]]) -> None:
    data = expand(located(PLAIN, "p.yaml"))
    for place, change in enumerate(chain):
        variant = located({"variant": f"v{place}", "change": change}, f"v{place}.yaml")
        data, _ = overlay(data, variant, binds_locks=True)
    assert data["process"] == f"v{len(chain) - 1}"


@given(changes)
def test_a_change_done_twice_is_done_once(change: dict[str, Any]) -> None:
    base = expand(located(PLAIN, "p.yaml"))
    variant = located({"variant": "v", "change": change}, "v.yaml")
    once, findings = overlay(base, variant, binds_locks=False)
    twice, _ = overlay(once, variant, binds_locks=False)
    if not findings:
        assert plain(twice) == plain(once)


@given(st.dictionaries(st.text(max_size=20), values, max_size=4), st.lists(st.text(max_size=20)))
def test_any_key_and_any_path_is_survived(change: dict[str, Any], remove: list[str]) -> None:
    seq = Seq(remove)
    base = expand(located(PLAIN, "p.yaml"))
    variant = located({"variant": "v", "change": {}}, "v.yaml")
    for key, value in change.items():
        variant["change"][key] = value
    variant["remove"] = seq
    overlay(base, variant, binds_locks=True)


def test_each_kind_below_another_is_known() -> None:
    below = {kind for table in KINDS.values() for kind in table.values()}
    assert below - KINDS.keys() == {"value", "arrivals"}
    assert all(one != other for one, other in pairwise(sorted(KINDS)))
