"""What must hold of the deals and visits of every run, by the book kept from its events."""

from collections import Counter, defaultdict
from math import isclose, isnan

from salesflow.simulation import events
from salesflow.simulation.program import LOST, NEVER, WON, WORK
from salesflow.simulation.tally import Spread, Tally, bucket_of
from tests.simulation.account import Account, Visit, integral
from tests.simulation.simulable import DAY


def deals_are_conserved(account: Account, tally: Tally) -> None:
    """Arrived = won + lost + disqualified + done + failed + open + stuck."""
    program = account.program
    active = {visit.deal for visit in account.open.values() if _active(account, visit)}
    for at, part in enumerate(tally.parts):
        mine = [
            (number, deal)
            for number, deal in account.deals.items()
            if program.sources[deal.source].process == at
        ]
        counted = [(number, deal) for number, deal in mine if account.counted(number)]
        kinds = [0] * 5
        for _, deal in counted:
            if deal.ended is not None:
                kinds[program.outcomes[deal.outcome].kind] += 1
        still = [number for number, deal in counted if deal.ended is None]
        assert part.kinds == tuple(kinds)
        assert part.open == sum(number in active for number in still)
        assert part.stuck == len(still) - part.open
        assert part.arrived == len(counted) == sum(part.kinds) + part.open + part.stuck
        assert part.elapsed == sum(d.ended - d.arrived for _, d in counted if d.ended is not None)
        ended = [d for _, d in mine if d.ended is not None and d.ended >= program.warmup]
        assert part.ended == len(ended)
        assert part.won == sum(program.outcomes[deal.outcome].kind == 0 for deal in ended)


def _active(account: Account, visit: Visit) -> bool:
    """Whether something can still happen to a visit by itself."""
    node = account.program.nodes[visit.node]
    if node.timeout is not None and account.later(node.timeout, visit.entered) < NEVER:
        return True
    return node.kind == WORK and not visit.stuck


def open_deals_keep_littles_law(account: Account, tally: Tally) -> None:
    """The integral of the open deals is the sum of the times that they are open."""
    program = account.program
    for at, part in enumerate(tally.parts):
        times = [
            (max(deal.arrived, program.warmup), program.end if deal.ended is None else deal.ended)
            for deal in account.deals.values()
            if program.sources[deal.source].process == at
        ]
        measured = [(since, until) for since, until in times if since < until]
        assert part.open_time == integral(measured) == sum(b - a for a, b in measured)


def open_deals_are_looked_at_each_day(account: Account, tally: Tally) -> None:
    """What stands open at each 24th hour, when all that happens there has happened."""
    days = range(0, account.program.end, DAY)
    assert tally.open_by_day == tuple(
        sum(
            deal.arrived <= day and (deal.ended is None or deal.ended > day)
            for deal in account.deals.values()
        )
        for day in days
    )


# Visits


def visits_are_conserved(account: Account, tally: Tally) -> None:
    """What begins ends, is withdrawn or is open; times and hours are those that were watched."""
    program = account.program
    visits: dict[int, list[Visit]] = defaultdict(list)
    for visit in account.visits:
        if account.counted(visit.deal):
            visits[visit.node].append(visit)
    for at, (node, row) in enumerate(zip(tally.nodes, program.nodes, strict=True)):
        mine = visits[at]
        over = [visit for visit in mine if visit.over is not None]
        started = [visit for visit in mine if visit.started is not None]
        assert node.visits == len(mine)
        assert node.withdrawn == sum(visit.how == events.WITHDRAWN for visit in over)
        assert node.ended == len(over) - node.withdrawn
        assert node.elapsed == sum(v.over - v.entered for v in over if v.over is not None)
        assert node.waiting == sum(v.started - v.entered for v in started if v.started is not None)
        if row.crew >= 0 and row.effort >= 0:
            assert node.started == len(started)
            done = [visit for visit in over if visit.started is not None]
            assert abs(node.effort - sum(_effort(account, v) for v in done)) <= len(done)
            broken = [visit for visit in done if visit.how != events.ENDED]
            hours = sum(_effort(account, visit) for visit in broken)
            assert abs(node.withdrawn_effort - hours) <= len(broken)
        else:
            assert node.started == (node.visits if row.kind == WORK else 0)
            assert node.effort == node.withdrawn_effort == 0
    work = [visit for visit in account.visits if program.nodes[visit.node].kind == WORK]
    assert tally.instances == sum(visit.over is not None for visit in work)


def _effort(account: Account, visit: Visit) -> float:
    """The hands-on time of a visit, in milliseconds of one person; to half of one exactly."""
    assert visit.started is not None
    crew = account.crew_of(visit)
    until = visit.worked if visit.worked is not None else account.program.end
    return account.open_time(crew.table, visit.started, until) / crew.stretch


def promises_are_judged(account: Account, tally: Tally) -> None:
    """An sla is judged when a visit ends, or is broken off too late."""
    for at, (node, row) in enumerate(zip(tally.nodes, account.program.nodes, strict=True)):
        judged = within = 0
        for visit in account.visits:
            if row.sla is None or visit.node != at or visit.over is None:
                continue
            due = account.later(row.sla, visit.entered)
            late = visit.over > due
            by_itself = visit.how in (events.ENDED, events.TAKEN)
            if account.counted(visit.deal) and (by_itself or late):
                judged += 1
                within += not late
        assert (node.judged, node.within) == (judged, within), row.path


