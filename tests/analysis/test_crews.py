"""Who does a step, and whether deals can be won without somebody."""

import pytest

from salesflow import api
from salesflow.analysis.crews import needing, roles_of, won_without
from salesflow.analysis.flow import Flow
from salesflow.process.model import Process
from salesflow.process.steps import Work

HEAD = """salesflow: 1
process: deal
departments: {sales: {roles: {ae: {}, boss: {}}}, legal: {}, buyer: {external: true, roles: {cfo: {}}}}
data: {vip: {type: yes_no}}
sources: {inbound: {start: a}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def load(steps: str) -> Process:
    return api.loads(f"{HEAD}steps:\n{steps}")


def test_each_role_of_ours_does_a_step_once() -> None:
    process = load(
        "  a: {by: ae, with: [legal, cfo], effort: 1h, next: b}\n"
        "  b: {by: cfo, effort: 1h, next: c}\n  c: {wait: 1h, next: won}\n"
    )
    work = {node: step for node, step in process.nodes.items() if isinstance(step, Work)}
    assert [role.id for role in roles_of(process, work["a"])] == ["ae", "legal"]
    assert [role.id for role in roles_of(process, work["b"])] == []
    assert [role.id for role in roles_of(process, work["c"])] == []
    twice = work["a"].replace(with_=("ae", "legal", "legal"))
    assert [role.id for role in roles_of(process, twice)] == ["ae", "legal"]


def test_work_waits_for_those_who_take_part_and_for_who_does_it_alone() -> None:
    process = load(
        "  a: {by: ae, effort: 1h, next: b}\n"
        "  b: {by: ae, effort: 1h, escalate: {after: 2h, by: boss}, next: c}\n"
        "  c: {by: legal, with: [ae], effort: 1h, escalate: {after: 2h, by: boss}, next: d}\n"
        "  d: {by: ae, next: won}\n"  # no effort: nobody has to be there
    )
    assert needing(process, "ae") == {"a", "c"}
    assert needing(process, "legal") == set()
    assert needing(process, "boss") == set()


BLOCK = """  a: {next: {go: p, stop: lost}}
  p:
    parallel:
      one: {steps: {s: {next: done}}}
      two: {steps: {t: {next: {ok: done, out: leave}}}}
      three: {when: vip, steps: {u: {next: done}}}
    join: JOIN
    next: {done: won, out: z}
  z: {next: WAY}
"""
MEETING = """  a: {next: {both: {to: [b, c]}}}
  b: {next: {go: m, stop: lost}}
  c: {next: m}
  m: {wait_for: [b, c], next: won}
"""


@pytest.mark.parametrize(
    ("steps", "closed", "won"),
    [
        ("  a: {next: {x: b, z: lost}}\n  b: {next: won}\n", {"b"}, False),
        ("  a: {next: {x: b, z: won}}\n  b: {next: won}\n", {"b"}, True),
        ("  a: {next: won}\n", {"a"}, False),
        (MEETING, set(), True),
        (MEETING, {"b"}, False),
        (MEETING, {"c"}, False),
        (BLOCK.replace("JOIN", "all"), set(), True),
        (BLOCK.replace("JOIN", "all"), {"p.one.s"}, False),
        (BLOCK.replace("JOIN", "all"), {"p.three.u"}, True),  # it need not run
        (BLOCK.replace("JOIN", "all").replace("WAY", "won"), {"p.one.s"}, True),  # left by `out`
        (BLOCK.replace("JOIN", "any"), {"p.one.s"}, True),
        (BLOCK.replace("JOIN", "any"), {"p.one.s", "p.two.t"}, True),  # the third may be the first
        (BLOCK.replace("JOIN", "any"), {"p.one.s", "p.two.t", "p.three.u"}, False),
        (BLOCK.replace("JOIN", "{at_least: 2}"), {"p.one.s"}, True),
        (BLOCK.replace("JOIN", "{at_least: 2}"), {"p.one.s", "p.three.u"}, False),
        (BLOCK.replace("JOIN", "{at_least: 3}"), set(), True),
        (BLOCK.replace("JOIN", "{at_least: 3}"), {"p.three.u"}, True),  # two run: two will do
    ],
)
def test_deals_can_be_won_past_what_is_closed(steps: str, closed: set[str], won: bool) -> None:
    process = load(steps.replace("WAY", "lost"))
    assert won_without(process, Flow(process), closed) == won


def test_a_block_none_of_whose_branches_must_run_is_done_by_itself_or_by_its_time() -> None:
    steps = "  a: {parallel: {one: {when: vip, steps: {s: {next: done}}}}, next: {done: won}}\n"
    process = load(steps)
    assert won_without(process, Flow(process), {"a.one.s"})
    timed = (
        "  a: {timeout: {after: 2d, result: late}, parallel: {one: {steps: {s: {next: done}}}}, "
        "next: {done: lost, late: won}}\n"
    )
    process = load(timed)
    assert won_without(process, Flow(process), {"a.one.s"})
