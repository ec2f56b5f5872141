"""Event-based gateways: whatever happens first decides. The events become results of one step."""

from salesflow.importing.chart import CHOICE, FLOW, RACE, TIMEOUT, WORK, Arrow, Chart, Spot
from salesflow.importing.remarks import Remarks

_HAPPENED = {
    "message": "answered",
    "signal": "signalled",
    "conditional": "came_true",
    "timer": "too_late",
}


def settle_races(chart: Chart, remarks: Remarks) -> None:
    """Fold the events behind each event-based gateway into it."""
    for spot in chart.of(RACE):
        ways = chart.out(spot.key)
        if len(ways) < 2 and spot.data is None:
            spot.kind = CHOICE
            continue
        named = []
        for way in ways:
            event = chart.spots[way.end]
            if event.kind != WORK or len(chart.into(event.key)) > 1 or event.inner is not None:
                continue
            if len(chart.out(event.key)) > 1 or event.data is not None:
                continue
            _fold(chart, spot, way, event, remarks)
            named.append(event.name)
        if not spot.name and any(named):
            spot.name = "Wait for " + " or ".join(name for name in named if name)


def _fold(chart: Chart, spot: Spot, way: Arrow, event: Spot, remarks: Remarks) -> None:
    """One event becomes a way out of the gateway; its timer the time limit."""
    timed = any(other.kind == TIMEOUT for other in chart.out(spot.key))
    if event.event == "timer" and timed:
        remarks.guessed(event.thing, "a step has one time limit: this one is a result like others.")
    elif event.event == "timer":
        way.kind, way.facts["after"] = TIMEOUT, event.facts.get("wait", "1w")
    else:
        way.kind = FLOW
    way.name = event.name or way.name or _HAPPENED.get(event.event, "came")
    way.about = [*way.about, *event.about]
    if event.by is not None:
        spot.by = event.by
    for key in ("captures", "requires"):
        if key in event.facts:
            spot.facts.setdefault(key, []).extend(event.facts[key])
    on = chart.out(event.key)
    if on:
        chart.end_at(way, on[0].end)
        chart.remove(event.key)
        return
    event.kind = "choice"  # nothing follows: the way ends there
