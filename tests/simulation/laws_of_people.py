"""What must hold of the people of every run, by the book kept from its events."""

from collections import defaultdict
from itertools import pairwise

from salesflow.simulation import events
from salesflow.simulation.tally import Tally
from tests.simulation.account import Account, integral
from tests.simulation.simulable import DAY


def queues_keep_littles_law(account: Account, tally: Tally) -> None:
    """The integral of the number waiting for a role is the sum of the times that it waits."""
    program = account.program
    for role, row in enumerate(tally.roles):
        waits = []
        for visit in account.visits:
            node = program.nodes[visit.node]
            if account.queued(visit) and role in program.crews[node.crew].roles:
                ends = [at for at in (visit.started, visit.over) if at is not None]
                since, until = max(visit.entered, program.warmup), min([*ends, program.end])
                if since < until:
                    waits.append((since, until))
        assert row.queue == integral(waits) == sum(until - since for since, until in waits)


def roles_work_what_was_watched(account: Account, tally: Tally) -> None:
    """Taken time, and so utilization, is that of the shifts; never more than there is."""
    program = account.program
    taken, started, waiting = ([0] * len(program.roles) for _ in range(3))
    for shift in account.shifts():
        role = account.role_of(shift.person)
        taken[role] += account.clipped_open(program.roles[role].table, shift.since, shift.until)
        if account.counted(shift.visit.deal):
            started[role] += 1
            waiting[role] += shift.since - shift.visit.entered
    for at, (row, role) in enumerate(zip(tally.roles, program.roles, strict=True)):
        assert (row.taken, row.started, row.waiting) == (taken[at], started[at], waiting[at])
        there = account.open_time(role.table, program.warmup, program.end) * role.people
        assert row.taken <= there
        assert row.selling <= row.effort
        assert row.withdrawn_effort <= row.effort
        assert row.effort == sum(part.role_effort[at] for part in tally.parts)


def hours_are_those_of_the_shifts(account: Account, tally: Tally) -> None:
    """Hands-on time is open time of the crew over its stretch, in the measured time.

    What was broken off is for nothing, what faces the customer is selling. Each shift may be
    rounded.
    """
    program = account.program
    effort, selling, wasted, shifts = ([0.0] * len(program.roles) for _ in range(4))
    for shift in account.shifts():
        visit, role = shift.visit, account.role_of(shift.person)
        crew = account.crew_of(visit)
        hours = account.clipped_open(crew.table, shift.since, shift.until) / crew.stretch
        effort[role] += hours
        selling[role] += hours * program.nodes[visit.node].facing
        wasted[role] += hours * (visit.over is not None and visit.how != events.ENDED)
        shifts[role] += 1
    for at, row in enumerate(tally.roles):
        assert abs(row.effort - effort[at]) <= shifts[at]
        assert abs(row.selling - selling[at]) <= shifts[at]
        assert abs(row.withdrawn_effort - wasted[at]) <= shifts[at]


def the_week_shows_who_works(account: Account, tally: Tally) -> None:
    """On each whole hour: how many were at work."""
    program, hour = account.program, DAY // 24
    for at, (row, role) in enumerate(zip(tally.roles, program.roles, strict=True)):
        shifts = [s for s in account.shifts() if account.role_of(s.person) == at]
        week = [0] * 168
        for number, of_week in enumerate(program.hours):
            now = number * hour
            if program.warmup <= now < program.end and account.is_open(role.table, now):
                week[of_week] += sum(s.since <= now < s.until for s in shifts)
        assert row.week == tuple(week)


def nobody_does_two_things_at_once(account: Account, _: Tally) -> None:
    """A person's next work begins when the one before is done."""
    for shifts in account.shifts_of_persons().values():
        for one, other in pairwise(shifts):
            assert one.until <= other.since


def everybody_works_in_open_time(account: Account, _: Tally) -> None:
    """Work begins while all of a crew are there, and what is done by close ends at close."""
    program = account.program
    for shift in account.shifts():
        node = program.nodes[shift.visit.node]
        tables = {program.roles[account.role_of(person)].table for person in shift.visit.people}
        for table in tables:
            assert account.is_open(table, shift.since), program.nodes[shift.visit.node].path
            finished = shift.visit.how == events.ENDED or shift.visit.over is None
            if finished and shift.until not in (shift.since, program.end):
                assert account.is_open(table, shift.until - 1), node.path


def a_keeper_keeps(account: Account, _: Tally) -> None:
    """Of a role that keeps deals one person does all of a deal, unless a policy forbids it."""
    program = account.program
    for role, row in enumerate(program.roles):
        if row.keeper < 0:
            continue
        kept: dict[int, int] = {}
        times: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for shift in sorted(account.shifts(), key=lambda shift: shift.since):
            deal = shift.visit.deal
            if account.role_of(shift.person) != role:
                continue
            if deal not in kept:
                kept[deal] = shift.person
                ended = account.deals[deal].ended
                times[shift.person].append((shift.since, program.end if ended is None else ended))
            assert kept[deal] == shift.person or program.nodes[shift.visit.node].apart
        for spans in times.values():
            assert row.max_open < 0 or _most(spans) <= row.max_open


def _most(spans: list[tuple[int, int]]) -> int:
    """How many of some times go on at once, at most; one that ends makes room for the next."""
    return max(sum(s <= since < u for s, u in spans) for since, _ in spans)


def different_persons_lead(account: Account, _: Tally) -> None:
    """Who led one side of a policy leads no other one later."""
    led: dict[tuple[int, int], set[int]] = defaultdict(set)
    for visit in sorted(account.visits, key=lambda visit: visit.started or 0):
        node = account.program.nodes[visit.node]
        if visit.started is None or not node.apart:
            continue
        crew = account.crew_of(visit)
        leader = visit.people[crew.roles.index(crew.leader)]
        for apart in node.apart:
            for side in range(apart.first, apart.last):
                assert side == apart.own or leader not in led[visit.deal, side]
            led[visit.deal, apart.own].add(leader)
