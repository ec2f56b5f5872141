"""What must hold in every run, whatever the process: kept in a second book from the events alone.

Deals and hours are neither lost nor made; averages are those of Little's law, which is an identity
here; nobody does two things at once, works while closed, or leaves work waiting that could begin.
"""

from collections.abc import Callable
from pathlib import Path

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


PEOPLE = """\
salesflow: 1
organization: shared
calendars:
  berlin: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}
  york: {timezone: America/New_York, hours: {mon-thu: "08:00-12:00, 13:00-18:00", sat: "22:00-24:00"}}
departments:
  sales:
    calendar: berlin
    roles:
      rep: {people: 3, keeps_deal: true, max_open_deals: 4, takes_first: largest, available: 60%}
      lead: {people: 2, takes_first: earliest_deadline}
  office: {calendar: york, roles: {clerk: {people: 2, takes_first: newest}}}
  outside: {external: true, roles: {buyer: {}}}
data: {amount: {type: money}, contract: {type: document}}
"""
LARGE = """\
salesflow: 1
process: large
use: [people.salesflow.yaml]
value: amount
start_date: 2026-03-23
stages: {talks: {max_age: 2d}, papers: {}}
sources:
  web: {start: call, arrivals: 6 per day, gives: {amount: {median: 100, p90: 900}}}
  fair: {start: call, arrivals: {every: 5d, batch: 8}, gives: {amount: {min: 50, max: 5000}}}
steps:
  call:
    by: rep
    stage: talks
    facing: customer
    effort: {mean: 1h}
    wait: {mean: 4h}
    sla: {within: 1d}
    escalate: {after: 3h, by: lead}
    next: {fit: {to: [offer, papers], share: 60%}, again: {to: call, share: 20%, at_most: 2}, lost: {to: lost, share: rest}}
  offer: {by: rep, with: [lead], effort: {min: 1h, max: 5h}, timeout: {after: 3d, result: late}, next: {sent: check, late: lost}}
  check: {by: rep, effort: 30min, next: {good: {to: meet, set: {amount: amount * 1.2}}}}
  papers:
    stage: papers
    parallel:
      legal: {steps: {draft: {by: clerk, effort: {mean: 5h}, captures: [contract], next: done}}}
      buyer: {steps: {think: {by: buyer, wait: {mean: 2d}, next: {yes_please: {to: done, share: 80%}, no_thanks: {to: leave, share: rest}}}}}
    join: any
    timeout: {after: 4d, result: stalled}
    next: {done: meet, no_thanks: lost, stalled: lost}
  meet: {by: lead, with: [clerk], effort: 1h, wait_for: [check, papers], requires: [contract], next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
policies: {four_eyes: {different_person: [offer, check]}}
"""
SMALL = """\
salesflow: 1
process: little
use: [people.salesflow.yaml]
value: amount
start_date: 2026-03-23
sources: {web: {start: call, arrivals: 3 per day, gives: {amount: {median: 10, p90: 90}}}}
steps:
  call: {by: rep, effort: {mean: 30min}, sla: {within: 5h}, next: {buys: {to: ship, share: 50%}, passes: {to: lost, share: rest}}}
  ship: {by: clerk, effort: 20min, wait: {mean: 1d}, next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def test_two_processes_share_people(tmp_path: Path) -> None:
    """Two calendars that hardly meet, over a change to summer time; keepers whose work is barred."""
    (tmp_path / "salesflow.toml").touch()
    (tmp_path / "people.salesflow.yaml").write_text(PEOPLE)
    processes = [sf.loads(text, folder=tmp_path) for text in (LARGE, SMALL)]
    for seed in range(2):
        program = program_of(processes, duration=40 * DAY, warmup=6 * DAY)
        account = held(program, seed)
        assert account is not None
        leaders = [
            visit for visit in account.visits if visit.people and program.nodes[visit.node].apart
        ]
        assert len(leaders) > 20
