"""Flows, and the events on the border of activities from which some of them start."""

from salesflow.importing.chart import ERROR, START, TIMEOUT, WORK, Arrow, Chart
from salesflow.importing.elements import GUESSED_TIME, event_of, said, timer_of
from salesflow.importing.index import Index, children, local, thing_of
from salesflow.importing.ours import data_of
from salesflow.importing.remarks import Remarks
from salesflow.importing.timers import duration
from salesflow.source.xml import Tag


class Borders:
    """The events on the border of activities, and the flows of a chart."""

    def __init__(self, index: Index, chart: Chart, hung: list[Tag]) -> None:
        """Nothing is drawn yet."""
        self.index = index
        self.remarks = index.remarks
        self.chart = chart
        self.hung: dict[str, tuple[Tag, str, Tag | None]] = {}
        for tag in hung:
            self.hung[index.key(tag)] = (tag, *event_of(tag))
        self.orphans: set[str] = set()
        self.timed: set[str] = set()  # activities with a timeout

    def hang(self, parent: Tag) -> set[str]:
        """Draw all flows; the spots that only events left out lead to."""
        left = dict.fromkeys(self.hung)
        for tag in children(parent, "sequenceFlow"):
            start = local(tag.attributes.get("sourceRef", ""))
            end = local(tag.attributes.get("targetRef", ""))
            arrow = _arrow(tag, self.chart.fresh(tag.attributes.get("id") or f"flow_{tag.line}"))
            left.pop(start, None)
            host = (
                local(self.hung[start][0].attributes.get("attachedToRef", ""))
                if start in self.hung
                else start
            )
            missing = next((e for e in (host, end) if e not in self.chart.spots), None)
            if missing is not None:
                self.remarks.lost(
                    arrow.thing, f"it starts or ends at `{missing}`, which is not here."
                )
                if start in self.hung and end in self.chart.spots:
                    self.orphans.add(end)
                continue
            arrow.start, arrow.end = host, end
            if start == host or self._from_border(arrow, start):
                arrow.default = tag.attributes.get("id") is not None and self._is_default(
                    tag, parent
                )
                self.chart.draw(arrow)
        for key in left:
            self.remarks.lost(thing_of(self.hung[key][0]), "no flow leaves it.")
        return self.orphans

    def _is_default(self, tag: Tag, parent: Tag) -> bool:
        if not hasattr(self, "_defaults"):
            self._defaults = {
                local(inner.attributes["default"])
                for inner in parent.inside
                if "default" in inner.attributes
            }
        return tag.attributes["id"] in self._defaults

    def _from_border(self, arrow: Arrow, key: str) -> bool:
        """Whether a flow from a border event becomes a way that its activity ends."""
        tag, event, definition = self.hung[key]
        thing = thing_of(tag)
        host = self.chart.spots[arrow.start]
        arrow.name = arrow.name or " ".join(tag.attributes.get("name", "").split())
        arrow.about = said(tag) + arrow.about
        ends = tag.attributes.get("cancelActivity", "true") != "false"
        if event == "timer" and definition is not None:
            return self._timer(arrow, tag, definition, ends=ends)
        if event in ("error", "escalation") and ends:
            reference = local(definition.attributes.get(f"{event}Ref", "") if definition else "")
            arrow.code = self.index.errors.get(reference, reference)
            arrow.kind = ERROR
            arrow.facts["event"] = thing
            return True
        if ends and host.inner is None and event not in ("compensate", "cancel"):
            arrow.kind = ERROR
            what = "that it happens is one of the results of what it hangs on."
            self.remarks.guessed(thing, what)
            return True
        what = "" if ends else " without ending it"
        self.remarks.lost(thing, f"nothing like {_an(event)} event{what} can hang on a step here.")
        self.orphans.add(arrow.end)
        return False

    def _timer(self, arrow: Arrow, tag: Tag, definition: Tag, *, ends: bool) -> bool:
        thing, host = thing_of(tag), self.chart.spots[arrow.start]
        how, text = timer_of(definition)
        after = (data_of(tag) or {}).get("after") or (
            duration(text) if how == "timeDuration" else None
        )
        if not ends:
            later = self.chart.spots[arrow.end]
            if (
                after
                and later.kind == WORK
                and later.by
                and host.kind == WORK
                and "escalate" not in host.facts
            ):
                host.facts["escalate"] = {"after": after, "by": later.by}
                what = f"from then on `{later.by}` may take the work too, until it starts."
                self.remarks.guessed(thing, what)
            else:
                self.remarks.lost(
                    thing, "a reminder that ends nothing has no place in the language."
                )
            self.orphans.add(arrow.end)
            return False
        if host.key in self.timed:
            self.remarks.lost(thing, "a step has one time limit, and this one has one already.")
            self.orphans.add(arrow.end)
            return False
        self.timed.add(host.key)
        if after is None:
            after = GUESSED_TIME
            self.remarks.guessed(thing, f"`{text}` is no span of time: the limit is {after}.")
        arrow.kind, arrow.facts["after"] = TIMEOUT, after
        return True


def without(chart: Chart, orphans: set[str], remarks: Remarks) -> None:
    """Take out what nothing leads to any more because an event was left out."""
    waiting = sorted(orphans)
    while waiting:
        key = waiting.pop()
        if key in chart.spots and not chart.into(key) and chart.spots[key].kind != START:
            waiting.extend(arrow.end for arrow in chart.out(key))
            remarks.lost(chart.spots[key].thing, "only an event that is not imported leads to it.")
            chart.remove(key)


def _arrow(tag: Tag, key: str) -> Arrow:
    arrow = Arrow(key, "", "", name=" ".join(tag.attributes.get("name", "").split()), line=tag.line)
    arrow.about = said(tag)
    arrow.data = data_of(tag)
    arrow.condition = next((c.text for c in children(tag, "conditionExpression")), "")
    return arrow


def _an(event: str) -> str:
    return f"an {event}" if event[:1] in "aeiou" else f"a {event}" if event else "such an"
