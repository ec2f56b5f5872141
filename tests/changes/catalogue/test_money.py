"""What costs something, said with both currencies where a country has another one."""

import salesflow as sf
from salesflow.changes.comparing import changed

OLD = """salesflow: 1
process: p
currency: EUR
departments: {sales: {people: 1, cost_per_hour: 50}}
sources: {web: {start: a, cost: 20}}
steps: {a: {by: sales, next: {yes_please: won, not_now: lost}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def messages(new: str) -> set[str]:
    return {e.message for e in changed(sf.loads(OLD), sf.loads(new)).edits}


def test_amounts_in_two_currencies_have_both() -> None:
    new = OLD.replace("EUR", "JPY").replace("cost: 20", "cost: 3000")
    told = messages(new.replace("cost_per_hour: 50", "cost_per_hour: 8000"))
    assert "An hour of `sales` now costs 8000 JPY instead of 50 EUR." in told
    assert "A deal from `web` costs 3000 JPY now instead of 20 EUR." in told
    gone = messages(OLD.replace("EUR", "JPY").replace(", cost: 20", ""))
    assert "A deal from `web` costs nothing any more; so far it was 20 EUR." in gone


def test_amounts_in_one_currency_are_as_short_as_ever() -> None:
    told = messages(OLD.replace("cost: 20", "cost: 30").replace("hour: 50", "hour: 60"))
    assert told == {
        "An hour of `sales` now costs 60 EUR instead of 50.",
        "A deal from `web` costs 30 now instead of 20.",
    }
