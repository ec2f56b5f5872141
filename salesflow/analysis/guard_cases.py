"""What conditions do to deals that really come: those left without a way on, those with two.

Cells say which deals a step's conditions let fall or let go two ways; runs say whether they come.
"""

from collections.abc import Iterator
from typing import NamedTuple

from salesflow.analysis.data_use import filled
from salesflow.analysis.guard_deals import Deal
from salesflow.analysis.guard_runs import Run, all_of, none_of, run_with
from salesflow.analysis.guard_table import Gap
from salesflow.analysis.guards import Guards, Overlap, guarded
from salesflow.analysis.verdict import STUCK, Fault, Verdict
from salesflow.expressions import Expression
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.model import Process
from salesflow.process.steps import Step, Work

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


def met(process: Process, guards: Guards) -> tuple[Met, ...]:
    """The overlaps that happen; a pair of which it is proved that it cannot is left out."""
    found: list[Met] = []
    for number, overlap in enumerate(guards.overlaps):
        whens = [r.when for r in (overlap.one, overlap.other) if r.when is not None]
        run = run_with(process, overlap.step, all_of(whens)) if number < MOST_RUNS else Run()
        deal = guards.together(overlap, run.known).deal if run is not None else None
        if run is not None and deal is not None:
            found.append(Met(overlap, deal, run.witness))
    return tuple(found)


def stranded(process: Process, guards: Guards, behaviour: Verdict) -> tuple[Stranded, ...]:
    """One for each step with conditions where a deal can get stuck, in the order written.

    The token game says where deals get stuck; where it was not decided every step is asked for
    that conditions leave deals without a way on. A step with a time limit strands nobody.
    """
    stuck = {fault.node: fault for fault in behaviour.faults if fault.kind == STUCK}
    known = {use.field for use in filled(process)} | {SOURCE_FIELD} if stuck else set()
    found: list[Stranded] = []
    tried = 0
    for place in guards.places:
        fault = stuck.get(place.node)
        asked = fault is not None or not (behaviour.decided or getattr(place, "timeout", None))
        gap = guards.gap(place) if asked and isinstance(place, Work) else None
        if gap is None or not isinstance(place, Work):
            continue  # what is stuck here for all that has spent its limits
        if gap.filled is None and _never_filled(guards, place, known):
            continue  # `never-captured` says so
        tried += 1
        run = Run() if tried > MOST_RUNS else run_with(process, place, none_of(_whens(place)))
        if run is not None:
            found.extend(_stranded(guards, place, gap, run, fault))
    return tuple(found)


def _whens(step: Step) -> list[Expression]:
    return [when for _, when in guarded(step)]


def _never_filled(guards: Guards, step: Step, known: set[str]) -> bool:
    """Whether a deal is left out only for a field that nothing ever fills."""
    deal = guards.left_out(step).deal
    return deal is not None and not known.issuperset(deal.without)


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
    whole = all(fields.get(name) is not None for when in _whens(step) for name in when.mentions)
    if whole and gap.filled is None:
        return  # it hung on values within the cells, and no value there leaves it out
    yield Stranded(step, deal, gap.bound and not deal.without, sure, witness)
