"""Gateways folded away: choices into the step before, splits into its results, meetings into the
step behind. What is left are steps, starts, ends, and splits with one step before them.
"""

from salesflow.importing.chart import (
    BLOCK,
    CHOICE,
    ENDS,
    FLOW,
    FORK,
    GATHER,
    LEAVE,
    MEET,
    RACE,
    RUN,
    SOME,
    START,
    STEPS,
    WORK,
    Arrow,
    Chart,
    Spot,
)
from salesflow.importing.remarks import Remarks


def fold(chart: Chart, remarks: Remarks) -> None:
    """Fold a chart and those of the branches in it."""
    waiting = [chart]
    while waiting:
        each = waiting.pop()
        _open_splits(each, remarks)
        _merges(each, remarks)
        _choices(each)
        _forks(each, remarks)
        _meetings(each, remarks)
        _starts(each)
        _exits(each)
        for spot in each.of(BLOCK):
            waiting.extend(inside for _, inside in spot.branches)


def _open_splits(chart: Chart, remarks: Remarks) -> None:
    """Inclusive gateways that enclose nothing."""
    for spot in chart.of(SOME):
        spot.kind = CHOICE
        what = "its branches do not meet again, so one of them is taken here, never several."
        remarks.lost(spot.thing, what)
    split = any(spot.kind == FORK for spot in chart.spots.values())
    for spot in chart.of(GATHER):
        spot.kind = CHOICE
        if split and len(chart.into(spot.key)) > 1:
            remarks.lost(
                spot.thing, "it waits for nothing here: what it may wait for is not clear."
            )


def _unnamed(spot: Spot, remarks: Remarks) -> None:
    """Tell a name that has no place once its gateway is folded away."""
    if spot.name and spot.tag.endswith("Gateway"):
        remarks.lost(
            spot.thing, "a gateway that decides nothing is no step, so its name is left out."
        )


def _merges(chart: Chart, remarks: Remarks) -> None:
    """A gateway with one way on is no step: what leads to it leads on."""
    for spot in chart.of(CHOICE):
        on = chart.out(spot.key)
        if spot.data is not None or len(on) != 1 or on[0].end == spot.key:
            continue
        way, ways = on[0], chart.into(spot.key)
        _unnamed(spot, remarks)
        if way.condition:
            remarks.lost(
                way.thing, f"its condition `{way.condition}` decides nothing: it is the only way."
            )
        for arrow in ways:
            arrow.name = arrow.name or way.name
            arrow.about = [*arrow.about, *spot.about, *way.about]
            if len(ways) > 1:
                arrow.through = arrow.through or spot.key
            chart.end_at(arrow, way.end)
        chart.remove(spot.key)


def _choices(chart: Chart) -> None:
    """An exclusive gateway right behind a step says how the step ends."""
    for spot in chart.of(CHOICE):
        came = chart.into(spot.key)
        if spot.data is not None or spot.waits or len(came) != 1 or came[0].kind != FLOW:
            continue
        way, step = came[0], chart.spots[came[0].start]
        ways = chart.out(spot.key)
        named = all(arrow.data is not None for arrow in ways)
        if step.kind not in (WORK, RUN, BLOCK) or way.data is not None or way.condition:
            continue
        if step.kind in (RUN, BLOCK) and not named:
            continue
        if len(chart.out(step.key, FLOW)) > 1 or step.event == "link":
            continue
        chart.erase(way)
        step.facts["question"] = spot.name
        step.about = [*step.about, *spot.about]
        for arrow in ways:
            chart.start_at(arrow, step.key)
        chart.remove(spot.key)


def pass_on(chart: Chart, arrow: Arrow, name: str) -> Spot:
    """A step that takes no time, put on an arrow."""
    spot = Spot(chart.fresh(f"{arrow.key}#{name}"), CHOICE, line=arrow.line)
    spot.facts["made"] = name
    on = chart.between(arrow, spot)
    chart.out(on.key)[0].through, arrow.through = arrow.through, ""
    return on


