"""How steps end: the ids of results, what they say and where each leads."""

import re
from typing import Any, NamedTuple, Protocol

from salesflow.importing.chart import BLOCK, ERROR, FLOW, LEAVE, RUN, TIMEOUT, Arrow, Chart, Spot
from salesflow.importing.conditions import Conditions, bare
from salesflow.importing.elements import in_sentences
from salesflow.importing.naming import Names, called, plain_id, speaks
from salesflow.importing.ours import renamed
from salesflow.importing.remarks import Remarks
from salesflow.names import listed

_YES = {"yes": "", "y": "", "ja": "", "oui": "", "si": "", "true": "", "ok": ""}
_NO = {"no": "not_", "n": "not_", "nein": "not_", "non": "not_", "false": "not_"}


class Shared(NamedTuple):
    """What the steps of a process have in common."""

    remarks: Remarks
    conditions: Conditions
    used: set[str]  # conditions that were taken over
    fields: dict[str, str]  # a data object -> the field
    outcomes: dict[str, tuple[str, ...]]  # a process that can be run -> its outcomes
    ends: dict[str, str]  # an end event -> the outcome
    verbatim: bool  # conditions are ours


class Around(Protocol):
    """What results need of the steps around."""

    chart: Chart
    shared: Shared
    leaves: dict[str, str]

    def targets(self, arrow: Arrow) -> list[str]:
        """Where a result leads."""
        ...

    def condition(self, arrow: Arrow) -> str | None:
        """The condition of a flow in the language."""
        ...


