"""The token game on processes small enough to know every state by heart."""

from math import comb

import pytest

from salesflow.analysis.explore import Exploration, explore
from salesflow.errors import UsageError
from salesflow.process import places
from salesflow.process.choices import PILE, TWICE, UNFILLED, UNFINISHED, UNHANDLED, Flag
from salesflow.process.net import EXPIRE, FINISH, SYNC, Move, Net, State
from salesflow.process.telling import told, witness
from tests.process.written import process_of, smb_like

SEVEN_LINES = """
salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  call: {by: sales, next: {interested: demo, not_a_fit: lost}}
  demo: {by: sales, next: {buys: won, passes: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def net_of(steps: str, *, data: str = "", gives: str = "") -> Net:
    return Net(smb_like(steps, data=data, gives=gives))


def only_start(net: Net) -> State:
    ((_, state),) = net.initial()
    return state


def after(net: Net, *results: str) -> State:
    """The state after results taken one after the other; meetings happen by themselves."""
    state = only_start(net)
    for result in results:
        state = move(net, state, result).state
        for each in net.moves(state):
            if each.kind == SYNC:
                state = each.state
    return state


def move(net: Net, state: State, result: str) -> Move:
    (found,) = [m for m in net.moves(state) if m.taken[:1] == (result,)]
    return found


def marked(net: Net, state: State) -> set[str]:
    return {str(net.layout.places[place]) for place in state.marking}


def walked(net: Net) -> Exploration:
    found = explore(net, budget=10_000)
    assert found.complete
    return found


def flags(net: Net) -> set[Flag]:
    return set(walked(net).faults)


def test_seven_lines() -> None:
    net = Net(process_of(SEVEN_LINES))
    start = only_start(net)
    assert marked(net, start) == {"at(call)"}
    interested, not_a_fit = net.moves(start)
    assert (interested.kind, interested.node, interested.result) == (FINISH, "call", "interested")
    assert interested.targets == ("demo",)
    assert not_a_fit.targets == ("lost",)
    assert net.is_final(not_a_fit.state)
    assert not net.is_final(interested.state)
    assert net.moves(not_a_fit.state) == ()
    assert {told(net, state) for state in walked(net).states} == {
        "at call",
        "at demo",
        "ended won",
        "ended lost",
    }


def test_a_witness_is_told_in_the_ids_of_the_file() -> None:
    net = Net(process_of(SEVEN_LINES))
    found = walked(net)
    at_demo = [told(net, state) for state in found.states].index("at demo")
    assert witness(found.way_to(at_demo), at="demo") == ("inbound", "call.interested", "demo")


TWO_THREADS = """{
  propose: {next: {sent: {to: [price, review]}}},
  price: {next: {fixed: commit}},
  review: {next: {passed: commit, failed: lost}},
  commit: {wait_for: [price, review], next: {signed: won}}}"""


def test_two_threads_meet() -> None:
    net = net_of(TWO_THREADS)
    assert {frozenset(marked(net, state)) for state in walked(net).states} == {
        frozenset({"at(propose)"}),
        frozenset({"at(price)", "at(review)"}),
        frozenset({"from(price, commit)", "at(review)"}),
        frozenset({"at(price)", "from(review, commit)"}),
        frozenset({"from(price, commit)", "from(review, commit)"}),
        frozenset({"at(commit)"}),
        frozenset({"end(won)"}),
        frozenset({"end(lost)"}),
    }
    assert not walked(net).faults  # `lost` withdraws the price in peace


def test_the_meeting_is_a_move_of_its_own() -> None:
    net = net_of(TWO_THREADS)
    state = move(net, move(net, after(net, "propose.sent"), "price.fixed").state, "review.passed")
    (sync,) = net.moves(state.state)
    assert (sync.kind, sync.node, sync.result) == (SYNC, "commit", None)
    assert told(net, state.state) == "from price before commit; from review before commit"


def test_work_left_over_at_a_win_is_flagged() -> None:
    net = net_of("{a: {next: {r: {to: [b, c]}}}, b: {next: {x: won}}, c: {next: {k: lost}}}")
    assert flags(net) == {Flag(UNFINISHED, "won")}


def test_a_second_visit_and_a_second_arrival_are_flagged() -> None:
    twice = "{a: {next: {r: {to: [b, c]}}}, b: {next: {x: d}}, c: {next: {k: d}}, d: {next: lost}}"
    assert flags(net_of(twice)) == {Flag(TWICE, "d")}
    pile = """{a: {next: {r: {to: [b, c]}}}, b: {next: {x: {to: [b, d]}}}, c: {next: {k: d}},
               d: {wait_for: [b, c], next: {z: lost}}}"""
    assert flags(net_of(pile)) == {Flag(PILE, "d")}


def block(join: str, branches: int) -> str:
    parallel = ", ".join(f"b{n}: {{steps: {{s: {{next: done}}}}}}" for n in range(branches))
    return f"{{p: {{parallel: {{{parallel}}}, join: {join}, next: {{done: won}}}}}}"


@pytest.mark.parametrize("branches", range(1, 7))
@pytest.mark.parametrize("need", range(1, 7))
def test_states_of_a_block_are_the_sets_of_finished_branches(branches: int, need: int) -> None:
    """Fewer than ``need`` of n have finished: the sum of n over k for k below ``need``."""
    if need > branches:
        return
    inside = sum(comb(branches, k) for k in range(need))
    net = net_of(block(f"{{at_least: {need}}}", branches))
    assert len(walked(net).states) == inside + 1  # and the end
    if need == branches:
        assert len(walked(net_of(block("all", branches))).states) == inside + 1
    if need == 1:
        assert len(walked(net_of(block("any", branches))).states) == inside + 1


LEAVING = """{
  papers: {
    parallel: {
      legal: {steps: {draft: {next: {agreed: done, deadlock: leave}}}},
      buyer: {start: form, steps: {form: {next: sign}, sign: {next: done}}}},
    next: {done: won, deadlock: call}},
  call: {next: {walked: lost}}}"""


def test_leaving_a_block_withdraws_its_branches() -> None:
    net = net_of(LEAVING)
    left = move(net, only_start(net), "papers.legal.draft.deadlock")
    assert left.taken == ("papers.legal.draft.deadlock", "papers.deadlock")
    assert left.targets == ("leave",)
    assert marked(net, left.state) == {"at(call)"}
    state = after(net, "papers.legal.draft.agreed")
    assert marked(net, state) == {
        "open(papers)",
        "run(papers.legal)",
        "fin(papers.legal)",
        "run(papers.buyer)",
        "at(papers.buyer.form)",
    }
    assert told(net, state) == "in papers; at papers.buyer.form; done with papers.legal"
    assert not walked(net).faults


def test_a_result_that_the_block_does_not_name_is_flagged() -> None:
    net = net_of(LEAVING.replace("deadlock: call", "other: call"))
    assert flags(net) == {Flag(UNHANDLED, "papers.deadlock")}


def test_a_branch_done_while_more_of_it_runs_is_flagged() -> None:
    net = net_of("""{p: {parallel: {
      x: {start: a, steps: {a: {next: {r: {to: [b, c]}}}, b: {next: done}, c: {next: done}}}},
      next: {done: won}}}""")
    assert flags(net) == {Flag(UNFINISHED, "p.x")}


def test_a_thread_on_its_way_is_unfinished_work_too() -> None:
    """`a` is skipped and done at once, before the thread to `b` has come there."""
    net = net_of(
        """{p: {parallel: {x: {start: s, steps: {
          s: {next: {r: {to: [a, b]}}},
          a: {parallel: {w: {when: vip, steps: {t: {next: done}}}}, next: {done: done}},
          b: {next: done}}}}, next: {done: won}}}""",
        data="{vip: {type: yes_no}}",
        gives=", gives: {vip: 0%}",
    )
    assert flags(net) == {Flag(UNFINISHED, "p.x")}


def test_branches_are_judged_once_on_entry() -> None:
    net = net_of(
        """{ask: {captures: [amount], next: p}, p: {parallel: {
          always: {steps: {s: {captures: {amount: 500}, next: done}}},
          large: {when: amount > 100, steps: {s: {next: done}}}},
          next: {done: won}}}""",
        data="{amount: {type: money}}",
    )
    entered = {frozenset(marked(net, m.state)) for m in net.moves(only_start(net))}
    small = {"open(p)", "run(p.always)", "at(p.always.s)"}
    assert entered == {frozenset(small), frozenset(small | {"run(p.large)", "at(p.large.s)"})}
    assert walked(net).finals


def test_a_block_without_a_running_branch_is_done_at_once() -> None:
    net = net_of(
        "{p: {parallel: {x: {when: vip, steps: {s: {next: done}}}}, next: {done: q}}, q: {next: won}}",
        data="{vip: {type: yes_no}}",
        gives=", gives: {vip: 0%}",
    )
    (start,) = net.starts()
    assert start.taken == ("p.done",)
    assert marked(net, start.state) == {"at(q)"}
    assert witness([start], at="q") == ("inbound", "p.done", "q")


def test_a_skipped_block_that_leads_to_itself_holds_the_deal() -> None:
    net = net_of(
        "{p: {parallel: {x: {when: vip, steps: {s: {next: done}}}}, next: {done: p}}}",
        data="{vip: {type: yes_no}}",
    )
    assert marked(net, only_start(net)) == {"stuck(p)"}
    assert flags(net) == {Flag(UNFILLED, "p.x", "vip")}


def test_a_join_met_while_branches_start_stops_the_others() -> None:
    net = net_of(
        """{p: {parallel: {
          x: {steps: {s: {parallel: {w: {when: vip, steps: {t: {next: done}}}}, next: {done: done}}}},
          z: {steps: {s: {next: done}}}},
          join: any, next: {done: q}}, q: {next: won}}""",
        data="{vip: {type: yes_no}}",
        gives=", gives: {vip: 0%}",
    )
    assert marked(net, only_start(net)) == {"at(q)"}


TIMED = """{offer: {timeout: {after: 30d, result: silent},
  next: {signed: won, silent: {to: lost}}}}"""


def test_only_its_timer_takes_a_timeout_without_a_share() -> None:
    net = net_of(TIMED)
    kinds = {(m.kind, m.result) for m in net.moves(only_start(net))}
    assert kinds == {(FINISH, "signed"), (EXPIRE, "silent")}
    net = net_of(TIMED.replace("{to: lost}", "{to: lost, share: 30%}"))
    kinds = {(m.kind, m.result) for m in net.moves(only_start(net))}
    assert kinds == {(FINISH, "signed"), (FINISH, "silent"), (EXPIRE, "silent")}


def test_a_timer_frees_a_deal_that_is_stuck() -> None:
    net = net_of(
        """{offer: {timeout: {after: 30d, result: silent},
          next: {signed: {to: won, when: vip}, silent: {to: lost}}}}""",
        data="{vip: {type: yes_no}}",
        gives=", gives: {vip: 0%}",
    )
    found = walked(net)
    (number,) = found.timed
    assert told(net, found.states[number]).startswith("stuck at offer")
    assert not found.idle
    assert witness(found.way_to(number)) == ("inbound", "offer")


def test_a_timer_ends_a_block_and_what_runs_in_it() -> None:
    net = net_of(
        "{p: {parallel: {x: {steps: {s: {next: done}}}}, timeout: {after: 9d, result: late},"
        " next: {done: won, late: {to: q}}}, q: {next: lost}}"
    )
    (expire,) = [m for m in net.moves(only_start(net)) if m.kind == EXPIRE]
    assert (expire.node, expire.result, expire.taken) == ("p", "late", ("p.late",))
    assert marked(net, expire.state) == {"at(q)"}


def test_a_timer_leaves_arrivals_for_the_next_visit() -> None:
    """`b` comes round while `c` is open: its arrival waits beside `c`, not in it."""
    net = net_of("""{a: {next: {r: {to: [b, o]}}}, b: {next: {x: {to: [c, d]}}}, d: {next: {k: b}},
      o: {next: {p: c}},
      c: {wait_for: [b, o], timeout: {after: 1d, result: late}, next: {z: lost, late: {to: e}}},
      e: {next: lost}}""")
    state = after(net, "a.r", "o.p", "b.x", "d.k", "b.x")
    assert marked(net, state) == {"at(c)", "from(b, c)", "at(d)"}
    (expire,) = [m for m in net.moves(state) if m.kind == EXPIRE]
    assert marked(net, expire.state) == {"at(e)", "from(b, c)", "at(d)"}


def test_limits_run_out() -> None:
    net = net_of("{a: {next: {again: {to: a, at_most: 2}}}}")
    found = walked(net)
    assert len(found.states) == 4
    (number,) = found.idle
    assert told(net, found.states[number]) == "stuck at a; took a.again 2 times"
    assert witness(found.way_to(number)) == ("inbound", "a.again", "a.again", "a")
    assert found.stuck_at(number) == [places.Place("stuck", "a")]


def test_otherwise_is_enabled_exactly_when_nothing_else_is() -> None:
    net = net_of("{a: {next: {again: {to: a, at_most: 1}, enough: {to: lost, otherwise: true}}}}")
    assert [m.result for m in net.moves(only_start(net))] == ["again"]
    assert [m.result for m in net.moves(after(net, "a.again"))] == ["enough"]


def test_a_loop_without_a_way_out_is_a_trap() -> None:
    net = net_of("{a: {next: {x: b, k: lost}}, b: {next: {x: c}}, c: {next: {x: b}}}")
    found = walked(net)
    assert [told(net, found.states[n]) for n in found.trapped] == ["at b", "at c"]


def test_where_nothing_leads_on_the_deal_stays() -> None:
    found = walked(net_of("{a: {by: sales}}"))
    assert [witness(found.way_to(n)) for n in found.idle] == [("inbound", "a")]


def test_values_split_into_what_conditions_can_tell_apart() -> None:
    net = net_of(
        """{a: {captures: {discount: {any_of: {0%: 60%, 25%: 30%, 35%: rest}}},
          next: {standard: {to: won, when: discount <= 20%}, special: {to: b, otherwise: true}}},
          b: {next: {approved: {to: won, when: discount <= 25%}, refused: {to: lost, otherwise: true}}}}""",
        data="{discount: {type: percent}}",
    )
    assert {told(net, m.state) for m in net.moves(only_start(net))} == {
        "ended won; discount under 20%",
        "at b; discount 25%",
        "at b; discount over 25%",
    }
    assert not any(m.approximate for m in net.moves(only_start(net)))


def test_settings_read_the_old_values_and_captures_come_after() -> None:
    net = net_of(
        """{a: {next: {r: {to: b, set: {x: w, w: x, z: true}, captures: {z: 0%}}}},
          b: {next: {same: {to: won, when: x and not w and not z}, other: {to: lost, otherwise: true}}}}""",
        data="{x: {type: yes_no}, w: {type: yes_no}, z: {type: yes_no}}",
        gives=", gives: {x: 0%, w: 100%, z: 0%}",
    )
    assert [m.result for m in net.moves(after(net, "a.r"))] == ["same"]


def test_reading_what_is_not_filled_is_flagged_and_false() -> None:
    net = net_of(
        "{a: {next: {r: {to: won, when: x > 1}, s: {to: b, otherwise: true, set: {x: w + 1}}}},"
        " b: {next: {t: {to: lost, when: not filled(x)}}}}",
        data="{x: {type: number}, w: {type: number}}",
    )
    (end,) = net.moves(only_start(net))
    assert end.result == "s"
    assert set(end.flags) == {Flag(UNFILLED, "a.r", "x"), Flag(UNFILLED, "a.s", "w")}
    assert not end.cut
    assert [m.result for m in net.moves(end.state)] == ["t"]  # a set that reads nothing keeps x


def test_arithmetic_is_approximate_and_misses_nothing() -> None:
    net = net_of(
        """{a: {next: {grow: {to: b, set: {amount: amount * 2}}}},
          b: {next: {big: {to: won, when: amount > 100}, small: {to: lost, otherwise: true}}}}""",
        data="{amount: {type: money}}",
        gives=", gives: {amount: {min: 10, max: 90}}",
    )
    grown = net.moves(only_start(net))
    assert {told(net, m.state).split("; ")[1] for m in grown} == {
        "amount under 100",
        "amount 100",
        "amount over 100",
    }
    assert all(m.approximate for m in grown)


def test_two_fields_compared_can_come_out_either_way() -> None:
    net = net_of(
        "{a: {next: {over: {to: won, when: cost < budget}, under: {to: lost, otherwise: true}}}}",
        data="{cost: {type: money}, budget: {type: money}}",
        gives=", gives: {cost: filled, budget: filled}",
    )
    moves = net.moves(only_start(net))
    assert {m.result for m in moves} == {"over", "under"}
    assert all(m.approximate for m in moves)


def test_counts_and_visits_are_kept_only_where_asked_for() -> None:
    net = net_of(
        """{a: {next: {x: b, k: a}}, b: {next: {
          back: {to: a, when: times(a.x) < 2 and not visited(c)}, further: {to: c, otherwise: true}}},
          c: {next: {home: b, out: lost}}}"""
    )
    assert net.memory.counts == ("a.x",)
    assert net.memory.caps == {"a.x": 3}
    assert net.memory.visits == ("c",)
    state = after(net, "a.x", "b.back", "a.x", "b.further")
    assert told(net, state) == "at c; took a.x 2 times; visited c"


def test_every_source_begins_on_its_own_and_is_known() -> None:
    net = Net(
        process_of("""