def _forks(chart: Chart, remarks: Remarks) -> None:
    """Each split behind exactly one step, each way out of it to a step of its own."""
    for spot in chart.of(FORK):
        if not chart.out(spot.key):
            spot.kind = CHOICE
            continue
        came = chart.into(spot.key)
        before = chart.spots[came[0].start] if len(came) == 1 else None
        if before is not None and before.kind in {FORK, *STEPS} and before is not spot:
            _unnamed(spot, remarks)
        if before is not None and before.kind == FORK and before is not spot:
            for arrow in chart.out(spot.key):
                chart.start_at(arrow, before.key)
            chart.remove(spot.key)
        elif before is None or before.kind not in STEPS:
            step = chart.add(Spot(chart.fresh(f"{spot.key}#before"), CHOICE, line=spot.line))
            step.name, step.about = spot.name, spot.about
            step.facts["made"] = "side_by_side"
            for arrow in came:
                chart.end_at(arrow, step.key)
            chart.draw(Arrow(chart.fresh(f"{spot.key}#in"), step.key, spot.key, line=spot.line))
    for spot in chart.of(FORK):
        seen: set[str] = set()
        for arrow in chart.out(spot.key):
            end = chart.spots[arrow.end]
            if end.kind in ENDS or end.key in seen or end.kind == FORK:
                pass_on(chart, arrow, "go_on")
            seen.add(arrow.end)


def _meetings(chart: Chart, remarks: Remarks) -> None:
    """Each meeting waits for steps, each of which leads there once; it is folded into a step."""
    for spot in chart.of(MEET, CHOICE):
        if spot.kind == MEET or spot.waits:
            _one_arrival_each(chart, spot)
    for spot in chart.of(MEET):
        on = chart.out(spot.key)
        behind = chart.spots[on[0].end] if len(on) == 1 else None
        if (
            behind is not None
            and behind.kind in STEPS
            and not behind.waits
            and on[0].data is None
            and len(chart.into(behind.key)) == 1
            and behind is not spot
        ):
            _unnamed(spot, remarks)
            behind.waits = True
            behind.about = [*spot.about, *behind.about]
            for arrow in chart.into(spot.key):
                chart.end_at(arrow, behind.key)
            chart.remove(spot.key)
        else:
            spot.kind, spot.waits = CHOICE, True
            spot.facts.setdefault("made", "together")


def owner(chart: Chart, arrow: Arrow) -> Spot:
    """The step that an arrow comes from, looked at through a split."""
    spot = chart.spots[arrow.start]
    while spot.kind == FORK:
        spot = chart.spots[chart.into(spot.key)[0].start]
    return spot


def _one_arrival_each(chart: Chart, meet: Spot) -> None:
    groups: dict[str, list[Arrow]] = {}
    for arrow in chart.into(meet.key):
        result = str(arrow.data.get("id")) if arrow.data else ""
        same = f"{arrow.start}#{result}" if result and arrow.kind != "" else arrow.key
        groups.setdefault(arrow.through or same, []).append(arrow)
    owners = {key: {owner(chart, arrow).key for arrow in arrows} for key, arrows in groups.items()}
    met: dict[str, int] = {}
    for names in owners.values():
        for name in names:
            met[name] = met.get(name, 0) + 1
    for key, arrows in groups.items():
        first_owner = min(owners[key])
        start = chart.spots[first_owner].kind not in STEPS
        if len(owners[key]) == 1 and met[first_owner] == 1 and not start:
            continue
        first = pass_on(chart, arrows[0], "arrived")
        for arrow in arrows[1:]:
            chart.end_at(arrow, first.key)


def _starts(chart: Chart) -> None:
    """Deals begin at a step that waits for nothing."""
    for spot in chart.of(START):
        for arrow in chart.out(spot.key):
            end = chart.spots[arrow.end]
            if end.kind not in STEPS or end.waits:
                pass_on(chart, arrow, "begin")


def _exits(chart: Chart) -> None:
    """A result that leaves a branch is called as the block calls it: a step has one at most."""
    for spot in chart.of(LEAVE):
        seen: dict[str, str] = {}  # a step -> its result that leaves
        for arrow in chart.into(spot.key):
            result = str(arrow.data.get("id")) if arrow.data else arrow.key
            start = chart.spots[arrow.start]
            own = start.kind in (BLOCK, RUN) and not (arrow.kind == "error" and start.kind == BLOCK)
            if own and start.kind == RUN and arrow.data is not None:
                own = False
            if (own and arrow.kind != "timeout") or seen.get(arrow.start, result) != result:
                pass_on(chart, arrow, "give_up")
            seen.setdefault(arrow.start, result)
    for spot in chart.of(RACE):
        spot.facts.setdefault("made", "wait_and_see")
