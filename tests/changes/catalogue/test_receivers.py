"""Whom it concerns that a step ends otherwise: who gets deals behind it, who hands them to it."""

import pytest

from salesflow.changes.catalogue.example import BASE
from salesflow.changes.catalogue.receivers import givers, takers
from salesflow.changes.catalogue.shown import loaded
from salesflow.changes.comparing import changed
from salesflow.changes.difference import Diff

OFFICE = "{timezone: Europe/Berlin, hours: {mon-fri: '09:00-17:00'}}"
DECIDES = f"""\
salesflow: 1
process: smb
calendars: {{office: {OFFICE}}}
departments:
  sales: {{calendar: office, roles: {{rep: {{people: 3}}, boss: {{people: 1}}}}}}
  legal: {{calendar: office, people: 2}}
  finance: {{calendar: office, people: 2}}
  buyer: {{external: true}}
data: {{discount: {{type: percent}}, region: {{type: text}}}}
sources: {{inbound: {{start: offer, department: sales, gives: {{discount: filled}}}}}}
steps:
  offer: {{by: rep, next: {{made: judge}}}}
  judge:
    next:
      fine: {{to: papers, when: discount <= 10%}}
      ask: {{to: approve, when: discount > 10% and discount <= 20%}}
      deep: {{to: margin, otherwise: true}}
  approve: {{by: boss, next: {{yes_ok: papers}}}}
  margin: {{by: finance, next: {{good: papers, bad: lost}}}}
  papers:
    parallel:
      legal: {{steps: {{draft: {{by: legal, next: done}}}}}}
      read: {{steps: {{ask: {{by: buyer, wait: 3d, next: {{ok: done, bad: leave}}}}}}}}
    next: {{done: sign, bad: margin}}
  sign: {{by: rep, next: won}}
outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}}}
"""


def edited(*parts: tuple[str, str], text: str = DECIDES) -> Diff:
    new = text
    for before, after in parts:
        assert new.count(before) == 1, before
        new = new.replace(before, after)
    return changed(loaded(text), loaded(new))


def first(diff: Diff) -> dict[str, str]:
    return {name: lines[0].split(": `")[0] for name, lines in diff.departments.items()}


def test_decisions_and_blocks_are_looked_through() -> None:
    process = loaded(DECIDES)
    assert takers(process, process.steps["offer"].next.values()) == {
        "legal",
        "buyer",
        "sales",
        "finance",
    }
    assert takers(process, process.nodes["papers.read.ask"].next.values()) == {"sales", "finance"}
    assert givers(process, "papers") == {"sales", "finance"}
    assert givers(process, "papers.legal.draft") == {"sales", "finance"}
    assert givers(process, "sign") == {"legal", "buyer"}
    assert givers(process, "offer") == {"sales"}


def test_who_gets_what_a_narrower_condition_leaves_is_told() -> None:
    assert first(edited(("discount <= 10%}", "discount < 10%}"))) == {
        "finance": "1 change, to check. You get more deals from `judge` (for example a deal with "
        "`discount` 10%)",
        "legal": "1 change, to check. You get fewer deals from `judge` (for example no longer a "
        "deal with `discount` 10%)",
        "sales": "1 change, to check. You hand deals to `judge` that go other ways",
        "buyer": "1 change, to check. `judge.fine` is allowed when `discount < 10%` now; so far "
        "when `discount <= 10%`. A deal with `discount` 10% can no longer take it.",
    }


def test_who_gets_no_deals_any_more_is_told() -> None:
    diff = edited(("when: discount > 10% and discount <= 20%", "when: discount > 10%"))
    assert first(diff)["finance"] == ("1 change, to check. You get no deals from `judge` any more")
    back = changed(loaded(DECIDES.replace(" and discount <= 20%", "")), loaded(DECIDES))
    assert first(back)["finance"] == (
        "1 change, to check. You get deals from `judge` now; so far none came"
    )


def test_who_gets_the_same_deals_is_left_alone() -> None:
    diff = edited(("discount > 10% and discount <= 20%", "discount > 10% and discount <= 30%"))
    assert set(diff.departments) == {"finance", "sales"}


def test_what_a_decision_no_longer_asks_concerns_who_hands_over() -> None:
    diff = edited(
        ("discount <= 10%}", "discount <= 20%}"),
        ("      ask: {to: approve, when: discount > 10% and discount <= 20%}\n", ""),
        ("  approve: {by: boss, next: {yes_ok: papers}}\n", ""),
    )
    assert "finance" not in diff.departments
    wider = next(edit for edit in diff.edits if edit.rule == "result-allowed-for-more")
    assert "sales" in wider.audience


@pytest.mark.parametrize(
    ("others", "whom"),
    [(("other", "money"), {"legal", "sales"}), (("legal", "again"), {"finance", "sales"})],
)
def test_only_who_is_behind_another_target_is_told(others: tuple[str, str], whom: set[str]) -> None:
    text = """\
salesflow: 1
process: smb
sources: {inbound: {start: offer}}
steps:
  offer: {by: sales, next: {sent: {to: [legal, money]}}}
  legal: {by: legal, next: meet}
  money: {by: finance, next: meet}
  other: {by: legal, next: meet}
  again: {by: sales, next: meet}
  meet: {wait_for: [legal, money, other, again], next: won}
outcomes: {won: {kind: won}}
"""
    new = text.replace("{to: [legal, money]}", f"{{to: [{', '.join(others)}]}}")
    (edit,) = changed(loaded(text), loaded(new)).edits
    assert edit.rule == "result-goes-elsewhere"
    assert set(edit.audience) == whom


