"""From the elements of a process to a chart: spots, arrows, and what stands beside them."""

from collections.abc import Container

from salesflow.importing.borders import Borders, without
from salesflow.importing.chart import (
    BLOCK,
    CHOICE,
    END,
    FORK,
    RACE,
    RUN,
    SOME,
    START,
    WORK,
    Chart,
    Spot,
)
from salesflow.importing.elements import GUESSED_TIME, event_of, said, timer_of
from salesflow.importing.index import Index, children, local, thing_of
from salesflow.importing.lanes import Lanes
from salesflow.importing.ours import data_of
from salesflow.importing.remarks import Thing
from salesflow.importing.timers import duration, every
from salesflow.importing.vocabulary import (
    ACTIVITIES,
    BPMN,
    CALLS,
    DATA,
    EVENTS,
    GATEWAYS,
    NODES,
    PARTS,
)
from salesflow.source.xml import Tag

MOST_NESTED = 8  # sub-processes in each other; what is made of them has to be read again
MOST_NESTED_OURS = 14

_KINDS = {"choice": CHOICE, "race": RACE, "fork": FORK, "some": SOME}


class Reader:
    """Reads one process; ``lanes`` know who does what, ``runs`` the ids of what it can call."""

    def __init__(self, index: Index, lanes: Lanes, runs: dict[str, str]) -> None:
        """Nothing is read yet."""
        self.runs = runs
        self.index = index
        self.remarks = index.remarks
        self.lanes = lanes
        self.fields: dict[str, str] = {}  # a data object -> its name
        self.objects: dict[str, Thing] = {}
        self.shown = {""}  # the data objects that others refer to, which are what people see

    def chart(self, tag: Tag, depth: int = 0) -> Chart:
        """The chart of a process or sub-process, everything as the file has it."""
        chart = Chart()
        hung: list[Tag] = []
        for inner in tag.inside:
            if inner.namespace in BPMN and inner.name in NODES:
                self._node(chart, inner, depth)
            elif inner.namespace in BPMN and inner.name == "boundaryEvent":
                hung.append(inner)
            elif inner.namespace in BPMN and inner.name in DATA:
                self._named(inner)
            else:
                self.index.unknown(inner)
        orphans = Borders(self.index, chart, hung).hang(tag)
        without(chart, orphans, self.remarks)
        return chart

    def _named(self, tag: Tag) -> None:
        key = tag.attributes.get("id", "")
        reference = tag.attributes.get("dataObjectRef", "")
        name = tag.attributes.get("name") or self.index.names.get(reference, "")
        self.fields[key] = name.partition("[")[0].strip()
        self.objects[key] = thing_of(tag)._replace(name=name)
        self.shown.add(reference)

    def tell_unused(self, used: Container[str]) -> None:
        """Tell the data objects that nothing takes in or gives out."""
        for key, thing in self.objects.items():
            if key not in used and key not in self.shown:
                self.remarks.lost(thing, "no data flow leads from it or to it.")

    def _node(self, chart: Chart, tag: Tag, depth: int) -> None:
        name, attributes = tag.name, tag.attributes
        if attributes.get("triggeredByEvent") == "true":
            inside = sum(1 for _ in children(tag, *NODES))
            what = f"an event sub-process ({inside} elements in it) has no place in the language."
            self.remarks.lost(thing_of(tag), what)
            return
        if attributes.get("isForCompensation") == "true":
            self.remarks.lost(thing_of(tag), "what only makes good for something else is left out.")
            return
        key = self.index.key(tag)
        spot = Spot(key, _kind(name), tag=name, line=tag.line)
        spot.name = " ".join(attributes.get("name", "").split())
        spot.about = said(tag) + self.index.noted.get(key, [])
        spot.data = data_of(tag)
        spot.event, definition = event_of(tag)
        chart.add(spot)
        if name in EVENTS or name in ACTIVITIES or name in ("startEvent", "endEvent"):
            self._described(spot, tag, definition)
        if name in PARTS:
            self._part(spot, tag, depth)
        elif name in CALLS:
            self._call(spot, local(attributes.get("calledElement", "")))

    def _part(self, spot: Spot, tag: Tag, depth: int) -> None:
        if not any(True for _ in children(tag, *NODES)):
            spot.kind = WORK
        elif depth >= (most := MOST_NESTED_OURS if self.index.ours else MOST_NESTED):
            spot.kind = WORK
            what = f"more than {most} lie in each other: this one is a single step."
            self.remarks.lost(spot.thing, what)
        else:
            if tag.name == "adHocSubProcess":
                self.remarks.guessed(spot.thing, "what nothing leads to begins at once.")
            self.lanes.within(tag, spot.by)
            spot.inner = self.chart(tag, depth + 1)

    def _call(self, spot: Spot, wanted: str) -> None:
        spot.code = self.runs.get(wanted, "")
        if not spot.code:
            spot.kind = WORK
            shown = f"`{wanted}`" if wanted else "a process"
            what = (
                f"it calls {shown}, which no file of its own can be made of: it is a single step."
            )
            self.remarks.lost(spot.thing, what)

    def _described(self, spot: Spot, tag: Tag, definition: Tag | None) -> None:
        """What hangs on an activity or event: who does it, its time, the data it needs."""
        spot.by = self.lanes.role(spot.key, spot.event, tag)
        if spot.event in {"error", "escalation"}:
            reference = local(
                (definition.attributes if definition else {}).get(f"{spot.event}Ref", "")
            )
            spot.code = self.index.errors.get(reference, reference)
        elif spot.event == "timer" and definition is not None:
            self._timed(spot, definition)
        elif spot.event == "link" and definition is not None:
            spot.code = definition.attributes.get("name", "") or spot.name
        self._data(spot, tag)
        for inner in tag.inside:
            if inner.name in ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics"):
                self._repeated(spot, inner)

    def _timed(self, spot: Spot, definition: Tag) -> None:
        spot.by = None
        how, text = timer_of(definition)
        if spot.tag == "startEvent":
            again = every(text)
            if again:
                spot.facts["arrivals"] = {"every": again}
            else:
                self.remarks.lost(spot.thing, f"when deals come (`{text}`) is not read.")
            return
        wait = duration(text) if how == "timeDuration" else None
        spot.facts["wait"] = wait or GUESSED_TIME
        if wait is None:
            self.remarks.guessed(
                spot.thing, f"`{text}` is no span of time: it takes {GUESSED_TIME}."
            )

    def _data(self, spot: Spot, tag: Tag) -> None:
        for inner in children(tag, "dataInputAssociation", "dataOutputAssociation"):
            output = inner.name == "dataOutputAssociation"
            for end in children(inner, "targetRef" if output else "sourceRef"):
                spot.facts.setdefault("captures" if output else "requires", []).append(
                    local(end.text)
                )

    def _repeated(self, spot: Spot, tag: Tag) -> None:
        if tag.name == "multiInstanceLoopCharacteristics" or spot.tag in PARTS | CALLS:
            self.remarks.lost(spot.thing, "it is done once here, not once for each of several.")
            return
        most = tag.attributes.get("loopMaximum", "")
        spot.facts["again"] = (
            int(most) if most.isdigit() and 0 < len(most) < 6 and int(most) else None
        )
        self.remarks.guessed(spot.thing, "it can be done again: its result `again` says so.")


def _kind(name: str) -> str:
    if name in GATEWAYS:
        return _KINDS[GATEWAYS[name]]
    if name in PARTS:
        return BLOCK
    if name in CALLS:
        return RUN
    return {"startEvent": START, "endEvent": END}.get(name, WORK)
