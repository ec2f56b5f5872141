"""What a hover tells: each kind of element, keys, rules; and that text of users stays text."""

from pathlib import Path

import pytest

import salesflow as sf
from salesflow.language_server.figures import odds_of
from salesflow.language_server.hover import hover
from salesflow.language_server.meanings import Meanings
from salesflow.language_server.verdicts import Verdicts
from tests.language_server.desks import EXAMPLES, laid, sheet_in, shelf_of

ENTERPRISE = EXAMPLES / "enterprise"


@pytest.fixture(scope="module")
def known() -> tuple[Meanings, Verdicts]:
    shelf, verdicts = shelf_of(ENTERPRISE), Verdicts()
    shown = shelf.shown()
    verdicts.check(shown, shown.roots[:2], lambda: False)
    return Meanings(shelf.sheets()), verdicts


def told(known: tuple[Meanings, Verdicts], place: str, file: str = "enterprise") -> str:
    """What a hover tells at the mark ``|`` of a piece that stands once in a file."""
    meanings, verdicts = known
    sheet = sheet_in(meanings, f"{file}.salesflow.yaml")
    before, after = place.split("|")
    assert sheet.text.count(before + after) == 1
    at = sheet.text.index(before + after) + len(before)
    facts = verdicts.models[str(ENTERPRISE / "enterprise.salesflow.yaml")]
    found = hover(meanings, sheet, at, facts)
    return found.markdown if found is not None else ""


def test_a_step_says_who_does_it_what_it_takes_and_where_it_leads(
    known: tuple[Meanings, Verdicts],
) -> None:
    assert told(known, "  disco|very:\n    name") == (
        "**Discovery** · `discovery` · step\n\n"
        "Done by `account_executive` (`sales`), with the customer.\n\n"
        "Takes min 2h, usual 4h, max 9h of work, then waits median 6d, p90 16d.\n\n"
        "A deal enters the stage `qualification` here.\n\n"
        "Requires `company` and `contact`. Captures `champion` and `need`.\n\n"
        "- `real_need` → `solution` (45%)\n"
        "- `later` → `nurture` (20%, at most 2 times)\n"
        "- `no_need` → `lost` (35%)\n\n"
        "*About, as limits are left out: of 100 deals 34 come here. "
        "Of 100 that come here 18 are won.*"
    )


@pytest.mark.parametrize(
    ("place", "file", "lines"),
    [
        ("\n  contract|ing:\n    name", "enterprise", ["Runs `legal`, `security` and `purchasing` side by side until all are done.", "Broken off after 90d with `stalled`."]),
        ("      legal|:\n        start", "enterprise", ["`legal` · branch of `contracting`", "Its steps: `draft`, `customer_review` and `redline`."]),
        ("by: deal_|desk\n    requires: [quote, discount]", "enterprise", ["`deal_desk` · role in `finance`", "Does `pricing` and `book_order`."]),
        ("  finan|ce:\n", "organization", ["Roles: `deal_desk` and `controller`.", "Hands deals to `sales`."]),
        ("  deploy|ment:  ", "organization", ["One of `cloud` and `on_premises`.", "Filled by `solution`.", "Needed by `contracting`."]),
        ("  lo|st:         {", "enterprise", ["`lost` · outcome, counts as lost", "Requires `loss_reason`."]),
        ("  qualific|ation: {", "enterprise", ["Shown in `salesforce` as `Qualification`."]),
        ("  ask_pre|sales: ", "enterprise", ["`presales` owes `solution_outline`.", "Work begins within 3bd for 80% of deals."]),
        ("four_eyes|_on", "enterprise", ["`quotation` and `approve_discount` are never done by the same person."]),
        ("  six_|months: ", "enterprise", ["p90 of time from `discovery` to `won`: at most 240 days."]),
        ("  web|site:\n", "enterprise", ["Deals start at `qualify`.", "21 per week come while `europe` is open."]),
        ("  eur|ope:\n", "organization", ["Open 39.75 hours a week in `Europe/Berlin`, closed on 9 holidays. `1bd` is 7.95 hours."]),
        ("use: [organi|zation", "enterprise", ["organization `halden`"]),
        ("when: deployment == clo|ud  ", "enterprise", []),
        ("    sl|a: {within: 5bd", "enterprise", ["**Service level** · `sla`"]),
        ("steps.qualify.sl|a:", "enterprise_dach", ["**Service level** · `sla`"]),
        ("steps.quali|fy.sla", "enterprise_dach", ["**Qualify the lead** · `qualify` · step"]),
        ("roles.coun|sel.people", "second_lawyer", ["`counsel` · role in `legal`"]),
        ("      qualify: meeting|_booked\n      discovery: real_need\n      solution: wants_quote\n      pilot: convinced\n      contracting: done\n      contracting.legal", "enterprise_tests", ["`meeting_booked` → `discovery` (27%)."]),
    ],
)  # fmt: skip
def test_each_kind_of_element_says_what_it_is(
    known: tuple[Meanings, Verdicts], place: str, file: str, lines: list[str]
) -> None:
    if lines:
        assert set(lines) <= set(told(known, place, file).split("\n\n"))


def test_figures_are_those_of_the_chain() -> None:
    text = """
salesflow: 1
process: p
sources: {web: {start: a, arrivals: 1 per day}}
steps:
  a: {by: x, next: {go: {to: b, share: 40%}, stop: {to: lost, share: rest}}}
  b: {by: x, next: {again: {to: b, share: 50%}, win: {to: won, share: 30%}, lose: {to: lost, share: rest}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
    process = sf.loads(text)
    from salesflow.analysis.chain import chain_of

    odds = odds_of(process, chain_of(process), "b")
    assert odds is not None
    assert odds.reached == pytest.approx(0.4)
    assert odds.won == pytest.approx(0.6)  # 0.3 of 0.5 that leave
    assert odds.visits == pytest.approx(0.8)


def test_rules_in_comments_are_explained(tmp_path: Path) -> None:
    text = "salesflow: 1\nprocess: p\nsteps:\n  a: {by: x}  # salesflow: ignore[dead-end, nothing] why\n"
    shelf = shelf_of(laid(tmp_path, {"p.salesflow.yaml": text}))
    meanings = Meanings(shelf.sheets())
    sheet = sheet_in(meanings, "p.salesflow.yaml")
    found = hover(meanings, sheet, text.index("dead-end") + 2, None)
    assert found is not None
    assert sheet.text[found.start : found.end] == "dead-end"
    assert "dead-end" in found.markdown
    assert hover(meanings, sheet, text.index("nothing") + 2, None) is None


def test_what_users_wrote_is_no_markup() -> None:
    text = """
salesflow: 1
process: p
sources: {web: {start: a}}
steps:
  a: {name: "<b>[x](http://evil) `", description: "# *loud*", by: x, next: won}
outcomes: {won: {kind: won}}
"""
    from salesflow.checking.facts import Facts
    from salesflow.language_server.mention import FLOW, Name
    from salesflow.language_server.told import told as tell

    shown = tell(Facts(sf.loads(text)), Name(FLOW, ("a",)))
    assert not set("<[*#") & set(shown.split("\n\n")[0].replace("**", "", 2).replace("&#", ""))
    assert "*loud*" not in shown
