"""What rules say where it is not plain: the edges of each rule, and what must raise no alarm."""

import pytest

from salesflow import api
from salesflow.checking.run import run_checks
from salesflow.findings import Finding

HEAD = """salesflow: 1
process: deal
sources: {inbound: {start: a}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def found(text: str, *rules: str) -> list[Finding]:
    if not text.startswith("salesflow"):
        text = HEAD + text
    return [f for f in run_checks(api.loads(text), preset="all") if not rules or f.rule in rules]


def paths(text: str, *rules: str) -> list[tuple[str, str]]:
    return [(f.rule, f.path) for f in found(text, *rules)]


# ----------------------------------------------------------------------------------- structure


def test_an_unreached_part_is_one_finding_that_names_what_lies_behind() -> None:
    steps = """steps:
  a: {by: x, next: {good: won, bad: lost}}
  b: {by: x, next: c}
  c: {by: x, next: d}
  d: {by: x, next: won}
"""
    (one,) = found(steps)
    assert (one.rule, one.path) == ("unreachable-step", "steps.b")
    assert one.message == (
        "`b` is never reached: no result leads to it. With it `c` and `d` are not reached."
    )


def test_what_deals_reach_another_way_is_not_told_as_unreached() -> None:
    steps = """steps:
  a: {by: x, next: {good: c, bad: lost}}
  b: {by: x, next: c}
  c: {by: x, next: won}
"""
    (one,) = found(steps)
    assert one.message == "`b` is never reached: no result leads to it."


def test_what_two_unreached_parts_lead_to_is_named_once() -> None:
    steps = """steps:
  a: {by: x, next: {good: won, bad: lost}}
  b: {by: x, next: d}
  c: {by: x, next: d}
  d: {by: x, next: won}
"""
    assert [f.message for f in found(steps)] == [
        "`b` is never reached: no result leads to it. With it `d` is not reached.",
        "`c` is never reached: no result leads to it.",
    ]


@pytest.mark.parametrize(
    ("circle", "said"),
    [
        ("  b: {by: x, next: c}\n  c: {by: x, next: {go: b, out: lost}}\n", "only `c` leads to it"),
        (
            "  b: {by: x, next: c}\n  c: {by: x, next: d}\n  d: {by: x, next: {go: b, out: lost}}\n",
            "only `c` and `d` lead to it",
        ),
    ],
)
def test_an_unreached_circle_is_told_at_its_first_step(circle: str, said: str) -> None:
    (one,) = found(f"steps:\n  a: {{by: x, next: {{good: won, bad: lost}}}}\n{circle}")
    assert one.path == "steps.b"
    assert said in one.message


def test_an_unreached_block_takes_its_branches_with_it_silently() -> None:
    steps = """steps:
  a: {by: x, next: {good: won, bad: lost}}
  b: {parallel: {p: {steps: {s: {by: x, next: done}}}}, next: c}
  c: {by: x, next: won}
"""
    (one,) = found(steps)
    assert one.message == (
        "`b` is never reached: no result leads to it. With it `c` is not reached."
    )


def test_dead_ends_say_how_a_deal_gets_there() -> None:
    (one,) = found("steps:\n  a: {by: x, next: {good: b, bad: lost}}\n  b: {by: x}\n")
    assert one.rule == "dead-end"
    assert one.message == (
        "`b` is a dead end: nothing leads on. A deal gets there by inbound → a (good)."
    )
    assert one.witness == ("inbound", "a.good", "b")
    assert one.help == "Add a result that leads on, e.g. `next: {passes: lost}`."


def test_long_ways_are_cut_in_the_message_and_whole_in_the_witness() -> None:
    chain = "".join(f"  s{n}: {{by: x, next: s{n + 1}}}\n" for n in range(30))
    (one,) = found(
        f"steps:\n  a: {{by: x, next: {{go: s0, bad: lost}}}}\n{chain}  s30: {{by: x}}\n"
    )
    assert len(one.witness) == 33
    assert "inbound → a (go) → … → s24 (done)" in one.message


def test_a_block_without_next_is_a_dead_end_and_nothing_else() -> None:
    steps = """steps:
  a: {by: x, next: {good: b, bad: lost, well: won}}
  b: {parallel: {p: {steps: {s: {by: x, next: {good: done, bad: leave}}}}}}
