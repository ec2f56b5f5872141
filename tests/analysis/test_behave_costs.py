"""How many moves a verdict costs: what runs side by side and leaves each other alone is walked once.

The verdict would be the same with more of them, but a process with much parallel work would no
longer be decided. Some numbers are closed forms, the others were read once: more is a loss.
"""

from itertools import pairwise

import pytest

from salesflow import api
from salesflow.analysis.behave import behaviour
from salesflow.analysis.verdict import Verdict

HEAD = """salesflow: 1
process: deal
data: {vip: {type: yes_no}, big: {type: yes_no}, f: {type: text}}
sources: {inbound: {start: a}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
steps:
"""
ASK = "  z: {next: {x: {to: won, when: vip}, no_vip: {to: lost, otherwise: true}}}\n"
BOTH = ASK.replace("when: vip", "when: vip and big")


def verdict(steps: str) -> Verdict:
    found = behaviour(api.loads(HEAD + steps), shortest=0)
    assert found.decided
    return found


def chain(length: int) -> str:
    names = ["a", *(f"s{at}" for at in range(1, length)), "won"]
    return "".join(f"  {one}: {{next: {other}}}\n" for one, other in pairwise(names))


def threads(*fills: str, length: int, end: str = "won", ask: str = "") -> str:
    """A thread for each, whose steps fill a field ("" for none), up to a meeting point."""
    first = ", ".join(f"t{number}s0" for number, _ in enumerate(fills))
    text = f"  a: {{next: {{go: {{to: [{first}]}}}}}}\n"
    for number, field in enumerate(fills):
        for at in range(length):
            to = f"t{number}s{at + 1}" if at + 1 < length else "m"
            captures = f"captures: [{field}], " if field else ""
            text += f"  t{number}s{at}: {{{captures}next: {to}}}\n"
    last = ", ".join(f"t{number}s{length - 1}" for number, _ in enumerate(fills))
    return f"{text}  m: {{wait_for: [{last}], next: {end}}}\n{ask}"


def block(*fills: str, length: int, join: str = "all", end: str = "won", ask: str = "") -> str:
    text = "  a:\n    parallel:\n"
    for number, field in enumerate(fills):
        captures = f"captures: [{field}], " if field else ""
        rows = ", ".join(
            f"s{at}: {{{captures}next: {f's{at + 1}' if at + 1 < length else 'done'}}}"
            for at in range(length)
        )
        text += f"      b{number}: {{start: s0, steps: {{{rows}}}}}\n"
    return f"{text}    join: {join}\n    next: {{done: {end}}}\n{ask}"


@pytest.mark.parametrize("length", [1, 2, 9, 200])
def test_a_chain_costs_two_moves_however_long(length: int) -> None:
    assert verdict(chain(length)).moves == 2


@pytest.mark.parametrize("many", [2, 5, 30])
@pytest.mark.parametrize("length", [1, 4])
def test_threads_that_nobody_asks_about_cost_four(many: int, length: int) -> None:
    assert verdict(threads(*[""] * many, length=length)).moves == 4
    assert verdict(threads(*["f"] * many, length=length)).moves == 4  # nothing reads it


@pytest.mark.parametrize("many", [2, 5, 30])
@pytest.mark.parametrize("join", ["all", "any", "{at_least: 2}"])
def test_a_block_costs_one_for_each_branch_and_three(many: int, join: str) -> None:
    assert verdict(block(*[""] * many, length=3, join=join)).moves == many + 3


@pytest.mark.parametrize("length", [1, 2, 5])
def test_two_threads_that_write_what_is_asked_later_are_walked_in_every_order(length: int) -> None:
    assert (
        verdict(threads("vip", "vip", length=length, end="z", ask=ASK)).moves
        == 2 * (2 * length + 1) ** 2
    )


def test_what_is_taken_otherwise_costs_nothing_where_something_is_always_enabled() -> None:
    step = "{next: {go: s2, other: {to: lost, otherwise: true}}}"
    assert verdict(chain(4).replace("s1: {next: s2}", f"s1: {step}")).moves == 2
    limited = step.replace("go: s2", "go: {to: s2, at_most: 3}")
    assert verdict(chain(4).replace("s1: {next: s2}", f"s1: {limited}")).moves == 7


