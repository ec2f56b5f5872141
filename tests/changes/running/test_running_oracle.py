"""Verdicts on running deals against a search in the token game that shares no code with ours."""

import json
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from salesflow.process.model import Process
from salesflow.testing import families, processes, sound_processes
from tests.changes.running.naive_deals import NaiveDeals, TooLargeError, visits
from tests.changes.running.pairs import judged
from tests.process.written import process_of

MOST = 80  # states of a game
EXPECTED = {"fine": {"fine"}, "hopeless": {"stranded", "waiting"}, "both": {"ambiguous"}}
ASTRAY = "mishap"  # counted besides the verdicts


@st.composite
def edited(draw: Any, before: st.SearchStrategy[Any]) -> tuple[Any, Any]:
    """A process as data, and the same with a few changes."""
    old = draw(before)
    new = json.loads(json.dumps(old))
    for _ in range(draw(st.integers(1, 2))):
        change = draw(st.sampled_from(CHANGES))
        change(draw, draw(st.sampled_from(new)) if isinstance(new, list) else new)
    return old, new


def _steps(data: Any) -> list[tuple[Any, str, list[str]]]:
    """Every step: the steps it lies among, its name, where results there may lead."""
    found = []
    waiting = [(data["steps"], [*data["outcomes"]])]
    while waiting:
        steps, exits = waiting.pop()
        for name, spec in steps.items():
            found.append((steps, name, exits))
            waiting += [(b["steps"], ["done"]) for b in spec.get("parallel", {}).values()]
    return found


def _retarget(draw: Any, data: Any) -> None:
    steps, name, exits = draw(st.sampled_from(_steps(data)))
    way = steps[name]["next"][draw(st.sampled_from(sorted(steps[name]["next"])))]
    if not isinstance(way["to"], list) and way["to"] != "leave":
        way["to"] = draw(st.sampled_from([*exits, *steps]))


def _remove(draw: Any, data: Any) -> None:
    steps, name, exits = draw(st.sampled_from(_steps(data)))
    starts = {source["start"] for source in data["sources"].values()}
    onward = next(iter(steps[name]["next"].values()))["to"]
    if onward in (name, "leave") or isinstance(onward, list) or len(steps) == 1:
        return
    if name in (starts if steps is data["steps"] else _branch_of(data, steps)["start"]):
        return
    del steps[name]
    for spec in steps.values():
        for way in spec["next"].values():
            to = way["to"] if isinstance(way["to"], list) else [way["to"]]
            to = list(dict.fromkeys(onward if target == name else target for target in to))
            way["to"] = to if len(to) > 1 and not {*to} & {*exits} else to[-1]


def _begin_elsewhere(draw: Any, data: Any) -> None:
    steps, name, _ = draw(st.sampled_from(_steps(data)))
    if steps is not data["steps"] and "wait_for" not in steps[name]:
        _branch_of(data, steps)["start"] = name


def _branch_of(data: Any, steps: Any) -> Any:
    """The branch that some steps are of."""
    parallel = [s[n].get("parallel", {}) for s, n, _ in _steps(data)]
    return next(b for each in parallel for b in each.values() if b["steps"] is steps)


def _unwait(draw: Any, data: Any) -> None:
    steps, name, _ = draw(st.sampled_from(_steps(data)))
    steps[name].pop("wait_for", None)


def _limit(draw: Any, data: Any) -> None:
    steps, name, _ = draw(st.sampled_from(_steps(data)))
    way = steps[name]["next"][draw(st.sampled_from(sorted(steps[name]["next"])))]
    if not way.get("otherwise"):
        way["at_most"] = 1


def _ask(draw: Any, data: Any) -> None:
    steps, name, _ = draw(st.sampled_from(_steps(data)))
    way = steps[name]["next"][draw(st.sampled_from(sorted(steps[name]["next"])))]
    asked = ["vip", "amount >= 100", "filled(contract)", "amount < 70", "region == dach"]
    first, *_, second = [*data["steps"], *data["steps"]]
    asked += [
        f"visited({second})",
        f"times({first}.{next(iter(data['steps'][first]['next']))}) < 2",
    ]
    if not way.get("otherwise"):
        way["when"] = draw(st.sampled_from(asked))


def _fill_less(draw: Any, data: Any) -> None:
    steps, name, _ = draw(st.sampled_from(_steps(data)))
    steps[name].pop("captures", None)


def _no_more_asking(draw: Any, data: Any) -> None:
    steps, name, _ = draw(st.sampled_from(_steps(data)))
    for way in steps[name]["next"].values():
        way.pop("when", None)


def _in_turn(draw: Any, data: Any) -> None:
    """Threads that ran side by side run one after the other."""
    found = [
        (steps, way)
        for steps, name, _ in _steps(data)
        for way in steps[name]["next"].values()
        if isinstance(way["to"], list)
    ]
    if not found:
        _retarget(draw, data)
        return
    steps, split = draw(st.sampled_from(found))
    first, second, *_ = draw(st.permutations(split["to"]))
    if first in steps and second in steps:
        split["to"] = first
        way = steps[first]["next"][draw(st.sampled_from(sorted(steps[first]["next"])))]
        if not isinstance(way["to"], list):
            way["to"] = second


