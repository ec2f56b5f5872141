"""The greatest win rate that shares and time limits leave."""

from itertools import product

import pytest

from salesflow import api
from salesflow.analysis.chain import chain_of
from salesflow.analysis.win_bound import best_win_rate

HEAD = """salesflow: 1
process: deal
sources: {inbound: {start: call}}
outcomes: {won: {kind: won}, lost: {kind: lost}, dropped: {kind: disqualified}}
"""
CALL = "  call: {by: x, LIMIT next: {good: {to: demo, share: 40%}, bad: {to: lost, share: rest}SILENT}}\n"
DEMO = "  demo: {by: x, next: {buys: {to: won, share: 30%}, passes: {to: lost, share: rest}}}\n"


def best(text: str, start: str | None = None, *, wanted: float = 1.0) -> float | None:
    process = api.loads(HEAD + "steps:\n" + text)
    return best_win_rate(process, chain_of(process), start, wanted)


def limited(silent: str) -> str:
    call = CALL.replace("LIMIT", "timeout: {after: 5d, result: silent},")
    return call.replace("SILENT", f", silent: {silent}")


def test_without_time_limits_it_is_what_the_shares_give() -> None:
    text = CALL.replace("LIMIT ", "").replace("SILENT", "") + DEMO
    assert best(text) == pytest.approx(0.12)
    assert best(text, "demo") == pytest.approx(0.3)
    assert best(text, "call") == pytest.approx(0.12)
    assert best(text, "nowhere") is None


@pytest.mark.parametrize(
    ("silent", "rate"),
    [("lost", 0.12), ("demo", 0.3), ("call", 0.12), ("dropped", 0.12), ("rescue", 0.4)],
)
def test_a_time_limit_may_lead_to_something_better(silent: str, rate: float) -> None:
    rescue = (
        "  rescue: {by: x, next: {back: {to: won, share: 40%}, gone: {to: lost, share: rest}}}\n"
    )
    text = limited(silent) + DEMO + (rescue if silent == "rescue" else "")
    assert best(text) == pytest.approx(rate)


def test_a_loss_that_is_not_counted_helps() -> None:
    """Who is dropped in time is not lost: of the others more are won."""
    text = (
        """  call: {by: x, next: {good: {to: demo, share: 40%}, bad: {to: later, share: rest}}}
  later: {by: x, timeout: {after: 9d, result: late}, next: {gone: lost, late: dropped}}
"""
        + DEMO
    )
    assert best(text) == pytest.approx(0.3)


def test_where_a_limit_lies_within_a_block_nothing_is_said() -> None:
    block = """  call:
    parallel:
      one: {steps: {s: {by: x, timeout: {after: 5d, result: late}, next: {ok: done, late: leave}}}}
    next: {done: demo, late: LATE}
"""
    assert best(block.replace("LATE", "demo") + DEMO) is None


def test_what_shares_do_not_say_is_not_judged() -> None:
    assert best("  call: {by: x, next: {good: won, bad: lost}}\n") is None


def test_enough_is_enough() -> None:
    rate = best(limited("demo") + DEMO, wanted=0.2)
    assert rate is not None
    assert rate >= 0.2


def test_every_choice_of_limits_tried_gives_no_more() -> None:
    text = """  call: {by: x, timeout: {after: 5d, result: silent}, next: {good: {to: demo, share: 40%}, bad: {to: lost, share: rest}, silent: nurture}}
  nurture: {by: x, timeout: {after: 9d, result: late}, next: {woke: {to: demo, share: 20%}, dead: {to: lost, share: 50%}, other: {to: dropped, share: rest}, late: chase}}
  chase: {by: x, timeout: {after: 2d, result: none_left}, next: {back: {to: demo, share: 70%}, gone: {to: lost, share: rest}, none_left: dropped}}
  demo: {by: x, timeout: {after: 9d, result: slow}, next: {buys: {to: won, share: 30%}, passes: {to: lost, share: rest}, slow: chase}}
"""
    rates = []
    for chosen in product([False, True], repeat=4):
        rows = []
        for row, always in zip(text.splitlines(), chosen, strict=True):
            name = row.split(":")[0].strip()
            result = row.split("result: ")[1].split("}")[0]
            target = row.rsplit(f"{result}: ", 1)[1].rstrip("}")
            rows.append(f"  {name}: {{by: x, next: {{{result}: {target}}}}}" if always else row)
        found = chain_of(api.loads(HEAD + "steps:\n" + "\n".join(rows) + "\n"))
        if found.all is not None and found.all.win_rate is not None:
            rates.append(found.all.win_rate)
    assert best(text) == pytest.approx(max(rates))
