"""What else is said where the example of a rule shows only one of its sentences."""

import pytest

from salesflow.changes.catalogue.example import BASE
from salesflow.changes.catalogue.shown import loaded, run_by_another
from salesflow.changes.comparing import changed
from salesflow.changes.edit import Edit
from salesflow.nouns import FrozenMap

SIGN = "  sign: {by: buying_team, wait: 3d, next: {signed: won}}\n"
PAPERED = "next: {done: sign, refused: {to: lost, set: {reason: price}}}\n" + SIGN
SPLIT = """\
salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  call: {next: offer}
  offer: {by: sales, next: {sent: {to: [legal, money]}}}
  legal: {by: legal, next: meet}
  money: {by: finance, next: meet}
  meet: {wait_for: [legal, money], next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def edits(before: str, after: str) -> tuple[Edit, ...]:
    return changed(loaded(before), loaded(after)).edits


def said(before: str, after: str, rule: str, *, text: str = BASE) -> list[str]:
    """The messages of a rule where a part of a text is replaced."""
    assert text.count(before) == 1
    return [e.message for e in edits(text, text.replace(before, after)) if e.rule == rule]


@pytest.mark.parametrize(
    ("before", "after", "rule", "message"),
    [
        # steps that are no work of people
        (
            PAPERED,
            PAPERED.replace("done: sign", "done: sure").replace(
                "  sign:", "  sure: {next: sign}\n  sign:"
            ),
            "step-added",
            "`sure` is new: a step that nobody works on.",
        ),
        (
            PAPERED,
            PAPERED.replace("done: sign", "done: sure").replace(
                "  sign:", "  sure: {next: {fine: sign, nope: lost}}\n  sign:"
            ),
            "step-added",
            "`sure` is new: a decision that nobody works on.",
        ),
        (
            PAPERED,
            PAPERED.replace("done: sign", "done: rest_a_while").replace(
                "  sign:", "  rest_a_while: {wait: 3d, next: {fine: sign, nope: lost}}\n  sign:"
            ),
            "step-added",
            "`rest_a_while` is new: a step that nobody works on.",
        ),
        (
            PAPERED,
            PAPERED.replace("done: sign", "done: last").replace(
                "  sign:",
                "  last:\n    parallel:\n      a: {steps: {ask: {by: rep, next: done}}}\n      b: {steps: {tell: {by: counsel, next: done}}}\n    next: sign\n  sign:",
            ),
            "step-added",
            "`last` is new: a block of parallel branches (`a` and `b`) with work for legal and sales.",
        ),
        (
            PAPERED,
            PAPERED.replace("done: sign", "done: rate").replace(
                "  sign:", "  rate: {run: credit, next: {rated: sign, refused: lost}}\n  sign:"
            )
            + "use: [credit.salesflow.yaml]\n",
            "step-added",
            "`rate` is new: a step that runs `credit`.",
        ),
        # from nothing and to nothing
        (
            "    stage: talking\n",
            "",
            "step-moved-to-another-stage",
            "`call` no longer changes the stage; so far its deals showed in `talking`.",
        ),
        (
            "  sign: {by",
            "  sign: {stage: signing, by",
            "step-moved-to-another-stage",
            "Deals at `sign` show in the stage `signing` now; so far it changed no stage.",
        ),
        (
            "    effort: 30min\n",
            "",
            "step-effort-less",
            "`call` takes no effort any more; so far it was 30min.",
        ),
        (
            "    wait: 1d\n",
            "",
            "step-wait-shorter",
            "Deals no longer wait at `offer`; so far they waited 1d.",
        ),
        (
            "    effort: 30min\n",
            "    effort: 30min\n    wait: 2h\n",
            "step-wait-longer",
            "Deals wait 2h at `call` now; so far they did not.",
        ),
        (
            "  sign: {by",
            "  sign: {effort: 1h, by",
            "step-effort-more",
            "`sign` takes 1h of effort now; so far none was written.",
        ),
        (
            "    wait: 1d\n",
            "    wait: 1bd\n",
            "step-wait-spread",
            "Deals wait 1bd at `offer` now instead of 1d.",
        ),
        (
            "sla: {within: 2bd, target: 80%}",
            "sla: {within: 5d, target: 80%}",
            "step-sla-changed",
            "`call` is to be done within 5d now instead of 2bd, in 80% of visits.",
        ),
        (
            "sla: {within: 2bd, target: 80%}",
            "sla: {within: 2bd}",
            "step-sla-tighter",
            "`call` is to be done within 2bd in 100% of visits now, not 80%.",
        ),
        (
            "sla: {within: 2bd, target: 80%}",
            "sla: {within: 3bd, target: 70%}",
            "step-sla-looser",
            "`call` is to be done within 3bd in 70% of visits now; so far within 2bd in 80% of visits.",
        ),
        (
            "timeout: {after: 30d, result: silent}",
            "timeout: {after: 20d, result: not_a_fit}",
            "step-timeout-changed",
            "`call` is broken off after 20d with `not_a_fit` now; so far after 30d with `silent`.",
        ),
        (
            "timeout: {after: 30d, result: silent}",
            "timeout: {after: 30bd, result: silent}",
            "step-timeout-changed",
            "`call` is broken off after 30bd now instead of 30d.",
        ),
        (
            "    join: all\n",
            "    join: {at_least: 1}\n",
            "block-joins-sooner",
            "Deals leave `papers` when 1 of its 2 branches is done now; so far when both its branches are done.",
        ),
        # results
        (
            "later: {to: call, share: 10%, at_most: 2}",
            "later: {to: call, at_most: 2}",
            "result-share-changed",
            "`call.later` has no share any more; so far 10% of the deals at `call` took it.",
        ),
        (
            "large: {to: papers, otherwise: true}",
            "large: {to: papers, when: amount > 90000, share: 30%}",
            "result-share-changed",
            "`offer.large` is taken by 30% of the deals at `offer` now; so far no share was written.",
        ),
        (
            "small: {to: papers, when: amount < 20000}",
            "small: {to: papers, share: 20%}",
            "result-allowed-for-more",
            "`offer.small` is allowed for every deal now; so far only when `amount < 20000`. A deal with `amount` 24000 can take it now.",
        ),
        (
            "interested: {to: offer, share: 40%}",
            "interested: {to: offer, share: 40%, when: region == emea}",
            "result-allowed-for-fewer",
            "`call.interested` is allowed only when `region == emea` now; so far for every deal. A deal with `region` amer can no longer take it.",
        ),
        (
            "        when: amount >= 20000\n",
            "",
            "branch-runs-for-more",
            "`papers.audit` runs for every deal now; so far only when `amount >= 20000`. A deal with `amount` 16000 goes through it now.",
        ),
        (
            "        start: draft\n",
            "        start: draft\n        when: amount >= 100\n",
            "branch-runs-for-fewer",
            "`papers.contract` runs only when `amount >= 100` now; so far for every deal. A deal with `amount` 80 no longer goes through it.",
        ),
        (
            "agreed: {to: done, share: 80%, captures: [amount]}",
            "agreed: {to: leave, share: 80%, captures: [amount]}",
            "result-goes-elsewhere",
            "`papers.contract.review.agreed` leads out of the block now instead of to the end of its branch.",
        ),
        # sources and stages
        (
            "    arrivals: 10 per week\n",
            "",
            "source-arrives-otherwise",
            "Nothing says any more how many deals `web` brings; so far it was 10 deals per week.",
        ),
        (
            "    arrivals: 10 per week\n",
            "    arrivals: {rate: 10 per week, calendar: office}\n",
            "source-arrives-otherwise",
            "`web` brings 10 deals per week while `office` is open now instead of 10 deals per week.",
        ),
        (
            "    cost: 40\n",
            "",
            "source-cost-lower",
            "A deal from `web` costs nothing any more; so far it was 40.",
        ),
        (
            "    department: sales\n",
            "",
            "source-changes-department",
            "Deals from `web` are handed over by nobody now instead of sales.",
        ),
        (
            "closing: {win_chance: 60%}",
            "closing: {}",
            "stage-win-chance-changed",
            "A deal in `closing` has no chance to be won written any more; so far it was 60%.",
        ),
        # the process
        (
            "goal: Win accounts that stay\n",
            "",
            "process-goal-changed",
            "`new_business` has no goal any more; so far it was “Win accounts that stay”.",
        ),
        (
            "currency: EUR\n",
            "",
            "process-currency-changed",
            "Money in `new_business` is in no currency now; so far it was in EUR.",
        ),
        (
            "version: 1.0.0\n",
            "",
            "process-version-changed",
            "`new_business` has no version any more; so far it was 1.0.0.",
        ),
        (
            "locked: [steps.papers]\n",
            "locked: [steps.papers, steps.call.requires, outcomes.lost, sources.web]\n",
            "process-lock-added",
            "Variants may no longer change `outcomes.lost`; so far they could.",
        ),
    ],
)
def test_each_way_to_change_is_said(before: str, after: str, rule: str, message: str) -> None:
    assert message in said(before, after, rule)


@pytest.mark.parametrize(
    ("before", "after", "rule", "message"),
    [
        (
            "goal: Win accounts that stay\n",
            "",
            "process-goal-changed",
            "`new_business` has the goal “Win accounts that stay” now; so far none was written.",
        ),
        (
            "currency: EUR\n",
            "",
            "process-currency-changed",
            "Money in `new_business` is in EUR now; so far it was in no currency.",
        ),
        (
            "    arrivals: 10 per week\n",
            "",
            "source-arrives-otherwise",
            "`web` brings 10 deals per week now; so far nothing said how many.",
        ),
        (
            "    cost: 40\n",
            "",
            "source-cost-higher",
            "A deal from `web` costs 40 now; so far no cost was written.",
        ),
    ],
)
def test_each_way_back_is_said(before: str, after: str, rule: str, message: str) -> None:
    back = edits(BASE.replace(before, after), BASE)
    assert [edit.message for edit in back if edit.rule == rule] == [message]


def test_a_meeting_point_is_called_so() -> None:
    without = SPLIT.replace("next: meet}", "next: won}").replace(
        "  meet: {wait_for: [legal, money], next: won}\n", ""
    )
    messages = [edit.message for edit in edits(without, SPLIT)]
    assert "`meet` is new: a meeting point that nobody works on." in messages


def test_several_targets_stand_side_by_side() -> None:
    after = SPLIT.replace("{sent: {to: [legal, money]}}", "{sent: {to: legal}}")
    after = after.replace("[legal, money], next", "[legal], next").replace(
        "  money: {by: finance, next: meet}\n", ""
    )
    messages = [edit.message for edit in edits(SPLIT, after)]
    assert (
        "`offer.sent` leads to `legal` now instead of to `legal` and `money` side by side."
        in messages
    )


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            "ask",
            "quote",
            "`prepare.quote.ask` lies in another branch now, as `prepare.terms.ask`: it runs beside other steps.",
        ),
        (
            "sell",
            "settle",
            "`prepare.quote.ask` lies in `settle` and no longer in `prepare` now, as `settle.price.ask`: it runs beside other steps.",
        ),
    ],
)
def test_a_step_that_moves_says_from_where_to_where(before: str, after: str, message: str) -> None:
    text = """\
