"""Touchpoints, policies and objectives: names and units, each wrong one a finding on its place."""

import pytest

from tests.process.written import mistakes, process_of

TEXT = """\
salesflow: 1
process: p
calendars: {emea: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
departments:
  sales: {roles: {ae: {calendar: emea}, clerk: {calendar: emea}}}
  legal: {}
  buyer: {external: true}
data: {amount: {type: money}, contract: {type: document}}
sources: {web: {start: call}}
steps:
  call: {by: ae, next: {fit: papers, unfit: lost}}
  papers:
    parallel:
      law: {steps: {draft: {by: legal, next: done}}}
      buy: {steps: {order: {by: buyer, next: done}}}
    next: won
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
GOOD = """\
touchpoints:
  out: {from: sales, to: legal, at: papers.law, requires: [contract, amount], returns: [contract]}
  back: {from: legal, to: sales, accept_within: 2bd, target: 90%}
policies:
  first: {precedence: [call.fit, won], when: amount > 3}
  no_purchase: {never: papers.buy}
objectives:
  wins: {measure: win_rate, from: call, at_least: 20%}
  speed: {measure: time, to: won, statistic: p90, at_most: 36h}
  load: {measure: utilization, of: ae, at_most: 85%}
  many: {measure: throughput, at_least: 10}
  kept: {measure: attainment, of: out, at_least: 90%}
"""
RESPONSE = "For example `{response: [sign.signed, handover]}`."


def test_bridges_are_what_they_say() -> None:
    process = process_of(TEXT + GOOD)
    out, back = process.touchpoints["out"], process.touchpoints["back"]
    assert (out.giver, out.receiver, out.at) == ("sales", "legal", "papers.law")
    assert (out.requires, out.returns) == (("amount", "contract"), ("contract",))
    assert (str(back.accept_within), back.target) == ("2bd", 0.9)
    first, never = process.policies["first"], process.policies["no_purchase"]
    assert (first.kind, first.events, str(first.when)) == (
        "precedence",
        ("call.fit", "won"),
        "amount > 3",
    )
    assert (never.kind, never.events, never.when) == ("never", ("papers.buy",), None)
    limits = {name: (o.bound, o.limit, o.unit) for name, o in process.objectives.items()}
    assert limits == {
        "wins": ("at_least", 0.2, "share"),
        "speed": ("at_most", 36.0, "hours"),
        "load": ("at_most", 0.85, "share"),
        "many": ("at_least", 10.0, "number"),
        "kept": ("at_least", 0.9, "share"),
    }
    speed = process.objectives["speed"]
    assert (speed.start, speed.to, speed.statistic) == (None, "won", "p90")


@pytest.mark.parametrize(
    ("more", "finding"),
    [
        (
            "touchpoints: {a: {from: sales, to: legl}}",
            "18:36 unknown-name There is no department called `legl`. | Did you mean `legal`?",
        ),
        (
            "touchpoints: {a: {from: ae, to: legal}}",
            "18:25 unknown-name `ae` is a role: a touchpoint is between departments. | "
            "Write `from: sales`.",
        ),
        (
            "touchpoints: {a: {from: sales, to: buyer}}",
            "18:36 schema `buyer` is external: handoffs look through it to the next department of "
            "ours. | Name the department of ours that gives or receives the deal.",
        ),
        (
            "touchpoints: {a: {from: sales, to: legal, at: papers.lw}}",
            "18:47 unknown-name There is no step or branch called `papers.lw`. | "
            "Did you mean `papers.law`?",
        ),
        (
            "touchpoints: {a: {from: sales, to: legal, accept_within: 2bd}}",
            "18:58 bad-unit Business time needs a calendar, but `legal` has none. | "
            "Give `legal` a calendar, or write elapsed time such as `2d`.",
        ),
        (
            "touchpoints: {a: {from: sales, to: legal, requires: [amout]}}",
            "18:54 unknown-name There is no field called `amout`. | Did you mean `amount`?",
        ),
        (
            "policies: {a: {precedence: [call, wno]}}",
            "18:35 unknown-name There is no step, result, branch or outcome called `wno`. | "
            "Did you mean `won`?",
        ),
        (
            "policies: {a: {different_person: [call, papers.law]}}",
            "18:41 unknown-name There is no step called `papers.law`. | "
            "Did you mean `papers.law.draft`?",
        ),
        (
            "policies: {a: {never: call.fitt}}",
            "18:23 unknown-name There is no step, result, branch or outcome called `call.fitt`. | "
            "Did you mean `call.fit`?",
        ),
        (
            "policies: {a: {when: amount > 3}}",
            "18:12 schema The kind of the policy is missing: one of `precedence`, `response`, "
            f"`not_both`, `different_person`, `never` or `at_most_once`. | {RESPONSE}",
        ),
        (
            "objectives: {a: {measure: win_rate, at_least: 20}}",
            "18:47 bad-unit `win_rate` is not measured in such values as `20`. | "
            "Write for example `20%`.",
        ),
        (
            "objectives: {a: {measure: time, at_most: 20}}",
            "18:42 bad-unit `time` is not measured in such values as `20`. | "
            "Write for example `30d`.",
        ),
        (
            "objectives: {a: {measure: time, at_most: 20%}}",
            "18:42 bad-unit `time` is not measured in such values as `20%`. | "
            "Write for example `30d`.",
        ),
        (
            "objectives: {a: {measure: throughput, at_least: 20%}}",
            "18:49 bad-unit `throughput` is not measured in such values as `20%`. | "
            "Write for example `10`.",
        ),
        (
            "objectives: {a: {measure: win_rate, at_least: 20d}}",
            "18:47 bad-unit `win_rate` is not measured in such values as `20d`. | "
            "Write for example `20%`.",
        ),
        (
            "objectives: {a: {measure: throughput, at_least: 20d}}",
            "18:49 bad-unit `throughput` is not measured in such values as `20d`. | "
            "Write for example `10`.",
        ),
        (
            "objectives: {a: {measure: time, at_most: 20bd}}",
            "18:42 bad-unit An objective has no calendar, so `20bd` cannot be measured. | "
            "Write elapsed time such as `30d`.",
        ),
        (
            "objectives: {a: {measure: win_rate, at_least: 20%, from: cal}}",
            "18:58 unknown-name There is no step or outcome called `cal`. | Did you mean `call`?",
        ),
        (
            "objectives: {a: {measure: utilization, of: aee, at_most: 85%}}",
            "18:44 unknown-name There is no role, step or touchpoint called `aee`. | "
            "Did you mean `ae`?",
        ),
        (
            "objectives: {a: {measure: win_rate}}",
            "18:14 schema The bound is missing: one of `at_least` or `at_most`. | "
            "For example `at_least: 20%`.",
        ),
        (
            "objectives: {a: {measure: time, at_most: soon}}",
            "18:42 bad-unit `at_most` must be a share such as `20%`, a time such as `150d`, or a "
            "number, not `soon`. | For example `at_most: 150d`.",
        ),
    ],
)
def test_each_mistake_is_one_finding(more: str, finding: str) -> None:
    assert mistakes(f"{TEXT}{more}\n") == [finding]
