"""The chain where values decide: drawn once, read at several places, changed on the way."""

from pathlib import Path
from typing import Any

import pytest

import salesflow as sf
from salesflow.analysis.chain import Chain, chain_of
from salesflow.source.write import emit

Data = dict[str, Any]
FIELDS: Data = {
    "amount": {"type": "money"},
    "budget": {"type": "money"},
    "region": {"type": "choice", "values": ["dach", "amer", "apac"]},
    "home": {"type": "choice", "values": ["dach", "amer", "apac"]},
    "vip": {"type": "yes_no"},
    "urgent": {"type": "yes_no"},
}
OUTCOMES = {"won": {"kind": "won"}, "lost": {"kind": "lost"}}
EVEN = {"min": 0, "max": 400}


def chain(steps: Data, gives: Data | None = None, **more: Any) -> Chain:
    """The chain of a process that starts at its first step."""
    data: Data = {
        "salesflow": 1,
        "process": "tried",
        "value": "amount",
        "data": FIELDS,
        "sources": {"web": {"start": next(iter(steps)), **({"gives": gives} if gives else {})}},
        "steps": steps,
        "outcomes": OUTCOMES,
    }
    return chain_of(sf.load(data | more))


def asks(when: str, yes: str = "won", other: str = "lost") -> Data:
    """A step that only asks."""
    return {"next": {"good": {"to": yes, "when": when}, "bad": {"to": other, "otherwise": True}}}


def won(known: Chain) -> float:
    """The chance to win."""
    assert known.missing == ()
    assert known.all is not None
    return known.all.won


def test_branches_that_ask_for_one_value_agree_on_it() -> None:
    def branch(limit: int) -> Data:
        steps = {"check": asks(f"amount >= {limit}", "more", "done"), "more": {"next": "done"}}
        return {"start": "check", "steps": steps}

    block = {"parallel": {"big": branch(200), "huge": branch(300)}, "next": "offer"}
    known = chain({"papers": block, "offer": asks("amount >= 300")}, {"amount": EVEN})
    assert known.exact
    assert won(known) == pytest.approx(0.25)
    assert known.all is not None
    assert known.all.value == pytest.approx(350 / 4)
    assert known.all.visits["papers.big.more"] == pytest.approx(0.5)
    assert known.all.visits["papers.huge.more"] == pytest.approx(0.25)


def test_branches_that_ask_for_one_of_a_few_values_agree_on_it() -> None:
    def branch(word: str) -> Data:
        return {
            "start": "check",
            "steps": {"check": asks(f"region == {word}", "more", "done"), "more": {"next": "done"}},
        }

    block = {"parallel": {"one": branch("dach"), "two": branch("amer")}, "next": "offer"}
    given = {"region": {"dach": "50%", "amer": "30%", "apac": "rest"}}
    known = chain({"papers": block, "offer": asks("region == apac")}, given)
    assert known.exact
    assert won(known) == pytest.approx(0.2)


def test_branches_that_write_what_others_read_are_not_exact() -> None:
    one = {"start": "check", "steps": {"check": asks("vip", "done", "done")}}
    two = {"start": "ask", "steps": {"ask": {"captures": {"vip": "50%"}, "next": "done"}}}
    known = chain(
        {"papers": {"parallel": {"one": one, "two": two}, "next": "offer"}, "offer": asks("vip")},
        {"vip": "10%"},
    )
    assert known.approximate == ("branches of `papers` change what others of it look at",)
    assert won(known) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("when", "chance"),
    [
        ("amount > 100 and amount <= 300", 0.5),
        ("amount == 100", 0.0),
        ("not amount > 100", 0.25),
        ("amount * 2 - 100 >= 300", 0.5),
        ("100 - amount > 0", 0.25),
        ("amount > 100 or vip", 0.75 + 0.25 * 0.3),
        ("amount > budget", 1 - 0.5 * 0.25 - 0.5 * 0.75),
        ("vip == urgent", 0.3 * 0.6 + 0.7 * 0.4),
        ("urgent == true", 0.6),
        ("false == vip", 0.7),
        ("region != home", 1 - 0.5 * 0.2 - 0.5 * 0.8),
        ("region == region", 1.0),
        ("amer == region", 0.5),
        ("source == web", 1.0),
        ("filled(amount) and not filled(contact)", 1.0),
    ],
)
def test_chances_of_conditions(when: str, chance: float) -> None:
    given = {
        "amount": EVEN,
        "budget": {"any_of": {"100": "50%", "300": "rest"}},
        "vip": "30%",
        "urgent": "60%",
        "region": {"dach": "50%", "amer": "rest"},
        "home": {"dach": "20%", "amer": "rest"},
    }
    fields = FIELDS | {"contact": {"type": "text"}}
    assert won(chain({"ask": asks(when)}, given, data=fields)) == pytest.approx(chance)


