"""What conditions do to deals that really come: those left without a way on, those with two.

Cells say which deals a step's conditions let fall or let go two ways; runs say whether they come.
"""

from collections.abc import Iterator
from typing import NamedTuple

from salesflow.analysis.guard_deals import Deal
from salesflow.analysis.guard_runs import Run, all_of, none_of, run_with
from salesflow.analysis.guard_table import Gap
from salesflow.analysis.guards import Guards, Overlap
from salesflow.analysis.verdict import STUCK, Fault, Verdict
from salesflow.process.model import Process
from salesflow.process.steps import Step

MOST_RUNS = 12  # runs looked for in one process, for gaps and for overlaps each


class Stranded(NamedTuple):
    """A deal at a step none of whose conditions it fulfils.

    ``bound``: only values exactly on a bound are left out. ``sure`` where a run proves it. Without
    a ``witness`` it is only known that no condition is meant for such a deal.
    """

    step: Step
    deal: Deal
    bound: bool
    sure: bool
    witness: tuple[str, ...] = ()


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
        return self.overlap.within and not self.overlap.free


def met(process: Process, guards: Guards) -> tuple[tuple[Met, ...], ...]:
    """The overlaps that happen, together what is told at one place, the one to tell first.

    A result shadowed by others is a place of its own, the other overlaps of a step are one. Pairs
    are left out where it is proved that no deal comes with them; behind the first of a place for
    which a run was found no more runs are looked for.
    """
    groups: dict[tuple[str, str], list[Overlap]] = {}
    for overlap in guards.overlaps:
        shadowed = overlap.within and not overlap.free
        key = (overlap.step.node, overlap.one.node if shadowed else "")
        groups.setdefault(key, []).append(overlap)
    found: list[tuple[Met, ...]] = []
    tried = 0
    for group in groups.values():
        pairs: list[Met] = []
        for overlap in sorted(group, key=lambda overlap: not overlap.free):
            run: Run | None = Run()
            if tried < MOST_RUNS and not any(pair.witness for pair in pairs):
                tried += 1
                whens = [r.when for r in (overlap.one, overlap.other) if r.when is not None]
                run = run_with(process, overlap.step, all_of(whens))
            deal = guards.together(overlap, run.known).deal if run is not None else None
            if run is not None and deal is not None:
                pairs.append(Met(overlap, deal, run.witness))
        if pairs:
            found.append(tuple(sorted(pairs, key=lambda pair: not pair.witness)))
    return tuple(found)


def stranded(process: Process, guards: Guards, behaviour: Verdict) -> tuple[Stranded, ...]:
    """One for each step with conditions where a deal can get stuck, in the order written.

    The token game says where deals get stuck; where it was not decided every step is asked for
    that conditions leave deals without a way on. A step with a time limit strands nobody.
    """
    stuck = {fault.node: fault for fault in behaviour.faults if fault.kind == STUCK}
    if not stuck and behaviour.decided:
        return ()
    found: list[Stranded] = []
    tried = 0
    for step in guards.steps:
        fault = stuck.get(step.node)
        asked = fault is not None or not (behaviour.decided or step.timeout)
        gap = guards.gap(step) if asked else None
        if gap is None:
            continue  # what is stuck here for all that has spent its limits
        if gap.filled is None and not guards.mentions.filled.issuperset(gap.deal.without):
            continue  # only for a field that nothing ever fills: `never-captured` says so
        tried += 1
        whens = [when for _, when in guards.guarded[step.node]]
        run = Run() if tried > MOST_RUNS else run_with(process, step, none_of(whens))
        if run is not None:
            found.extend(_stranded(guards, step, gap, run, fault))
    return tuple(found)


def _stranded(
    guards: Guards, step: Step, gap: Gap, run: Run, fault: Fault | None
) -> Iterator[Stranded]:
    witness, sure = run.witness, run.sure
    if not witness and fault is not None and not fault.spent:
        witness, sure = fault.witness, fault.sure
    if run.known is None and gap.filled is None:
        if fault is not None and sure:
            yield Stranded(step, gap.deal, bound=False, sure=True, witness=witness)
        return
    deal = guards.left_out(step, run.known).deal or gap.deal
    fields = run.known.fields if run.known is not None else {}
    asked = {name for _, when in guards.guarded[step.node] for name in when.mentions}
    whole = all(fields.get(name) is not None for name in asked)
    if whole and gap.filled is None:
        return  # it hung on values within the cells, and no value there leaves it out
    yield Stranded(step, deal, gap.bound and not deal.without, sure, witness)
