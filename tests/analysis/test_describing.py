"""How far a process is described, what a department has to do with it, which fields are used where."""

import pytest

from salesflow import api
from salesflow.analysis.data_use import Mentions, filled, needed
from salesflow.analysis.department import view_of
from salesflow.analysis.maturity import maturity

LEVEL_1 = """salesflow: 1
process: deal
sources: {inbound: {department: sales, start: call}}
steps:
  call: {by: sales, next: {good: contract, bad: lost}}
  contract: {by: legal, with: [sales], next: {signed: won, refused: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
DEPARTMENTS = "departments: {sales: {}, legal: {}}\n"
DATA = "data: {quote: {type: document}}\n"
BRIDGES = "touchpoints: {t: {from: sales, to: legal}}\n"


def level(text: str) -> tuple[int, tuple[str, ...]]:
    return maturity(api.loads(text))


def test_the_flow_alone_is_level_1() -> None:
    assert level(LEVEL_1) == (
        1,
        (
            "`departments` with their roles, for `legal`, `sales`",
            "`data`, and what steps capture and require",
        ),
    )
    assert level(LEVEL_1 + DEPARTMENTS + DATA) == (
        1,
        ("`touchpoints` for what others hand over to `legal`",),
    )
    waits = LEVEL_1.replace("contract: {by: legal, with: [sales], ", "contract: {wait: 2d, ")
    assert level(waits + DEPARTMENTS + DATA) == (1, ("`by` at `contract`",))


def test_departments_data_and_bridges_are_level_2() -> None:
    assert level(LEVEL_1 + DEPARTMENTS + DATA + BRIDGES) == (
        2,
        (
            "`arrivals` of `inbound`",
            "`effort` or `wait` at `call`, `contract`",
            "`share` of `call.bad`, `call.good`, `contract.refused` and 1 more",
            "`people` of `legal`, `sales`",
        ),
    )


FULL = """salesflow: 1
process: deal
departments: {sales: {people: 2}, legal: {people: 1}, buyer: {external: true}}
data: {quote: {type: document}}
touchpoints: {t: {from: sales, to: legal}, u: {from: legal, to: sales}}
sources: {inbound: {department: sales, start: call, arrivals: 3 per week}}
steps:
  call: {by: sales, effort: 1h, next: {good: {to: think, share: 30%}, bad: {to: lost, share: rest}}}
  think: {by: buyer, wait: 2d, next: contract}
  contract:
    by: legal
    with: [sales]
    effort: 2h
    captures: [quote]
    next: {signed: {to: done_it, when: filled(quote)}, refused: {to: lost, otherwise: true}}
  done_it: {by: sales, effort: 5min, next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def test_effort_shares_and_arrivals_are_level_3() -> None:
    assert level(FULL) == (3, ("`policies` or `objectives`",))


@pytest.mark.parametrize(
    "more",
    ["policies: {p: {never: call}}\n", "objectives: {o: {measure: win_rate, at_least: 5%}}\n"],
)
def test_policies_or_objectives_are_level_4(more: str) -> None:
    assert level(FULL + more) == (4, ())


def test_a_process_that_others_run_needs_no_arrivals() -> None:
    text = FULL.replace(", arrivals: 3 per week", "").replace("kind: won", "kind: done")
    assert level(text.replace("kind: lost", "kind: failed")) == (3, ("`policies` or `objectives`",))


def test_long_lists_are_cut() -> None:
    steps = "".join(f"  s{n}: {{by: sales, next: s{n + 1}}}\n" for n in range(5))
    text = f"{FULL.replace('  call:', f'{steps}  s5: {{by: sales, effort: 1h, next: call}}{chr(10)}  call:')}"
    assert level(text)[1] == ("`effort` or `wait` at `s0`, `s1`, `s2` and 2 more",)


VIEW = """salesflow: 1
process: deal
departments: {sales: {roles: {ae: {}, boss: {}}}, legal: {}, ops: {}}
data: {quote: {type: document}, contract: {type: document}}
touchpoints:
  to_legal: {from: sales, to: legal, requires: [quote], returns: [contract], accept_within: 2d}
  papers: {from: sales, to: legal, at: papers, requires: [quote]}
sources: {inbound: {department: sales, start: call}, event: {department: ops, start: call}}
steps:
  call: {by: ae, captures: [quote], next: {good: papers, direct: papers, bad: lost}}
  papers: {by: legal, with: [ae], captures: [contract], timeout: {after: 9d, result: slow}, sla: {within: 5d}, escalate: {after: 2d, by: boss}, next: {signed: book, slow: call}}
  book: {by: ops, next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def test_a_department_sees_what_it_gets_owes_and_does() -> None:
    view = view_of(api.loads(VIEW), "legal")
    (entry,) = view.entries
    assert (entry.other, entry.at, entry.by) == ("sales", "papers", ("call.direct", "call.good"))
    assert [contract.id for contract in entry.contracts] == ["papers", "to_legal"]
    assert (entry.requires, entry.returns) == (("quote",), ("contract",))
    assert [(e.other, e.at, e.by) for e in view.exits] == [
        ("sales", "call", ("papers.slow",)),
        ("ops", "book", ("papers.signed",)),
    ]
    (task,) = view.tasks
    assert (task.step.node, task.role, task.alone) == ("papers", "legal", False)
    assert str(task.sla.within if task.sla else "") == "5d"
    assert task.timeout is not None
    assert task.escalate is not None
    assert view.sources == ()
    assert view.escalations == ()


def test_a_department_sees_first_hand_deals_help_and_escalations() -> None:
    process = api.loads(VIEW)
    view = view_of(process, "sales")
    assert [source.id for source in view.sources] == ["inbound"]
    assert [(t.step.node, t.role, t.alone) for t in view.tasks] == [
        ("call", "ae", True),
        ("papers", "ae", False),
    ]
    assert [step.node for step in view.escalations] == ["papers"]
    assert [entry.by for entry in view.entries] == [("papers.slow",), ("event",)]
    with pytest.raises(KeyError):
        view_of(process, "nobody")


FIELDS = """salesflow: 1
process: deal
data: {a: {type: number}, b: {type: number}, c: {type: number}, d: {type: number}, e: {type: number}, f: {type: number}, g: {type: number}, h: {type: number}}
departments: {sales: {}, legal: {}}
value: h
sources: {inbound: {start: s, gives: {a: 5}}}
steps:
  s: {by: sales, captures: [b], requires: [a], next: {x: {to: p, when: visited(s) and times(s.x) < 2 and a > 1, set: {c: b * 2}, captures: [d]}, z: {to: lost, otherwise: true}}}
  p: {parallel: {q: {when: filled(g) or e > 2, steps: {t: {by: legal, next: done}}}}, next: won}
outcomes: {won: {kind: won, requires: [f]}, lost: {kind: lost}}
touchpoints: {t: {from: sales, to: legal, at: p.q, requires: [b], returns: [c]}}
policies: {v: {precedence: [s.x, won], when: d > 1}}
objectives: {o: {measure: time, from: s, to: won, at_most: 9d}}
"""


def test_fields_are_filled_and_needed_where_the_file_says_so() -> None:
    process = api.loads(FIELDS)
    assert {(u.field, u.how, u.element.path, u.at) for u in filled(process)} == {
        ("a", "gives", "sources.inbound", "inbound"),
        ("b", "captures", "steps.s", "s"),
        ("d", "captures", "steps.s.next.x", "s"),
        ("c", "set", "steps.s.next.x", "s"),
    }
    assert {(u.field, u.how, u.element.path, u.at) for u in needed(process)} == {
        ("a", "requires", "steps.s", "s"),
        ("a", "when", "steps.s.next.x", "s"),
        ("b", "set", "steps.s.next.x", "s"),
        ("e", "when", "steps.p.parallel.q", "p"),
        ("f", "requires", "outcomes.won", "won"),
        ("b", "requires", "touchpoints.t", ""),
        ("c", "returns", "touchpoints.t", ""),
        ("d", "when", "policies.v", ""),
    }
    mentions = Mentions(process)
    assert mentions.filled == {use.field for use in filled(process)}
    assert mentions.needed == {use.field for use in needed(process)}
    assert mentions.fields == set("abcdefgh")
    assert mentions.nodes == {"s", "s.x", "won", "p.q"}


def test_every_name_in_a_file_counts_as_spoken_of_by_itself() -> None:
    text = """salesflow: 1
process: deal
data: {a: {type: number}, b: {type: number}, c: {type: number}}
departments: {sales: {}, legal: {}}
sources: {inbound: {start: s}}
steps:
  s: {by: sales, next: {x: {to: t, when: WHEN}, z: {to: lost, otherwise: true}}}
  t: {by: legal, next: {w: won, l: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
    for when, nodes, fields in (
        ("times(s.z) > 1", {"s.z"}, set()),
        ("visited(t)", {"t"}, set()),
        ("filled(a)", set(), {"a"}),
        ("a > b", set(), {"a", "b"}),
    ):
        mentions = Mentions(api.loads(text.replace("WHEN", when)))
        assert (mentions.nodes, mentions.fields) == (nodes, fields)
    plain = text.replace(", when: WHEN", "")
    for more, nodes in (
        ("touchpoints: {t: {from: sales, to: legal, at: t}}\n", {"t"}),
        ("policies: {p: {never: t}}\n", {"t"}),
        ("objectives: {o: {measure: time, from: t, at_most: 2d}}\n", {"t"}),
        ("objectives: {o: {measure: time, to: t, at_most: 2d}}\n", {"t"}),
        ("objectives: {o: {measure: utilization, of: legal, at_most: 80%}}\n", {"legal"}),
    ):
        assert Mentions(api.loads(plain + more)).nodes == nodes
    for more, fields in (
        ("value: a\n", {"a"}),
        ("touchpoints: {t: {from: sales, to: legal, requires: [a], returns: [b]}}\n", {"a", "b"}),
        ("policies: {p: {never: t, when: filled(c)}}\n", {"c"}),
    ):
        assert Mentions(api.loads(plain + more)).fields == fields
    written = plain.replace("x: {to: t", "x: {to: t, captures: [a], set: {b: c + 1}")
    assert Mentions(api.loads(written)).filled == {"a", "b"}
    assert Mentions(api.loads(written)).needed == {"c"}
    for where in ("s: {by: sales, requires: [a],", "s: {by: sales, captures: [a],"):
        known = Mentions(api.loads(plain.replace("s: {by: sales,", where)))
        assert known.fields == {"a"}
        assert known.needed == ({"a"} if "requires" in where else set())
