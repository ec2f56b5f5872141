"""What BPMN lets a diagram leave unsaid, said: splits, starts and ends that are not drawn."""

from salesflow.importing.chart import (
    BLOCK,
    CHOICE,
    DONE,
    END,
    ENDS,
    ERROR,
    FLOW,
    FORK,
    GATEWAYS,
    GATHER,
    LEAVE,
    MEET,
    RACE,
    RUN,
    SOME,
    START,
    WORK,
    Arrow,
    Chart,
    Spot,
)
from salesflow.importing.races import settle_races
from salesflow.importing.remarks import Remarks


def make_explicit(chart: Chart, remarks: Remarks, *, part: bool, ours: bool) -> None:
    """Rewrite a chart so that each spot does one thing. ``part``: it is a sub-process."""
    _links(chart, remarks)
    _clean_ends(chart, remarks)
    for spot in chart.of(WORK, RUN, BLOCK, START):
        _several_ways(chart, spot)
    settle_races(chart, remarks)
    _gateways(chart, ours=ours)
    _begin(chart, remarks, part=part)
    _close(chart, remarks, part=part)
    for spot in chart.of(WORK):
        if "again" in spot.facts:
            again = Arrow(chart.fresh(f"{spot.key}#again"), spot.key, spot.key, line=spot.line)
            most = spot.facts.pop("again")
            again.name, again.kind = "again", ERROR
            again.facts = {"at_most": most} if most else {}
            chart.draw(again)
    if part:
        _ends_of_part(chart)


def _links(chart: Chart, remarks: Remarks) -> None:
    """A link is a flow that is not drawn: from all events that throw it to the one catching it."""
    catching: dict[str, Spot] = {}
    for spot in chart.of(WORK):
        if spot.event == "link" and spot.tag == "intermediateCatchEvent":
            catching.setdefault(spot.code, spot)
    for spot in chart.of(WORK):
        if spot.event != "link":
            continue
        spot.kind = CHOICE  # a mere merge, once it leads on
        if spot.tag == "intermediateCatchEvent":
            continue
        if spot.code in catching:
            for arrow in chart.out(spot.key):
                chart.erase(arrow)
            key = chart.fresh(f"{spot.key}#link")
            chart.draw(Arrow(key, spot.key, catching[spot.code].key, line=spot.line))
        elif not chart.out(spot.key):
            remarks.lost(spot.thing, "no event catches this link: the way ends here.")


def _clean_ends(chart: Chart, remarks: Remarks) -> None:
    for spot in chart.of(END, START):
        wrong = chart.out(spot.key) if spot.kind == END else chart.into(spot.key)
        for arrow in wrong:
            what = (
                "no flow can leave an end event."
                if spot.kind == END
                else "no flow can lead to a start event."
            )
            remarks.lost(arrow.thing, what)
            chart.erase(arrow)


def _several_ways(chart: Chart, spot: Spot) -> None:
    """Several flows out of an activity: all are taken, or those whose condition holds."""
    ways = chart.out(spot.key, FLOW)
    if len(ways) < 2:
        return
    some = any(way.condition or way.default for way in ways)
    split = Spot(chart.fresh(f"{spot.key}#split"), SOME if some else FORK, line=spot.line)
    split.tag = "inclusiveGateway" if some else "parallelGateway"
    chart.add(split)
    for way in ways:
        chart.start_at(way, split.key)
    chart.draw(Arrow(chart.fresh(f"{split.key}#to"), spot.key, split.key, line=spot.line))


def _gateways(chart: Chart, *, ours: bool) -> None:
    """A gateway splits or meets, not both; one that does neither is no gateway."""
    for spot in chart.of(*GATEWAYS):
        came, goes = len(chart.into(spot.key)), len(chart.out(spot.key))
        if spot.kind == FORK and spot.data is not None:
            spot.kind, spot.waits = CHOICE, True  # a meeting point of ours
            _several_ways(chart, spot)
        elif spot.kind in (FORK, SOME) and goes < 2:
            meets = MEET if spot.kind == FORK else GATHER
            spot.kind = meets if came > 1 or (ours and spot.kind == FORK) else CHOICE
        elif spot.kind in (FORK, SOME) and came > 1:
            meet = Spot(
                chart.fresh(f"{spot.key}#meet"),
                MEET if spot.kind == FORK else GATHER,
                line=spot.line,
            )
            meet.tag = spot.tag
            chart.add(meet)
            for arrow in chart.into(spot.key):
                chart.end_at(arrow, meet.key)
            chart.draw(Arrow(chart.fresh(f"{meet.key}#on"), meet.key, spot.key, line=spot.line))


