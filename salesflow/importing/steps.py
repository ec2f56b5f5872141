"""From a folded chart to steps of the language: ids, what each says, branches, targets."""

from typing import Any

from salesflow.importing.chart import (
    BLOCK,
    DONE,
    END,
    FORK,
    LEAVE,
    RUN,
    STEPS,
    Arrow,
    Chart,
    Spot,
    in_order,
)
from salesflow.importing.conditions import bare
from salesflow.importing.elements import in_sentences
from salesflow.importing.fold import owner
from salesflow.importing.naming import Names, called, speaks
from salesflow.importing.ours import renamed
from salesflow.importing.remarks import clipped
from salesflow.importing.results import Results, Shared, shortened
from salesflow.names import listed

_NUMBER = "0123456789.,% "  # an id cannot begin with one
_USUAL = {"choice": "decide", "race": "wait_and_see", "run": "run", "block": "side_by_side"}


class Steps:
    """Writes the steps of one chart; blocks in it get a writer of their own."""

    def __init__(
        self,
        chart: Chart,
        shared: Shared,
        names: Names,
        leaves: dict[str, str] | None = None,
    ) -> None:
        """Name every step; ``leaves`` are the results that leave the block around, by code."""
        self.chart = chart
        self.shared = shared
        self.leaves = leaves or {}
        self.ids: dict[str, str] = {}
        order = [chart.spots[key] for key in in_order(chart)]
        self.steps = [spot for spot in order if spot.kind in STEPS]
        for spot in self.steps:
            wanted = str(spot.data.get("id", "")) if spot.data else ""
            if wanted and names.keep(wanted):
                self.ids[spot.key] = wanted
        for spot in self.steps:
            if spot.key not in self.ids:
                usual = spot.facts.get("made") or _USUAL.get(spot.kind, "step")
                known = (
                    spot.key if speaks(spot.key.partition("#")[0]) and "#" not in spot.key else ""
                )
                self.ids[spot.key] = names.give(spot.name.lstrip(_NUMBER), known, otherwise=usual)

    def written(self) -> dict[str, Any]:
        """All steps by id."""
        return {self.ids[spot.key]: self._step(spot) for spot in self.steps}

    def start(self, spot: Spot) -> str | None:
        """Where a start leads."""
        arrows = self.chart.out(spot.key)
        return self.ids.get(arrows[0].end) if arrows else None

    def _step(self, spot: Spot) -> dict[str, Any]:
        data = self._said(spot)
        results = Results(self, spot)
        if spot.kind == RUN:
            data["run"] = spot.code
        elif spot.by is not None and spot.data is None and spot.kind != BLOCK:
            data["by"] = spot.by
        for key, value in self._facts(spot).items():
            data.setdefault(key, value)
        ways = results.written()
        if results.after is not None:
            data["timeout"] = {"after": results.after[0], "result": results.after[1]}
        if spot.waits:
            before = [owner(self.chart, arrow).key for arrow in self.chart.into(spot.key)]
            data["wait_for"] = [self.ids[key] for key in dict.fromkeys(before)]
        if spot.kind == BLOCK:
            data["parallel"] = self._branches(spot, results)
            if spot.join != "all":
                data.setdefault("join", spot.join)
        if ways:
            data["next"] = shortened(ways)
        return data

    def _said(self, spot: Spot) -> dict[str, Any]:
        """Name and description, and what a file of ours knows besides."""
        if spot.data is not None:
            data = {key: value for key, value in spot.data.items() if key != "id"}
            other = renamed(spot.data, spot.name) if spot.name else None
            if other is not None:
                data["name"] = other
            return data
        data = {}
        name = called(spot.name, self.ids[spot.key])
        if name:
            data["name"] = name
        question = spot.facts.get("question", "")
        about = in_sentences(spot.about)
        if question and not about.endswith(question):
            about = in_sentences([*spot.about, question])
        if about:
            data["description"] = about
        return data

    def _facts(self, spot: Spot) -> dict[str, Any]:
        """Waits, and the data that goes in and out."""
        facts: dict[str, Any] = {}
        for key in ("wait", "escalate"):
            if key in spot.facts and spot.kind not in (BLOCK, RUN):
                facts[key] = spot.facts[key]
        for key in ("requires", "captures"):
            fields = [
                self.shared.fields[name]
                for name in spot.facts.get(key, ())
                if name in self.shared.fields
            ]
            if fields and key == "captures" and spot.kind in (BLOCK, RUN):
                what = f"what is put together of others captures no data: not {listed(fields)}."
                self.shared.remarks.lost(spot.thing, what)
            elif fields:
                facts[key] = [*dict.fromkeys(fields)]
        return facts

    def _branches(self, spot: Spot, results: "Results") -> dict[str, Any]:
        names = results.names
        ids: dict[int, str] = {}
        for number, (way, _) in enumerate(spot.branches):
            wanted = str(way.data.get("id", "")) if way.data else ""
            if wanted and names.keep(wanted):
                ids[number] = wanted
        branches = {}
        for number, (way, inside) in enumerate(spot.branches):
            steps = Steps(inside, self.shared, Names(), results.codes)
            start = next((steps.start(each) for each in inside.of("start")), None)
            if number not in ids:
                first = way.name or (start if len(spot.branches) > 1 and start else "")
                ids[number] = names.give(first, otherwise="work")
            branches[ids[number]] = self._branch(way, ids[number], start, steps)
        return branches

    def _branch(self, way: Arrow, given: str, start: str | None, steps: "Steps") -> dict[str, Any]:
        data: dict[str, Any] = {
            key: value for key, value in (way.data or {}).items() if key != "id"
        }
        if way.data is None and called(way.name, given):
            data["name"] = called(way.name, given)
        when = self._branch_condition(way)
        if when:
            data["when"] = when
        if start is not None and len(steps.steps) > 1:
            data["start"] = start
        data["steps"] = steps.written()
        return data

    def _branch_condition(self, way: Arrow) -> str | None:
        if way.condition:
            return self.condition(way)
        unless = way.facts.get("unless")
        if unless:
            others = [self.shared.conditions.translated(text) for text in unless]
            if all(others):
                self.shared.used.update(unless)
                return " and ".join(f"not ({other})" for other in others)
            self.shared.remarks.lost(
                way.thing, "when this default branch runs cannot be said: it always runs."
            )
        elif way.facts.get("some") and way.data is None and not way.default:
            self.shared.remarks.guessed(way.thing, "it has no condition: this branch always runs.")
        return None

    def condition(self, arrow: Arrow) -> str | None:
        """The condition of a flow in the language; None, and told, where it is none there."""
        if self.shared.verbatim and arrow.data is not None:
            return bare(arrow.condition) if arrow.condition[:2] in ("${", "#{") else arrow.condition
        found = self.shared.conditions.translated(arrow.condition)
        if found is None:
            condition = clipped(arrow.condition)
            what = f"the condition `{condition}` is none in the language; it is kept as text."
            self.shared.remarks.lost(arrow.thing, what)
            return None
        self.shared.used.add(arrow.condition)
        return found

    def targets(self, arrow: Arrow) -> list[str]:
        """Where a result leads: ids of steps, an outcome, ``done`` or ``leave``."""
        end = self.chart.spots[arrow.end]
        if end.kind == FORK:
            return [target for way in self.chart.out(end.key) for target in self.targets(way)]
        if end.kind == END:
            return [self.shared.ends[end.key]]
        return ["done" if end.kind == DONE else "leave" if end.kind == LEAVE else self.ids[end.key]]
