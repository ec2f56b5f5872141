"""One process of a BPMN file as a document of the language."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from salesflow.expressions import FieldType
from salesflow.importing.chart import BLOCK, END, RUN, START, STEPS, Chart, Spot
from salesflow.importing.conditions import Conditions
from salesflow.importing.elements import in_sentences, said
from salesflow.importing.fold import fold
from salesflow.importing.index import Index
from salesflow.importing.lanes import Lanes
from salesflow.importing.naming import Names, called
from salesflow.importing.ours import data_of, renamed
from salesflow.importing.outcomes import guessed_kind
from salesflow.importing.parts import settle
from salesflow.importing.reading import Reader
from salesflow.importing.remarks import Thing
from salesflow.importing.results import Shared
from salesflow.importing.steps import Steps
from salesflow.source.xml import Tag


class Runnable(NamedTuple):
    """A process of the file that others can run: its id in the language, and its outcomes."""

    id: str
    outcomes: tuple[str, ...]


class Draft:
    """A process under way: what its parts find out about each other."""

    def __init__(
        self, index: Index, tag: Tag, given: str, runs: dict[str, Runnable], *, part: bool
    ) -> None:
        """Read it, and rewrite its chart until only steps are left. ``part``: others run it."""
        self.index = index
        self.tag = tag
        self.id = given
        self.runs = runs
        self.part = part
        self.data = data_of(tag)
        self.lanes = Lanes(index, tag)
        self.reader = Reader(index, self.lanes, {key: run.id for key, run in runs.items()})
        self.chart = self.reader.chart(tag)
        settle(self.chart, index.remarks, part=False, ours=self.data is not None)
        fold(self.chart, index.remarks)
        self.names = Names()
        self.fields: dict[str, Any] = {}  # declared in `data`

    def document(self) -> dict[str, Any]:
        """The document."""
        own = {
            str(s.data.get("id")) for s in self.chart.spots.values() if s.data and s.kind in STEPS
        }
        self.names.taken |= own
        outcomes, ends = self._outcomes()
        sources = self._named_sources()
        self.names.taken -= own - {*outcomes, *sources.values()}
        steps = Steps(self.chart, self._shared(ends), self.names)
        written = steps.written()
        fields = self.fields | self._condition_fields()
        head = self._head()
        data: dict[str, Any] = {"salesflow": 1, "process": self.id, **head}
        runs = sorted({spot.code for chart in charts(self.chart) for spot in chart.of(RUN)})
        if runs:
            data["use"] = [f"{run}.salesflow.yaml" for run in runs]
        if self.lanes.departments or "departments" in data:
            data["departments"] = {**data.get("departments", {}), **self.lanes.departments}
        if fields:
            data["data"] = {**data.get("data", {}), **fields}
        data["sources"] = {
            sources[key]: self._source(self.chart.spots[key], steps, sources[key])
            for key in sources
        }
        data["steps"] = written
        data["outcomes"] = outcomes
        return _in_order(data)

    def _condition_fields(self) -> dict[str, Any]:
        """The fields that conditions speak of; a choice may be more than what is asked for."""
        fields = self.conditions.fields(self.used)
        for name, field in fields.items():
            if len(field.get("values", ())) == 1:
                field["values"] = [*field["values"], "other"]
            thing = Thing(name, "", self.tag.line, "data field")
            self.index.remarks.guessed(
                thing, f"by its conditions it is of the type {field['type']}."
            )
        return fields

    def _head(self) -> dict[str, Any]:
        """What stands above the flow."""
        name = " ".join(self.tag.attributes.get("name", "").split())
        if self.data is not None:
            data = {key: value for key, value in self.data.items() if key not in ("id", "use")}
            other = renamed(self.data, name) if name else None
            return data | ({"name": other} if other is not None else {})
        data = {}
        shown = called(name or self._pool_name(), self.id)
        if shown:
            data["name"] = shown
        about = said(self.tag) + self.index.noted.get(self.tag.attributes.get("id", ""), [])
        if about:
            data["description"] = in_sentences(about)
        return data

    def _pool_name(self) -> str:
        return self.lanes.title if self.lanes.departments else ""

    def _shared(self, ends: dict[str, str]) -> Shared:
        known, fields = self._fields()
        self.conditions = Conditions(known, self.field_names)
        self.used: set[str] = set()
        verbatim = self.data is not None
        for chart in charts(self.chart):
            ways = [way for spot in chart.of(BLOCK) for way, _ in spot.branches]
            for arrow in (*chart.arrows.values(), *ways):
                if arrow.condition and not (verbatim and arrow.data is not None):
                    self.conditions.add(arrow.condition)
                for text in arrow.facts.get("unless", ()):
                    self.conditions.add(text)
        outcomes = {run.id: run.outcomes for run in self.runs.values()}
        return Shared(
            self.index.remarks, self.conditions, self.used, fields, outcomes, ends, verbatim
        )

    def _fields(self) -> tuple[dict[str, FieldType], dict[str, str]]:
        """The fields that are known, with their types; and those of data objects that are used."""
        self.field_names = Names()
        known: dict[str, FieldType] = {}
        declared = (self.data or {}).get("data")
        for name, field in declared.items() if isinstance(declared, dict) else ():
            self.field_names.keep(name)
            if isinstance(field, dict) and isinstance(field.get("type"), str):
                values = field.get("values", ())
                known[name] = FieldType(
                    field["type"], tuple(values) if isinstance(values, list) else ()
                )
        used = [
            name
            for chart in charts(self.chart)
            for spot in chart.spots.values()
            for key in ("requires", "captures")
            for name in spot.facts.get(key, ())
        ]
        self.reader.tell_unused(set(used))
        fields: dict[str, str] = {}
        by_name: dict[str, str] = {}
        for key in dict.fromkeys(used):
            if key not in self.reader.fields:
                continue
            name = self.reader.fields[key]
            if name not in by_name:
                by_name[name] = given = self.field_names.give(name, otherwise="document")
                shown = called(name, given)
                self.fields[given] = {**({"name": shown} if shown else {}), "type": "document"}
            fields[key] = by_name[name]
        return known, fields

    def _outcomes(self) -> tuple[dict[str, Any], dict[str, str]]:
        """The outcomes by id, and the outcome of each end event."""
        outcomes: dict[str, Any] = {}
        ends: dict[str, str] = {}
        by_name: dict[str, str] = {}
        for spot in self.chart.of(END):
            wanted = str(spot.data.get("id", "")) if spot.data else ""
            if wanted in outcomes or (wanted and self.names.keep(wanted)):
                ends[spot.key] = wanted
                outcomes.setdefault(wanted, self._ours(spot))
        for spot in self.chart.of(END):
            if spot.key in ends:
                continue
            kind = guessed_kind(spot.name, spot.event, part=self.part)
            title = spot.name or (spot.code if spot.event == "error" else "")
            if title.lower() not in by_name:
                by_name[title.lower()] = given = self.names.give(title, otherwise="finished")
                shown = called(title, given)
                about = in_sentences(spot.about)
                outcomes[given] = {
                    **({"name": shown} if shown else {}),
                    **({"description": about} if about else {}),
                    "kind": kind,
                }
            ends[spot.key] = given = by_name[title.lower()]
            if spot.tag:
                what = f"it is the outcome `{given}` of the kind {outcomes[given].get('kind')}."
                self.index.remarks.guessed(spot.thing, what)
        if not outcomes:
            outcomes[self.names.give("finished", otherwise="finished")] = {"kind": "done"}
        return outcomes, ends

    def _ours(self, spot: Spot) -> dict[str, Any]:
        data = {key: value for key, value in (spot.data or {}).items() if key != "id"}
        other = renamed(spot.data or {}, spot.name) if spot.name else None
        return data | ({"name": other} if other is not None else {})

    def _named_sources(self) -> dict[str, str]:
        """A start event -> the id of the source."""
        given: dict[str, str] = {}
        for spot in self.chart.of(START):
            wanted = str(spot.data.get("id", "")) if spot.data else ""
            if wanted and self.names.keep(wanted):
                given[spot.key] = wanted
        for spot in self.chart.of(START):
            if spot.key not in given:
                given[spot.key] = self.names.give(spot.name, otherwise="inbound")
        return given

    def _source(self, spot: Spot, steps: Steps, given: str) -> dict[str, Any]:
        start = steps.start(spot)
        if spot.data is not None:
            return {**self._ours(spot), "start": start}
        data: dict[str, Any] = {}
        name = called(spot.name, given)
        if name:
            data["name"] = name
        about = in_sentences(spot.about)
        if about:
            data["description"] = about
        department = self.lanes.department_of(spot.by)
        if department is not None:
            data["department"] = department
        data["start"] = start
        if "arrivals" in spot.facts:
            data["arrivals"] = {**spot.facts["arrivals"], "batch": 1}
        return data

    @property
    def sources(self) -> int:
        """How many ways in there are."""
        return sum(1 for _ in self.chart.of(START))


_ORDER = (
    "salesflow", "process", "name", "description", "owner", "was", "version", "goal", "use",
    "value", "start_date", "currency", "calendars", "departments", "data", "stages", "sources",
    "steps", "outcomes", "locked", "touchpoints", "policies", "objectives",
)  # fmt: skip


def _in_order(data: dict[str, Any]) -> dict[str, Any]:
    """The keys as people write them."""
    known = {key: data[key] for key in _ORDER if key in data}
    return known | {key: value for key, value in data.items() if key not in known}


def charts(chart: Chart) -> Iterator[Chart]:
    """A chart and those of all branches in it."""
    waiting = [chart]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(inside for spot in each.of(BLOCK) for _, inside in spot.branches)
