"""The chain against closed forms, and against every deal of small processes followed by itself."""

from math import exp
from typing import Any

import pytest

import salesflow as sf
from salesflow.analysis.chain import Chain, chain_of
from tests.analysis.shared_shapes import Shapes
from tests.analysis.weighted_game import WeightedGame

SEEDS = 40
ROUNDING = 1e-9
Data = dict[str, Any]


def chain(steps: Data, **more: Any) -> Chain:
    """The chain of a process that starts at its first step, unless told otherwise."""
    data: Data = {
        "salesflow": 1,
        "process": "tried",
        "sources": {"web": {"start": next(iter(steps))}},
        "steps": steps,
        "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
    }
    return chain_of(sf.load(data | more))


def ways(**shares: str) -> Data:
    """Results named after their targets: ``ways(won="30%", lost="rest")``."""
    return {"next": {f"to_{to}": {"to": to, "share": share} for to, share in shares.items()}}


@pytest.mark.parametrize("threads", [False, True], ids=["one_thread", "threads"])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_is_exact_is_what_every_deal_followed_gives(seed: int, threads: bool) -> None:
    process = sf.load(Shapes(seed, threads=threads).process())
    known = chain_of(process)
    if known.missing or known.approximate:
        assert threads or known.missing
        return
    for source, deals in known.sources.items():
        for last in (False, True):  # which thread moves first makes no difference
            game = WeightedGame(process, source, last=last)
            rest = game.left
            if rest < 1e-4:
                for name, chance in game.outcomes.items():
                    assert deals.outcomes[name] == pytest.approx(chance, abs=2 * rest + ROUNDING)
                ended = pytest.approx(game.stuck, abs=2 * rest + ROUNDING)
                assert deals.stuck + deals.endless == ended
                for path in {*game.visits, *deals.visits}:
                    close = pytest.approx(game.visits.get(path, 0), abs=200 * rest + ROUNDING)
                    assert deals.visits.get(path, 0.0) == close, path
                if game.value is None or deals.value is None:
                    assert game.value is deals.value
                else:
                    assert deals.value == pytest.approx(game.value, abs=1e5 * rest + 1e-6)


def test_enough_of_the_generated_processes_are_compared() -> None:
    known = [
        chain_of(sf.load(Shapes(n, threads=t).process()))
        for n in range(SEEDS)
        for t in (False, True)
    ]
    exact = [found for found in known if found.exact]
    assert len(exact) > SEEDS
    assert any(0 < found.all.win_rate < 1 for found in exact if found.all and found.all.win_rate)


def test_a_step_that_is_repeated_is_visited_one_over_the_chance_to_leave() -> None:
    known = chain({"call": ways(call="75%", won="10%", lost="rest")}).all
    assert known is not None
    assert known.visits["call"] == pytest.approx(4)
    assert known.taken["call.to_call"] == pytest.approx(3)
    assert known.win_rate == pytest.approx(0.4)


@pytest.mark.parametrize("size", [2, 3, 10, 60])
def test_the_gambler_is_ruined_as_the_book_says(size: int) -> None:
    # Feller, An Introduction to Probability Theory 1, XIV.2: p = 40%, start at 1 of `size`.
    steps = {
        f"s{n}": ways(
            **{
                f"s{n + 1}" if n + 1 < size else "won": "40%",
                f"s{n - 1}" if n > 1 else "lost": "rest",
            }
        )
        for n in range(1, size)
    }
    known = chain(steps).all
    assert known is not None
    ratio = 0.6 / 0.4
    assert known.won == pytest.approx((ratio - 1) / (ratio**size - 1), rel=1e-12)
    duration = 1 / 0.2 - size / 0.2 * (1 - ratio) / (1 - ratio**size)
    assert sum(known.visits.values()) == pytest.approx(duration, rel=1e-12)


def test_a_limit_cuts_the_geometric_series() -> None:
    again = {"to": "call", "share": "60%", "at_most": 3}
    known = chain({"call": {"next": {"again": again, "won": {"to": "won", "share": "rest"}}}})
    assert known.exact
    assert known.all is not None
    assert known.all.visits["call"] == pytest.approx(1 + 0.6 + 0.36 + 0.216)
    assert known.all.won == pytest.approx(1)


@pytest.mark.parametrize("branches", [1, 2, 5, 200])
def test_a_block_is_done_when_all_its_branches_are(branches: int) -> None:
    inner = {
        "check": {
            "next": {
                "fine": {"to": "done", "share": "90%"},
                "no_good": {"to": "leave", "share": "rest"},
            }
        }
    }
    block = {
        "parallel": {f"b{n}": {"steps": inner} for n in range(branches)},
        "next": {"done": "won", "no_good": "lost"},
    }
    known = chain({"papers": block})
    assert known.all is not None
    assert known.all.won == pytest.approx(0.9**branches)
    assert known.all.visits["papers.b0.check"] == pytest.approx(1)
    assert known.exact == (branches == 1)  # a branch that leaves may withdraw others


def test_the_first_of_several_to_leave_is_drawn_evenly() -> None:
    def branch(name: str) -> Data:
        return {
            "steps": {
                "check": {
                    "next": {
                        "fine": {"to": "done", "share": "50%"},
                        name: {"to": "leave", "share": "rest"},
                    }
                }
            }
        }

    block = {
        "parallel": {"legal": branch("refused"), "security": branch("blocked")},
        "next": {"done": "won", "refused": "lost", "blocked": "lost"},
    }
    known = chain({"papers": block})
    assert known.all is not None
    assert known.approximate == ("which branch of `papers` ends first is not known",)
    assert known.all.taken["papers.refused"] == pytest.approx(0.25 + 0.125)
    assert known.all.taken["papers.done"] == pytest.approx(0.25)


