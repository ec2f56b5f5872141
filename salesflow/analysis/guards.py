"""What the conditions of a process allow: gaps, overlaps, conditions that decide nothing.

Each step, block and policy is judged by itself, for every deal that there could be: exactly, over
cells of values (see ``guard_space``). Whether such a deal comes there is the token game's to say.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from salesflow.analysis.guard_deals import Found, Known
from salesflow.analysis.guard_space import Sight
from salesflow.analysis.guard_table import Gap, Table
from salesflow.expressions import Expression, FieldType
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.model import Process
from salesflow.process.people import Element
from salesflow.process.steps import Block, Result, Step, Work

IMPOSSIBLE, CONSTANT = "impossible", "constant"


class Overlap(NamedTuple):
    """Two results of a step that can be enabled together; a share gives neither its weight.

    ``within``: whenever the first is enabled the second is too, but not the other way round.
    """

    step: Step
    one: Result
    other: Result
    within: bool

    @property
    def free(self) -> bool:
        """Whether the second has no condition at all."""
        return self.other.when is None


class Guards:
    """The conditions of one process, judged when they are asked for."""

    def __init__(self, process: Process) -> None:
        """Nothing is judged yet."""
        self.process = process
        self._tables: dict[tuple[str, ...], Table] = {}

    @cached_property
    def places(self) -> tuple[Element, ...]:
        """Steps, blocks and policies with a condition, in the order written."""
        steps = self.process.nodes.values()
        found: list[Element] = [step for step in steps if any(True for _ in guarded(step))]
        found.extend(policy for policy in self.process.policies.values() if policy.when)
        return tuple(found)

    @cached_property
    def pointless(self) -> tuple[tuple[Element, str], ...]:
        """Results, branches and policies whose condition is ``impossible`` or ``constant``."""
        found: list[tuple[Element, str]] = []
        for place in self.places:
            table = self.table(place)
            for at, (element, _) in enumerate(guarded(place)):
                if table.can_hold(at) is False:
                    found.append((element, IMPOSSIBLE))
                elif table.can_fail(at) is False:
                    found.append((element, CONSTANT))
        return tuple(found)

    @cached_property
    def impossible(self) -> frozenset[str]:
        """Nodes of results, branches and policies whose condition no deal fulfils."""
        return frozenset(element.node for element, kind in self.pointless if kind == IMPOSSIBLE)

    @cached_property
    def overlaps(self) -> tuple[Overlap, ...]:
        """Results enabled together that no share weighs, by node; the narrower one first."""
        return tuple(
            overlap
            for place in self.places
            if isinstance(place, Work)
            for overlap in self._overlaps(place)
        )

    def _overlaps(self, step: Work) -> Iterator[Overlap]:
        """Results of a step; those whose condition decides nothing are told as such."""
        idle = {element.node for element, _ in self.pointless}
        at = {result.node: number for number, (result, _) in enumerate(guarded(step))}
        chosen = {
            result.node: result
            for result in sorted(step.chosen(), key=lambda result: result.node)
            if result.share is None and result.node not in idle
        }
        names = [name for name in chosen if name in at]
        if not names or len(chosen) == 1:
            return
        pairs = self.table(step).pairs(tuple(at[name] for name in names))
        by_number = {at[name]: chosen[name] for name in names}
        for within, numbers in ((True, pairs.within), (False, pairs.across)):
            for one, other in numbers:
                if not _same(by_number[one], by_number[other]):
                    yield Overlap(step, by_number[one], by_number[other], within)
        for free in (result for name, result in chosen.items() if name not in at):
            for name in names:  # no condition: enabled whenever that one is
                yield Overlap(step, chosen[name], free, within=True)

    def gap(self, step: Step) -> Gap | None:
        """The deals for which no result of a step is enabled; limits (``at_most``) are not judged.

        None where there are none, and where that is not decided: the step is ``undecided`` then.
        """
        found = self._gaps.get(step.node)
        return None if isinstance(found, str) else found

    @cached_property
    def _gaps(self) -> dict[str, Gap | str | None]:
        """Step -> its gap, for steps that conditions could leave without a way on."""
        return {
            place.node: self.table(place).gap()
            for place in self.places
            if isinstance(place, Work)
            and not any(result.otherwise for result in place.next.values())
            and all(result.when is not None for result in place.chosen())
        }

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """Steps of which it is not known whether their conditions leave deals without a way on."""
        return tuple(node for node, gap in self._gaps.items() if isinstance(gap, str))

    def together(self, overlap: Overlap, known: Known | None = None) -> Found:
        """A deal for which both results of an overlap are enabled."""
        at = {result.node: number for number, (result, _) in enumerate(guarded(overlap.step))}
        both = (overlap.one.node, overlap.other.node)
        numbers = tuple(sorted({at[node] for node in both if node in at}))
        return self.table(overlap.step).deal(numbers, hold=True, known=known)

    def left_out(self, step: Step, known: Known | None = None) -> Found:
        """A deal for which no condition of a step holds."""
        table = self.table(step)
        return table.deal(tuple(range(len(table.conditions))), hold=False, known=known)

    def table(self, place: Element) -> Table:
        """The conditions of a place against each other, in the order of ``guarded``."""
        conditions = tuple(when for _, when in guarded(place))
        asked = {name for when in conditions for name in when.steps}
        entered = tuple(sorted(name for name in asked if _lies_in(place, name)))
        key = (*(when.text for when in conditions), "", *entered)
        if key not in self._tables:
            self._tables[key] = Table(conditions, self._sight._replace(entered=entered))
        return self._tables[key]

    @cached_property
    def _sight(self) -> Sight:
        """What is known of every deal, wherever it is."""
        process = self.process
        types = {field.id: FieldType(field.type, field.values) for field in process.data.values()}
        given = [set(source.gives) for source in process.sources.values()]
        always = {SOURCE_FIELD, *(set.intersection(*given) if given else ())}
        limits = {
            result.node: result.at_most
            for step in process.nodes.values()
            for result in step.next.values()
            if result.at_most is not None
        }
        types[SOURCE_FIELD] = FieldType("choice", tuple(process.sources))
        return Sight(types, frozenset(always), limits)


def guarded(place: Element) -> Iterator[tuple[Element, Expression]]:
    """Results, branches or the policy itself with the condition, in the order written."""
    inner: Iterator[Element] = iter(())
    if isinstance(place, Block):
        inner = iter(place.branches.values())
    elif isinstance(place, Work):
        inner = iter(place.next.values())
    elif not isinstance(place, Step):
        inner = iter((place,))
    for element in inner:
        when = getattr(element, "when", None)
        if when is not None:
            yield element, when


def _same(one: Result, other: Result) -> bool:
    """Whether one result repeats another; that is told as such."""
    same = one.when == other.when and one.at_most == other.at_most
    effects = (one.targets, one.set, one.captures) == (other.targets, other.set, other.captures)
    return same and effects


def _lies_in(place: Element, node: str) -> bool:
    """Whether a deal at a place has certainly entered a step: its own or one around."""
    return isinstance(place, Step) and f"{place.node}.".startswith(f"{node}.")
