"""What the drawing proves is what the game says: nothing gets stuck, every way drawn is possible."""

import pytest

from salesflow.analysis.behave import behaviour
from salesflow.analysis.flow import Flow
from salesflow.analysis.plain import plainly_sound
from salesflow.process.model import Process
from tests.process.written import process_of

HEAD = (
    "salesflow: 1\nprocess: p\nuse: [inner.yaml]\ndata: {vip: {type: yes_no}}\n"
    "sources: {web: {start: a, gives: {vip: 50%}}}\n"
)
ENDS = "outcomes: {won: {kind: won}, lost: {kind: lost}}\n"
INNER = (
    "salesflow: 1\nprocess: inner\ndata: {vip: {type: yes_no}}\nsources: {in: {start: look}}\nsteps:\nSTEPS"
    "outcomes: {agreed: {kind: done}, refused: {kind: failed}}\n"
)
FINE = "  look: {next: {fine: agreed, dear: refused}}\n"
RUN = "  a: {run: inner, next: {agreed: won, refused: lost}}\n"


def process(steps: str, inner: str = FINE) -> Process:
    return process_of(f"{HEAD}steps:\n{steps}{ENDS}", inner=INNER.replace("STEPS", inner))


BLOCK = "  a: {parallel: {one: {start: s, steps: {s: {next: {x: t, out: leave}}, t: {next: ONE}}}, two: {steps: {u: {next: TWO}}}}, NAMED}\n"


def block(one: str = "done", two: str = "done", named: str = "next: {done: won, out: lost}") -> str:
    return BLOCK.replace("ONE", one).replace("TWO", two).replace("NAMED", named)


@pytest.mark.parametrize(
    ("steps", "inner", "plain"),
    [
        ("  a: {next: {x: won, z: lost}}\n", FINE, True),
        ("  a: {next: {x: {to: won, when: vip}, z: lost}}\n", FINE, False),
        ("  a: {next: {x: won, z: {to: lost, otherwise: true}}}\n", FINE, False),
        ("  a: {next: {x: {to: won, at_most: 2}, z: lost}}\n", FINE, True),
        ("  a: {next: {x: {to: won, at_most: 2}}}\n", FINE, False),
        ("  a: {next: {again: a, x: {to: won, at_most: 2}}}\n", FINE, False),  # it may be spent
        ("  a: {next: {again: {to: a, at_most: 2}, x: won}}\n", FINE, True),
        ("  a: {next: {both: {to: [b, c]}}}\n  b: {next: m}\n  c: {next: m}\n  m: {wait_for: [b, c], next: won}\n", FINE, False),
        ("  a: {next: {x: b, z: won}}\n  b: {next: b}\n", FINE, False),
        ("  a: {next: {x: b, z: won}}\n  b: {next: c}\n  c: {next: b}\n", FINE, False),
        (block(), FINE, True),
        (block(one="s"), FINE, False),  # the branch never finishes
        (block(two="{late: leave}", named="next: {out: lost, late: won}"), FINE, False),
        (block(named="next: {done: won}"), FINE, False),  # `out` is named by nobody
        (block(named="join: any, next: {done: won, out: lost}"), FINE, True),
        (block().replace("two: {steps", "two: {when: vip, steps"), FINE, False),
        (RUN, FINE, True),
        (RUN.replace(", refused: lost", ""), FINE, False),
        (RUN, "  look: {next: agreed}\n", False),  # it never ends `refused`
        (RUN, "  look: {next: {fine: {to: agreed, when: vip}, dear: {to: refused, otherwise: true}}}\n", False),
        (RUN, "  look: {next: {fine: agreed, dear: refused, stay: stop}}\n  stop: {next: stop}\n", False),
    ],
)  # fmt: skip
def test_what_the_drawing_proves(steps: str, inner: str, plain: bool) -> None:
    known = process(steps, inner)
    flow = Flow(known)
    assert plainly_sound(known, flow) == plain
    if plain:
        verdict = behaviour(known)
        assert (verdict.faults, verdict.never_taken, verdict.never_entered) == ((), (), ())
    quick = behaviour(known, flow=flow)
    assert quick._replace(moves=0) == behaviour(known)._replace(moves=0)