class Results:
    """The results of one step."""

    def __init__(self, steps: Around, spot: Spot) -> None:
        """Name them; those of a block share their names with its branches."""
        self.steps = steps
        self.shared = steps.shared
        self.spot = spot
        self.arrows = steps.chart.out(spot.key)
        self.names = Names(also=frozenset() if spot.kind == BLOCK else frozenset({"done"}))
        self.codes: dict[str, str] = {}  # of a block: the code of an error -> the result
        self.after: tuple[Any, str] | None = None  # the time limit and its result
        self.ids = self._named()

    def _named(self) -> dict[str, str]:
        """An arrow -> the id of its result. What is fixed comes first."""
        ids: dict[str, str] = {}
        for arrow in self.arrows:
            end = self.steps.chart.spots[arrow.end]
            wanted = str(arrow.data.get("id", "")) if arrow.data else ""
            if self.spot.kind == BLOCK and arrow.kind == FLOW:
                ids[arrow.key] = "done"
            elif end.kind == LEAVE:
                ids[arrow.key] = self.steps.leaves[end.code]
                self.names.keep(ids[arrow.key])
            elif wanted and (wanted in ids.values() or self.names.keep(wanted)):
                ids[arrow.key] = wanted
        single = sum(1 for arrow in self.arrows if arrow.kind == FLOW) == 1
        for arrow in self.arrows:
            if arrow.key not in ids:
                ids[arrow.key] = self._new(arrow, single=single)
        for _, inside in self.spot.branches:
            for end in inside.of(LEAVE):
                self.codes[end.code] = plain_id(end.code) or "left"
        for arrow in self.arrows:
            if arrow.kind == ERROR and self.spot.kind == BLOCK:
                self.codes[arrow.code] = ids[arrow.key]
        return ids

    def _new(self, arrow: Arrow, *, single: bool) -> str:
        answer = re.sub("[^a-z]", "", arrow.name.lower())
        question = plain_id(str(self.spot.facts.get("question", "") or self.spot.name), longest=40)
        if answer in _YES | _NO:
            turned = (_YES | _NO)[answer]
            return self.names.give(
                f"{turned}{question}" if question else f"answer_{answer}", otherwise="way"
            )
        if single and not arrow.name and arrow.kind == FLOW and self.spot.kind != BLOCK:
            self.names.keep("done")
            return "done"
        if arrow.kind == TIMEOUT:
            return self.names.give(arrow.name, otherwise="too_late")
        target = "_and_".join(self.steps.targets(arrow)[:2])
        code = arrow.code if arrow.kind == ERROR and speaks(arrow.code) else ""
        return self.names.give(arrow.name, code, f"to_{target}", otherwise="way")

    def written(self) -> dict[str, Any]:
        """Results by id, in the order of the file."""
        if self.spot.kind == RUN:
            self._of_run()
        plain = [a for a in self.arrows if a.kind == FLOW]
        conditions = {a.key: self._condition(a) for a in plain if a.condition}
        others = all(conditions.get(a.key) for a in plain if not a.default)
        results: dict[str, Any] = {}
        for arrow in self.arrows:
            data = self._result(arrow)
            if conditions.get(arrow.key) is not None:
                data["when"] = conditions[arrow.key]
            decides = self.spot.kind not in (BLOCK, RUN)
            if arrow.default and decides and len(plain) > 1 and (others or arrow.data is not None):
                data["otherwise"] = True
            name = self.ids[arrow.key]
            results[name] = {**results.get(name, {}), **data}
            if arrow.kind == TIMEOUT:
                self.after = (arrow.facts["after"], name)
        return results

    def _condition(self, arrow: Arrow) -> str | None:
        if arrow.default and arrow.data is None:
            return None
        if self.spot.kind in (BLOCK, RUN):
            self.shared.remarks.lost(
                arrow.thing, "what is over goes on; a condition there says nothing."
            )
            return None
        return self.steps.condition(arrow)

    def _result(self, arrow: Arrow) -> dict[str, Any]:
        name = self.ids[arrow.key]
        if arrow.data is not None:
            data = {key: value for key, value in arrow.data.items() if key not in ("id", "when")}
            other = renamed(arrow.data, arrow.name) if arrow.name else None
            if other is not None and arrow.kind != TIMEOUT:
                data["name"] = other
        else:
            about = [*arrow.about]
            translated = (
                self.shared.conditions.translated(arrow.condition) if arrow.condition else ""
            )
            if arrow.condition and not translated:
                about.append(f"When: {' '.join(bare(arrow.condition).split())}")
            shown = called(arrow.name, name)
            data = {"name": shown} if shown else {}
            data |= {"description": in_sentences(about)} if about else {}
            if "at_most" in arrow.facts:
                data["at_most"] = arrow.facts["at_most"]
        targets = self.steps.targets(arrow)
        return {**data, "to": targets[0] if len(targets) == 1 else targets}

    def _of_run(self) -> None:
        """A run ends with the outcomes of its process: each takes the way that is named so."""
        outcomes = self.shared.outcomes.get(self.spot.code, ())
        plain = [arrow for arrow in self.arrows if arrow.kind == FLOW]
        named = {self.ids[arrow.key]: arrow for arrow in self.arrows if arrow.kind != TIMEOUT}
        first = plain[0] if plain else self.arrows[0]
        ways = {name: named.get(name, first) for name in outcomes}
        unnamed = [name for name in outcomes if name not in named]
        if len(unnamed) > 1:
            what = f"it goes on the same way after {listed(unnamed)}."
            self.shared.remarks.guessed(self.spot.thing, what)
        kept = [arrow for arrow in self.arrows if arrow.kind == TIMEOUT]
        self.arrows, ids = [], {}
        for name, arrow in ways.items():
            copy = Arrow(
                f"{arrow.key}#{name}", arrow.start, arrow.end, name=arrow.name, line=arrow.line
            )
            copy.data, copy.name = arrow.data, "" if named.get(name) is not arrow else arrow.name
            copy.about = arrow.about
            ids[copy.key] = name
            self.arrows.append(copy)
        for arrow in kept:
            ids[arrow.key] = self.ids[arrow.key]
            if ids[arrow.key] in outcomes:
                ids[arrow.key] = self.names.give("timeout", otherwise="timeout")
            self.arrows.append(arrow)
        self.ids = ids


def shortened(results: dict[str, Any]) -> Any:
    """``next`` as people write it: short where a result has only a target."""
    short = {
        name: data["to"] if [*data] == ["to"] and isinstance(data["to"], str) else data
        for name, data in results.items()
    }
    only = short.get("done")
    return only if [*short] == ["done"] and isinstance(only, str) else short
