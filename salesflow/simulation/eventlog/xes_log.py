"""A log as XES (IEEE 1849-2016): a trace for each deal, an event for each change of an activity."""

from collections.abc import Iterator
from typing import NamedTuple, TextIO

from salesflow.simulation.eventlog.cases import (
    COMPLETED,
    Activity,
    Case,
    Moment,
)
from salesflow.simulation.eventlog.naming import Naming, Value, number
from salesflow.simulation.program import WORK

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <global scope="trace">
    <string key="concept:name" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <string key="lifecycle:transition" value="complete"/>
    <date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/>
  </global>
  <classifier name="Activity" keys="concept:name"/>
  <classifier name="Activity and transition" keys="concept:name lifecycle:transition"/>
  <string key="lifecycle:model" value="standard"/>
"""
_ESCAPED = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\t": "&#9;",
        "\n": "&#10;",
        "\r": "&#13;",
    }
)
# What XML 1.0 has no place for, not even escaped.
_DROPPED = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


class _Change(NamedTuple):
    """Something that happens to an activity, in the words of the lifecycle extension."""

    moment: Moment
    transition: str
    activity: Activity
    last: bool = False


class XesLog:
    """Writes cases to a stream."""

    def __init__(self, stream: TextIO, naming: Naming) -> None:
        """Write the head."""
        self.stream = stream
        self.naming = naming
        stream.write(_HEAD)
        processes = " and ".join(part.id for part in naming.program.parts)
        stream.write(_attribute("concept:name", processes, indent=2))

    def write(self, case: Case) -> None:
        """The trace of a deal, its events in the order in which they happened."""
        naming = self.naming
        text = ["  <trace>\n", _attribute("concept:name", naming.case(case), indent=4)]
        about: dict[str, Value] = {
            "process": naming.process(case),
            "source": naming.sources[case.source],
        }
        if case.ended is not None:
            about["outcome"] = naming.outcomes[case.outcome]
        text += _attributes(about | self._fields(case, case.values), indent=4)
        text += self._event(self._arrival(case))
        for change in sorted(self._changes(case)):
            text += self._event(self._change(case, change))
        if case.ended is not None:
            text += self._event(self._end(case, case.ended))
        text.append("  </trace>\n")
        self.stream.writelines(text)

    def close(self) -> None:
        """Write the end."""
        self.stream.write("</log>\n")

    def _event(self, attributes: dict[str, Value]) -> list[str]:
        return ["    <event>\n", *_attributes(attributes, indent=6), "    </event>\n"]

    def _arrival(self, case: Case) -> dict[str, Value]:
        name = self.naming.sources[case.source]
        return self._told(name, "complete", case.arrived) | {
            "kind": "source",
            **self._fields(case, case.given),
        }

    def _end(self, case: Case, ended: Moment) -> dict[str, Value]:
        naming = self.naming
        return self._told(naming.outcomes[case.outcome], "complete", ended) | {
            "kind": "outcome",
            "result": naming.ends[case.outcome],
            "stage": naming.stages[case.stage] or None,
            **self._fields(case, case.values),
        }

    def _change(self, case: Case, change: _Change) -> dict[str, Value]:
        naming, each = self.naming, change.activity
        name = naming.activities[each.node]
        doers = naming.doers(each)
        told = self._told(name, change.transition, change.moment) | {
            "concept:instance": f"{name} {each.visit + 1}",
            "org:role": doers.role or None,
            "org:group": doers.department or None,
            "kind": naming.kinds[each.node],
            "stage": naming.stages[each.stage] or None,
        }
        if change.transition != "schedule":
            told["org:resource"] = doers.resource or None
            told["with"] = "; ".join(doers.others) or None
        if change.last:
            told["result"] = naming.results[each.way] if each.way >= 0 else None
            told["how"] = each.how
            told["worked"] = naming.instant(each.worked.now) if each.worked is not None else None
            told |= self._fields(case, each.values)
        return told

    def _told(self, name: str, transition: str, moment: Moment) -> dict[str, Value]:
        return {
            "concept:name": name,
            "lifecycle:transition": transition,
            "time:timestamp": self.naming.instant(moment.now),
        }

    def _changes(self, case: Case) -> Iterator[_Change]:
        """What happens to the activities of a deal."""
        for each in case.activities:
            if self.naming.program.nodes[each.node].kind == WORK:
                yield _Change(each.ready, "schedule", each)
            if each.started is not None:
                yield _Change(each.started, "start", each)
            if each.over is not None:
                broken = "withdraw" if each.started is None else "ate_abort"
                transition = "complete" if each.how == COMPLETED else broken
                yield _Change(each.over, transition, each, last=True)

    def _fields(self, case: Case, values: tuple[float, ...]) -> dict[str, Value]:
        known = self.naming.values(case, values)
        return {f"deal.{name}": value for name, value in known.items()}


def _attributes(values: dict[str, Value], *, indent: int) -> Iterator[str]:
    for key, value in values.items():
        if value is not None:
            yield _attribute(key, value, indent=indent)


_DATES = frozenset({"time:timestamp", "worked"})


def _attribute(key: str, value: str | float | bool, *, indent: int) -> str:
    kind = "date" if key in _DATES else "string"
    text = str(value)
    if isinstance(value, bool):
        kind, text = "boolean", text.lower()
    elif not isinstance(value, str):
        kind, text = "float", number(value)
    return f'{" " * indent}<{kind} key="{_escaped(key)}" value="{_escaped(text)}"/>\n'


def _escaped(text: str) -> str:
    """A text as it stands between quotes; what XML cannot hold is left out."""
    return text.translate(_DROPPED).translate(_ESCAPED)
