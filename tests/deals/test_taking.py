"""What a deal may do, what is missing, and what it says when it refuses."""

from typing import Any

import pytest

import salesflow as sf
from salesflow.deals.nouns import ReasonKind

SALE = """
salesflow: 1
process: sale
version: 1.2.0
departments:
  sales: {roles: {rep: {people: 2}, director: {people: 1}}}
  legal: {roles: {counsel: {people: 1}}}
  buyer: {external: true, roles: {team: {}}}
data:
  amount: {type: money}
  discount: {type: percent}
  region: {type: choice, values: [DACH, AMER]}
  champion: {type: person}
  contract: {type: document}
  loss_reason: {type: choice, values: [price, no_need]}
stages: {early: {win_chance: 10%}, late: {win_chance: 60%}}
sources:
  inbound: {department: sales, start: call, gives: {amount: filled}}
  partner: {department: sales, start: call}
steps:
  call:
    by: rep
    stage: early
    captures: [champion]
    next:
      fit: offer
      again: {to: call, at_most: 1}
      no_need: {to: lost, set: {loss_reason: no_need}}
  offer:
    by: rep
    stage: late
    requires: [champion, amount]
    next: {sent: {to: route, captures: [discount]}}
  route:
    next:
      cheap: {to: approve, when: discount > 20%}
      normal: {to: papers, otherwise: true}
  approve: {by: director, next: {yes_do: papers, refused: {to: lost, set: {loss_reason: price}}}}
  papers:
    parallel:
      legal:
        start: draft
        steps:
          draft: {by: counsel, captures: [contract], next: {drafted: read}}
          read: {by: team, next: {agreed: done, refused: leave}}
      finance:
        when: amount >= 100000
        steps: {check: {by: director, next: {passed: done}}}
    timeout: {after: 30d, result: too_late}
    next: {done: sign, refused: {to: lost, set: {loss_reason: price}}, too_late: {to: lost, set: {loss_reason: price}}}
  sign:
    by: rep
    timeout: {after: 10d, result: silent}
    next: {signed: won, silent: {to: lost, set: {loss_reason: price}}}
outcomes:
  won: {kind: won, requires: [contract]}
  lost: {kind: lost, requires: [loss_reason]}
"""


@pytest.fixture(scope="module")
def sale() -> sf.Process:
    return sf.loads(SALE)


@pytest.fixture(scope="module")
def called(sale: sf.Process) -> sf.Deal:
    return sf.Deal.start(sale, "inbound", {"amount": 40_000})


@pytest.fixture(scope="module")
def offered(called: sf.Deal) -> sf.Deal:
    return called.take("fit", {"champion": "Ada"})


def at_papers(sale: sf.Process, amount: int = 40_000) -> sf.Deal:
    deal = sf.Deal.start(sale, "inbound", {"amount": amount, "champion": "Ada"})
    return deal.take("fit").take("sent", {"discount": "5%"})


def refusal(deal: sf.Deal, result: str, data: Any = None) -> list[tuple[ReasonKind, str]]:
    with pytest.raises(sf.Refused) as refused:
        deal.take(result, data)
    return [(reason.kind, reason.message) for reason in refused.value.reasons]


def test_a_deal_begins_where_its_source_starts(called: sf.Deal) -> None:
    assert called.at == ("call",)
    assert called.ended is None
    assert called.stage == "early"
    assert called.source == "inbound"
    assert dict(called.data) == {"amount": 40_000}
    (visit,) = called.visits()
    assert (visit.path, visit.department, visit.role) == ("call", "sales", "rep")


def test_it_says_what_it_may_do_and_what_is_missing(called: sf.Deal) -> None:
    told = [(o.path, o.leads_to, o.allowed, [r.field for r in o.missing]) for o in called.options()]
    assert told == [
        ("call.fit", ("offer",), False, ["champion"]),
        ("call.again", ("call",), False, ["champion"]),
        ("call.no_need", ("lost",), False, ["champion"]),
    ]
    (option, *_) = called.fill({"champion": "Ada"}).options()
    assert option.allowed


def test_nothing_changes_a_deal(called: sf.Deal) -> None:
    before = called.to_dict()
    called.take("fit", {"champion": "Ada"})
    assert called.to_dict() == before
    with pytest.raises(AttributeError):
        called.life = None  # type: ignore[assignment,misc]


