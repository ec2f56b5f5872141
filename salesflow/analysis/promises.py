"""Promises that cannot be kept: an ``sla`` or ``accept_within`` beside the best possible share.

The best possible share leaves out queues, takes the least effort and wait, and lets everything that
is not known (the minute at which a colleague hands over, which of several ways a deal comes) be as
it suits best. It is the lesser of two bounds: the share of the entries from which the time can be
enough at all, and the share of the efforts and waits that are short enough.
"""

from collections.abc import Callable, Iterator
from functools import cached_property

from salesflow.analysis.broken import Broken, Entry
from salesflow.analysis.cut_short import may_be_cut_short
from salesflow.analysis.demands import Demand, Demands
from salesflow.analysis.entries import Entries
from salesflow.analysis.flow import Flow
from salesflow.analysis.handoffs import Threads, lies_in
from salesflow.analysis.schedules import INFINITE
from salesflow.analysis.timetable import HOUR
from salesflow.distributions import Distribution
from salesflow.process.model import Touchpoint
from salesflow.process.steps import Work
from salesflow.quantities import Duration

_HALVINGS = 60
_HAIR = 1e-9  # a target is missed only by more than what floats lose
LONGEST = 60 * 24  # hours: what a limit that would do is looked for in


class Promises:
    """The promises of one process, judged."""

    def __init__(
        self, flow: Flow, schedules: Demands, threads: Callable[[], Threads] | None = None
    ) -> None:
        """Nothing is judged yet; ``threads`` are asked for where touchpoints are to be judged."""
        self.process = flow.process
        self.flow = flow
        self.schedules = schedules
        self._threads = threads

    @cached_property
    def threads(self) -> Threads:
        """Who hands deals over to whom."""
        return self._threads() if self._threads else Threads(self.process, self.flow)

    @cached_property
    def entries(self) -> Entries:
        """When deals enter the steps."""
        return Entries(self.flow, self.schedules)

    def broken(self) -> Iterator[Broken]:
        """Every promise that cannot be kept, those of steps first, in the order written."""
        for step in self.process.nodes.values():
            if isinstance(step, Work) and step.sla is not None and not self._cut_off(step):
                found = self._judge(step, None, step.sla.within, step.sla.target)
                if found is not None:
                    yield found
        for touchpoint in self.process.touchpoints.values():
            if touchpoint.accept_within is not None:
                yield from self._accepting(touchpoint)

    def best(self, of: str) -> float | None:
        """The best possible share of a step's ``sla`` or a touchpoint, by id.

        None where it has no limit, or is found broken by its own target.
        """
        step = self.process.nodes.get(of)
        if isinstance(step, Work) and step.sla is not None and not self._cut_off(step):
            whole = self._judge(step, None, step.sla.within, 1.0)
            broken = self._judge(step, None, step.sla.within, step.sla.target)
            return None if broken else whole.best if whole else 1.0
        touchpoint = self.process.touchpoints.get(of)
        if touchpoint is None or touchpoint.accept_within is None:
            return None
        if any(self._accepting(touchpoint)):
            return None
        return max((b.best for b in self._accepting(touchpoint.replace(target=1.0))), default=1.0)

    def _cut_off(self, work: Work) -> bool:
        """Whether the step's time limit may end a visit before the promise is broken."""
        if work.timeout is None or work.sla is None:
            return False
        after, within = work.timeout.after, work.sla.within
        if after.business == within.business:
            return self.schedules.span(work, after) <= self.schedules.span(work, within)
        return self.schedules.least_elapsed(work, after) <= self.schedules.latest(work, within)

    def _accepting(self, touchpoint: Touchpoint) -> Iterator[Broken]:
        """The touchpoint, where none of the steps that take over can begin in time."""
        found: list[Broken] = []
        giving = self.threads.departments.get(touchpoint.giver, 0)
        for department, at, place, givers in self.threads.receivers:
            here = touchpoint.at is None or lies_in(at, touchpoint.at)
            if department != touchpoint.receiver or not here or not givers & giving:
                continue
            step = self.process.nodes[at] if at == place else None
            if not isinstance(step, Work) or touchpoint.accept_within is None:
                return  # within a run: nobody knows when it is entered
            broken = self._judge(step, touchpoint, touchpoint.accept_within, touchpoint.target)
            if broken is None:
                return
            found.append(broken)
        if found:
            yield max(found, key=lambda broken: broken.best)

    def _judge(
        self, work: Work, touchpoint: Touchpoint | None, limit: Duration, target: float | None
    ) -> Broken | None:
        demand = self.schedules.demand(work, limit, started=touchpoint is not None)
        wanted = _HAIR if target is None else target
        if not demand.parts and touchpoint is not None:
            return None  # nobody has to be free for it
        spread = 1.0 if touchpoint is not None else self._short_enough(work, demand, wanted)
        if spread >= wanted and self.schedules.plain(demand):
            return None
        entries = self._coming(work, touchpoint)
        best = self._best(entries, demand, wanted)
        share = min(best, spread)
        if share >= wanted - (0 if target is None else _HAIR):
            return None
        own = touchpoint is not None  # the time limit of a step with an `sla` was looked at before
        if share and may_be_cut_short(self.process, self.schedules, work, limit, own=own):
            return None
        need = min((part.need for part in demand.parts), default=0.0) + demand.wait
        least = need if limit.business else self.schedules.least_visit(work)
        return Broken(
            work,
            touchpoint,
            limit,
            target,
            share,
            spread < best,
            least / HOUR,
            tuple(entries),
            self._would_do(work, entries, demand, wanted),
        )

    def _coming(self, work: Work, touchpoint: Touchpoint | None) -> list[Entry]:
        """The ways in; for a touchpoint those that may come from the giver."""
        entries = self.entries.into(work.node)
        if touchpoint is None:
            return entries
        return [e for e in entries if self._giver(e.origin) in (None, touchpoint.giver)]

    def _giver(self, origin: str) -> str | None:
        """The department of ours that hands over from a source or step, None where unknown."""
        if origin in self.process.sources:
            department: str | None = self.process.sources[origin].department
            return department
        step = self.process.nodes.get(origin)
        return self.threads.ours(step) if step is not None else None

    def _best(self, entries: list[Entry], demand: Demand, wanted: float) -> float:
        """The best possible share of the visits.

        Entries straight from sources are weighed by their rates, and others count as often as they
        can come at most; where that is not known the best of all entries counts.
        """
        enough = wanted if len(entries) == 1 else 1.0  # what is weighed must be exact
        shares = {entry: self._share(entry, demand, enough) for entry in entries}
        best = max(shares.values(), default=1.0)
        straight = [entry for entry in entries if entry.rate is not None]
        rate = sum(entry.rate or 0.0 for entry in straight)
        returns = self._returns([entry for entry in entries if entry.rate is None], rate)
        if returns is None:
            return best
        begun = sum(shares[entry] * (entry.rate or 0.0) for entry in straight) / rate
        again = max((shares[entry] for entry in entries if entry.rate is None), default=0.0)
        return (begun + returns * again) / (1 + returns)

    def _share(self, entry: Entry, demand: Demand, enough: float) -> float:
        if entry.even:
            return self.schedules.best(demand, entry.hours, enough=enough)
        return float(self.schedules.ever(demand, entry.hours))

    def _returns(self, others: list[Entry], rate: float) -> float | None:
        """How often deals come by other ways for each that comes straight from a source, at most.

        None where nothing says.
        """
        if not rate:
            return None
        if not others:
            return 0.0
        each = [entry.most for entry in others]
        arrivals = [source.arrivals for source in self.process.sources.values()]
        coming = [known.per_week if known else None for known in arrivals]
        limits = [most for most in each if most is not None]
        rates = [number for number in coming if number is not None]
        if len(limits) < len(each) or len(rates) < len(coming):
            return None
        return sum(limits) * sum(rates) / 168 / rate

    def _short_enough(self, work: Work, demand: Demand, wanted: float) -> float:
        """The share of the efforts and waits that leave the other enough of the limit.

        Where it is ``wanted`` or more, maybe 1.
        """
        least = self.schedules.least_elapsed(work, demand.limit)
        if self._fitting(work, demand, wanted, least) >= wanted:
            return 1.0  # in the longest time that a limit can be, even more is short enough
        return self._fitting(work, demand, wanted, self.schedules.latest(work, demand.limit))

    def _fitting(self, work: Work, demand: Demand, wanted: float, most: float) -> float:
        """The share of the efforts and waits that fit into so much elapsed time."""
        need = min((part.need for part in demand.parts), default=0.0)
        span = self.schedules.span(work, demand.limit) if demand.limit.business else INFINITE
        share = 1.0
        if work.wait is not None:
            left = max(0.0, most - need)
            if work.wait.basis != "elapsed":  # it passes while the office is open
                left = min(self.schedules.room(self.schedules.hours(work.by), left), span)
            unit = self.schedules.unit(work, work.wait.basis)
            share = _share_up_to(work.wait, left / unit, wanted)
        if work.effort is None or not demand.parts:
            return share
        longest = 0.0
        for party in self.schedules.parties(work):
            room = self.schedules.room(party.hours, max(0.0, most - demand.wait))
            if demand.office <= party.hours:
                room = min(room, span)  # they work in its open time only
            longest = max(longest, room * party.available / HOUR)
        return min(share, _share_up_to(work.effort, longest, wanted))

    def _would_do(
        self, work: Work, entries: list[Entry], demand: Demand, wanted: float
    ) -> tuple[Duration, ...]:
        """The least limits in whole hours of open and of elapsed time that could be kept."""

        def does(hours: int, unit: str) -> bool:
            longer = demand._replace(limit=Duration(hours, unit))
            spread = 1.0 if demand.started else self._short_enough(work, longer, wanted)
            return min(spread, self._best(entries, longer, wanted)) >= wanted - _HAIR / 2

        found = []
        for unit in ("bh", "h") if demand.office else ("h",):
            low, high = 0, LONGEST
            if not does(high, unit):
                continue
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if does(middle, unit) else (middle, high)
            found.append(Duration(high, unit))
        return tuple(found)


def _share_up_to(times: Distribution, most: float, wanted: float) -> float:
    """The share of a distribution up to a value, never too small; 1 where it is as wanted."""
    if most >= float(times.high) or float(times.quantile(wanted)) <= most:
        return 1.0
    if most < float(times.low):
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if float(times.quantile(middle)) <= most else (low, middle)
    return high