CHANGES = (
    *(_in_turn, _in_turn, _retarget, _remove, _remove, _unwait, _limit, _limit, _begin_elsewhere),
    *(_ask, _ask, _ask, _fill_less, _no_more_asking),
)


def _rewait(data: Any) -> None:
    """Let a step wait for exactly those that come to it, where it waits for any."""
    for steps, name, _ in _steps(data):
        if "wait_for" in steps[name]:
            coming = [s for s, spec in steps.items() if name in _targets(spec)]
            steps[name]["wait_for"] = coming
            if not coming:
                del steps[name]["wait_for"]


def _targets(spec: Any) -> set[str]:
    to = [way["to"] for way in spec["next"].values()]
    return {t for target in to for t in (target if isinstance(target, list) else [target])}


def _loaded(data: Any, inner: Any = None) -> Process | None:
    for each in (data, inner) if inner else (data,):
        _rewait(each)
    try:
        return process_of(_text(data), **{"inner.salesflow": _text(inner)} if inner else {})
    except AssertionError:
        return None


def _text(data: Any) -> str:
    """The other game knows two fields of numbers: one has its name."""
    return json.dumps(data).replace("budget", "discount")


def _compare(old: Process | None, new: Process | None, seen: Counter[str]) -> None:
    assume(old is not None and new is not None)
    assert old is not None
    assert new is not None
    try:
        naive = NaiveDeals(old, new, most=MOST)
        places = sorted({tuple(sorted(visits(deal))) for deal in naive.states} - {()})
        alone = [at for at in places if len(at) == 1]
        for file in (places, alone):  # of deals in one place each nobody knows where else they are
            several = any(len(at) > 1 for at in file)
            expected = [naive.verdict(frozenset(at), whole_rows=several) for at in file]
            _hold(old, new, dict(zip(file, expected, strict=True)), seen)
    except TooLargeError:
        return


def _hold(
    old: Process, new: Process, expected: dict[tuple[str, ...], str], seen: Counter[str]
) -> None:
    if not expected:
        return
    rows = [f"D-{n},{'|'.join(at)}" for n, at in enumerate(expected)]
    deals = judged(old, new, "\n".join(["deal,at", *rows]))
    ours = {group.at: group for group in deals.groups}
    assert deals.checked == len(expected)
    for at, verdict in expected.items():
        assert ours[at].verdict in EXPECTED[verdict], (at, ours[at], verdict)
        seen[ours[at].verdict] += 1
        seen[ASTRAY] += any(word in ours[at].why for word in ("while", "second arrival"))
        seen["lost"] += "no longer be won" in ours[at].why


def test_verdicts_are_those_of_a_search_in_the_game() -> None:
    seen: Counter[str] = Counter()

    @settings(
        max_examples=100,
        derandomize=True,  # what was seen is counted
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(edited(processes(steps=4, depth=1)))
    def wild(pair: tuple[Any, Any]) -> None:
        _compare(*map(_loaded, pair), seen)

    wild()
    assert {"fine", "stranded"} <= seen.keys()
    assert seen["waiting"] or seen["ambiguous"]
    assert seen[ASTRAY] or seen["lost"]


def test_in_sound_processes_verdicts_are_those_of_a_search_in_the_game() -> None:
    seen: Counter[str] = Counter()

    @settings(
        max_examples=50,
        derandomize=True,  # what was seen is counted
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(edited(sound_processes(depth=2)))
    def sound(pair: tuple[Any, Any]) -> None:
        _compare(*map(_loaded, pair), seen)

    sound()
    assert {"fine", "stranded"} <= seen.keys()


def test_with_runs_verdicts_are_those_of_a_search_in_the_game() -> None:
    seen: Counter[str] = Counter()
    mains = families(steps=3, depth=1).filter(lambda files: '"run"' in json.dumps(files))

    @settings(
        max_examples=20,
        derandomize=True,  # what was seen is counted
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(edited(mains.map(lambda files: [*files.values()])))
    def running(pair: tuple[Any, Any]) -> None:
        _compare(*(_loaded(*files) for files in pair), seen)

    running()
    assert {"fine", "stranded"} <= seen.keys()


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(sound_processes(depth=2))
def test_where_nothing_changes_and_nothing_is_wrong_every_deal_is_fine(data: Any) -> None:
    process = process_of(_text(data))
    try:
        naive = NaiveDeals(process, process, most=MOST)
    except TooLargeError:
        return
    places = {tuple(sorted(visits(deal))) for deal in naive.states} - {()}
    every = sorted({*places, *((at,) for found in places for at in found)})
    rows = [f"D-{n},{'|'.join(at)}" for n, at in enumerate(every)]
    deals = judged(process, process, "\n".join(["deal,at", *rows]))
    assert [group for group in deals.groups if group.verdict != "fine"] == []
    assert deals.checked == len(every)