salesflow: 1
process: smb
sources: {inbound: {start: prepare}}
steps:
  prepare:
    parallel:
      quote: {start: write, steps: {write: {by: sales, next: QUOTE}, ask: {by: buyer, wait: 3d, next: done}}}
      terms: {start: draft, steps: {draft: {by: legal, next: done}}}
    next: settle
  settle:
    parallel:
      price: {start: agree, steps: {agree: {by: sales, next: done}}}
    next: won
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
    ask = ", ask: {by: buyer, wait: 3d, next: done}"
    old = text.replace("QUOTE", "ask")
    new = text.replace(ask, "").replace("QUOTE", "done")
    there = (
        "draft: {by: legal, next: done}" if after == "quote" else "agree: {by: sales, next: done}"
    )
    new = new.replace(there, there.replace("done", "ask") + ask)
    assert message in [edit.message for edit in edits(old, new)]


def test_people_outside_declared_departments_are_called_by_their_role() -> None:
    after = SPLIT.replace("legal: {by: legal", "legal: {by: lawyers")
    (edit,) = edits(SPLIT, after)
    assert edit.rule == "step-changes-hands"
    assert edit.message == "`legal` is taken over by lawyers; so far legal did it."


def test_what_lies_in_a_process_that_is_run_is_told_with_its_name() -> None:
    new = BASE.replace("effort: 30min", "effort: 45min").replace("share: 40%", "share: 50%")
    old_run, new_run = (run_by_another(loaded(text)) for text in (BASE, new))
    told = [(edit.message, edit.audience) for edit in changed(old_run, new_run).edits]
    assert told == [
        ("`new_business.call` takes 45min of effort now instead of 30min.", ("sales",)),
        (
            "`new_business.call.interested` is taken by 50% of the deals at `new_business.call` "
            "now instead of 40%.",
            ("sales", "reporting"),
        ),
    ]