def test_what_a_step_captures_must_be_filled(called: sf.Deal) -> None:
    assert refusal(called, "fit") == [
        ("data", "`champion` is not filled: `call` is done once it is.")
    ]
    assert called.missing("fit", {"champion": "Ada"}) == ()


def test_what_a_source_gives_and_the_first_step_requires_must_be_there(sale: sf.Process) -> None:
    with pytest.raises(sf.Refused, match="`amount` is not filled: `inbound` gives it"):
        sf.Deal.start(sale, "inbound")
    deal = sf.Deal.start(sale, "partner").fill({"champion": "Ada"})
    assert refusal(deal, "fit") == [("data", "`amount` is not filled: `offer` requires it.")]


def test_a_limit_is_counted(called: sf.Deal) -> None:
    again = called.take("again", {"champion": "Ada"})
    assert again.at == ("call",)
    assert refusal(again, "again") == [
        ("limit", "`call.again` may be taken once, and this deal has.")
    ]


def test_decisions_that_data_makes_are_made_at_once(offered: sf.Deal) -> None:
    assert offered.take("sent", {"discount": "25%"}).at == ("approve",)
    papers = offered.take("sent", {"discount": "20%"})
    assert papers.at == ("papers.legal.draft",)
    assert [taken.result for taken in papers.taken][-1] == "route.normal"


def test_a_decision_waits_for_what_it_reads(sale: sf.Process) -> None:
    text = SALE.replace("next: {sent: {to: route, captures: [discount]}}", "next: {sent: route}")
    deal = sf.Deal.start(sf.loads(text), "inbound", {"amount": 1, "champion": "Ada"})
    waits = deal.take("fit").take("sent")
    assert waits.at == ("route",)
    first = waits.options()[0]
    assert first.missing[0].message == (
        "`discount` is not filled: `route.cheap` is only for `discount > 20%`."
    )
    assert waits.fill({"discount": "5%"}).at == ("papers.legal.draft",)


def test_a_condition_that_does_not_hold_says_what_is_known() -> None:
    text = SALE.replace("  route:\n", "  route:\n    by: rep\n")
    deal = sf.Deal.start(sf.loads(text), "inbound", {"amount": 1, "champion": "Ada"})
    at_route = deal.take("fit").take("sent", {"discount": "20%"})
    assert refusal(at_route, "cheap") == [
        ("guard", "`route.cheap` is only for `discount > 20%`, and `discount` is 20%.")
    ]
    other = deal.take("fit").take("sent", {"discount": 0.3})
    assert refusal(other, "normal") == [
        (
            "otherwise",
            "`route.normal` is for when nothing else is possible, and `route.cheap` is.",
        )
    ]


def test_branches_run_for_the_deals_they_are_for(sale: sf.Process) -> None:
    assert at_papers(sale, 99_999).at == ("papers.legal.draft",)
    large = at_papers(sale, 100_000)
    assert large.at == ("papers.finance.check", "papers.legal.draft")
    one = large.take("passed")
    assert one.at == ("papers.legal.draft",)
    assert one.take("drafted", {"contract": "v1"}).take("agreed").at == ("sign",)


def test_a_branch_that_leaves_withdraws_the_others(sale: sf.Process) -> None:
    deal = at_papers(sale, 100_000).take("drafted", {"contract": "v1"})
    lost = deal.take("papers.legal.read.refused")
    assert lost.ended == "lost"
    assert lost.data["loss_reason"] == "price"


def test_what_happens_by_itself_is_not_taken(sale: sf.Process) -> None:
    assert refusal(at_papers(sale), "done") == [
        (
            "happens",
            "Nobody takes `papers.done`: it happens when what is inside is done, and it is at "
            "`papers`, `papers.legal.draft`.",
        )
    ]


def test_a_result_of_a_step_where_the_deal_is_not(called: sf.Deal) -> None:
    assert refusal(called, "signed") == [
        ("closed", "`signed` is a result of `sign`, and the deal is not there: it is at `call`.")
    ]
    lost = called.take("no_need", {"champion": "Ada"})
    assert refusal(lost, "fit") == [
        ("closed", "`fit` is a result of `call`, and the deal is not there: it has ended.")
    ]


def test_lenient_forgives_only_what_is_not_filled(called: sf.Deal) -> None:
    ahead = called.take("fit", lenient=True)
    assert ahead.at == ("offer",)
    with pytest.raises(sf.Refused, match="may be taken once"):
        called.take("again", lenient=True).take("again", lenient=True)


