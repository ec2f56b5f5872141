"""Steps, branches and results: what each may say, and where what is wrong is shown."""

import pytest

from tests.process.written import mistakes

HEAD = """\
salesflow: 1
process: p
calendars: {emea: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
departments: {sales: {calendar: emea, roles: {ae: {}, clerk: {}}}, legal: {}, buyer: {external: true}}
data: {amount: {type: money}, rate: {type: percent}, contract: {type: document}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
sources: {web: {start: call}}
steps:
"""
ELAPSED = "Write elapsed time such as `2d`, or give the role a calendar."
TIME = "must be a time such as `45min`, `3h`, `2d`, `1w` or, in office hours, `4bh`, `2bd`, not `soon`."
MEETING = (
    "waits for other steps (`wait_for`), so nothing may start there. | "
    "Start at a step without `wait_for`."
)


@pytest.mark.parametrize(
    ("step", "findings"),
    [
        (
            "{next: won, sla: {within: soon}}",
            [f"9:35 bad-unit `within` {TIME} | For example `within: 1bd`."],
        ),
        (
            "{next: {a: won, b: lost}, timeout: {after: soon, result: a}}",
            [f"9:52 bad-unit `after` {TIME} | For example `after: 45d`."],
        ),
        (
            "{by: ae, escalate: {after: soon, by: clerk}, next: won}",
            [f"9:36 bad-unit `after` {TIME} | For example `after: 7bd`."],
        ),
        (
            "{by: ae, escalate: {after: 2d, by: clrek}, next: won}",
            ["9:44 unknown-name There is no role called `clrek`. | Did you mean `clerk`?"],
        ),
        (
            "{wait: 2bd, next: won}",
            [
                f"9:16 bad-unit Business time needs a calendar, but nobody of ours does this step. | {ELAPSED}"
            ],
        ),
        (
            "{by: legal, wait: {median: 2bd, p90: 3bd}, next: won}",
            [
                f"9:27 bad-unit Business time needs a calendar, but `legal` has no calendar. | {ELAPSED}"
            ],
        ),
        ("{by: ae, wait: 2bd, next: won}", []),
        (
            "{by: ae, with: [clrk], next: won}",
            ["9:25 unknown-name There is no role called `clrk`. | Did you mean `clerk`?"],
        ),
        (
            "{wait_for: [cal], next: won}",
            [
                f"7:24 schema `call` {MEETING}",
                "9:21 unknown-name There is no step here called `cal`. | Did you mean `call`?",
            ],
        ),
        (
            "{next: {a: {share: 30%}}}",
            [
                "9:17 schema `a` has no `to`: where the deal goes: a step or an outcome; in a branch "
                "also `done` or `leave`. | For example `to: propose`."
            ],
        ),
        (
            "{next: {a: {to: [call, call]}}}",
            ["9:32 schema `call` stands twice in `to`. | Leave one out."],
        ),
        (
            "{next: {a: {to: []}}}",
            [
                "9:25 schema `to` must be two or more different steps; it is empty. | "
                "For example `to: [negotiate, security_review]`."
            ],
        ),
        (
            "{parallel: {b: {steps: {x: {wait_for: [x], next: {a: x, b: done}}}}}, next: won}",
            [f"9:21 schema `x` {MEETING}"],
        ),
        (
            "{parallel: {b: {start: x, steps: {x: {wait_for: [z], next: done}, z: {next: x}}}}, next: won}",
            [f"9:32 schema `x` {MEETING}"],
        ),
        (
            "{parallel: {b: {steps: {x: {next: {b: leave}}}}}, next: {b: won}}",
            ["9:66 schema `b` is both a branch and a result of `call`. | Rename one of them."],
        ),
        (
            "{wait: {median: 5d, p90: 2d}, next: won}",
            [
                "9:34 schema `p90` (2d) must be above `median` (5d). | "
                "Half of the cases stay below `median`, nine of ten below `p90`."
            ],
        ),
        (
            "{by: ae, captures: {contract: 5}, next: won}",
            [
                "9:39 schema `contract` is a document: salesflow only knows whether it is filled. | "
                "Write `contract: filled`."
            ],
        ),
        (
            "{next: {a: {to: won, when: amout > 3}}}",
            ["9:36 unknown-name There is no field called `amout`. | Did you mean `amount`?"],
        ),
        (
            '{next: {a: {to: won, when: "amout > 3"}}}',
            ["9:37 unknown-name There is no field called `amout`. | Did you mean `amount`?"],
        ),
        (
            "{next: {a: {to: won, set: {rate: 0.5}}}}",
            ["9:42 type-mismatch `0.5` is a number, the field is a percent. | Write `50%`."],
        ),
        (
            "{next: {a: {to: won, set: {rate: true}}}}",
            ["9:42 type-mismatch `true` is yes or no, the field is a percent. | "],
        ),
        (
            "{next: {a: {to: won, set: {amout: 3}}}}",
            ["9:36 unknown-name There is no field called `amout`. | Did you mean `amount`?"],
        ),
    ],
)
def test_each_mistake_of_a_step_is_found_on_its_place(step: str, findings: list[str]) -> None:
    assert mistakes(f"{HEAD}  call: {step}\n") == findings


@pytest.mark.parametrize(
    ("more", "finding"),
    [
        (
            "value: contract",
            "10:8 schema `contract` is a document; what a deal is worth is money. | "
            "Name a field of `type: money`.",
        ),
        (
            "value: amout",
            "10:8 unknown-name There is no field called `amout`. | Did you mean `amount`?",
        ),
    ],
)
def test_what_a_deal_is_worth_is_a_field_of_money(more: str, finding: str) -> None:
    assert mistakes(f"{HEAD}  call: {{next: won}}\n{more}\n") == [finding]
