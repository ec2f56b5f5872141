"""What the shares say, in `show` and in the JSON of `check`."""

import json
from pathlib import Path

import salesflow as sf
from salesflow import api
from salesflow.cli import verdict
from salesflow.reporting.shares import lines
from salesflow.reporting.tree import tree

TEXT = """\
salesflow: 1
process: tried
currency: EUR
value: amount
calendars: {office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
departments: {sales: {people: 1, calendar: office, available: 50%}}
data: {amount: {type: money}}
sources: {web: {start: call, arrivals: 10 per week, gives: {amount: 20000}}}
steps:
  call: {by: sales, effort: 1h, next: {fit: {to: demo, share: 40%}, misfit: {to: lost, share: rest}}}
  demo: {by: sales, next: {buys: {to: won, share: 25%}, passes: {to: lost, share: rest}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""

SHOWN = """\
what the shares say
  win rate  10% of all that are won or lost
  of all deals  won 10% · lost 90%
  value of a deal  2,000 EUR; of a won one 20,000 EUR
  visits per deal  call 1 · demo 0.4
  load of sales  50%: 10h of work a week, 20h there
"""


def test_the_tree_ends_with_what_the_shares_say() -> None:
    assert tree(sf.loads(TEXT)).endswith(SHOWN)


def test_who_has_no_calendar_is_there_day_and_night() -> None:
    heads = dict(lines(sf.loads(TEXT.replace("calendar: office, ", ""))))
    assert heads["load of sales"] == (
        "11.9%: 10h of work a week, 84h there, day and night: it has no calendar"
    )


def test_what_is_missing_is_said_and_nothing_where_nobody_speaks_of_shares() -> None:
    half = TEXT.replace("{to: won, share: 25%}", "won").replace(
        "{to: lost, share: rest}}}\nout", "lost}}\nout"
    )
    assert [*lines(sf.loads(half))] == [
        ("not known yet", "it needs `share` at the results of `demo`")
    ]
    none = half.replace("{to: demo, share: 40%}", "demo").replace("{to: lost, share: rest}", "lost")
    assert [*lines(sf.loads(none))] == []


def test_sources_that_nobody_counts_are_told_apart() -> None:
    text = TEXT.replace(", arrivals: 10 per week", "").replace(
        "sources: {", "sources: {fair: {start: demo}, "
    )
    heads = dict(lines(sf.loads(text)))
    assert heads["win rate from fair"] == "25% of all that are won or lost"
    assert heads["win rate from web"] == "10% of all that are won or lost"
    assert heads["not known yet"] == "it needs `arrivals` of `fair`, `arrivals` of `web`"


def test_a_loop_for_ever_and_deals_that_get_stuck_are_told() -> None:
    text = TEXT.replace("{to: demo, share: 40%}", "{to: call, share: 100%}").replace(
        "misfit: {to: lost, share: rest}", "misfit: {to: demo, share: 0%}"
    )
    heads = dict(lines(sf.loads(text)))
    assert heads["of all deals"] == "won 0% · lost 0% · for ever in a loop 100%"
    assert heads["visits per deal"] == "call for ever"
    assert "win rate" not in heads


def test_only_the_json_of_a_check_has_the_chain(tmp_path: Path) -> None:
    file = tmp_path / "tried.salesflow.yaml"
    file.write_text(TEXT, encoding="utf-8")
    assert api.check_paths([str(file)]).processes["tried"].chain is None
    report = tmp_path / "report.json"
    verdict.check([str(file)], verdict.settings_of([str(file)]), pairs=(("json", str(report)),))
    told = json.loads(report.read_text(encoding="utf-8"))["processes"]["tried"]["chain"]
    assert told == {
        "win_rate": 0.1,
        "value": 2000.0,
        "value_per_won": 20000.0,
        "outcomes": {"won": 0.1, "lost": 0.9},
        "stuck": 0.0,
        "visits": {"call": 1.0, "demo": 0.4},
        "exact": True,
    }


def test_a_chain_that_cannot_be_told_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "tried.salesflow.yaml"
    file.write_text(TEXT.replace(", share: 25%", ""), encoding="utf-8")
    report = api.check_paths([str(file)], chains=True)
    assert "chain" not in report.to_dict()["processes"]["tried"]
