"""What conditions do to deals that really come: those left without a way on, those with two.

Cells say which deals a step's conditions let fall or let go two ways; runs say whether they come.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from salesflow.analysis.flow import Flow
from salesflow.analysis.guard_nouns import Deal, Overlap
from salesflow.analysis.guard_runs import BUDGET, Run, all_of, none_of, run_with
from salesflow.analysis.guards import Guards
from salesflow.analysis.verdict import STUCK, Fault
from salesflow.expressions import Expression
from salesflow.process.model import Process
from salesflow.process.steps import Run as RunStep
from salesflow.process.steps import Step

VALUES = "it hangs on the exact values"
UNPROVED = "not proved in the time given"
BELOW = "only where it can be below 0"

MOST_RUNS = 12  # runs looked for in one process, for gaps and for overlaps each


class Stranded(NamedTuple):
    """A deal at ``node`` none of whose conditions it fulfils.

    ``step`` is the step there, or the one that runs the process where it lies. ``bound``: only
    values exactly on a bound are left out. ``doubt`` says why it need not be so, "" where a run
    proves it. Without a ``witness`` it is only known that no condition is meant for such a deal.
    """

    step: Step
    node: str
    deal: Deal
    bound: bool
    doubt: str
    witness: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether a run proves it."""
        return not self.doubt


class Met(NamedTuple):
    """Two results that a deal, by example ``deal``, can take at one visit, and how it comes.

    ``witness`` is empty where no run was found in the time given: it is known only that such a
    deal could be.
    """

    overlap: Overlap
    deal: Deal
    witness: tuple[str, ...]

    @property
    def shadowed(self) -> bool:
        """Whether the first has a condition that lies wholly within that of the second."""
        overlap = self.overlap
        return overlap.within and not overlap.free and overlap.unshared is None


def met(
    process: Process, guards: Guards, flow: Flow, *, patience: int = 1
) -> tuple[tuple[Met, ...], ...]:
    """The overlaps that happen, together what is told at one place, the one to tell first.

    A result shadowed by others is a place of its own, so is one without a share beside others that
    have one; the other overlaps of a step are one. Pairs are left out where it is proved that no
    deal comes with them; behind the first of a place for which a run was found no more runs are
    looked for.
    """
    groups: dict[tuple[str, str, str], list[Overlap]] = {}
    for overlap in guards.overlaps:
        if not flow.reachable(overlap.step.node):
            continue
        unshared = overlap.unshared.node if overlap.unshared is not None else ""
        shadowed = overlap.one.node if overlap.within and not overlap.free and not unshared else ""
        groups.setdefault((overlap.step.node, unshared, shadowed), []).append(overlap)
    found: list[tuple[Met, ...]] = []
    tried = 0
    for group in groups.values():
        pairs: list[Met] = []
        for overlap in sorted(group, key=lambda overlap: not overlap.free):
            run: Run | None = Run()
            if tried < MOST_RUNS and not any(pair.witness for pair in pairs):
                tried += 1
                whens = [r.when for r in (overlap.one, overlap.other) if r.when is not None]
                run = run_with(process, overlap.step, all_of(whens), budget=patience * BUDGET)
            deal = guards.together(overlap, run.known).deal if run is not None else None
            if run is not None and deal is not None:
                pairs.append(Met(overlap, deal, run.witness))
        if pairs:
            found.append(tuple(sorted(pairs, key=lambda pair: not pair.witness)))
    return tuple(found)


def stranded(
    process: Process, guards: Guards, faults: Iterable[Fault], *, decided: bool, patience: int = 1
) -> tuple[Stranded, ...]:
    """One for each step with conditions where a deal can get stuck, in the order written.

    ``faults`` say where deals get stuck. Where that is not ``decided``, steps count as well whose
    conditions leave out deals that come to them. A step with a time limit strands nobody.
    """
    stuck = {fault.node: fault for fault in faults if fault.kind == STUCK}
    found: list[Stranded] = []
    for step in guards.steps:
        fault = stuck.get(step.node)
        if fault is None and (decided or step.timeout is not None):
            continue
        budget = patience * BUDGET if len(found) < MOST_RUNS else 0
        case = _stranded(process, guards, step, fault, budget)
        if case is not None:
            found.append(case)
    for node, fault in stuck.items():
        if node not in process.nodes and not fault.spent:
            found.extend(_in_run(process, fault))
    return tuple(found)


