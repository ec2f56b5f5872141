"""Deals told of conditions: which one is shown, how it comes, and what is said where it need not be."""

from typing import Any

import pytest

from salesflow import api
from salesflow.analysis.behave import behaviour
from salesflow.analysis.data_use import Mentions
from salesflow.analysis.flow import Flow
from salesflow.analysis.guard_cases import BELOW, UNPROVED, VALUES, below_zero, met, stranded
from salesflow.analysis.guards import Guards, decides
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from tests.process.written import process_of

HEAD = """salesflow: 1
process: deal
data: {size: {type: number}, amount: {type: money}, vip: {type: yes_no}, region: {type: choice, values: [dach, amer]}, never: {type: text}}
sources: {inbound: {start: a}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def load(steps: str, head: str = HEAD) -> Process:
    return api.loads(f"{head}steps:\n{steps}")


def left_out(process: Process, *, decided: bool = True, faults: bool = True) -> list[Any]:
    flow = Flow(process)
    found = behaviour(process, flow=flow).faults if faults else ()
    return [*stranded(process, Guards(process, Mentions(process)), found, decided=decided)]


def told(process: Process, **more: bool) -> list[tuple[Any, ...]]:
    return [
        (s.node, s.deal.values, s.deal.without, s.bound, s.doubt, " ".join(s.witness))
        for s in left_out(process, **more)
    ]


ASK = "  a: {captures: [CAPTURED], next: {x: {to: won, when: ONE}, z: {to: lost, when: OTHER}}}\n"


def ask(one: str, other: str, captured: str = "size") -> Process:
    return load(ASK.replace("CAPTURED", captured).replace("ONE", one).replace("OTHER", other))


@pytest.mark.parametrize(
    ("one", "other", "captured", "values", "bound"),
    [
        ("size < 100", "size > 100", "size", (("size", "100"),), True),
        ("size < 100", "size >= 200", "size", (("size", "150"),), False),
        ("size <= 100", "size >= 200", "size", (("size", "150"),), False),
        ("amount < 100", "amount > 100.50", "amount", (("amount", "100.2"),), False),
        ("vip and size > 5", "not vip", "size, vip", (("size", "2"), ("vip", "true")), False),
        ("region == dach and size > 5", "region == amer", "size, region", (("region", "dach"), ("size", "2")), False),
        ("size > 0", "size < 0", "size", (("size", "0"),), True),
    ],
)  # fmt: skip
def test_the_deal_that_people_would_think_of_is_shown(
    one: str, other: str, captured: str, values: object, bound: bool
) -> None:
    ((node, shown, without, on_bound, doubt, way),) = told(ask(one, other, captured))
    assert (node, without, doubt, way) == ("a", (), "", "inbound a")
    assert (shown, on_bound) == (values, bound)


def test_a_deal_below_0_is_doubted_where_nobody_says_that_there_can_be_one() -> None:
    ((_, values, _, _, doubt, _),) = told(ask("size > 0", "size == 0"))
    assert doubt == BELOW
    assert dict(values)["size"].startswith("-")
    drawn = ASK.replace("[CAPTURED]", "{size: {min: -5, max: 5}}")
    process = load(drawn.replace("ONE", "size > 0").replace("OTHER", "size == 0"))
    assert [row[4] for row in told(process)] == [""]
    assert not below_zero(process, "size", "-1")
    assert below_zero(process, "amount", "-1")
    assert not below_zero(process, "amount", "1")
    given = load(
        "  a: {captures: [amount], next: won}\n",
        HEAD.replace("start: a", "start: a, gives: {amount: {min: -3, max: 9}}"),
    )
    assert not below_zero(given, "amount", "-1")
    result = load("  a: {next: {x: {to: won, captures: {amount: {min: -3, max: 9}}}}}\n")
    assert not below_zero(result, "amount", "-1")
    worked_out = load(
        "  a: {captures: [amount], next: {x: {to: won, set: {amount: amount - 5}}}}\n"
    )
    assert not below_zero(worked_out, "amount", "-1")
    emptied = load(
        "  a: {captures: {amount: {min: 3, max: 9}}, next: {x: {to: won, set: {size: 5}}}}\n"
    )
    assert below_zero(emptied, "amount", "-1")


def test_a_field_that_is_not_filled_is_told_unless_nothing_ever_fills_it() -> None:
    process = load(
        "  a: {next: {got: {to: b, captures: [size]}, not_yet: b}}\n"
        "  b: {next: {x: {to: won, when: size > 5}, z: {to: lost, when: size <= 5}}}\n"
    )
    assert told(process) == [("b", (), ("size",), False, "", "inbound a.not_yet b")]
    process = load("  a: {next: {x: {to: won, when: size > 5}, z: {to: lost, when: size <= 5}}}\n")
    assert told(process) == []  # told as never captured


def test_a_step_with_a_time_limit_strands_nobody() -> None:
    text = ASK.replace("CAPTURED", "size").replace("ONE", "size < 1").replace("OTHER", "size > 2")
    plain = load(text)
    timed = load(
        text.replace("next: {x", "timeout: {after: 2d, result: late}, next: {late: lost, x")
    )
    assert len(told(plain)) == 1
    assert told(timed) == []
    # where behaviour is not decided the conditions alone are looked at
    ((node, values, _, _, doubt, way),) = told(plain, decided=False, faults=False)
    assert (node, values, doubt, way) == ("a", (("size", "1.5"),), UNPROVED, "inbound a")
    assert told(timed, decided=False, faults=False) == []
    assert told(plain, decided=True, faults=False) == []


def test_what_otherwise_takes_and_what_no_deal_has_is_not_left_out() -> None:
    text = ASK.replace("CAPTURED", "size").replace("ONE", "size < 1")
    assert told(load(text.replace("when: OTHER", "otherwise: true"))) == []
    assert told(load(text.replace(", when: OTHER", ""))) == []
    given = HEAD.replace("start: a", "start: a, gives: {size: {any_of: {'1': 50%, '5': rest}}}")
    both = text.replace("captures: [CAPTURED], ", "").replace("captures: [size], ", "")
    assert (
        told(load(both.replace("OTHER", "size > 3").replace("size < 1", "size <= 1"), given)) == []
    )


def test_values_within_a_cell_are_doubted() -> None:
    process = load(
        "  a: {captures: [size], next: {go: {to: b, set: {size: size * 3}}}}\n"
        "  b: {next: {x: {to: won, when: size < 100}, z: {to: lost, when: size > 200}}}\n"
    )
    assert {row[4] for row in told(process)} == {VALUES}


def test_a_deal_stuck_in_a_run_is_told_where_it_is_run() -> None:
    inner = (
        "salesflow: 1\nprocess: inner\ndata: {size: {type: number}}\nsources: {in: {start: look}}\n"
        "steps: {look: {next: {fine: {to: agreed, when: size > 5}, dear: {to: refused, when: size < 3}}}}\n"
        "outcomes: {agreed: {kind: done}, refused: {kind: failed}}\n"
    )
    process = process_of(
        "salesflow: 1\nprocess: p\nuse: [inner.yaml]\ndata: {size: {type: number}}\n"
        "sources: {web: {start: a}}\nsteps:\n  a: {captures: [size], next: r}\n"
        "  r: {run: inner, next: {agreed: won, refused: lost}}\n"
        "outcomes: {won: {kind: won}, lost: {kind: lost}}\n",
        inner=inner,
    )
    (one,) = left_out(process)
    assert (one.step.node, one.node, one.doubt, one.sure) == ("r", "r.look", "", True)
    assert one.deal.values == (("size", "3"),)
    assert one.witness == ("web", "a.done", "r.look")
    unfilled = process.replace(
        steps=FrozenMap({**process.steps, "a": process.nodes["a"].replace(captures=FrozenMap())})
    )
    (one,) = left_out(unfilled)
    assert (one.deal.values, one.deal.without) == ((), ("size",))


def overlaps(steps: str, head: str = HEAD) -> list[list[tuple[Any, ...]]]:
    process = load(steps, head)
    found = met(process, Guards(process, Mentions(process)), Flow(process))
    return [
        [
            (
                m.overlap.one.id,
                m.overlap.other.id,
                m.overlap.within,
                m.shadowed,
                m.deal.values,
                " ".join(m.witness),
            )
            for m in group
        ]
        for group in found
    ]


@pytest.mark.parametrize(
    ("ways", "told_"),
    [
        ("x: {to: won, when: size > 5}, z: {to: lost, when: size <= 5}", []),
        (
            "x: {to: won, when: size > 5}, z: {to: lost, when: size > 3}",
            [[("x", "z", True, True, (("size", "6"),), "inbound a")]],
        ),
        (
            "x: {to: won, when: size > 3}, z: {to: lost, when: size > 5}",
            [[("z", "x", True, True, (("size", "6"),), "inbound a")]],
        ),
        (
            "x: {to: won, when: size < 9}, z: {to: lost, when: size > 3}",
            [[("x", "z", False, False, (("size", "6"),), "inbound a")]],
        ),
        (
            "x: {to: won, when: size < 9}, z: lost",
            [[("x", "z", True, False, (("size", "4"),), "inbound a")]],
        ),
        # shares weigh them: that is meant
        ("x: {to: won, when: size < 9, share: 50%}, z: {to: lost, when: size > 3, share: 50%}", []),
        # one without a share beside one that has it
        (
            "x: {to: won, when: size < 9, share: 50%}, z: {to: lost, when: size > 3}",
            [[("x", "z", False, False, (("size", "6"),), "inbound a")]],
        ),
        # the same twice is told as such
        ("x: {to: won, when: size < 9}, z: {to: won, when: size < 9}", []),
        (
            "x: {to: won, when: size < 9}, z: {to: lost, when: size < 9}",
            [[("x", "z", False, False, (("size", "4"),), "inbound a")]],
        ),
    ],
)  # fmt: skip
def test_two_ways_at_once(ways: str, told_: list[object]) -> None:
    assert overlaps(f"  a: {{captures: [size], next: {{{ways}}}}}\n") == told_


def test_two_ways_that_no_deal_can_take_at_once() -> None:
    steps = """  a: {captures: [size], next: {x: {to: b, when: size > 9}, z: {to: lost, otherwise: true}}}
  b: {next: {x: {to: won, when: size > 3}, z: {to: lost, when: size < 5}}}