def test_what_is_not_told_is_said() -> None:
    both = chain({"ask": asks("amount > budget")}, {"amount": EVEN, "budget": EVEN})
    assert both.missing == ("`ask.good` compares several drawn values: `amount > budget`",)
    unsaid = chain({"ask": asks("amount > 5")}, {"amount": "filled"})
    assert unsaid.missing == ("`ask.good` asks for `amount`, and its values are not drawn",)
    copied = {"to": "next_one", "set": {"budget": "amount * 2"}}
    steps = {
        "ask": {"next": {"on_it": copied}},
        "next_one": {"captures": {"amount": EVEN}, "next": "last"},
        "last": asks("budget > amount"),
    }
    anew = chain(steps, {"amount": EVEN})
    assert anew.missing == ("`budget` was worked out from a `amount` that is drawn anew",) or (
        "several drawn values" in anew.missing[0]
    )
    mixed = {"to": "last", "set": {"budget": "amount + budget"}}
    of_two = chain(
        {"ask": {"next": {"on_it": mixed}}, "last": asks("budget > 100")},
        {"amount": EVEN, "budget": EVEN},
    )
    assert "its values are not drawn" in of_two.missing[0]


def test_a_field_worked_out_from_another_knows_of_it() -> None:
    copied = {"to": "ask", "set": {"budget": "amount * 2 + 100"}}
    steps = {
        "call": {"next": {"on_it": copied}},
        "ask": asks("budget > 500", "again"),
        "again": asks("amount > 300"),
    }
    known = chain(steps, {"amount": EVEN})
    assert won(known) == pytest.approx(0.25)
    assert known.all is not None
    assert known.all.value == pytest.approx(350 / 4)


def test_the_worth_may_be_worked_out_from_another_field() -> None:
    steps = {"call": {"next": {"on_it": {"to": "won", "set": {"amount": "budget / 2"}}}}}
    known = chain(steps, {"budget": EVEN}).all
    assert known is not None
    assert known.value == pytest.approx(100)
    unsaid = chain(steps, {"budget": "filled"}).all
    assert unsaid is not None
    assert unsaid.value is None


def test_what_cannot_happen_twice_is_not_followed() -> None:
    piled = {
        "call": {"next": {"both": {"to": ["one", "two"]}}},
        "one": {"next": {"on_it": {"to": ["meet", "one"]}}},
        "two": {"next": "meet"},
        "meet": {"wait_for": ["one", "two"], "next": "won"},
    }
    assert chain(piled).missing[0] in (
        "`one` can arrive twice at `meet`",
        "`one` can be entered twice at once",
    )
    twice = {
        "call": {"next": {"both": {"to": ["one", "two"]}}},
        "one": {"next": "two"},
        "two": {"next": "won"},
    }
    assert (
        chain(twice).missing == ("`two` can be entered twice at once",) or chain(twice).approximate
    )


def test_a_standstill_takes_the_timer_or_stays() -> None:
    never = {"good": {"to": "won", "when": "vip"}}
    assert won(chain({"ask": {"next": never}}, {"vip": "40%"})) == pytest.approx(0.4)
    stuck = chain({"ask": {"next": never}}, {"vip": "40%"}).all
    assert stuck is not None
    assert stuck.stuck == pytest.approx(0.6)
    timed = {"next": never | {"late": "lost"}, "timeout": {"after": "9d", "result": "late"}}
    late = chain({"ask": timed}, {"vip": "40%"}).all
    assert late is not None
    assert late.lost == pytest.approx(0.6)
    inner = {"ask": {"next": {"good": {"to": "done", "when": "vip"}}}}
    block = {
        "parallel": {"one": {"steps": inner}},
        "timeout": {"after": "9d", "result": "late"},
        "next": {"done": "won", "late": "lost"},
    }
    assert won(chain({"papers": block}, {"vip": "40%"})) == pytest.approx(0.4)


def test_the_first_branch_that_is_done_may_come_after_one_that_left() -> None:
    inner = {
        "check": {
            "next": {
                "fine": {"to": "done", "share": "50%"},
                "bad": {"to": "leave", "share": "rest"},
            }
        }
    }
    block = {
        "parallel": {f"b{n}": {"steps": inner} for n in range(3)},
        "join": "any",
        "next": {"done": "won", "bad": "lost"},
    }
    known = chain({"papers": block})
    assert won(known) == pytest.approx(0.5)
    assert known.approximate
    some = chain({"papers": block | {"join": {"at_least": 2}}})
    # 3 done, or 2 of 3 and the one that leaves comes last
    assert won(some) == pytest.approx(1 / 8 + 3 / 8 / 3)