"""
    (one,) = found(steps)
    assert one.rule == "dead-end"
    assert "this block has no `next`" in one.message
    assert "{done: lost}" in one.help


def test_a_dead_end_in_a_branch_does_not_make_the_block_unused() -> None:
    steps = """steps:
  a:
    parallel:
      p: {start: s, steps: {s: {by: x, next: {go: t, stop: leave}}, t: {by: x}}}
      q: {steps: {u: {by: z, next: done}}}
    next: {done: won, stop: lost}
"""
    assert paths(steps) == [("dead-end", "steps.a.parallel.p.steps.t")]
    assert found(steps)[0].help == "Add a result that leads on, e.g. `next: done`."


def test_a_loop_to_itself_is_endless() -> None:
    (one,) = found(
        "steps:\n  a: {by: x, next: {good: b, bad: lost, well: won}}\n  b: {by: x, next: b}\n"
    )
    assert (one.rule, one.path) == ("endless-loop", "steps.b")
    assert "leads only back to itself" in one.message


def test_a_loop_is_told_where_deals_enter_it_with_its_members() -> None:
    steps = """steps:
  a: {by: x, next: {good: d, bad: lost, well: won}}
  b: {by: x, next: c}
  c: {by: x, next: d}
  d: {by: x, next: b}
"""
    (one,) = found(steps)
    assert one.path == "steps.d"
    assert one.message.startswith("A deal that comes to `d` never ends: `d`, `b` and `c` lead only")
    assert [other.path for other in one.related] == ["steps.b", "steps.c"]
    assert one.witness == ("inbound", "a.good", "d")


def test_long_lists_are_cut_in_the_message() -> None:
    ring = "".join(f"  s{n}: {{by: x, next: s{(n + 1) % 9}}}\n" for n in range(9))
    (one,) = found(f"steps:\n  a: {{by: x, next: {{go: s0, bad: lost, well: won}}}}\n{ring}")
    assert "`s0`, `s1`, `s2`, `s3`, `s4`, `s5` and 3 more lead only to each other" in one.message


def test_what_only_leads_into_a_loop_is_no_finding_of_its_own() -> None:
    steps = """steps:
  a: {by: x, next: {good: b, bad: lost, well: won}}
  b: {by: x, next: c}
  c: {by: x, next: d}
  d: {by: x, next: c}
"""
    assert paths(steps) == [("endless-loop", "steps.c")]


def test_a_loop_that_can_be_left_is_fine() -> None:
    assert paths("steps:\n  a: {by: x, next: {again: a, good: won, bad: lost}}\n") == []


REMIND = """steps:
  a:
    parallel:
      remind: {steps: {mail: {by: x, wait: 7d, next: mail}}}
      answer: {steps: {reply: {by: z, next: {comes: done%s}}}}
%s    next: {%s}
"""


@pytest.mark.parametrize(
    ("leave", "keys", "next_", "expected"),
    [
        ("", "    join: any\n", "done: won", []),
        ("", "    timeout: {after: 9d, result: late}\n", "done: b, late: lost", ["unused-result"]),
        (", refuses: leave", "", "done: b, refuses: lost", ["unused-result"]),
        ("", "", "done: b", ["endless-loop"]),
    ],
)
def test_a_loop_in_a_branch_is_fine_where_something_else_ends_it(
    leave: str, keys: str, next_: str, expected: list[str]
) -> None:
    steps = REMIND % (leave, keys, next_) + "  b: {by: x, next: {fine: won, bad: lost}}\n"
    rules = ("endless-loop", "unused-result", "dead-end", "unhandled-result")
    assert [f.rule for f in found(steps, *rules)] == expected


def test_a_loop_deep_in_blocks_is_ended_by_an_outer_time_limit() -> None:
    inner = "{parallel: {q: {steps: {mail: {by: x, next: mail}}}}, next: {done: done}}"
    steps = f"""steps:
  a:
    parallel: {{p: {{steps: {{b: {inner}}}}}}}
    timeout: {{after: 3d, result: late}}
    next: {{late: lost, done: won}}
