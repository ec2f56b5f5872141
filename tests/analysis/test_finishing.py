"""Which branches come to ``done``, what else ends them, and how shares and choices add up."""

import pytest

from salesflow import api
from salesflow.analysis.choices import open_choice, share_total, together, whole
from salesflow.analysis.finishing import Finishing, endings
from salesflow.analysis.flow import Flow
from salesflow.process.steps import Block
from tests.process.written import process_of

HEAD = """salesflow: 1
process: deal
data: {vip: {type: yes_no}}
sources: {inbound: {start: a}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
steps:
"""


def finishing(steps: str) -> Finishing:
    process = api.loads(HEAD + steps)
    return Finishing(process, Flow(process))


BRANCHES = """  a:
    parallel:
      straight: {steps: {s: {next: done}}}
      around: {start: s, steps: {s: {next: {x1: t, x2: s}}, t: {next: {x1: u, x2: s}}, u: {next: done}}}
      leaves: {steps: {s: {next: {out: leave}}}}
      ends_nowhere: {start: s, steps: {s: {next: t}, t: {next: s}, u: {next: done}}}
      split: {start: s, steps: {s: {next: {go: {to: [t, u]}}}, t: {next: m}, u: {next: m}, m: {wait_for: [t, u], next: done}}}
    next: {done: won, out: lost}
"""


def test_a_branch_finishes_where_some_way_leads_to_done() -> None:
    found = finishing(BRANCHES)
    block = found.blocks["a"]
    assert {name: found.finishes(branch) for name, branch in block.branches.items()} == {
        "straight": True,
        "around": True,
        "leaves": False,
        "ends_nowhere": False,
        "split": True,
    }


def nested(outer: str, inner: str, beside: str = "{next: done}") -> str:
    return f"""  a:
    parallel:
      one:
        steps:
          b:
            parallel:
              deep: {{steps: {{s: {{next: done}}}}}}
              other: {{steps: {{t: {beside}}}}}
            {inner}
            next: {{done: done, late: done, out: done}}
      two: {{steps: {{u: {{next: {{fine: done}}}}}}}}
    {outer}
    next: {{done: won, late: lost, out: lost}}
"""


@pytest.mark.parametrize(
    ("steps", "ended"),
    [
        (nested("join: all", "join: all"), False),
        (nested("join: all", "join: any"), True),
        (nested("join: all", "join: {at_least: 2}"), True),
        (nested("join: any", "join: all"), True),
        (nested("join: all", "timeout: {after: 2d, result: late}"), True),
        (nested("timeout: {after: 2d, result: late}", "join: all"), True),
        (nested("join: all", "join: all", "{next: {out: leave}}"), True),
        (nested("join: all", "join: all").replace("fine: done", "out: leave"), True),
        # what leaves its own branch ends others, not itself
        (nested("join: all", "join: all").replace("s: {next: done}", "s: {next: {out: leave}}"), False),
    ],
)  # fmt: skip
def test_what_runs_in_a_branch_may_be_ended_from_outside(steps: str, ended: bool) -> None:
    assert finishing(steps).withdrawn("a.one.b.deep") == ended
    assert not finishing(steps).withdrawn("")


def test_blocks_with_a_fault_in_them() -> None:
    fine = nested("join: all", "join: all")
    assert finishing(fine).faulty == set()
    trap = fine.replace("t: {next: done}", "t: {next: t}")
    assert finishing(trap).faulty == {"a", "a.one", "a.one.b", "a.one.b.other"}
    ended = trap.replace("join: all", "join: any", 1)  # another branch may end it
    assert finishing(ended).faulty == set()
    dead = fine.replace("u: {next: {fine: done}}", "u: {}")
    assert finishing(dead).faulty == {"a", "a.two"}
    unreached = fine.replace("two: {steps: {u:", "two: {start: u, steps: {v: {next: done}, u:")
    assert finishing(unreached).faulty == {"a", "a.two"}
    assert finishing("  a: {next: won}\n  b: {next: b}\n").faulty == set()


def test_with_which_results_a_step_can_end() -> None:
    inner = (
        "salesflow: 1\nprocess: inner\nsources: {in: {start: look}}\nsteps: {look: {next: agreed}}\n"
        "outcomes: {agreed: {kind: done}, refused: {kind: failed}}\n"
    )
    process = process_of(
        "salesflow: 1\nprocess: p\nuse: [inner.yaml]\nsources: {web: {start: a}}\nsteps:\n"
        "  a: {next: {x: b, z: lost}, timeout: {after: 2d, result: z}}\n"
        "  b: {parallel: {one: {start: s, steps: {s: {next: t}, t: {next: {ok: done, out: leave}}}}}, "
        "timeout: {after: 2d, result: late}, next: {done: r, out: lost, late: lost}}\n"
        "  r: {run: inner, timeout: {after: 3d, result: slow}, next: {agreed: won, slow: lost}}\n"
        "outcomes: {won: {kind: won}, lost: {kind: lost}}\n",
        inner=inner,
    )
    assert endings(process, process.nodes["a"]) == {"x", "z"}
    assert endings(process, process.nodes["b"]) == {"out", "late", "done"}
    assert endings(process, process.nodes["r"]) == {"agreed", "refused", "slow"}
    assert endings(process.replace(runs={}), process.nodes["r"]) == {"agreed", "slow"}
    without = process.nodes["b"]
    assert isinstance(without, Block)
    assert endings(process, without.replace(timeout=None)) == {"out", "done"}


SHARES = """  a: {next: {x: {to: won, share: 30%}, k: {to: lost, share: 60%}, z: {to: lost, MORE}}}
"""


@pytest.mark.parametrize(
    ("more", "open_", "total"),
    [
        ("share: rest", True, 1.0),
        ("when: vip, share: 20%", False, 1.1),
        ("at_most: 2", False, 0.9),
        ("otherwise: true", False, 0.9),
    ],
)
def test_shares_of_a_choice(more: str, open_: bool, total: float) -> None:
    step = api.loads(HEAD + SHARES.replace("MORE", more)).nodes["a"]
    assert open_choice(step) == open_
    assert share_total(step) == pytest.approx(total)


def test_shares_are_whole_but_for_what_floats_lose() -> None:
    assert whole(0.1 + 0.2 + 0.7)
    assert whole(1 - 5e-10)
    assert not whole(1 + 2e-9)
    assert not whole(1 - 2e-9)


def test_two_results_are_open_together_where_one_asks_nothing_or_both_the_same() -> None:
    step = api.loads(
        HEAD + "  a: {next: {x: {to: won, when: vip}, x2: {to: lost, when: vip}, "
        "k: {to: won, when: not vip}, z: lost}}\n"
    ).nodes["a"]
    x, x2, k, z = (step.next[name] for name in ("x", "x2", "k", "z"))
    assert together(x, z)
    assert together(z, x)
    assert together(x, x2)
    assert not together(x, k)