def results_are_counted(account: Account, tally: Tally) -> None:
    """Every result taken; of each visit that ended one, and it is one of its own."""
    taken = [0] * len(account.program.ways)
    for deal, way in account.ways:
        taken[way] += account.counted(deal)
    assert tally.ways == tuple(taken)
    for visit in account.visits:
        if visit.way >= 0:
            assert account.program.ways[visit.way].node == visit.node


def stages_are_counted(account: Account, tally: Tally) -> None:
    """A spell goes from the entry that shows a stage to that of another one, or the end."""
    program = account.program
    spells, times, still = ([0] * len(program.stages) for _ in range(3))
    for number, deal in account.deals.items():
        if not account.counted(number):
            continue
        shown = [
            (visit.entered, program.nodes[visit.node].stage)
            for visit in account.visits
            if visit.deal == number and program.nodes[visit.node].stage >= 0
        ]
        begun = [each for at, each in enumerate(shown) if not at or each[1] != shown[at - 1][1]]
        ends = [*(now for now, _ in begun[1:]), deal.ended]
        for (since, stage), until in zip(begun, ends, strict=False):
            if until is None:
                still[stage] += 1
            else:
                spells[stage] += 1
                times[stage] += until - since
    assert [(row.spells, row.time, row.open) for row in tally.stages] == [
        *zip(spells, times, still, strict=True)
    ]


def worth_is_counted(account: Account, tally: Tally) -> None:
    """What won and lost deals were worth as they ended; where deals came from; what came again."""
    program = account.program
    for at, part in enumerate(tally.parts):
        field = program.parts[at].value
        won = lost = value = 0.0
        came = [0] * len(program.sources)
        rework = 0
        for number, deal in account.deals.items():
            if program.sources[deal.source].process != at:
                continue
            counted = account.counted(number)
            came[deal.source] += counted
            if deal.ended is None:
                continue
            kind = program.outcomes[deal.outcome].kind
            worth = deal.values[field] if field >= 0 and not isnan(deal.values[field]) else 0.0
            won += worth * (counted and kind == WON)
            lost += worth * (counted and kind == LOST)
            value += worth * (deal.ended >= program.warmup and kind == WON)
            rework += counted * _rework(account, number)
        assert part.came == tuple(came)
        assert part.rework == rework
        assert isclose(part.won_value, won)
        assert isclose(part.lost_value, lost)
        assert isclose(part.value, value)


def _rework(account: Account, deal: int) -> int:
    """Visits of work beyond a deal's first."""
    nodes = account.program.nodes
    visits = Counter(
        v.node for v in account.visits if v.deal == deal and nodes[v.node].kind == WORK
    )
    return visits.total() - len(visits)


def stuck_deals_stand_somewhere(account: Account, tally: Tally) -> None:
    """Steps that a stuck deal cannot leave; (what waits at a meeting point was not watched)."""
    program = account.program
    active = {visit.deal for visit in account.open.values() if _active(account, visit)}
    standing: dict[int, set[int]] = defaultdict(set)
    for visit in account.open.values():
        if visit.stuck and visit.deal not in active and account.counted(visit.deal):
            standing[visit.node].add(visit.deal)
    for at, (node, row) in enumerate(zip(tally.nodes, program.nodes, strict=True)):
        if row.kind == WORK and not row.waits_for:
            assert node.stuck == len(standing[at]), row.path


def cycle_times_are_spread(account: Account, tally: Tally) -> None:
    """Times from arrival to end by how deals ended, and how old those are that still go on."""
    program = account.program
    active = {visit.deal for visit in account.open.values() if _active(account, visit)}
    for at, probe in enumerate(program.probes):
        if probe.start >= 0 or probe.end >= 0:
            continue
        times: dict[int, list[int]] = defaultdict(list)
        ages = []
        for number, deal in account.deals.items():
            if program.sources[deal.source].process != probe.process or not account.counted(number):
                continue
            if deal.ended is not None:
                times[program.outcomes[deal.outcome].kind].append(deal.ended - deal.arrived)
            elif number in active:
                ages.append(program.end - deal.arrived)
        row = tally.probes[at]
        assert row.kinds == tuple(len(times[kind]) for kind in range(5))
        assert row.time == _spread([time for each in times.values() for time in each])
        assert row.won_time == _spread(times[WON])
        assert row.lost_time == _spread(times[LOST])
        gone = [time for kind, each in times.items() if kind not in (WON, LOST) for time in each]
        assert row.gone_time == _spread(gone)
        assert row.open_age == _spread(ages)


def _spread(times: list[int]) -> Spread:
    buckets = Counter(bucket_of(time) for time in times)
    return Spread(len(times), sum(times), tuple(sorted(buckets.items())))


def what_is_missing_is_counted(account: Account, tally: Tally) -> None:
    """Fields that a step requires, and that were not filled as it was entered."""
    missing = [0] * len(account.program.nodes)
    for visit in account.visits:
        for field in account.program.nodes[visit.node].requires:
            empty = isnan(visit.values[field])
            missing[visit.node] += empty and account.counted(visit.deal)
    assert [node.missing for node in tally.nodes] == missing
