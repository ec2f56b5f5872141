"""What must hold in every run, whatever the process: kept in a second book from the events alone.

Deals and hours are neither lost nor made; averages are those of Little's law, which is an identity
here; nobody does two things at once, works while closed, or leaves work waiting that could begin.
"""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.simulation import events
from salesflow.simulation.compile import program_of
from salesflow.simulation.engine_python.loop import play
from salesflow.simulation.events import Event
from salesflow.simulation.program import BLOCK, RUN, WORK, Program
from salesflow.simulation.tally import Tally
from tests.simulation import laws_of_deals, laws_of_people
from tests.simulation.account import Account
from tests.simulation.bystander import Bystander
from tests.simulation.simulable import DAY, Data, program_of_files, simulated, simulated_soundly

ENTERPRISE = "examples/enterprise/enterprise.salesflow.yaml"
MOST_EVENTS = 3_000  # wild processes may split a deal again and again

LAWS: tuple[Callable[[Account, Tally], None], ...] = (
    laws_of_deals.deals_are_conserved,
    laws_of_deals.open_deals_keep_littles_law,
    laws_of_deals.open_deals_are_looked_at_each_day,
    laws_of_deals.visits_are_conserved,
    laws_of_deals.promises_are_judged,
    laws_of_deals.results_are_counted,
    laws_of_deals.stages_are_counted,
    laws_of_deals.worth_is_counted,
    laws_of_deals.stuck_deals_stand_somewhere,
    laws_of_deals.cycle_times_are_spread,
    laws_of_deals.what_is_missing_is_counted,
    laws_of_people.queues_keep_littles_law,
    laws_of_people.roles_work_what_was_watched,
    laws_of_people.hours_are_those_of_the_shifts,
    laws_of_people.the_week_shows_who_works,
    laws_of_people.nobody_does_two_things_at_once,
    laws_of_people.everybody_works_in_open_time,
    laws_of_people.a_keeper_keeps,
    laws_of_people.different_persons_lead,
)


class Enough(Exception):
    """The run is long enough."""


def held(program: Program, seed: int = 1, most: int = 1 << 60) -> Account | None:
    """All that must hold of one replication; None where it was too long to be looked at whole."""
    bystander = Bystander(program)
    seen = 0

    def watch(event: Event) -> None:
        nonlocal seen
        seen += 1
        if seen > most:
            raise Enough
        bystander(event)

    try:
        tally = play(program, seed, 0, watch=watch)
    except Enough:
        return None
    bystander.rest()
    assert tally == play(program, seed, 0)  # who looks changes nothing
    account = bystander.account
    for law in LAWS:
        law(account, tally)
    return account


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(simulated(), simulated_soundly()))
def test_whatever_the_process(files: dict[str, Data]) -> None:
    held(program_of_files(files), most=MOST_EVENTS)


def test_the_enterprise_example() -> None:
    program = program_of([sf.load(ENTERPRISE)], duration=120 * DAY, warmup=30 * DAY)
    account = held(program)
    assert account is not None
    kinds = {program.nodes[visit.node].kind for visit in account.visits}
    assert kinds == {WORK, BLOCK, RUN}
    hows = {visit.how for visit in account.visits}
    assert hows == {"", events.ENDED, events.EXPIRED, events.TAKEN, events.WITHDRAWN}
    assert any(len(visit.people) > 1 for visit in account.visits)
