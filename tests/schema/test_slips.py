"""What newcomers write, and that each slip is told once, in a way that helps."""

import pytest

from salesflow import api
from salesflow.errors import LoadError

SMB = """\
salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  call: {by: sales, next: {interested: demo, not_a_fit: lost}}
  demo: {by: sales, next: {buys: won, passes: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
DEMO = "  demo: {by: sales, next: {buys: won, passes: lost}}\n"
IN_DEMO = "demo: {by: sales,"


def slip(old: str, new: str) -> str:
    assert old in SMB
    return SMB.replace(old, new)


SLIPS = {
    "steps as a list": (
        slip("  call: {", "  - {name: call, ").replace(DEMO, ""),
        (5, "Instead of `- name: call` write `call:`, its keys indented below."),
    ),
    "results as a list": (
        slip("{buys: won, passes: lost}", "[buys: won, passes: lost]"),
        (6, "Leave out the `-` in front of each: a map has none."),
    ),
    "outcomes as a list": (
        slip("{won: {kind: won}, lost: {kind: lost}}", "[won, lost]"),
        (7, "For example `outcomes: {won: {kind: won}}`."),
    ),
    "roles as a list": (
        SMB + "departments: {sales: {roles: [ae, sdr]}}\n",
        (8, "For example `roles: {ae: {people: 2, cost_per_hour: 120}}`."),
    ),
    "a price with its currency": (
        SMB + "departments: {office: {roles: {sales: {cost_per_hour: 50€}}}}\n",
        (8, "Write `cost_per_hour: 50`."),
    ),
    "people with their unit": (
        SMB + "departments: {office: {roles: {sales: {people: 3 FTE}}}}\n",
        (8, "Write `people: 3`."),
    ),
    "a price that may be one or a thousand": (
        SMB + "departments: {office: {roles: {sales: {cost_per_hour: 1.200.50}}}}\n",
        (8, "For example `cost_per_hour: 85`."),
    ),
    "a department with one role does the work": (
        slip(IN_DEMO, "demo: {by: office,") + "departments: {office: {roles: {sales: {}}}}\n",
        (6, "Write `sales`."),
    ),
    "who works by the path of the role": (
        slip(IN_DEMO, "demo: {by: sales.closer,"),
        (6, "Write `closer` alone, without what it belongs to."),
    ),
    "a target by its path": (
        slip("passes: lost", "passes: outcomes.lost"),
        (6, "Write `lost` alone, without what it belongs to."),
    ),
    "stages as a list": (
        slip(IN_DEMO, f"{IN_DEMO} stage: offer,") + "stages: [offer]\n",
        (8, "For example `stages: {offer: {win_chance: 40%}}`."),
    ),
    "outcomes without a kind": (
        slip("won: {kind: won}", "won: won"),
        (7, "Write `won: {kind: won}`."),
    ),
    "outcome of another name": (
        slip("kind: won", "kind: success"),
        (7, "Did you mean `won`?"),
    ),
    "two who do the work": (
        slip(DEMO, DEMO.replace("sales", "[sales, legal]")),
        (6, "Write who leads the work, and who helps: `by: sales`, `with: [legal]`."),
    ),
    "several in one": (
        slip(DEMO, DEMO.replace("by: sales", "by: [[sales], {legal: 1}]")),
        (6, "For example `by: account_executive`."),
    ),
    "a share instead of a target": (
        slip("buys: won", "buys: 30%"),
        (6, "Say where it goes: `buys: {to: …, share: 30%}`."),
    ),
    "a number instead of a target": (slip("buys: won", "buys: 2nd"), (6, "")),
    "if": (
        slip("buys: won", "buys: {to: won, if: amount > 3}"),
        (6, "Write it as `when: …`."),
    ),
    "goto": (slip("buys: won", "buys: {goto: won}"), (6, "Write where it leads as `to: …`.")),
    "timeout": (
        slip(IN_DEMO, f"{IN_DEMO} timeout: 30d,"),
        (6, "Write `timeout: {after: 30d, result: stalled}`."),
    ),
    "sla": (slip(IN_DEMO, f"{IN_DEMO} sla: 2d,"), (6, "Write `sla: {within: 2d, target: 90%}`.")),
    "yes as a result": (
        slip("buys: won", '"yes": won'),
        (6, "Say what happens, for example `accepted`."),
    ),
    "a type of another tool": (
        SMB + "data: {amount: {type: currency}}\n",
        (8, "Did you mean `money`?"),
    ),
    "a type alone": (SMB + "data: {amount: money}\n", (8, "Write `amount: {type: money}`.")),
    "a type that is no type": (
        SMB + "data: {amount: [1]}\n",
        (8, "For example `amount: {type: money}`."),
    ),
    "a stage without stages": (
        slip(IN_DEMO, f"{IN_DEMO} stage: offer,"),
        (6, "Declare it: `stages: {offer: {win_chance: 40%}}`."),
    ),
    "a name as an id": (
        SMB + "stages: {Proposal Sent: {win_chance: 40%}}\n",
        (8, "Write `proposal_sent:`, and below it `name: Proposal Sent`."),
    ),
    "start at an outcome": (
        slip("start: call", "start: won"),
        (3, "`won` is an outcome: name a step."),
    ),
    "a step at the margin": (
        slip(DEMO, "demo:\n  by: sales\n  next: won\n"),
        (6, "Does it belong to `steps`? Indent it below that."),
    ),
    "work in a branch": (
        slip(DEMO, "  demo: {parallel: {legal: {by: legal, effort: 1h, next: done}}, next: won}\n"),
        (6, "A branch does no work itself: write it in one of its `steps`."),
    ),
    "a calendar without days": (
        SMB + "calendars: {emea: {timezone: Europe/Berlin, hours: 9-18}}\n"
        "departments: {sales: {calendar: emea}}\n",
        (8, 'For example `hours: {mon-thu: "09:00-12:00, 13:00-17:30", fri: "09:00-14:00"}`.'),
    ),
    "a calendar without hours": (
        SMB + "calendars: {emea: {timezone: Europe/Berlin}}\n"
        "departments: {sales: {calendar: emea}}\n",
        (8, 'For example `hours: {mon-thu: "09:00-12:00, 13:00-17:30", fri: "09:00-14:00"}`.'),
    ),
    "a time zone that is none": (
        SMB + 'calendars: {emea: {timezone: Berlin, hours: {mon: "09:00-18:00"}}}\n'
        "departments: {sales: {calendar: emea}}\n",
        (8, "Did you mean `Europe/Berlin`?"),
    ),
    "a policy in other words": (
        SMB + "policies: {first: {before: [demo, won]}}\n",
        (8, "Write `precedence: [a, b]`: b never happens unless a has happened before."),
    ),
    "a policy in unknown words": (
        SMB + "policies: {first: {zigzag: [demo, won]}}\n",
        (
            8,
            "Its keys: `precedence`, `response`, `not_both`, `different_person`, `never`, "
            "`at_most_once` and `when`. Keys of your own start with `x-`.",
        ),
    ),
    "a measure as a key": (
        SMB + "objectives: {first: {win_rate: 20%}}\n",
        (8, "Write `measure: win_rate`, and the bound as `at_least` or `at_most`."),
    ),
    "a colon in a text": (
        slip(IN_DEMO, f"{IN_DEMO} description: What is the price: 30,"),
        (6, "Quote the text as a whole, or put a comma between the keys."),
    ),
    "nothing behind a colon": (
        slip(DEMO, "  demo: {by: sales, next:}\n"),
        (6, "Write a value, or remove the key."),
    ),
    "fields that could not be read": (
        slip("buys: won", "buys: {to: won, when: amount > 3}") + "data: [amount]\n",
        (8, "For example `data: {amount: {type: money}}`."),
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_one_finding_says_what_to_write(name: str) -> None:
    text, expected = SLIPS[name]
    with pytest.raises(LoadError) as refused:
        api.loads(text)
    assert [(f.line, f.help) for f in refused.value.findings] == [expected]


def test_what_is_not_indented_is_told_as_one() -> None:
    text = slip(DEMO, "  demo:\n  by: sales\n  next: {buys: won, passes: lost}\n")
    with pytest.raises(LoadError) as refused:
        api.loads(text)
    assert [(f.line, f.message, f.help) for f in refused.value.findings] == [
        (6, "`demo` has no value.", "Write a value, or remove it."),
        (
            7,
            "`by` stands beside `demo`, and belongs to it.",
            "Indent what belongs to `demo` further than it.",
        ),
    ]


def test_keys_one_level_too_far_out_are_told_as_one() -> None:
    text = slip(
        DEMO, "  demo:\n    by: sales\n  effort: 30min\n  next: {buys: won, passes: lost}\n"
    )
    with pytest.raises(LoadError) as refused:
        api.loads(text)
    assert [(f.line, f.message, f.help) for f in refused.value.findings] == [
        (
            8,
            "`effort` stands beside `demo`, and belongs to it.",
            "Indent what belongs to `demo` further than it.",
        ),
    ]


def test_a_step_that_is_called_like_a_key_is_a_step() -> None:
    text = slip(
        DEMO,
        "  demo: {by: sales, next: price}\n  price: {by: sales, next: {buys: won, no: lost}}\n",
    )
    with pytest.raises(LoadError) as refused:
        api.loads(text)
    assert [f.message for f in refused.value.findings] == [
        "`no` is a word of the language and cannot stand for the id of a result here."
    ]
    text = text.replace("no: lost", "passes: lost").replace("price", "effort")
    assert "effort" in api.loads(text).steps


def test_outcomes_without_values_are_not_also_unknown() -> None:
    text = slip("{won: {kind: won}, lost: {kind: lost}}", "{won: , lost: }")
    with pytest.raises(LoadError) as refused:
        api.loads(text)
    assert [f.message for f in refused.value.findings] == [
        "`won` has no value.",
        "`lost` has no value.",
    ]