def _stranded(
    process: Process, guards: Guards, step: Step, fault: Fault | None, budget: int
) -> Stranded | None:
    """The deal that a step leaves out, None where it is none, or told as something else."""
    conditions = [when for _, when in guards.guarded[step.node]]
    known = fault is not None and not fault.spent  # a run that ends here is known
    gap = guards.gap(step)
    if gap is None:
        if fault is None or not known or step.node not in guards.undecided:
            return None  # what is stuck here for all that has spent its limits
        deal = _told(fault, conditions)
        return Stranded(step, step.node, deal, False, _doubt(fault.sure), fault.witness)
    if gap.filled is None and not guards.mentions.filled.issuperset(gap.deal.without):
        return None  # only for a field that nothing ever fills: `never-captured` says so
    run = run_with(process, step, none_of(conditions), budget=budget) if budget else Run()
    if run is None or run.known is None:
        if fault is None or not known:
            possible = run is not None and fault is None and gap.filled is not None
            deal = gap.filled or gap.deal
            return Stranded(step, step.node, deal, gap.bound, UNPROVED) if possible else None
        deal = _told(fault, conditions) if fault.values else gap.deal
        bound = gap.bound and not deal.without
        return Stranded(step, step.node, deal, bound, _doubt(fault.sure), fault.witness)
    mentioned = {name for when in conditions for name in when.mentions}
    if gap.filled is None and all(run.known.fields.get(name) is not None for name in mentioned):
        return None  # it hung on values within the cells, and no value there is left out
    deal = guards.left_out(step, run.known).deal or gap.deal
    bound = gap.bound and not deal.without
    doubt = UNPROVED if fault is None else _doubt(run.sure)
    if not doubt and any(below_zero(process, field, value) for field, value in deal.values):
        doubt = BELOW
    return Stranded(step, step.node, deal, bound, doubt, run.witness)


def below_zero(process: Process, field: str, value: str) -> bool:
    """Whether a value is below 0, and nothing says that the field's can be.

    A captured amount may be any number to the token game; people mean that it is none below 0.
    """
    if not value.startswith("-"):
        return False
    filled: list[Mapping[str, Any]] = [source.gives for source in process.sources.values()]
    for step in process.nodes.values():
        filled.append(getattr(step, "captures", {}))
        for result in step.next.values():
            if result.set.get(field) is not None:
                return False
            filled.append(result.captures)
    drawn = (fields.get(field) for fields in filled)
    return not any(float(distribution.low) < 0 for distribution in drawn if distribution)


def _doubt(sure: bool) -> str:
    return "" if sure else VALUES


def _told(fault: Fault, conditions: Iterable[Expression]) -> Deal:
    """The deal of a fault, as far as conditions speak of it."""
    values = dict(fault.values)
    mentioned = sorted({name for when in conditions for name in when.mentions})
    told = tuple((name, values[name]) for name in mentioned if name in values)
    return Deal(told, tuple(name for name in mentioned if name not in values))


def _in_run(process: Process, fault: Fault) -> Iterator[Stranded]:
    """A deal stuck in a process that is run, since only deals of this process come to that."""
    outer: Step | None = None
    node = fault.node
    while node not in process.nodes:
        above = node
        while above and above not in process.nodes:
            above = above.rpartition(".")[0]
        run = process.nodes.get(above)
        if not isinstance(run, RunStep) or run.process not in process.runs:
            return
        outer, process = outer or run, process.runs[run.process]
        node = node.removeprefix(f"{above}.")
    conditions = [result.when for result in process.nodes[node].next.values() if result.when]
    if outer is not None and conditions:
        deal = _told(fault, conditions)
        yield Stranded(outer, fault.node, deal, False, _doubt(fault.sure), fault.witness)