def test_a_step_that_runs_a_process_concerns_whoever_works_in_it() -> None:
    process = run_by_another(loaded(BASE))
    quick = process.steps["sell"].replace(requires=("company",))
    new = process.replace(steps=FrozenMap({"sell": quick}))
    (edit,) = changed(process, new).edits
    assert edit.rule == "step-requires-more"
    assert edit.audience == ("legal", "sales", "security", "running deals")


def test_a_result_that_leads_to_a_run_concerns_whoever_begins_there() -> None:
    process = run_by_another(loaded(BASE))
    sell = process.steps["sell"]
    again = sell.next["lost"].replace(targets=("sell",))
    new = process.replace(
        steps=FrozenMap({"sell": sell.replace(next=FrozenMap({**sell.next, "lost": again}))})
    )
    (edit,) = changed(process, new).edits
    assert edit.rule == "result-goes-elsewhere"
    assert edit.message == "`sell.lost` leads to `sell` now instead of to `lost`."
    assert "sales" in edit.audience


def test_a_block_of_one_branch_is_done_with_it() -> None:
    text = """\
salesflow: 1
process: smb
sources: {inbound: {start: prepare}}
steps:
  prepare:
    parallel:
      quote: {steps: {write: {by: sales, next: done}}}
      terms: {steps: {draft: {by: legal, next: done}}}
    join: all
    next: won
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
    one = text.replace("      terms: {steps: {draft: {by: legal, next: done}}}\n", "")
    (edit,) = edits(one, one.replace("join: all", "join: any"))
    assert edit.message == (
        "Deals leave `prepare` after as many branches as before: "
        "`join` is written any now instead of all."
    )
    messages = [edit.message for edit in edits(one.replace("join: all", "join: any"), text)]
    assert (
        "Deals leave `prepare` when both its branches are done now; so far when its branch is done."
    ) in messages


def test_a_long_condition_is_shown_by_its_beginning() -> None:
    long = " or ".join(f"amount == {number}" for number in range(100, 200))
    (message,) = said("when: amount < 20000}", f"when: {long}}}", "result-allowed-for-fewer")
    assert "amount == 100 or amount == 101" in message
    assert "…` now; so far when `amount < 20000`." in message
    assert len(message) < 450


def test_a_stage_of_a_block_concerns_whoever_works_in_it() -> None:
    text = BASE.replace("  papers:\n    parallel:", "  papers:\n    stage: signing\n    parallel:")
    (edit,) = edits(text, text.replace("win_chance: 90%", "win_chance: 80%"))
    assert edit.audience == ("legal", "security", "reporting")


def test_a_step_that_becomes_a_block_keeps_its_people_inside() -> None:
    block = """\
  sign:
    parallel: {deal: {steps: {agree: {by: buying_team, wait: 3d, next: {signed: done}}}}}
    next: won
"""
    there, back = edits(BASE, BASE.replace(SIGN, block)), edits(BASE.replace(SIGN, block), BASE)
    said_there, said_back = ([edit.message for edit in found] for found in (there, back))
    assert (
        "Nobody but those inside works on `sign` any more; so far buyer (`buying_team`) did it."
    ) in said_there
    assert "`sign` is done by buyer (`buying_team`) now; so far the work lay in it." in said_back
