"""Deals somewhere on their way through a process: what it allows, and nothing else."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from hypothesis import strategies as st

from salesflow.analysis.flow import Flow
from salesflow.deals.deal import Deal
from salesflow.deals.nouns import Option
from salesflow.deals.refused import Refused
from salesflow.expressions.examples import example
from salesflow.expressions.types import NUMERIC
from salesflow.process.model import Process
from salesflow.process.net import Net
from salesflow.process.people import Field

Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]

_WIDE = {"money": 1_000_000, "number": 1_000, "percent": 1}  # greatest value that is drawn freely
_NEVER = 1_000_000  # results: no way leads there
_TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)


def deals(process: Process, *, most: int = 30) -> st.SearchStrategy[Deal]:
    """Deals of a process, each after at most so many results taken: just come, under way, ended.

    Every result that they took is one that the process allows, with values on both sides of every
    bound that its conditions name. Times do not pass.
    """
    known = _Values(process)

    @st.composite
    def drawn(draw: Draw) -> Deal:
        deal = _started(draw, process, known)
        aim = draw(st.sampled_from(sorted(process.outcomes)))
        for _ in range(draw(st.integers(0, most))):
            further = _further(draw, deal, known, aim) if deal.ended is None else None
            if further is None:
                break
            deal = further
        return deal

    return drawn()


class _Values:
    """What each field of a process may be: near the bounds of conditions, or anything."""

    def __init__(self, process: Process) -> None:
        memory = Net(process).memory
        cells = dict(zip(memory.fields, memory.cells, strict=True))
        self.fields = process.data
        self.near = {
            name: [example(cell, memory.types[name]) for cell in cells.get(name, ())]
            for name, field in process.data.items()
            if field.type in NUMERIC
        }
        self._flow = Flow(process)
        self._far = {outcome: self._distances(outcome) for outcome in process.outcomes}
        self.captured = {
            node: [*getattr(step, "captures", ())] for node, step in process.nodes.items()
        }
        self.captured |= {
            result.node: [*result.captures]
            for step in process.nodes.values()
            for result in step.next.values()
        }

    def _distances(self, outcome: str) -> dict[str, int]:
        """Each place from which a way leads to an outcome -> the length of the shortest."""
        far = {outcome: 0}
        waiting = [outcome]
        for place in waiting:  # grows while it is walked: breadth first
            for before in self._flow.predecessors[place]:
                if before not in far:
                    far[before] = far[place] + 1
                    waiting.append(before)
        return far

    def some(self, draw: Draw, names: Iterable[str]) -> dict[str, Any]:
        """A value for each of these fields, as far as the process knows them."""
        return {name: draw(self.of(self.fields[name])) for name in names if name in self.fields}

    def left(self, places: Iterable[str], aim: str) -> int:
        """How many results at least lie between these places and an outcome.

        0 where a branch is done: what comes next is another's matter. Very many where no way
        leads there.
        """
        far = self._far[aim]
        inner = (place not in self._flow.edges for place in places)
        return 0 if any(inner) else min((far.get(p, _NEVER) for p in places), default=_NEVER)

    def of(self, field: Field) -> st.SearchStrategy[Any]:
        """The values of a field."""
        if field.type == "choice":
            return st.sampled_from(field.values)
        if field.type == "yes_no":
            return st.booleans()
        if field.type == "date":
            return st.dates().map(lambda day: day.isoformat())
        if field.type in NUMERIC:
            anything = st.fractions(0, _WIDE[field.type], max_denominator=100)
            near = self.near[field.id]
            return st.sampled_from(near) | anything if near else anything
        return _TEXTS


def _started(draw: Draw, process: Process, known: _Values) -> Deal:
    """A deal that has just come, with what its source gives."""
    source = draw(st.sampled_from(sorted(process.sources)))
    data = known.some(draw, process.sources[source].gives)
    try:
        return Deal.start(process, source, data)
    except Refused as refused:  # the first step requires what nobody gives
        asked = {reason.field for reason in refused.reasons} - {""}
        return Deal.start(process, source, data | known.some(draw, sorted(asked)))


def _further(draw: Draw, deal: Deal, known: _Values, aim: str) -> Deal | None:
    """The deal behind one of the results that it may take; None where there is none.

    Most results of most steps end a deal, so four times of five one comes first that leads to what
    the deal aims at: else hardly any deal would come far.
    """
    options = draw(st.permutations(deal.options()))
    if draw(st.integers(0, 4)):
        options = sorted(options, key=lambda option: known.left(option.leads_to, aim))
    for option in options:
        data = known.some(draw, _asked(option, deal.data, known))
        try:
            return deal.take(option.path, data)
        except Refused:
            continue
    return None


def _asked(option: Option, filled: Mapping[str, Any], known: _Values) -> list[str]:
    """The fields that become known with a result: captured there, or missing for it."""
    step = option.path.rpartition(".")[0]
    missing = {reason.field for reason in option.missing if reason.kind == "data"}
    new = [*known.captured.get(step, ()), *known.captured.get(option.path, ())]
    return sorted({*new, *(name for name in missing if name not in filled)} - {""})
