"""Work asked of roles against time that is there."""

from typing import Any

import pytest

import salesflow as sf
from salesflow.analysis.chain import chain_of
from salesflow.analysis.load import Loads, loads_of
from salesflow.analysis.schedules import Schedules

Data = dict[str, Any]
OFFICE = {"timezone": "Europe/Berlin", "hours": {"mon-fri": "09:00-17:00"}}


def loads(**changes: Any) -> Loads:
    """The loads of ten deals a week that a seller calls and a seller and an engineer show."""
    data: Data = {
        "salesflow": 1,
        "process": "tried",
        "calendars": {"office": OFFICE},
        "departments": {
            "sales": {"calendar": "office", "roles": {"seller": {"people": 2, "available": "50%"}}},
            "presales": {"calendar": "office", "roles": {"engineer": {"people": 1}}},
            "customer": {"external": True, "roles": {"buyer": {}}},
        },
        "sources": {"web": {"start": "call", "arrivals": "10 per week"}},
        "steps": {
            "call": {
                "by": "seller",
                "effort": "1h",
                "next": {
                    "fit": {"to": "demo", "share": "40%"},
                    "misfit": {"to": "lost", "share": "rest"},
                },
            },
            "demo": {
                "by": "engineer",
                "with": ["seller"],
                "effort": {"min": "1h", "usual": "2h", "max": "3h"},
                "next": "decide",
            },
            "decide": {
                "by": "buyer",
                "effort": "1h",
                "next": {
                    "buys": {"to": "won", "share": "50%"},
                    "passes": {"to": "lost", "share": "rest"},
                },
            },
        },
        "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
    }
    process = sf.load(data | changes)
    return loads_of(process, chain_of(process), Schedules(process))


def test_joint_work_takes_all_as_long_as_the_one_who_gives_least() -> None:
    roles = loads().roles
    assert [*roles] == ["engineer", "seller"]  # nobody of ours works for the buyer
    seller, engineer = roles["seller"], roles["engineer"]
    assert seller.open_hours == engineer.open_hours == 40
    assert seller.hours == pytest.approx((10 * 1 + 4 * 2) / 0.5)
    assert seller.share == pytest.approx(36 / 80)
    assert engineer.hours == pytest.approx(4 * 2 / 0.5)  # as long as the seller takes
    assert engineer.share == pytest.approx(16 / 40)
    assert [task.path for task in seller.tasks] == ["call", "demo"]


def test_how_many_people_and_how_much_of_their_time_would_do() -> None:
    seller = loads(sources={"web": {"start": "call", "arrivals": "30 per week"}}).roles["seller"]
    assert seller.share == pytest.approx(1.35)
    assert seller.people_for(0.85) == 4  # 2 * 1.35 / 0.85 = 3.2
    assert seller.available_for(0.85) == 0.8  # 54h / 80h / 0.85 = 79.4%
    assert seller.people_for(1.35 + 1e-9) == 2
    many = loads(sources={"web": {"start": "call", "arrivals": "300 per week"}}).roles["seller"]
    assert many.available_for(0.85) is None
    # The engineer waits for the seller: more time of its own changes nothing.
    engineer = loads(sources={"web": {"start": "call", "arrivals": "30 per week"}}).roles[
        "engineer"
    ]
    assert engineer.share == pytest.approx(1.2)
    assert engineer.available_for(0.85) is None


def test_holidays_of_the_year_count() -> None:
    closed = {**OFFICE, "holidays": ["2026-05-01", "2026-12-25"]}
    assert loads(calendars={"office": closed}).roles["seller"].open_hours == pytest.approx(
        40 - 2 * 8 / 52
    )


def test_batches_come_at_their_weekly_rate() -> None:
    batch = {"web": {"start": "call", "arrivals": {"every": "2w", "batch": 20}}}
    assert loads(sources=batch).roles["seller"].hours == pytest.approx(36)


def test_what_keeps_loads_from_being_known_is_said() -> None:
    assert loads(sources={"web": {"start": "call"}}) == Loads({}, ("`arrivals` of `web`",))
    steps = {"call": {"by": "seller", "effort": "1h", "next": {"fit": "won", "misfit": "lost"}}}
    assert loads(steps=steps).missing == ("`share` at the results of `call`",)