salesflow: 1
process: two
sources: {web: {start: a}, partner: {start: a}}
steps: {a: {next: {r: {to: won, when: source == web}, s: {to: lost, otherwise: true}}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
""")
    )
    (partner, second), (web, first) = net.initial()
    assert (web, partner) == ("web", "partner")
    assert [m.result for m in net.moves(first)] == ["r"]
    assert [m.result for m in net.moves(second)] == ["s"]


RUNNING = """
salesflow: 1
process: outer
use: [inner.yaml]
sources: {inbound: {start: p}}
steps:
  p:
    parallel:
      buyer: {steps: {office: {run: inner, timeout: {after: 9d, result: late}, next: {approved: done, refused: leave, late: leave}}}}
      other: {steps: {s: {next: done}}}
    next: {done: won, refused: lost, late: lost}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
INNER = """
salesflow: 1
process: inner
sources: {request: {start: form}}
steps:
  form: {next: {sent: {to: [review, check]}}}
  review: {next: {agreed: {to: approved, when: visited(check) and times(form.sent) >= 1}, turned_down: refused}}
  check: {next: {fine: approved}}
outcomes: {approved: {kind: done}, refused: {kind: disqualified}}
"""


def test_a_run_is_opened_in_place() -> None:
    net = Net(process_of(RUNNING, inner=INNER))
    start = only_start(net)
    run = "p.buyer.office"
    assert marked(net, start) == {
        "open(p)",
        "run(p.buyer)",
        f"open({run})",
        f"at({run}.form)",
        "run(p.other)",
        "at(p.other.s)",
    }
    assert net.memory.visits == (f"{run}.check",)
    assert net.memory.counts == (f"{run}.form.sent",)
    sent = after(net, f"{run}.form.sent")
    refused = move(net, sent, f"{run}.review.turned_down")
    assert refused.taken == (f"{run}.review.turned_down", f"{run}.refused", "p.refused")
    assert told(net, refused.state).startswith("ended lost")
    assert not refused.flags  # work on what is dropped is withdrawn in peace
    agreed = move(net, sent, f"{run}.review.agreed")
    assert agreed.flags == (Flag(UNFINISHED, f"{run}.approved"),)
    late = [m for m in net.moves(sent) if m.kind == EXPIRE]
    assert [m.taken for m in late] == [(f"{run}.late", "p.late")]


def test_runs_that_open_into_too_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOST_NODES", 4)
    process = process_of(RUNNING, inner=INNER)
    with pytest.raises(UsageError, match="more than 4 steps"):
        Net(process)


def test_deep_chains_of_skipped_blocks_need_no_recursion() -> None:
    skipped = "parallel: {x: {when: vip, steps: {s: {next: done}}}}"
    steps = ", ".join(f"p{n}: {{{skipped}, next: {{done: p{n + 1}}}}}" for n in range(1500))
    net = net_of(
        f"{{{steps}, p1500: {{next: won}}}}",
        data="{vip: {type: yes_no}}",
        gives=", gives: {vip: 0%}",
    )
    assert marked(net, only_start(net)) == {"at(p1500)"}


def test_a_state_can_be_played_again() -> None:
    """States and moves are values: equal ones are equal, and playing leaves no trace."""
    net = net_of(TWO_THREADS)
    state = after(net, "propose.sent")
    assert net.moves(state) == net.moves(State(state.marking, state.data))
    assert hash(state) == hash(State(state.marking, state.data))
    assert net.moves(state) == net_of(TWO_THREADS).moves(state)