"""
    assert "endless-loop" not in [f.rule for f in found(steps)]
    without = steps.replace("    timeout: {after: 3d, result: late}\n", "").replace(
        "late: lost, ", ""
    )
    (one,) = found(without, "endless-loop")
    assert one.path.endswith("steps.mail")
    assert "`done` or `leave`" in one.help


@pytest.mark.parametrize(
    ("outcomes", "targets", "expected"),
    [
        ("won: {kind: won}", "won", ["only-one-outcome"]),
        ("lost: {kind: lost}", "lost", ["only-one-outcome"]),
        ("signed: {kind: done}", "signed", []),
        ("won: {kind: won}, big: {kind: won}", "{x1: won, y1: big}", ["no-loss-path"]),
        ("won: {kind: won}, out: {kind: disqualified}", "{x1: won, y1: out}", []),
        ("won: {kind: won}, no_go: {kind: failed}", "{x1: won, y1: no_go}", []),
        ("won: {kind: won}, lost: {kind: lost}", "won", ["unused-definition"]),
    ],
)
def test_outcomes(outcomes: str, targets: str, expected: list[str]) -> None:
    text = f"""salesflow: 1
process: deal
sources: {{inbound: {{start: a}}}}
steps: {{a: {{by: x, next: {targets}}}}}
outcomes: {{{outcomes}}}
"""
    assert [f.rule for f in found(text)] == expected


def test_a_loss_that_is_missing_says_which() -> None:
    text = """salesflow: 1
process: deal
sources: {inbound: {start: a}}
steps: {a: {by: x, next: lost}}
outcomes: {lost: {kind: lost}}
"""
    (one,) = found(text)
    assert one.message == "Every deal ends `lost`: there is no way to win one."


ORGANIZATION = """salesflow: 1
process: deal
calendars:
  emea: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-18:00"}}
  apac: {timezone: Asia/Tokyo, hours: {mon-fri: "09:00-18:00"}}
departments:
  sales: {calendar: emea, roles: {ae: {}, sdr: {}, director: {}, nobody: {}}}
  legal: {}
  events: {}
  audit: {roles: {auditor: {}}}
