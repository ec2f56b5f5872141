"""The families resources and shares: what is said, where, and when nothing is said."""

from typing import Any

import pytest
from hypothesis import given, settings

import salesflow as sf
from salesflow.checking.catalogue import FAMILIES
from salesflow.checking.run import run_checks
from salesflow.findings import Finding
from salesflow.testing import processes
from tests.analysis.shared_shapes import Shapes

OURS = (*FAMILIES["resources"], "win-chance-fiction")
Data = dict[str, Any]

HEAD = """\
salesflow: 1
process: smb
calendars: {office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
"""


def found(text: str, *, head: str = HEAD) -> tuple[Finding, ...]:
    """What our rules find in a text."""
    return run_checks(sf.loads(head + text), select=OURS)


BUSY = """\
departments:
  sales: {{calendar: office, roles: {{seller: {{people: {people}, available: {available}}}}}}}
sources: {{inbound: {{start: call{arrivals}}}}}
steps:
  call: {{by: seller, effort: 1h, next: {{buys: {{to: won, share: 30%}}, passes: {{to: lost, share: rest}}}}}}
outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}}}
"""


def busy(rate: str, people: int = 1, available: str = "50%") -> str:
    """A seller with 20 hours a week."""
    arrivals = f", arrivals: {rate} per week" if rate else ""
    return BUSY.format(people=people, available=available, arrivals=arrivals)


def test_a_role_without_time_for_its_work() -> None:
    (finding,) = [f for f in found(busy("25")) if f.rule != "single-person-path"]
    assert finding.rule == "overloaded-role"
    assert finding.message == (
        "`seller` is asked for 125% of its time: its deals take 25.0h a week, and 1 person at 50% "
        "of their time has 20.0h. The work piles up, week by week."
    )
    assert finding.help == (
        "`people: 2` or `available: 74%` would bring it below 85%, or less effort at `call`."
    )
    assert (finding.path, finding.line) == ("departments.sales.roles.seller", 5)
    assert [(r.path, r.message) for r in finding.related] == [
        ("steps.call", "`call`: 25.0 visits a week, 100% of it")
    ]


@pytest.mark.parametrize(
    ("rate", "rules"),
    [("16", []), ("17", ["tight-role"]), ("19", ["tight-role"]), ("20", ["overloaded-role"])],
)
def test_the_bounds(rate: str, rules: list[str]) -> None:
    assert [f.rule for f in found(busy(rate)) if f.rule != "single-person-path"] == rules


@pytest.mark.parametrize("available", ["74%", "75%"])
def test_what_is_advised_repairs_it(available: str) -> None:
    assert {f.rule for f in found(busy("25", available=available))} <= {"single-person-path"}
    assert found(busy("25", people=2)) == ()


def test_work_with_people_who_give_little_time_is_told() -> None:
    text = busy("15", available="25%").replace(
        "roles: {seller:", "roles: {engineer: {people: 1}, seller:"
    )
    text = text.replace("{by: seller, effort", "{by: engineer, with: [seller], effort")
    engineer, seller = (f for f in found(text) if f.rule == "overloaded-role")
    assert engineer.message.startswith(
        "`engineer` is asked for 150% of its time: its deals take 60.0h a week, and 1 person has "
    )
    assert engineer.help == (
        "`people: 2` would bring it below 85%, or less effort at `call`. Where it works with "
        "people who give 25%, it takes that much longer."
    )
    assert "1 person at 25% of their time" in seller.message


def test_nothing_is_said_without_arrivals_or_people() -> None:
    assert found(busy("", people=2)) == ()
    assert found(busy("2500").replace("people: 1, ", "")) == ()


def test_an_empty_role_is_told_where_it_is_first_needed() -> None:
    (finding,) = found(busy("25", people=0))
    assert finding.rule == "empty-role"
    assert finding.message == (
        "`seller` has `people: 0`, and `call` waits for one. A deal gets there by inbound."
    )
    assert found(busy("25", people=0).replace("effort: 1h, ", "")) == ()


BRANCHES = """\
departments: {{sales: {{people: 3}}, legal: {{people: 1}}, success: {{people: 2}}}}
sources: {{inbound: {{start: papers}}}}
steps:
  papers:
    parallel:
      contract: {{steps: {{draft: {{by: legal, effort: 1h, next: done}}}}}}
      offer: {{steps: {{price: {{by: sales, effort: 1h, next: done}}}}}}
    join: {join}
    next: {{done: sign}}
  sign: {{by: sales, effort: 1h, next: {{signed: won, refused: lost}}}}
outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}}}
"""


@pytest.mark.parametrize(("join", "told"), [("all", True), ("any", False), ("{at_least: 2}", True)])
def test_one_person_in_a_branch_that_must_be_done(join: str, told: bool) -> None:
    findings = found(BRANCHES.format(join=join))
    assert [f.rule for f in findings] == ["single-person-path"] * told
    if told:
        (finding,) = findings
        assert "needs the one person of `legal`, at `papers.contract.draft`" in finding.message
        assert finding.witness == ("inbound", "papers.contract", "papers.contract.draft")