PLAIN = threads("vip", "", "", "", length=3, end="z", ask=ASK)
READS = PLAIN.replace(
    "t1s1: {next: t1s2}",
    "t1s1: {next: {x: {to: t1s2, when: vip}, no_vip: {to: t1s2, otherwise: true}}}",
)
ENDS = threads("", "", "", length=3).replace(
    "t1s1: {next: t1s2}", "t1s1: {next: {go: t1s2, out: lost}}"
)
LOOPS = threads("", "", "", length=3).replace(
    "t1s2: {next: m}", "t1s2: {next: {go: m, again: t1s0}}"
)
SPLITS = threads("", "", length=3).replace(
    "t1s1: {next: t1s2}",
    "t1s1: {next: {both: {to: [x1, x2]}}}\n  x1: {next: k}\n  x2: {next: k}\n  k: {wait_for: [x1, x2], next: t1s2}",
)
TWICE = threads("", "", "", length=3).replace(
    "m: {wait_for: [t0s2, t1s2, t2s2], next: won}", "m: {next: won}"
)
COUNTS = LOOPS.replace("again: t1s0", "again: {to: t1s0, at_most: 2}").replace(
    "next: won}",
    "next: {x: {to: won, when: times(t1s2.again) > 0}, rest_of: {to: lost, otherwise: true}}}",
)
NESTED = (
    """  a:
    parallel:
      one: {steps: {b: {parallel: {p: {steps: {s: {captures: [vip], next: done}}}, q: {steps: {t: {next: {ok: done, out: leave}}}}}, next: {done: done, out: done}}}}
      two: {steps: {u: {captures: [big], timeout: {after: 2d, result: late}, next: {ok: done, late: done}}}}
    next: {done: z}
"""
    + BOTH
)
BESIDE = (
    """  a: {next: {go: {to: [b, c]}}}
  b: {parallel: {p: {steps: {s: {captures: [vip], next: done}}}, q: {steps: {t: {next: done}}}}, next: m}
  c: {CAPTURES next: {x: {to: m, when: WHEN}, no_x: {to: m, otherwise: true}}}
  m: {wait_for: [b, c], next: z}
"""
    + ASK
)


@pytest.mark.parametrize(
    ("steps", "moves", "faults"),
    [
        (PLAIN, 16, []),
        (threads("vip", "big", length=2, end="z", ask=BOTH), 28, []),
        (threads("vip", "big", "", length=2, end="z", ask=ASK), 12, []),
        (READS, 77, ["unfilled"]),
        (ENDS, 6, []),
        (LOOPS, 8, []),
        (SPLITS, 6, []),
        (TWICE, 193, ["twice", "unfinished"]),
        (COUNTS, 13, []),
        (block("vip", "big", length=2, end="z", ask=BOTH), 91, []),
        (block("vip", "vip", length=2, end="z", ask=ASK), 51, []),
        (block("vip", "vip", length=2, join="any", end="z", ask=ASK), 35, []),
        (
            block("vip", "big", "", length=2, join="{at_least: 2}", end="z", ask=BOTH),
            217,
            ["unfilled"],
        ),
        (NESTED, 224, ["unfilled"]),
        (BESIDE.replace("CAPTURES ", "").replace("WHEN", "vip"), 54, ["unfilled"]),
        (BESIDE.replace("CAPTURES ", "captures: [big], ").replace("WHEN", "big"), 32, []),
        (BESIDE.replace("CAPTURES ", "captures: [vip], ").replace("WHEN", "big"), 76, ["unfilled"]),
        (chain(3).replace("s2: {next: won}", "s2: {next: a}"), 8, ["trapped"]),
        (
            chain(3).replace("s2: {next: won}", "s2: {next: {x: {to: won, when: vip}}}"),
            6,
            ["stuck", "unfilled"],
        ),
    ],
)
def test_what_it_costs(steps: str, moves: int, faults: list[str]) -> None:
    found = verdict(steps)
    assert (found.moves, sorted({fault.kind for fault in found.faults})) == (moves, faults)


@pytest.mark.parametrize(
    ("ways", "never"),
    [
        ("x: {to: b, at_most: 1}", ("a.z",)),
        ("x: {to: b, at_most: 1}, y2: {to: b, when: vip}", ("a.z",)),  # one of them is enough
        ("x: {to: a, at_most: 1}, y2: {to: b, when: vip}", ()),  # spent where it comes again
        ("x: {to: b, when: vip}, y2: {to: b, when: not vip}", ("a.z",)),
    ],
)
def test_what_is_taken_only_once_a_limit_is_spent(ways: str, never: tuple[str, ...]) -> None:
    head = HEAD.replace("start: a", "start: a, gives: {vip: 50%}")
    steps = f"  a: {{next: {{{ways}, z: {{to: lost, otherwise: true}}}}}}\n  b: {{next: won}}\n"
    found = behaviour(api.loads(head + steps), shortest=0)
    assert (found.never_taken, found.faults, found.decided) == (never, (), True)


def test_with_too_many_limits_that_is_not_looked_into() -> None:
    ways = ", ".join(f"x{n}: {{to: b, at_most: 9}}" for n in range(3))
    steps = f"  a: {{next: {{{ways}, z: {{to: lost, otherwise: true}}}}}}\n  b: {{next: won}}\n"
    assert verdict(steps).never_taken == ("a.z",)
    more = steps.replace("x0", "w: {to: b, at_most: 9}, x0")
    assert verdict(more).never_taken == ()  # 10 to the power of 4 ways to spend them