def test_an_outcome_asks_for_its_data() -> None:
    text = SALE.replace("captures: [contract], ", "")
    deal = at_papers(sf.loads(text)).take("drafted").take("agreed")
    assert refusal(deal, "signed") == [
        ("data", "`contract` is not filled: a deal that is `won` has it.")
    ]
    assert deal.take("signed", {"contract": "v2"}).ended == "won"


@pytest.mark.parametrize(
    ("result", "data", "message"),
    [
        ("fitt", None, "`sale` has no result `fitt`. Did you mean `fit`?"),
        ("fit", {"champoin": "x"}, "`sale` has no field `champoin`. Did you mean `champion`?"),
        ("fit", {"amount": "a lot"}, "`amount` is of type money, and `a lot` is not."),
        ("fit", {"region": "DATCH"}, "`DATCH` is no value of `region`. Did you mean `DACH`?"),
        ("fit", {"discount": 25}, "`discount` is a percent: write 25 as `25%` in quotes."),
        ("fit", {"contract": ["a"]}, "`contract` is of type document, and \"['a']\" is not."),
    ],
)
def test_mistakes_of_a_caller_are_told(
    called: sf.Deal, result: str, data: Any, message: str
) -> None:
    with pytest.raises(sf.UsageError) as wrong:
        called.take(result, data)
    assert str(wrong.value).startswith(message)


def test_a_source_is_named_where_there_are_several(sale: sf.Process) -> None:
    with pytest.raises(sf.UsageError, match="Say where the deal comes from: `inbound`, `partner`"):
        sf.Deal.start(sale)
    with pytest.raises(sf.UsageError, match=r"no source `inbund`\. Did you mean `inbound`"):
        sf.Deal.start(sale, "inbund")


def test_an_ambiguous_result_is_named_with_its_step(sale: sf.Process) -> None:
    text = SALE.replace("next: {passed: done}", "next: {drafted: done}")
    deal = at_papers(sf.loads(text), 100_000)
    with pytest.raises(sf.UsageError, match="at several steps with `drafted`: say which of"):
        deal.take("drafted")
    assert deal.take("papers.finance.check.drafted").at == ("papers.legal.draft",)


def test_where_the_process_is_wrong_the_deal_stays() -> None:
    process = sf.loads(
        """
salesflow: 1
process: twice
sources: {inbound: {start: a}}
steps:
  a: {next: {both: {to: [b, c]}}}
  b: {next: {go: d}}
  c: {next: {go: d, stop: lost}}
  d: {next: {signs: won, stops: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
    )
    deal = sf.Deal.start(process).take("both").take("b.go")
    assert refusal(deal, "c.go") == [
        (
            "process",
            "The deal would come to `d` while it is still there: `salesflow check` says "
            "`twice-at-once` of it.",
        )
    ]


def test_blocks_that_go_round_without_end_do_not_hang() -> None:
    process = sf.loads(
        """
salesflow: 1
process: round
data: {amount: {type: money}}
sources: {inbound: {start: a, gives: {amount: {any_of: {"5": 100%}}}}}
steps:
  a: {next: {go: b, stop: lost}}
  b:
    parallel: {x: {when: amount < 0, steps: {z: {next: done}}}}
    next: {done: {to: b, set: {amount: amount * 2}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
    )
    ((kind, message),) = refusal(sf.Deal.start(process, data={"amount": 5}), "go")
    assert (kind, "without end" in message) == ("process", True)


def test_a_sub_process_is_gone_through_step_by_step(tmp_path: Any) -> None:
    (tmp_path / "inner.salesflow.yaml").write_text(
        """
salesflow: 1
process: credit
sources: {asked: {start: look}}
steps: {look: {by: finance, next: {good: approved, bad: refused}}}
outcomes: {approved: {kind: done}, refused: {kind: failed}}
"""
    )
    outer = tmp_path / "outer.salesflow.yaml"
    outer.write_text(
        """
salesflow: 1
process: sale
use: [inner.salesflow.yaml]
sources: {inbound: {start: check}}
steps: {check: {run: credit, next: {approved: won, refused: lost}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
    )
    deal = sf.Deal.start(sf.load(outer))
    assert deal.at == ("check.look",)
    won = deal.take("good")
    assert won.ended == "won"
    assert [taken.result for taken in won.taken] == ["check.look.good", "check.approved"]