def test_who_hands_over_must_see_to_what_a_block_requires() -> None:
    diff = edited(("  papers:\n", "  papers:\n    requires: [region]\n"))
    (edit,) = diff.edits
    assert edit.audience == ("finance", "legal", "sales", "running deals")
    assert diff.departments["sales"] == (
        "1 change, breaking. You now have to see that `region` is filled before a deal comes to "
        "`papers`.",
    )
    assert diff.departments["legal"] == (
        "1 change, breaking. You can count on `region` at `papers` now: no deal comes without it.",
    )


# ---------------------------------------------------------------------------- directions of times


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("{median: 2d, p90: 8d}", "{median: 3d, p90: 6d}", "step-wait-spread"),
        ("{median: 2d, p90: 8d}", "{median: 3d, p90: 9d}", "step-wait-longer"),
        ("{median: 2d, p90: 8d}", "{median: 1d, p90: 6d}", "step-wait-shorter"),
        ("{min: 1d, max: 3d}", "{min: 0d, max: 3d}", "step-wait-shorter"),
        ("2d", "{min: 1d, max: 4d}", "step-wait-longer"),
        ("2d", "{mean: 3d}", "step-wait-longer"),
        ("2d", "{mean: 2.5d}", "step-wait-spread"),
    ],
)
def test_longer_is_what_is_nowhere_shorter(old: str, new: str, rule: str) -> None:
    before = BASE.replace("    wait: 1d\n", f"    wait: {old}\n")
    after = BASE.replace("    wait: 1d\n", f"    wait: {new}\n")
    (edit,) = changed(loaded(before), loaded(after)).edits
    assert edit.rule == rule


@pytest.mark.parametrize(
    ("new", "rule"),
    [
        ("8bh", "touchpoint-accept-shorter"),
        ("24bh", "touchpoint-accept-longer"),
        ("2d", "touchpoint-accept-clock"),
    ],
)
def test_a_business_day_is_as_long_as_the_calendar_says(new: str, rule: str) -> None:
    (edit,) = edited(("accept_within: 2bd", f"accept_within: {new}"), text=BASE).edits
    assert edit.rule == rule


def test_so_it_is_for_promises_and_limits_of_steps() -> None:
    diff = edited(
        ("sla: {within: 2bd", "sla: {within: 4bh"),
        ("{after: 3bd, by", "{after: 30bh, by"),
        text=BASE,
    )
    assert {edit.rule for edit in diff.edits} == {"step-sla-tighter", "step-escalation-later"}


# ----------------------------------------------------------------------------------------- the rest


def test_nobody_left_for_work_is_breaking() -> None:
    (edit,) = edited(("boss: {people: 1}", "boss: {people: 0}")).edits
    assert (edit.rule, edit.level) == ("role-people-none", "breaking")
    (edit,) = edited(("clerk: {people: 5}", "clerk: {people: 0}"), text=BASE).edits
    assert edit.rule == "role-people-fewer"


def test_whose_work_may_be_withdrawn_is_told() -> None:
    diff = edited(("    join: all\n", "    join: any\n"), text=BASE)
    assert diff.departments["legal"][0].startswith(
        "1 change, to check. Your work in `papers` may be withdrawn before it is done now. "
    )


def test_work_is_no_longer_withdrawn_only_where_a_block_waits_for_all() -> None:
    """With two of three branches the slowest is still withdrawn: nobody is told otherwise."""
    three = DECIDES.replace(
        "      read:", "      third: {steps: {look: {by: finance, next: done}}}\n      read:"
    )
    for old, new, freed in (
        ("any", "all", True),
        ("any", "{at_least: 2}", False),
        ("{at_least: 2}", "all", True),
    ):
        before, after = (
            three.replace(
                "    next: {done: sign, bad", f"    join: {join}\n    next: {{done: sign, bad"
            )
            for join in (old, new)
        )
        diff = changed(loaded(before), loaded(after))
        assert [edit.rule for edit in diff.edits] == ["block-joins-later"]
        told = " ".join(diff.departments.get("legal", ()))
        assert ("Your work in `papers` is no longer withdrawn." in told) is freed, (old, new, told)


def test_a_stage_concerns_whoever_comes_behind_in_it() -> None:
    (edit,) = edited(("  closing: {", "  closing: {max_age: 9d, "), text=BASE).edits
    assert edit.audience == ("legal", "sales", "security", "reporting")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("{mean: 2h}", "2h on average"),
        ("{mean: 2h, sd: 1h}", "2h on average (give or take 1h)"),
        ("{median: 2h, p90: 5h}", "typically 2h (one in ten above 5h)"),
        ("{min: 1h, usual: 2h, max: 5h}", "1h to 5h, usually 2h"),
        ("{any_of: {1h: 60%, 2h: rest}}", "1h (60%) or 2h (the rest)"),
        (
            "{any_of: {1h: 20%, 2h: 20%, 3h: 20%, 4h: 20%, 5h: rest}}",
            "1h (20%), 2h (20%), 3h (20%) or one of 2 others",
        ),
    ],
)
def test_what_is_drawn_is_said_in_words(value: str, words: str) -> None:
    (edit,) = edited(("    effort: 2h\n", f"    effort: {value}\n"), text=BASE).edits
    assert edit.message == f"`offer` takes {words} of effort now instead of 2h."


def test_shares_of_values_are_said_in_words() -> None:
    (edit,) = edited(("{emea: 60%, amer: rest}", "{emea: 70%, amer: rest}"), text=BASE).edits
    assert edit.message == (
        "`region` of deals from `web` is now emea (70%) or amer (the rest) instead of emea (60%) "
        "or amer (the rest)."
    )
