"""Sub-processes as blocks: a split around all of one is its branches, else it has one branch."""

from salesflow.importing.chart import (
    BLOCK,
    CHOICE,
    DONE,
    END,
    ERROR,
    FORK,
    GATHER,
    LEAVE,
    MEET,
    SOME,
    START,
    WORK,
    Arrow,
    Chart,
    Spot,
    height,
)
from salesflow.importing.explicit import make_explicit, unify_ends
from salesflow.importing.regions import Region, Regions, make_block
from salesflow.importing.remarks import Remarks


def settle(chart: Chart, remarks: Remarks, *, part: bool, ours: bool) -> None:
    """Make a chart explicit and its sub-processes and regions blocks, innermost first.

    Sub-processes lie in each other to a depth that the reader bounds.
    """
    make_explicit(chart, remarks, part=part, ours=ours)
    for spot in chart.of(BLOCK):
        if spot.inner is not None:
            settle(spot.inner, remarks, part=True, ours=ours)
            _as_block(chart, spot, remarks)
    if part:
        unify_ends(chart)
    for spot in () if part else chart.of(LEAVE):
        spot.kind = END
    if not ours:
        Regions(chart, remarks).settle()


def _as_block(chart: Chart, spot: Spot, remarks: Remarks) -> None:
    """Turn what lies in a sub-process into the branches of a block."""
    inner, spot.inner = spot.inner, None
    if inner is None:
        return
    unify_ends(inner)
    starts = [*inner.of(START)]
    first = inner.out(starts[0].key) if starts else []
    if not first or inner.spots[first[0].end].kind in (DONE, LEAVE):
        spot.kind = WORK  # nothing happens in it
    elif spot.data is None or not _as_written(inner, first[0], spot, remarks):
        _as_drawn(inner, first[0], spot)
    spot.height = 1 + max((height(inside) for _, inside in spot.branches), default=0)
    _errors(chart, spot, remarks)


def _as_drawn(inner: Chart, first: Arrow, spot: Spot) -> None:
    """The branches of the block that is all there is in it, else one branch with everything."""
    only = inner.spots[first.end]
    on = inner.out(only.key)
    whole = (
        only.kind == BLOCK
        and only.data is None
        and only.tag.endswith("Gateway")
        and all(
            inner.spots[a.end].kind == (LEAVE if a.kind == ERROR else DONE)
            and (a.kind != ERROR or inner.spots[a.end].code == a.code)
            for a in on
        )
        and all(s.kind in (START, DONE, LEAVE) or s is only for s in inner.spots.values())
    )
    if whole:
        spot.branches, spot.join = only.branches, only.join
        spot.name = spot.name or only.name
        spot.about = spot.about + only.about
    else:
        way = Arrow(f"{spot.key}#inside", spot.key, first.end, line=spot.line)
        spot.branches = [(way, inner)]


def _as_written(inner: Chart, first: Arrow, spot: Spot, remarks: Remarks) -> bool:
    """The branches of a block of ours; False where somebody has drawn it anew."""
    if first.data is not None:
        spot.branches = [(first, inner)]
        return True
    split = inner.spots[first.end]
    if split.kind not in (FORK, SOME, CHOICE) or split.data is not None:
        return False
    if split.kind == CHOICE:
        return _one_branch(inner, split, spot)
    joins = [
        each
        for each in inner.of(MEET, GATHER, CHOICE)
        if each.data is None and [inner.spots[a.end].kind for a in inner.out(each.key)] == [DONE]
    ]
    if len(joins) != 1:
        return False
    region = Regions(inner, remarks).closed(split, joins[0].key, ours=True)
    if region is None or not all(way.data is not None for way, _ in region.branches):
        return False
    made = make_block(inner, Region(split, joins[0].key, region.branches))
    spot.branches = made.branches
    return True


def _one_branch(inner: Chart, split: Spot, spot: Spot) -> bool:
    """A block of one branch that runs for some deals only."""
    ways = inner.out(split.key)
    branch = next((way for way in ways if way.data is not None), None)
    others = [way for way in ways if way is not branch]
    if branch is None or any(inner.spots[way.end].kind != DONE for way in others):
        return False
    start = inner.into(split.key)[0]
    first = branch.end
    inner.erase(branch)
    inner.end_at(start, first)
    inner.remove(split.key)
    branch.start = branch.end = spot.key
    spot.branches = [(branch, inner)]
    return True


def _errors(chart: Chart, spot: Spot, remarks: Remarks) -> None:
    """Match the errors that a part ends with and the events on its border that catch them."""
    raised: dict[str, Spot] = {}
    for _, inside in spot.branches:
        for end in inside.of(LEAVE):
            raised.setdefault(end.code, end)
    caught = chart.out(spot.key, ERROR)
    for arrow in caught:
        if arrow.code in raised and arrow.data is None:
            arrow.name = arrow.name or raised[arrow.code].name
        if arrow.code in raised or (not arrow.code and raised):
            continue
        if arrow.data is not None:
            continue  # a result of ours that nobody leaves with is for `check` to tell
        if spot.kind != WORK:
            thing = arrow.facts.get("event", arrow.thing)
            remarks.lost(
                thing, "no end event inside raises it, so nothing would ever take this way."
            )
            chart.erase(arrow)
    for code, end in raised.items():
        arrows = chart.out(spot.key, ERROR)
        if spot.data is not None or any(arrow.code == code for arrow in arrows):
            continue  # that a block of ours does not say what then happens is for `check` to tell
        any_code = next((arrow for arrow in arrows if not arrow.code), None)
        on = Arrow(
            chart.fresh(f"{spot.key}#left:{code}"), spot.key, "", name=end.name, line=end.line
        )
        on.kind, on.code = ERROR, code
        on.end = any_code.end if any_code is not None else _uncaught(chart, code, end)
        chart.draw(on)
    for arrow in chart.out(spot.key, ERROR):
        if not arrow.code and raised and arrow.data is None:
            chart.erase(arrow)


def _uncaught(chart: Chart, code: str, end: Spot) -> str:
    """An error that nothing catches here ends what is around too."""
    key = f"#error:{code}"
    if key not in chart.spots:
        out = chart.add(Spot(key, LEAVE, tag="endEvent", name=end.name or code, line=end.line))
        out.code, out.event = code, "error"
    return key