def test_work_within_a_run_counts(tmp_path: Any) -> None:
    outcomes = {"agreed": {"kind": "done"}, "refused": {"kind": "failed"}}
    departments = {"sales": {"roles": {"seller": {"people": 1}}}}
    step = {
        "by": "seller",
        "effort": "2h",
        "next": {
            "yes_it_is": {"to": "agreed", "share": "25%"},
            "again": {"to": "check", "share": "50%"},
            "never": {"to": "refused", "share": "rest"},
        },
    }
    inner = {
        "salesflow": 1,
        "process": "inner",
        "use": ["people.salesflow.yaml"],
        "sources": {"asked": {"start": "check"}},
        "steps": {"check": step},
        "outcomes": outcomes,
    }
    main = {
        "salesflow": 1,
        "process": "main",
        "use": ["people.salesflow.yaml", "inner.salesflow.yaml"],
        "sources": {"web": {"start": "ask", "arrivals": "6 per week"}},
        "steps": {"ask": {"run": "inner", "next": {"agreed": "won", "refused": "lost"}}},
        "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
    }
    people = {"salesflow": 1, "organization": "acme", "departments": departments}
    from salesflow.source.write import emit

    for name, data in (("inner", inner), ("main", main), ("people", people)):
        (tmp_path / f"{name}.salesflow.yaml").write_text(emit(data), encoding="utf-8")
    process = sf.load(tmp_path / "main.salesflow.yaml")
    chain = chain_of(process)
    assert chain.all is not None
    assert chain.all.win_rate == pytest.approx(0.5)
    assert chain.all.visits["ask.check"] == pytest.approx(2)
    (load,) = loads_of(process, chain, Schedules(process)).roles.values()
    assert load.hours == pytest.approx(6 * 2 * 2)
    assert load.open_hours == 168


def test_steps_that_no_deal_comes_to_and_effort_that_nobody_tells_are_no_work() -> None:
    idle = {"by": "seller", "effort": "5h", "next": "won"}
    steps: Data = {
        "call": {"by": "seller", "effort": "1h", "next": "think"},
        "think": {"by": "seller", "next": "won"},
        "unused": idle,
        "never": idle,
    }
    seller = loads(steps=steps).roles["seller"]
    assert [(task.path, task.visits, task.effort, task.beside) for task in seller.tasks] == [
        ("call", 10.0, 10.0, 1.0)
    ]


def test_the_most_work_is_told_first_and_equal_work_by_its_name() -> None:
    work = {"by": "seller", "effort": "1h"}
    steps: Data = {
        "call": {**work, "next": "chat"},
        "chat": {**work, "effort": "3h", "next": "amend"},
        "amend": {**work, "next": "won"},
    }
    tasks = loads(steps=steps).roles["seller"].tasks
    assert [(task.path, task.hours(0.5)) for task in tasks] == [
        ("chat", 60.0),
        ("amend", 20.0),
        ("call", 20.0),
    ]


@pytest.mark.parametrize(
    ("rate", "overloaded", "tight"),
    [(84, False, False), (85, False, True), (99, False, True), (100, True, False)],
)
def test_from_where_on_it_is_tight_or_too_much(rate: int, overloaded: bool, tight: bool) -> None:
    step = {"by": "engineer", "effort": "24min", "next": "won"}  # 40h a week for 100 deals
    sources = {"web": {"start": "call", "arrivals": f"{rate} per week"}}
    engineer = loads(steps={"call": step}, sources=sources).roles["engineer"]
    assert (engineer.overloaded, engineer.tight) == (overloaded, tight)
    assert engineer.hours_at(0.5) == pytest.approx(2 * engineer.hours)


def test_roles_of_nobody_and_people_who_are_never_there() -> None:
    departments = {"sales": {"roles": {"seller": {"people": 0, "available": "50%"}, "other": {}}}}
    step = {"by": "seller", "with": ["other"], "effort": "1h", "next": "won"}
    assert loads(departments=departments, steps={"call": step}).roles == {}
    shut = {"timezone": "Europe/Berlin", "hours": {"mon": "09:00-10:00"}, "holidays": []}
    found = loads(calendars={"office": shut}).roles["seller"]
    assert found.open_hours == 1
    assert found.there == 2