"""
    assert overlaps(steps) == []
    apart = steps.replace("size > 9", "size > 4")
    ((pair,),) = overlaps(apart)
    assert pair[:3] == ("x", "z", False)
    assert pair[5] == "inbound a.x b"


def test_a_step_that_no_deal_comes_to_lets_nobody_go_two_ways() -> None:
    steps = (
        "  a: {captures: [size], next: won}\n  b: {next: {x: {to: won, when: size > 3}, z: lost}}\n"
    )
    assert overlaps(steps) == []


@pytest.mark.parametrize(
    ("when", "plain"),
    [
        ("size > 5", True),
        ("not size > 5", True),
        ("size > amount", False),
        ("size > size", False),
        ("vip", True),
        ("not vip", True),
        ("vip and size > 5", False),
        ("region == dach", False),
        ("filled(size)", False),
    ],
)
def test_conditions_that_plainly_decide(when: str, plain: bool) -> None:
    head = HEAD.replace("amount: {type: money}", "amount: {type: number}")
    process = load(
        f"  a: {{captures: [size, amount, vip, region], next: {{x: {{to: won, when: {when}}}, z: {{to: lost, otherwise: true}}}}}}\n",
        head,
    )
    condition = process.nodes["a"].next["x"].when
    assert condition is not None
    assert decides(condition.root) == plain


@pytest.mark.parametrize(
    ("when", "kind"),
    [
        ("size > 5 and size < 3", "impossible"),
        ("size > 5 or size <= 5", "constant"),
        ("size > 5 or size < 3", ""),
        ("size > size", "impossible"),
        ("size >= size", "constant"),
        ("filled(size)", ""),
        ("filled(source)", "constant"),
        ("source == inbound", "constant"),
        ("visited(a)", "constant"),
        ("visited(b)", ""),
        ("times(a.x) > 2", "impossible"),
        ("times(a.x) >= 2", ""),
        ("times(a.x) >= 0", "constant"),
        ("times(b.done) > 0 and not visited(b)", "impossible"),
    ],
)
def test_conditions_that_decide_nothing(when: str, kind: str) -> None:
    process = load(
        f"  a: {{captures: [size], next: {{x: {{to: b, at_most: 2}}, k: {{to: won, when: {when}}}, z: {{to: lost, otherwise: true}}}}}}\n"
        "  b: {next: a}\n"
    )
    found = Guards(process, Mentions(process)).pointless
    assert [(element.node, told_) for element, told_ in found] == ([("a.k", kind)] if kind else [])