def test_runs_count_and_remember_by_their_own_paths(tmp_path: Path) -> None:
    again = {"to": "check", "share": "50%", "at_most": 1}
    more = {"to": "agreed", "when": "times(check.again) >= 1", "share": "50%"}
    inner = {
        "salesflow": 1,
        "process": "inner",
        "data": {"amount": {"type": "money"}, "vip": {"type": "yes_no"}},
        "sources": {"asked": {"start": "check"}},
        "steps": {
            "check": {
                "captures": {"vip": "50%"},
                "next": {"again": again, "more": more, "stop": {"to": "last", "otherwise": True}},
            },
            "last": asks("visited(check) and amount > 100", "agreed", "refused"),
        },
        "outcomes": {"agreed": {"kind": "done"}, "refused": {"kind": "failed"}},
    }
    ask = {"run": "inner", "next": {"agreed": "done", "refused": "leave"}}
    papers = {
        "parallel": {"one": {"steps": {"ask": ask}}},
        "next": {"done": "sign", "refused": "lost"},
    }
    main = {
        "salesflow": 1,
        "process": "main",
        "use": ["inner.salesflow.yaml"],
        "value": "amount",
        "data": {"amount": {"type": "money"}, "vip": {"type": "yes_no"}},
        "sources": {"web": {"start": "papers", "gives": {"amount": EVEN}}},
        "steps": {"papers": papers, "sign": asks("vip and amount > 200")},
        "outcomes": OUTCOMES,
    }
    for name, data in (("inner", inner), ("main", main)):
        (tmp_path / f"{name}.salesflow.yaml").write_text(emit(data), encoding="utf-8")
    known = chain_of(sf.load(tmp_path / "main.salesflow.yaml"))
    # The first check always goes round again, the second always agrees; then vip is drawn anew.
    assert known.exact
    assert known.all is not None
    assert known.all.visits["papers.one.ask.check"] == pytest.approx(2)
    assert known.all.won == pytest.approx(0.25)
    assert known.all.value == pytest.approx(75)


def test_numbers_beyond_reason_are_no_crash() -> None:
    grow = {
        "to": "call",
        "share": "50%",
        "at_most": 40,
        "set": {"amount": "amount * 999999999999999"},
    }
    steps = {
        "call": {"next": {"grows": grow, "stop": {"to": "ask", "share": "rest"}}},
        "ask": asks("amount > 1"),
    }
    known = chain(steps, {"amount": EVEN})
    assert known.missing == ("its numbers grow too large",)
    wide = chain({"ask": {"next": "won"}}, {"amount": {"median": 1, "p90": 100000000000000}})
    assert won(wide) == 1


def test_runs_that_run_runs_are_followed_only_so_far(tmp_path: Path) -> None:
    again = {"to": "one", "share": "50%", "at_most": 3}
    ends = {"agreed": {"kind": "done"}}
    names = [f"level{n}" for n in range(18)]
    for name, inner in zip(names, [*names[1:], ""], strict=True):
        run: Data = (
            {"run": inner, "next": {"agreed": "two"}}
            if inner
            else {"next": {"again": again, "on_it": {"to": "two", "share": "rest"}}}
        )
        other: Data = {"run": inner, "next": {"agreed": "agreed"}} if inner else {"next": "agreed"}
        data = {
            "salesflow": 1,
            "process": name,
            **({"use": [f"{inner}.salesflow.yaml"]} if inner else {}),
            "sources": {"asked": {"start": "one"}},
            "steps": {"one": run, "two": other},
            "outcomes": ends,
        }
        (tmp_path / f"{name}.salesflow.yaml").write_text(emit(data), encoding="utf-8")
    known = chain_of(sf.load(tmp_path / "level0.salesflow.yaml"))
    assert known.missing == ("there are too many different deals to follow",)


def test_threads_that_write_what_others_read_are_not_exact() -> None:
    steps = {
        "call": {"next": {"both": {"to": ["one", "two"]}}},
        "one": {"captures": {"vip": "50%"}, "next": "meet"},
        "two": asks("vip", "meet", "meet"),
        "meet": {"wait_for": ["one", "two"], "next": "won"},
    }
    known = chain(steps, {"vip": "10%"})
    assert known.approximate == ("threads of `call.both` change what others of them look at",)
    steps["one"] = {"next": "meet"}
    assert chain(steps, {"vip": "10%"}).exact


def test_only_what_the_worth_is_set_to_changes_it() -> None:
    fields = FIELDS | {"size": {"type": "number"}}
    result = {
        "to": "won",
        "set": {"amount": "amount * 2", "size": 7, "budget": 900, "home": "dach"},
    }
    known = chain({"call": {"next": {"ok": result}}}, {"amount": 100}, data=fields)
    assert known.all is not None
    assert known.all.value == pytest.approx(200)
    other = {"to": "won", "set": {"size": 7, "budget": 900}}
    known = chain({"call": {"next": {"ok": other}}}, {"amount": 100}, data=fields)
    assert known.all is not None
    assert known.all.value == pytest.approx(100)
    emptied = {
        "to": "won",
        "set": {"amount": "filled"},
    }  # filled with something: it keeps what it has
    known = chain({"call": {"next": {"ok": emptied}}}, {"amount": 100}, data=fields)
    assert known.all is not None
    assert known.all.value == pytest.approx(100)
