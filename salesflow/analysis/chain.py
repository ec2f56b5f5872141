"""What the shares of a process say: win rate, worth of a deal, visits of steps, without simulation.

Deals follow the shares one by one, with all the people and time they need: no deal waits for
another, and time-outs come on top (a step that nothing else ends takes its timer's result). Values
that sources and steps draw decide conditions with their exact chances, limits are counted. Each
thread of a deal is followed to its own end, also where another one loses the deal meanwhile.
Everything is worked out, nothing drawn: see ``odds.solve`` for the equations.
"""

from typing import Any

from salesflow.analysis.odds.deals import Deals
from salesflow.analysis.odds.memory import FIELD, Past, TooMany, Unknown, only
from salesflow.analysis.odds.scopes import Scope
from salesflow.analysis.odds.solve import TooTangled
from salesflow.analysis.odds.tally import deals_of, mixed
from salesflow.analysis.odds.view import Views
from salesflow.analysis.odds.walk import Walk
from salesflow.nouns import FrozenMap, Noun
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.model import Process

_MOST_NAMED = 5


class Chain(Noun):
    """The chain of a process, for each source and for ``all`` by their arrivals.

    ``missing`` says in words why it, or only ``all``, cannot be told; ``approximate`` where it is
    told, but hangs on what shares do not say.
    """

    sources: FrozenMap[str, Deals] = FrozenMap()
    all: Deals | None = None
    missing: tuple[str, ...] = ()
    approximate: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether every number is exactly what the shares say."""
        return self.all is not None and not self.approximate

    def to_dict(self) -> dict[str, Any] | None:
        """The JSON shape of all deals, with ``exact``; None where they cannot be told."""
        return None if self.all is None else {**self.all.to_dict(), "exact": self.exact}


def chain_of(process: Process) -> Chain:
    """The chain of a process; never raises."""
    try:
        return _followed(process)
    except Unknown as problem:
        return Chain(missing=(str(problem),))
    except TooTangled:
        return Chain(missing=("its loops are too tangled to be solved",))
    except ArithmeticError:
        return Chain(missing=("its numbers grow too large",))
    except RecursionError:
        return Chain(missing=("blocks and runs lie in one another too deeply",))


def _followed(process: Process) -> Chain:
    """With all limits if that can be, else without those that keep no deal."""
    try:
        return _chain(process, frozenset())
    except TooMany:
        unlimited = _optional_limits(process)
        if not unlimited:
            raise
    found = _chain(process, unlimited)
    note = "limits (`at_most`) are left out: with them there are too many different deals"
    return found.replace(approximate=(note, *found.approximate))


def _optional_limits(process: Process) -> frozenset[str]:
    """Limits that keep no deal: another result can always be chosen, and nothing counts them."""
    views = Views(process)
    found = set()
    for part in views.parts:
        view = views.of[part.id]
        for step in part.nodes.values():
            chosen = [*step.chosen()]
            free = any(r.when is None and r.at_most is None and r.share for r in chosen)
            for result in chosen:
                counted = result.node in view.counted
                if free and result.at_most is not None and result.share and not counted:
                    found.add(f"{part.id}:{result.node}")
    return frozenset(found)


def _chain(process: Process, unlimited: frozenset[str]) -> Chain:
    views = Views(process, unlimited)
    walk = Walk(process, views)
    scope = Scope(views.of[process.id])
    entered = {}
    for source in process.sources.values():
        past = Past((), walk.ends.drawn)
        worth = walk.ends.fill(past, source.gives, source.node)
        if SOURCE_FIELD in views.fields:
            past.known[FIELD, SOURCE_FIELD] = source.id
        start = float("nan") if worth.scale else worth.shift
        memory = only(past.closed(), scope.kept(source.start))
        if views.value in views.fields and (FIELD, views.value) not in dict(memory):
            start = past.mean(views.value or "")
        entered[source.id] = (walk.course(scope, source.start, memory), start)
    missing = tuple(walk.ends.missing)[:_MOST_NAMED]
    if missing:
        return Chain(missing=missing)
    sources = {
        name: deals_of(process, walk.courses, course, start)
        for name, (course, start) in entered.items()
    }
    approximate = tuple(walk.notes)
    quiet = [s.id for s in process.sources.values() if s.per_week is None]
    if len(sources) > 1 and quiet:
        missing = tuple(f"`arrivals` of `{name}`" for name in sorted(quiet))
        return Chain(sources=FrozenMap(sources), missing=missing, approximate=approximate)
    return Chain(sources=FrozenMap(sources), all=mixed(process, sources), approximate=approximate)
