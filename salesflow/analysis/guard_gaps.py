"""Deals that conditions leave without a way on: what the token game found, and what cells say."""

from collections.abc import Iterator
from typing import NamedTuple

from salesflow.analysis.data_use import filled
from salesflow.analysis.guard_deals import Deal
from salesflow.analysis.guards import Guards, guarded
from salesflow.analysis.verdict import STUCK, Fault, Verdict
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.model import Process
from salesflow.process.steps import Step, Work


class Stranded(NamedTuple):
    """A deal at a step none of whose conditions it fulfils.

    ``bound``: only values exactly on a bound are left out. ``sure`` where a run proves it, which
    ``witness`` tells; else it is only known that no condition is meant for such a deal.
    """

    step: Step
    deal: Deal
    bound: bool
    sure: bool
    witness: tuple[str, ...] = ()


def stranded(process: Process, guards: Guards, behaviour: Verdict) -> tuple[Stranded, ...]:
    """One for each step with conditions where a deal can get stuck, in the order written."""
    stuck = {
        fault.node: fault for fault in behaviour.faults if fault.kind == STUCK and not fault.spent
    }
    if not stuck and behaviour.decided:
        return ()
    known = {use.field for use in filled(process)} | {SOURCE_FIELD}
    found: list[Stranded] = []
    for place in guards.places:
        if not isinstance(place, Work):
            continue
        fault = stuck.get(place.node)
        if fault is not None:
            found.extend(_proved(place, fault, guards, known))
        elif not behaviour.decided and place.timeout is None:
            gap = guards.gap(place)
            if gap is not None and gap.filled is not None:
                found.append(Stranded(place, gap.filled, gap.bound, sure=False))
    return tuple(found)


def _proved(step: Step, fault: Fault, guards: Guards, known: set[str]) -> Iterator[Stranded]:
    """What a run shows, unless cells know better or something else is the reason."""
    gap = guards.gap(step)
    decided = step.node not in guards.undecided
    if gap is None and decided and not fault.sure:
        return  # it hung on values within the cells, and there are none
    mentioned = sorted({name for _, when in guarded(step) for name in when.mentions})
    values = dict(fault.values)
    without = tuple(name for name in mentioned if name not in values)
    deal = Deal(tuple((n, values[n]) for n in mentioned if n in values), without)
    if gap is not None and (not values or not without):
        deal = gap.filled or gap.deal  # tells only what matters, and what sums allow
    if gap is not None and gap.filled is None and not known.issuperset(deal.without):
        return  # a condition reads what nothing ever fills: `never-captured` says so
    bound = gap is not None and gap.bound and not deal.without
    yield Stranded(step, deal, bound, fault.sure, fault.witness)
