"""What the shares of a process say, and what they ask of each role, for the terminal."""

from collections.abc import Iterator
from math import isfinite

from salesflow.analysis.chain import Chain, chain_of
from salesflow.analysis.load import RoleLoad, loads_of
from salesflow.analysis.odds.deals import Deals
from salesflow.analysis.schedules import Schedules
from salesflow.process.model import Process

Line = tuple[str, str]  # a head and what follows it

_MOST = 12  # steps of a list


def lines(process: Process) -> Iterator[Line]:
    """Head and text of each line; nothing where the process says nothing of shares."""
    steps = process.nodes.values()
    if not any(result.share is not None for step in steps for result in step.next.values()):
        return
    chain = chain_of(process)
    for name, deals in _told(process, chain):
        yield from _deals(process, name, deals)
    if chain.missing:
        yield "not known yet", f"it needs {', '.join(chain.missing)}"
    for reason in chain.approximate:
        yield "about", reason
    loads = loads_of(process, chain, Schedules(process)).roles
    for load in sorted(loads.values(), key=lambda load: (-load.share, load.role.id)):
        yield f"load of {load.role.id}", _load(load)


def _told(process: Process, chain: Chain) -> Iterator[tuple[str, Deals]]:
    """All deals, or those of each source where nobody says how many come from it."""
    if chain.all is not None:
        yield "", chain.all
    elif len(process.sources) > 1:
        yield from ((f" from {name}", deals) for name, deals in chain.sources.items())


def _deals(process: Process, name: str, deals: Deals) -> Iterator[Line]:
    if deals.win_rate is not None:
        yield f"win rate{name}", f"{_percent(deals.win_rate)} of all that are won or lost"
    ends = [f"{outcome} {_percent(share)}" for outcome, share in deals.outcomes.items()]
    ends += [f"stuck {_percent(deals.stuck)}"] if deals.stuck else []
    ends += [f"for ever in a loop {_percent(deals.endless)}"] if deals.endless else []
    yield f"of all deals{name}", " · ".join(ends)
    if deals.value is not None and deals.value_per_won is not None:
        money = f" {process.people.currency}" if process.people.currency else ""
        each, won = f"{deals.value:,.0f}{money}", f"{deals.value_per_won:,.0f}{money}"
        yield f"value of a deal{name}", f"{each}; of a won one {won}"
    visits = [
        f"{node} {deals.visits[node]:.2g}" if isfinite(deals.visits[node]) else f"{node} for ever"
        for node in process.steps
        if deals.visits.get(node)
    ]
    more = f" · and {len(visits) - _MOST} more" if len(visits) > _MOST else ""
    yield f"visits per deal{name}", " · ".join(visits[:_MOST]) + more


def _load(load: RoleLoad) -> str:
    if not isfinite(load.share):
        return "its calendar is never open"
    there = load.there * load.role.available
    needed = there * load.share
    night = ", day and night: it has no calendar" if load.role.calendar is None else ""
    return f"{_percent(load.share)}: {needed:.3g}h of work a week, {there:.3g}h there{night}"


def _percent(share: float) -> str:
    return f"{share * 100:.3g}%"
