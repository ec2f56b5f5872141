"""Somebody who stands by, and knows at every instant who could begin what.

Whatever begins must be the first work in the order of one of the roles that begin it: of all that
waits and could begin now, looked at one by one. It must be begun by the lowest numbers that may.
And when an instant is over nothing that could begin may be left waiting.
"""

from math import inf, isnan
from typing import Any

from salesflow.simulation import events
from salesflow.simulation.events import Event
from salesflow.simulation.program import (
    LARGEST,
    NEVER,
    NEWEST,
    OLDEST,
    WORK,
    Crew,
    Program,
)
from tests.simulation.account import Account, Visit


class Bystander:
    """Watches one replication; an AssertionError where people do not do what they should."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.account = Account(program)
        self.waiting: dict[tuple[int, int, int], Visit] = {}
        self.worth: dict[tuple[int, int, int], float] = {}
        self.busy: set[int] = set()
        self.kept: dict[int, dict[int, int]] = {}  # role -> deal -> who keeps it
        self.led: dict[tuple[int, int], set[int]] = {}  # deal, side -> who led there
        self.now = 0
        self.started = 0
        self.passed_over = 0  # work that stood before what began, and could not begin

    def __call__(self, event: Event) -> None:
        """Watch one event."""
        if event.now > self.now:
            self.rest()
            self.now = event.now
        key = (event.deal, event.node, event.visit)
        if event.what == events.STARTED and self.program.nodes[event.node].crew >= 0:
            self._begins(key, event.people)
        self.account(event)
        if event.what == events.ENTERED:
            visit = self.account.open[key]
            if self.account.queued(visit):
                self.waiting[key] = visit
                self.worth[key] = self._worth(event.deal)
        elif event.what == events.WORKED:
            self.busy -= {*event.people}
        elif event.what == events.REACHED:
            for kept in self.kept.values():
                kept.pop(event.deal, None)
        elif event.what in (events.EXPIRED, events.WITHDRAWN):
            self.waiting.pop(key, None)

    def rest(self) -> None:
        """An instant is over: nobody who could do something does nothing."""
        for visit in self.waiting.values():
            for crew in self._crews(visit):
                assert not self._people_for(visit, crew), (
                    f"{self._told(visit)} waits at {self.now}, "
                    f"and {self._people_for(visit, crew)} could begin"
                )

    def _begins(self, key: tuple[int, int, int], people: tuple[int, ...]) -> None:
        visit = self.waiting.pop(key)
        roles = tuple(self.account.role_of(person) for person in people)
        crews = [crew for crew in self._crews(visit) if crew.roles == roles]
        assert crews, f"{roles} begin {self._told(visit)}"
        picked = [crew for crew in crews if self._people_for(visit, crew) == people]
        assert picked, (people, [self._people_for(visit, crew) for crew in crews])
        self.waiting[key] = visit
        before = {role: self._before(visit, role) for role in roles}
        assert not all(before.values()), f"{self._told(visit)} begins before {before}"
        del self.waiting[key]
        self.started += 1
        self._note(visit, picked[0], people)

    def _before(self, visit: Visit, role: int) -> list[str]:
        """What waits for a role, stands before a visit, and could begin."""
        mine = min(
            self._place(visit, role, escalated)
            for escalated, crew in enumerate(self._crews(visit))
            if role in crew.roles
        )
        found = []
        for other in self.waiting.values():
            if other is visit:
                continue
            for escalated, crew in enumerate(self._crews(other)):
                if role in crew.roles and self._place(other, role, escalated) < mine:
                    if self._people_for(other, crew):
                        found.append(self._told(other))
                    else:
                        self.passed_over += 1
        return found

    def _note(self, visit: Visit, crew: Crew, people: tuple[int, ...]) -> None:
        for role, person in zip(crew.roles, people, strict=True):
            assert person not in self.busy
            self.busy.add(person)
            if self.program.roles[role].keeper >= 0:
                self.kept.setdefault(role, {}).setdefault(visit.deal, person)
        leader = people[crew.roles.index(crew.leader)]
        for apart in self.program.nodes[visit.node].apart:
            self.led.setdefault((visit.deal, apart.own), set()).add(leader)

    def _crews(self, visit: Visit) -> list[Crew]:
        """Who may do a visit now: its own people, later those it escalates to."""
        node = self.program.nodes[visit.node]
        found = [self.program.crews[node.crew]]
        after = node.escalate if node.escalate_crew >= 0 else None
        if after is not None and self.account.later(after, visit.entered) <= self.now:
            found.append(self.program.crews[node.escalate_crew])
        return found

    def _place(self, visit: Visit, role: int, escalated: int) -> tuple[Any, ...]:
        """Where a visit stands in the order of a role."""
        key = (visit.deal, visit.node, visit.number)
        order, ready = self.program.roles[role].order, visit.entered
        rest = (*key, escalated)
        if order == OLDEST:
            return (ready, *rest)
        if order == NEWEST:
            return (-ready, *rest)
        if order == LARGEST:
            return (-self.worth[key], ready, *rest)
        node = self.program.nodes[visit.node]
        due = [self.account.later(span, ready) for span in (node.sla, node.timeout) if span]
        return (min(due, default=NEVER), ready, *rest)

    def _people_for(self, visit: Visit, crew: Crew) -> tuple[int, ...]:
        """Who of a crew can begin a visit now; nobody where somebody is missing."""
        if not self.account.is_open(crew.table, self.now):
            return ()
        people = [self._person(visit, crew, role) for role in crew.roles]
        return () if None in people else tuple(person for person in people if person is not None)

    def _person(self, visit: Visit, crew: Crew, role: int) -> int | None:
        row = self.program.roles[role]
        people = {*range(row.first, row.first + row.people)}
        barred = self._barred(visit) if role == crew.leader else set()
        allowed = people - barred
        keeps = self.kept.get(role, {})
        if row.keeper >= 0 and visit.deal in keeps:
            if keeps[visit.deal] not in barred:
                allowed = {keeps[visit.deal]}
        elif row.keeper >= 0 and row.max_open >= 0:
            kept = [*keeps.values()]
            allowed = {person for person in allowed if kept.count(person) < row.max_open}
        return min(allowed - self.busy, default=None)

    def _barred(self, visit: Visit) -> set[int]:
        barred: set[int] = set()
        for apart in self.program.nodes[visit.node].apart:
            for side in range(apart.first, apart.last):
                if side != apart.own:
                    barred |= self.led.get((visit.deal, side), set())
        return barred

    def _worth(self, deal: int) -> float:
        row = self.account.deals[deal]
        field = self.program.parts[self.program.sources[row.source].process].value
        value = row.values[field] if field >= 0 else -inf
        return -inf if isnan(value) else value

    def _told(self, visit: Visit) -> str:
        assert self.program.nodes[visit.node].kind == WORK
        return f"{self.program.nodes[visit.node].path} of deal {visit.deal}"