def test_worth_and_win_rate_hang_together_through_conditions() -> None:
    # Exponential with mean 100, won above 200: E[X; X > 200] = 300 exp(-2).
    steps = {
        "offer": {
            "next": {
                "big": {"to": "won", "when": "amount > 200"},
                "small": {"to": "lost", "otherwise": True},
            }
        }
    }
    known = chain(
        steps,
        value="amount",
        data={"amount": {"type": "money"}},
        sources={"web": {"start": "offer", "gives": {"amount": {"mean": 100}}}},
    )
    assert known.exact
    assert known.all is not None
    assert known.all.won == pytest.approx(exp(-2))
    assert known.all.value == pytest.approx(300 * exp(-2))
    assert known.all.value_per_won == pytest.approx(300)


def test_a_deal_grows_on_its_way() -> None:
    grow = {"to": "call", "share": "50%", "set": {"amount": "amount * 1.2 + 10"}}
    steps = {"call": {"next": {"grows": grow, "signs": {"to": "won", "share": "rest"}}}}
    given = {"web": {"start": "call", "gives": {"amount": {"min": 50, "max": 150}}}}
    known = chain(steps, value="amount", data={"amount": {"type": "money"}}, sources=given).all
    # v = 0.5 * 100 + 0.5 * E[value after growth]; with m rounds: sum 0.5^(m+1) (1.2^m 110 ...)
    expected = sum(0.5 ** (m + 1) * (100 * 1.2**m + 50 * (1.2**m - 1)) for m in range(400))
    assert known is not None
    assert known.value == pytest.approx(expected)
    for_ever = chain(
        {
            "call": {
                "next": {"grows": grow | {"share": "90%"}, "signs": {"to": "won", "share": "rest"}}
            }
        },
        value="amount",
        data={"amount": {"type": "money"}},
        sources=given,
    ).all
    assert for_ever is not None
    assert for_ever.won == pytest.approx(1)
    assert for_ever.value is None  # it grows faster than deals leave


def test_what_is_missing_is_named() -> None:
    assert chain({"call": {"next": {"yes_please": "won", "never": "lost"}}}).missing == (
        "`share` at the results of `call`",
    )
    steps = {
        "call": {
            "captures": ["vip"],
            "next": {"a": {"to": "won", "when": "vip"}, "b": {"to": "lost", "otherwise": True}},
        }
    }
    unsaid = chain(steps, data={"vip": {"type": "yes_no"}})
    assert unsaid.missing == ("`call.a` asks for `vip`, and its values are not drawn",)
    assert unsaid.to_dict() is None


def test_sources_count_by_their_arrivals() -> None:
    steps = {"good": ways(won="80%", lost="rest"), "bad": ways(won="20%", lost="rest")}
    sources: Data = {
        "web": {"start": "bad", "arrivals": "30 per week"},
        "fair": {"start": "good", "arrivals": {"every": "2w", "batch": 20}},
    }
    known = chain(steps, sources=sources)
    assert known.all is not None
    assert known.all.win_rate == pytest.approx(0.75 * 0.2 + 0.25 * 0.8)
    del sources["web"]["arrivals"]
    quiet = chain(steps, sources=sources)
    assert quiet.all is None
    assert quiet.missing == ("`arrivals` of `web`",)
    assert quiet.sources["fair"].win_rate == pytest.approx(0.8)


def test_a_circle_that_shares_never_leave_is_endless() -> None:
    known = chain(
        {
            "call": ways(talk="50%", won="rest"),
            "talk": ways(call="0%", wait="100%"),
            "wait": {"next": "talk"},
        }
    )
    assert known.all is not None
    assert known.all.endless == pytest.approx(0.5)
    assert known.all.visits["talk"] == float("inf")
    told = known.to_dict()
    assert told is not None
    assert told["visits"]["talk"] is None


def test_more_limits_than_can_be_counted_are_left_out() -> None:
    names = [f"s{n}" for n in range(24)]
    steps: Data = {}
    for name, following in zip(names, [*names[1:], "won"], strict=True):
        back = {"to": names[0], "share": "10%", "at_most": 2}
        steps[name] = {
            "next": {
                "on_it_goes": {"to": following, "share": "80%"},
                "back": back,
                "lost": {"to": "lost", "share": "rest"},
            }
        }
    known = chain(steps)
    assert known.all is not None
    assert known.approximate[0].startswith("limits (`at_most`) are left out")
    assert 0 < known.all.won < 1


def test_loops_too_tangled_to_solve_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salesflow.analysis.odds.solve.MOST_WORK", 3)
    steps = {
        f"s{n}": ways(**{f"s{(n + 1) % 5}": "40%", f"s{(n + 2) % 5}": "40%", "won": "rest"})
        for n in range(5)
    }
    assert chain(steps).missing == ("its loops are too tangled to be solved",)
    monkeypatch.undo()
    tangled = chain(steps).all
    assert tangled is not None
    assert sum(tangled.visits.values()) == pytest.approx(5)  # each visit ends it in one of five