def _begin(chart: Chart, remarks: Remarks, *, part: bool) -> None:
    """A process begins at its start events, a sub-process at one; where none is, with what nothing
    leads to.
    """
    for spot in chart.of(START):
        if not chart.out(spot.key):
            remarks.lost(spot.thing, "no flow leaves it.")
            chart.remove(spot.key)
    starts = [*chart.of(START)]
    if starts and not part:
        return
    if len(starts) > 1:
        _one_of(chart, starts)
    elif not starts:
        _from_nothing(chart, remarks, part=part)


def _one_of(chart: Chart, starts: list[Spot]) -> None:
    """A sub-process that begins at one of several start events chooses."""
    choice = chart.add(Spot(chart.fresh("#begin"), RACE, line=starts[0].line))
    choice.name = " or ".join(start.name for start in starts if start.name)
    begin = chart.add(Spot(chart.fresh("#start"), START, line=starts[0].line))
    for start in starts:
        for arrow in chart.out(start.key):
            arrow.name = arrow.name or start.name
            chart.start_at(arrow, choice.key)
        chart.remove(start.key)
    chart.draw(Arrow(chart.fresh("#start#on"), begin.key, choice.key, line=begin.line))


def _from_nothing(chart: Chart, remarks: Remarks, *, part: bool) -> None:
    inner = [spot for spot in chart.spots.values() if spot.kind not in ENDS]
    roots = (
        [spot for spot in inner if not chart.into(spot.key)]
        or inner[:1]
        or [*chart.spots.values()][:1]
    )
    begin = chart.add(Spot(chart.fresh("#start"), START, line=roots[0].line if roots else 0))
    if not roots:
        return
    if not part:
        remarks.guessed(roots[0].thing, "there is no start event: deals begin here.")
    end = roots[0].key
    if len(roots) > 1:
        fork = chart.add(Spot(chart.fresh("#all"), FORK, line=begin.line))
        for root in roots:
            chart.draw(Arrow(chart.fresh(f"{root.key}#first"), fork.key, root.key, line=root.line))
        end = fork.key
    chart.draw(Arrow(chart.fresh("#start#on"), begin.key, end, line=begin.line))


def _close(chart: Chart, remarks: Remarks, *, part: bool) -> None:
    """Where no flow leaves, the way ends; a step of ours says itself that nothing follows."""
    end: Spot | None = None
    for spot in [*chart.spots.values()]:
        if spot.kind in ENDS or any(a.kind == FLOW for a in chart.out(spot.key)):
            continue
        if spot.data is not None or (spot.kind == RACE and chart.out(spot.key)):
            continue
        if end is None:
            end = chart.add(Spot(chart.fresh("#end"), END, line=spot.line))
        if not part and spot.kind != START:
            remarks.guessed(spot.thing, "no flow leaves it: the deal ends behind it.")
        chart.draw(Arrow(chart.fresh(f"{spot.key}#close"), spot.key, end.key, line=spot.line))


def _ends_of_part(chart: Chart) -> None:
    """In a sub-process an end event finishes it, or leaves it with an error."""
    for spot in chart.of(END):
        spot.kind = LEAVE if spot.event in ("error", "escalation") else DONE


def unify_ends(chart: Chart) -> None:
    """One spot for all that finishes a part, and one for each way to leave it."""
    first: dict[tuple[str, str], Spot] = {}
    for spot in chart.of(DONE, LEAVE):
        same = first.setdefault((spot.kind, spot.code if spot.kind == LEAVE else ""), spot)
        if same is not spot:
            for arrow in chart.into(spot.key):
                chart.end_at(arrow, same.key)
            chart.remove(spot.key)