def test_one_person_at_a_meeting_point() -> None:
    text = """\
departments: {sales: {people: 3}, legal: {people: 1}}
sources: {inbound: {start: offer}}
steps:
  offer: {by: sales, effort: 1h, next: {sent: {to: [contract, pilot]}}}
  contract: {by: legal, effort: 1h, next: sign}
  pilot: {by: sales, effort: 1h, next: sign}
  sign: {by: sales, effort: 1h, wait_for: [contract, pilot], next: {signed: won, refused: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
    assert [f.rule for f in found(text)] == ["single-person-path"]
    assert found(text.replace("contract: {by: legal, effort: 1h", "contract: {by: legal")) == ()


LOOP = """\
sources: {{inbound: {{start: offer}}}}
steps:
  offer: {{by: sales, next: review}}
  review:
    by: sales
    {timeout}
    next: {{approved: {{to: won, share: {out}}}, again: {{to: offer, share: rest{limit}}}, refused: lost}}
outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}}}
"""


def loop(
    out: str, *, limit: str = "", timeout: str = "timeout: {after: 9d, result: refused}"
) -> str:
    text = LOOP.format(out=out, limit=limit, timeout=timeout)
    return text if timeout else text.replace("refused: lost", "refused: {to: lost, share: 0.1%}")


def test_a_loop_that_shares_keep_going() -> None:
    (finding,) = found(loop("4.9%", timeout=""), head="salesflow: 1\nprocess: smb\n")
    assert finding.rule == "divergent-rework"
    assert finding.message == (
        "By the shares a deal that comes into the loop of `review` is there 20 times on average. "
        "A deal gets there by inbound → offer (done)."
    )
    assert finding.help == "Check the share of `review.again`, or limit it, e.g. `at_most: 3`."
    assert finding.path == "steps.review"


def test_a_loop_that_ends_soon_or_by_its_timer_is_fine() -> None:
    head = "salesflow: 1\nprocess: smb\n"
    assert found(loop("12%", timeout=""), head=head) == ()
    assert found(loop("5%", limit=", at_most: 4", timeout=""), head=head) == ()
    assert found(loop("5%"), head=head) == ()  # how often the timer ends it shares do not say


STAGES = """\
stages: {{lead: {{win_chance: {lead}}}, proposal: {{win_chance: {proposal}}}}}
sources: {{inbound: {{start: call}}}}
steps:
  call: {{stage: lead, next: {{fit: {{to: offer, share: 40%}}, later: {{to: call, share: 20%}}, out: {{to: gone, share: rest}}}}}}
  offer: {{stage: proposal, next: {{buys: {{to: won, share: 60%}}, again: {{to: call, share: 10%}}, passes: {{to: lost, share: rest}}}}}}
outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}, gone: {{kind: disqualified}}}}
"""


def test_a_chance_to_win_that_is_a_wish() -> None:
    # From call: f = 0.4 (0.6 + 0.1 f) + 0.2 f, so f = 0.24 / 0.76; offer: 0.6 + 0.1 f.
    text = STAGES.format(lead="31%", proposal="98%")
    (finding,) = found(text, head="salesflow: 1\nprocess: smb\n")
    assert finding.rule == "win-chance-fiction"
    assert finding.path == "stages.proposal"
    assert finding.message == (
        "`proposal` promises that 98% of its deals are won; by the shares it is 63%."
    )
    assert "Write `win_chance: 63%`" in finding.help


@pytest.mark.parametrize(
    ("lead", "told"), [("32%", False), ("41%", False), ("48%", True), ("22%", False), ("20%", True)]
)
def test_rounding_and_small_differences_are_no_finding(lead: str, told: bool) -> None:
    text = STAGES.format(lead=lead, proposal="63%")
    assert bool(found(text, head="salesflow: 1\nprocess: smb\n")) == told


@given(processes(depth=1))
@settings(max_examples=60, deadline=None)
def test_no_process_breaks_the_rules(data: Data) -> None:
    assert run_checks(sf.load(data), select=OURS) is not None


@pytest.mark.parametrize("seed", range(40))
def test_no_process_with_shares_breaks_the_rules(seed: int) -> None:
    data = Shapes(seed + 1000, threads=True).process()
    for source in data["sources"].values():
        source["arrivals"] = "5 per week"
    for number, step in enumerate(data["steps"].values()):
        if "parallel" not in step:
            step |= {"by": f"role{number % 2}", "effort": "2h", "stage": "early"}
    data["stages"] = {"early": {"win_chance": "50%"}}
    data["departments"] = {"sales": {"roles": {f"role{n}": {"people": n} for n in range(2)}}}
    assert run_checks(sf.load(data), select=OURS) is not None