data: {amount: {type: money}, unread: {type: text}, size: {type: number}}
stages: {early: {win_chance: 10%}, late: {win_chance: 50%}}
sources: {inbound: {start: a, department: events, gives: {amount: {min: 1, max: 9}}}}
value: size
steps:
  a: {by: ae, with: [sdr], stage: early, escalate: {after: 2d, by: director}, next: {good: won, bad: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
objectives: {load: {measure: utilization, of: legal, at_most: 80%}}
"""


def test_definitions_that_nothing_uses() -> None:
    used = [path for rule, path in paths(ORGANIZATION, "unused-definition")]
    assert used == [
        "calendars.apac",
        "departments.sales.roles.nobody",
        "departments.audit",
        "data.unread",
        "stages.late",
    ]


def test_transitions_that_differ_in_effect_are_no_duplicates() -> None:
    steps = """data: {amount: {type: money}, why: {type: text}}
steps:
  a:
    by: x
    captures: [amount]
    next:
      p: {to: lost, when: amount > 5, set: {why: filled}}
      q: {to: lost, when: amount > 5}
      r: {to: lost, when: amount > 6}
      s: {to: won, when: amount > 5}
      t: lost
      u: lost
"""
    assert paths(steps, "duplicate-transition") == []


@pytest.mark.parametrize(
    "step",
    [
        "{name: Ready, next: c}",
        "{stage: early, next: c}",
        "{captures: [amount], next: c}",
        "{next: {go: {to: c, set: {amount: 5}}}}",
        "{next: {go: c, stop: lost}}",
        "{wait: 2d, next: c}",
        "{sla: {within: 2d}, next: c}",
        "{next: {go: {to: [c, d]}}}",
        "{next: m}",
        "{next: won}",
    ],
)
def test_steps_that_are_not_superfluous(step: str) -> None:
    speaks = "policies: {p: {response: [b, won]}}\n" if step == "{next: won}" else ""
    text = f"""data: {{amount: {{type: money}}}}
stages: {{early: {{}}}}
steps:
  a: {{by: x, next: {{good: b, other: k, meet: c, meet_d: d, bad: lost}}}}
  b: {step}
  c: {{by: x, next: won}}
  d: {{by: x, next: won}}
  k: {{by: x, next: m}}
  m: {{by: x, wait_for: [{"b, " if step == "{next: m}" else ""}k], next: won}}
{speaks}"""
    assert "steps.b" not in [path for _, path in paths(text, "superfluous-step")]


def test_a_step_alone_in_its_branch_or_met_twice_is_not_superfluous() -> None:
    steps = """steps:
  a: {by: x, next: {good: b, better: b, bad: lost}}
  b: {next: c}
  c: {parallel: {p: {steps: {s: {next: done}}}}, next: won}
"""
    assert paths(steps, "superfluous-step") == []
    one = "  a: {by: x, next: {good: b, bad: lost}}\n  b: {next: won}\n"
    assert paths(f"steps:\n{one}", "superfluous-step") == [("superfluous-step", "steps.b")]
    nobody = one.replace("by: x, ", "")
    assert paths(f"steps:\n{nobody}", "superfluous-step") == []


# ----------------------------------------------------------------------------------- behaviour


def test_results_of_leaves_and_blocks_that_may_be_done_are_asked_for() -> None:
    steps = """steps:
  a:
    parallel:
      p: {steps: {s: {by: x, next: {good: done, bad: leave, worse: leave}}}}
    next: {bad: lost}
"""
    first, second = found(steps, "unhandled-result")
    assert first.message == (
        "`a` can be done, and its `next` does not say where the deal goes then."
    )
    assert first.witness == ("inbound", "a.p.s.good", "a.done")
    assert "can be left with `worse`" in second.message
    assert [other.path for other in second.related] == ["steps.a.parallel.p.steps.s.next.worse"]


def test_a_block_of_which_no_branch_may_run_can_be_done() -> None:
    steps = """data: {amount: {type: money}}
steps:
  a:
    parallel: {p: {when: amount > 5, steps: {s: {by: x, captures: [amount], next: {bad: leave}}}}}
    next: {bad: lost}
"""
    (one,) = found(steps, "unhandled-result")
    assert one.message.startswith("`a` can be done")
    assert one.witness == ("inbound", "a.done")


@pytest.mark.parametrize(
    ("q", "join", "can"),
    [
        ("{steps: {t: {by: z, next: {bad: leave}}}}", "all", False),
        ("{steps: {t: {by: z, next: {bad: leave}}}}", "any", True),
        ("{steps: {t: {by: z, next: {bad: leave}}}}", "{at_least: 2}", False),
        ("{steps: {t: {by: z, next: {bad: leave}}}}", "{at_least: 1}", True),
        ("{when: filled(amount), steps: {t: {by: z, next: {bad: leave}}}}", "all", True),
        ("{when: filled(amount), steps: {t: {by: z, next: {bad: leave}}}}", "{at_least: 2}", True),
        (
            "{start: t, steps: {t: {by: z, next: u}, u: {by: z, next: {k: done, bad: leave}}}}",
            "all",
            True,
        ),
    ],
)
def test_whether_a_block_can_be_done_is_worked_out(q: str, join: str, can: bool) -> None:
    text = """data: {amount: {type: money}}
steps:
  a:
    parallel: {p: {steps: {s: {by: x, captures: [amount], next: done}}}, q: %s}
    join: %s
    next: {%sbad: lost}
"""
    unnamed = paths(text % (q, join, ""), "unhandled-result", "unused-result")
    assert unnamed == ([("unhandled-result", "steps.a")] if can else [])
    named = paths(text % (q, join, "done: won, "), "unhandled-result", "unused-result")
    assert named == ([] if can else [("unused-result", "steps.a.next.done")])


def test_a_result_that_nothing_brings_about_gets_a_suggestion() -> None:
    steps = """steps:
  a: {parallel: {p: {steps: {s: {by: x, next: {good: done, refused: leave}}}}}, next: {done: won, refussed: lost}}
"""
    unhandled, unused = found(steps)
    assert unhandled.rule == "unhandled-result"
    assert (unused.rule, unused.help) == ("unused-result", "Did you mean `refused`?")


# ------------------------------------------------------------------------------ bridges and data


def test_owners_are_asked_for_once_there_are_departments() -> None:
    steps = "steps: {a: {wait: 2d, next: {good: won, bad: lost}}}\n"
    assert paths(steps, "no-owner") == []
    (one,) = found(f"departments: {{sales: {{}}}}\n{steps}", "no-owner")
    assert "takes time" in one.message


BRIDGE = """departments: {sales: {}, legal: {}, ops: {}}
steps:
  a: {by: sales, next: {good: b, better: b, bad: lost}}
  b: {by: legal, next: {good: won, bad: lost}}
touchpoints: {t: {%s}}
"""


@pytest.mark.parametrize(
    ("touchpoint", "hint"),
    [
        ("from: sales, to: legal", None),
        ("from: legal, to: sales", "write `from: sales, to: legal`?"),
        ("from: sales, to: legal, at: a", "leave out `at: a`"),
        ("from: sales, to: ops", "Remove it"),
        ("from: sales, to: sales", "no handoff"),
    ],
)
def test_touchpoints_without_a_handoff_get_a_hint(touchpoint: str, hint: str | None) -> None:
    texts = [f.help for f in found(BRIDGE % touchpoint, "unused-touchpoint")]
    assert len(texts) == (hint is not None)
    assert all(hint is not None and hint in text for text in texts)


def test_a_handoff_without_contract_shows_who_gives() -> None:
    (one,) = found(BRIDGE % "from: legal, to: ops", "undeclared-touchpoint")
    assert one.path == "steps.b"
    assert one.message == (
        "`legal` takes over from `sales` at `b` (by `a.better`), "
        "and no touchpoint says what is handed over."
    )
    assert [other.path for other in one.related] == ["steps.a.next.better", "steps.a.next.good"]


def test_a_source_gives_too() -> None:
    text = BRIDGE % "from: sales, to: legal"
    source = HEAD.replace("start: a", "start: a, department: ops")
    (one,) = found(source + text, "undeclared-touchpoint")
    assert "(from the source `inbound`)" in one.message
    assert [other.path for other in one.related] == ["sources.inbound"]


def test_a_field_is_told_once_where_deals_first_need_it() -> None:
    steps = """data: {amount: {type: money}, budget: {type: money}, size: {type: number}}
steps:
  a: {by: x, next: {good: {to: b, when: size > 3}, bad: {to: lost, otherwise: true, set: {budget: amount * 2}}}}
  b: {by: x, requires: [amount, size], next: {good: won, bad: lost}}
outcomes: {won: {kind: won, requires: [amount]}, lost: {kind: lost}}
"""
    text = "salesflow: 1\nprocess: deal\nsources: {inbound: {start: a}}\n" + steps
    amount, size = sorted(found(text, "never-captured"), key=lambda f: f.path)
    assert (amount.path, size.path) == ("steps.a.next.bad", "steps.a.next.good")
    assert amount.message == (
        "`amount` is read to set another field of `a.bad`, and nothing ever fills it."
    )
    assert [other.path for other in amount.related] == ["outcomes.won", "steps.b"]
    assert size.witness == ("inbound", "a")


def test_asking_whether_a_field_is_filled_needs_nothing() -> None:
    steps = """data: {amount: {type: money}}
steps: {a: {by: x, next: {good: {to: won, when: filled(amount) or source == inbound}, bad: {to: lost, otherwise: true}}}}
"""
    assert paths(steps, "never-captured", "unused-definition") == []


def test_touchpoints_and_policies_need_fields_too() -> None:
    text = """data: {quote: {type: document}, amount: {type: money}}
departments: {sales: {}, legal: {}}
steps:
  a: {by: sales, next: {good: b, bad: lost}}
  b: {by: legal, next: {good: won, bad: lost}}
touchpoints: {t: {from: sales, to: legal, requires: [quote], returns: [quote]}}
policies: {p: {never: b, when: amount > 5}}
"""
    assert paths(text, "never-captured") == [
        ("never-captured", "touchpoints.t"),
        ("never-captured", "policies.p"),
    ]


# -------------------------------------------------------------------------------------- shares

SHARES = """data: {amount: {type: money}}
steps:
  a: {by: x, captures: [amount], next: {%s}}
  b: {by: x, next: {good: won, bad: lost}}
"""


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("p: {to: won, share: 30%}, q: {to: lost, share: 70%}", []),
        ("p: {to: won, share: 33.3%}, q: {to: lost, share: 33.3%}, r: {to: b, share: 33.4%}", []),
        ("p: {to: won, share: 30%}, q: {to: lost, share: rest}, r: b", ["share-missing"]),
        ("p: {to: won, share: 30%}, q: lost, r: b", ["share-missing", "share-missing"]),
        (
            "p: {to: won, share: 70%}, q: {to: lost, share: 70%}, r: b",
            ["share-missing", "shares-not-whole"],
        ),
        ("p: {to: won, share: 50%}, q: {to: lost, share: 40%}", ["shares-not-whole"]),
        (
            "p: {to: won, share: 100%}, q: {to: lost, share: rest}, r: b",
            ["share-missing", "zero-share"],
        ),
        ("p: {to: won, share: 100%}, q: {to: lost, share: rest}", ["zero-share"]),
        (
            "p: {to: won, share: 70%}, q: {to: lost, share: 60%}, r: {to: b, share: rest}",
            ["shares-not-whole"],
        ),
        ("p: {to: won, share: 100%}, q: {to: lost, share: 0%}", ["zero-share"]),
        ("p: {to: won, share: 50%, at_most: 2}, q: {to: lost, share: 40%}", []),
        ("p: {to: won, share: 50%, when: amount > 3}, q: {to: lost, share: 40%}", []),
        ("p: {to: won, share: 50%, when: amount > 3}, q: {to: lost, when: amount <= 3}", []),
        (
            "p: {to: won, share: 50%, when: amount > 3}, q: {to: lost, when: amount > 3}",
            ["share-missing"],
        ),
        ("p: {to: won, share: 50%, when: amount > 3}, q: lost", ["share-missing"]),
        ("p: {to: won, share: 100%, at_most: 2}, q: {to: lost, otherwise: true}", []),
        ("p: won, q: lost", []),
        ("p: {to: won, share: 50%}", ["shares-not-whole"]),
    ],
)
def test_shares(results: str, expected: list[str]) -> None:
    rules = ("shares-not-whole", "share-missing", "zero-share")
    assert sorted(f.rule for f in found(SHARES % results, *rules)) == sorted(expected)


def test_a_timeouts_result_takes_part_only_with_a_share() -> None:
    text = "steps: {a: {by: x, timeout: {after: 2d, result: late}, next: {good: {to: won, share: %s}, late: %s}}}\n"
    assert paths(text % ("100%", "lost"), "shares-not-whole", "share-missing") == []
    assert paths(text % ("60%", "{to: lost, share: 40%}"), "shares-not-whole") == []
    assert paths(text % ("60%", "lost"), "shares-not-whole") == [("shares-not-whole", "steps.a")]


def test_the_sum_and_what_is_missing_are_told() -> None:
    (one,) = found(
        SHARES % "p: {to: won, share: 55.5%}, q: {to: lost, share: 40%}", "shares-not-whole"
    )
    assert one.message == "The shares of `a` add up to 95.5%: 4.5% is missing."
    (two,) = found(
        SHARES % "p: {to: won, share: 55%}, q: {to: lost, share: 50%}", "shares-not-whole"
    )
    assert two.message == "The shares of `a` add up to 105%: that is 5% too much."
    assert [other.message for other in two.related] == ["`p`: 55%", "`q`: 50%"]


MISFIT = """
salesflow: 1
process: p
sources: {i: {start: a}}
data: {amount: {type: money}}
steps: {a: {next: {big: {to: won, when: amount > 10%}, small: {to: lost, otherwise: true}}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def test_what_a_misfit_condition_names_is_used() -> None:
    assert [finding.rule for finding in api.check(api.loads(MISFIT))] == ["type-mismatch"]


SIDE_BY_SIDE = """
salesflow: 1
process: p
departments: {sales: {}, legal: {}, security: {}}
sources: {i: {start: a, department: sales}}
steps:
  a: {by: sales, next: {go: {to: [b, c]}}}
  b: {by: legal, next: d}
  c: {by: security, next: d}
  d: {by: sales, wait_for: [b, c], next: {w: won, l: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
touchpoints: {t: {from: sales, to: legal}, u: {from: sales, to: security}}
"""


def test_the_way_to_a_handoff_leads_through_who_gives() -> None:
    found_ = api.check(api.loads(SIDE_BY_SIDE), select=["undeclared-touchpoint"])
    assert [finding.witness for finding in found_] == [
        ("i", "a.go", "b.done", "d"),
        ("i", "a.go", "c.done", "d"),
    ]
