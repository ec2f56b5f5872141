"""What the conditions of a process allow: gaps, overlaps, conditions that decide nothing.

Each step, block and policy is judged by itself, for every deal that there could be: exactly, over
cells of values (see ``guard_space``). Whether such a deal comes there is the token game's to say.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from salesflow.analysis.data_use import Mentions
from salesflow.analysis.guard_nouns import Found, Gap, Known, Overlap, Pairs, Sight
from salesflow.expressions import Expression, FieldType
from salesflow.expressions.tree import Compare, Field, Node, Not
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.model import Process
from salesflow.process.people import Element
from salesflow.process.steps import Result, Step, Work

IMPOSSIBLE, CONSTANT = "impossible", "constant"


class Guards:
    """The conditions of one process, judged when they are asked for."""

    def __init__(self, process: Process, mentions: Mentions) -> None:
        """Nothing is judged yet."""
        self.process = process
        self.mentions = mentions
        self._tables: dict[tuple[str, ...], Any] = {}

    @cached_property
    def guarded(self) -> dict[str, tuple[tuple[Element, Expression], ...]]:
        """Node of each step, block and policy with conditions -> results, branches, the policy.

        In the order written.
        """
        found: dict[str, list[tuple[Element, Expression]]] = {}
        for element, at, how, when in self.mentions.expressions:
            if how == "when":
                found.setdefault(at or element.node, []).append((element, when))
        return {node: tuple(conditions) for node, conditions in found.items()}

    @cached_property
    def steps(self) -> tuple[Work, ...]:
        """Steps that choose by conditions."""
        nodes = self.process.nodes
        found = (nodes.get(node) for node in self.guarded)
        return tuple(step for step in found if isinstance(step, Work))

    @cached_property
    def pointless(self) -> tuple[tuple[Element, str], ...]:
        """Results, branches and policies whose condition is ``impossible`` or ``constant``."""
        found: list[tuple[Element, str]] = []
        for node, conditions in self.guarded.items():
            for at, (element, when) in enumerate(conditions):
                if decides(when.root):
                    continue
                table = self.table(node)
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
        idle = {element.node for element, _ in self.pointless}
        return tuple(overlap for step in self.steps for overlap in self._overlaps(step, idle))

    def _overlaps(self, step: Work, idle: set[str]) -> Iterator[Overlap]:
        """Results of a step, but for those whose condition decides nothing."""
        at = {result.node: number for number, (result, _) in enumerate(self.guarded[step.node])}
        if len(at) == 1 and len(step.next) <= 2 and any(r.otherwise for r in step.next.values()):
            return  # the usual case
        chosen = {
            result.node: result
            for result in sorted(step.chosen(), key=lambda result: result.node)
            if result.node not in idle
        }
        if all(result.share is not None for result in chosen.values()):
            return
        names = [name for name in chosen if name in at]
        numbers = tuple(at[name] for name in names)
        pairs = self.table(step.node).pairs(numbers) if len(names) > 1 else Pairs()
        by_number = {at[name]: chosen[name] for name in names}
        for within, found in ((True, pairs.within), (False, pairs.across)):
            for numbers in found:
                one, other = (by_number[number] for number in numbers)
                if (one.share is None or other.share is None) and not _same(one, other):
                    yield Overlap(step, one, other, within)
        alone = [result for result in chosen.values() if result.share is None]
        for free in (result for result in alone if result.node not in at):
            for guard in (result for result in alone if result.node in at):
                yield Overlap(step, guard, free, within=True)  # no condition: always enabled

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
            step.node: self.table(step.node).gap()
            for step in self.steps
            if not any(result.otherwise for result in step.next.values())
            and all(result.when is not None for result in step.chosen())
        }

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """Steps of which it is not known whether their conditions leave deals without a way on."""
        return tuple(node for node, gap in self._gaps.items() if isinstance(gap, str))

    def together(self, overlap: Overlap, known: Known | None = None) -> Found:
        """A deal for which both results of an overlap are enabled."""
        node = overlap.step.node
        both = {overlap.one.node, overlap.other.node}
        at = [number for number, (one, _) in enumerate(self.guarded[node]) if one.node in both]
        found: Found = self.table(node).deal(tuple(at), hold=True, known=known)
        return found

    def left_out(self, step: Step, known: Known | None = None) -> Found:
        """A deal for which no condition of a step holds."""
        table = self.table(step.node)
        everything = tuple(range(len(table.conditions)))
        found: Found = table.deal(everything, hold=False, known=known)
        return found

    def table(self, node: str) -> Any:
        """The ``Table`` of the conditions of a step, block or policy, in their order."""
        from salesflow.analysis.guard_table import Table  # most conditions are plain

        conditions = tuple(when for _, when in self.guarded[node])
        asked = {name for when in conditions for name in when.steps}
        # a deal has certainly entered the step where it is, and those around it
        entered = tuple(sorted(name for name in asked if f"{node}.".startswith(f"{name}.")))
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


def decides(root: Node) -> bool:
    """Whether a condition plainly holds for some deals and fails for others: ``amount > 5``."""
    if isinstance(root, Not):
        root = root.condition
    if isinstance(root, Compare) and root.numeric:
        return len(root.difference.fields) == 1
    return isinstance(root, Field)


def _same(one: Result, other: Result) -> bool:
    """Whether one result repeats another; that is told as such."""
    same = one.when == other.when and one.at_most == other.at_most
    effects = (one.targets, one.set, one.captures) == (other.targets, other.set, other.captures)
    return same and effects
