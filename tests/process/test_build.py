"""Names are looked up, and each mistake is one finding on its place, with what was meant."""

import pytest

from salesflow import api
from salesflow.errors import LoadError
from salesflow.process.steps import Block, Work

HEAD = """\
salesflow: 1
process: p
calendars: {emea: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
departments:
  sales: {roles: {ae: {people: 2, calendar: emea}, clerk: {people: 1}}}
  legal: {people: 1, calendar: emea}
  buyer: {external: true, roles: {team: {}}}
data:
  amount: {type: money}
  region: {type: choice, values: [DACH, AMER]}
  note: {type: text}
stages: {early: {win_chance: 10%}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
SOURCES = "sources: {inbound: {start: call}}\n"


def wrong(steps: str, *, head: str = HEAD, sources: str = SOURCES, more: str = "") -> list[str]:
    """``LINE:COLUMN rule message | help`` of each finding; lines count from `steps:` as 1."""
    text = f"{head}{sources}{more}steps:\n{steps}"
    offset = f"{head}{sources}{more}".count("\n")
    with pytest.raises(LoadError) as caught:
        api.loads(text)
    return [
        f"{f.line - offset}:{f.column} {f.rule} {f.message} | {f.help}"
        for f in caught.value.findings
    ]


def test_a_clean_process_is_built_with_places() -> None:
    process = api.loads(
        f"{HEAD}{SOURCES}steps:\n"
        "  call: {by: ae, stage: early, captures: [note], next: {fit: {to: deal, share: 30%}, "
        "unfit: {to: lost, share: rest, set: {region: DACH}}}}\n"
        "  deal: {by: legal, sla: {within: 2bd}, next: won}\n",
        file="p.yaml",
    )
    call = process.steps["call"]
    assert isinstance(call, Work)
    assert call.next["fit"].share == 0.3
    assert call.next["unfit"].share == 0.7
    assert call.next["unfit"].rest
    assert call.next["fit"].targets == ("deal",)
    assert call.span[:3] == ("p.yaml", HEAD.count("\n") + 3, 3)
    assert process.department_of(call) == "sales"
    assert process.roles["ae"].calendar == "emea"
    assert str(call.next["unfit"].set["region"]) == "DACH"
    assert process.steps["deal"].next["done"].targets == ("won",)


@pytest.mark.parametrize(
    ("steps", "finding"),
    [
        (
            "  call: {next: {a: loost}}\n",
            "2:20 unknown-name There is no step or outcome called `loost`. | Did you mean `lost`?",
        ),
        (
            "  call: {by: aee, next: won}\n",
            "2:14 unknown-name There is no role called `aee`. | Did you mean `ae`?",
        ),
        (
            "  call: {by: sales, next: won}\n",
            "2:14 unknown-name `sales` is a department: say which of its roles does the work. | "
            "One of `ae`, `clerk`.",
        ),
        (
            "  call: {stage: erly, next: won}\n",
            "2:17 unknown-name There is no stage called `erly`. | Did you mean `early`?",
        ),
        (
            "  call: {requires: [note, amout], next: won}\n",
            "2:27 unknown-name There is no field called `amout`. | Did you mean `amount`?",
        ),
        (
            "  call: {by: clerk, sla: {within: 2bd}, next: won}\n",
            "2:35 bad-unit Business time needs a calendar, but `clerk` has no calendar. | "
            "Write elapsed time such as `2d`, or give the role a calendar.",
        ),
        (
            "  call: {by: team, sla: {within: 2bd}, next: won}\n",
            "2:34 bad-unit Business time needs a calendar, but `team` is external and has no "
            "office hours of ours. | "
            "Write elapsed time such as `2d`, or give the role a calendar.",
        ),
        (
            "  call: {timeout: {after: 2d, result: slow}, next: won}\n",
            "2:39 unknown-name There is no result of this step called `slow`. | "
            "Add it: `next: {slow: …}`.",
        ),
        (
            "  call: {next: {a: done}}\n",
            "2:20 schema `done` ends a branch of a block, and this step is in none. | "
            "Name a step or an outcome.",
        ),
        (
            "  call: {next: {a: {to: [deal, won]}}}\n  deal: {next: won}\n",
            "2:32 schema `call` goes several ways at once here, and `won` is no step. | "
            "Several targets are two or more different steps.",
        ),
        (
            "  call: {next: {a: {to: won, share: rest}, b: {to: lost, share: rest}}}\n",
            "2:58 schema `share: rest` may stand once per step, and `a` has it already. | "
            "Rename one of them.",
        ),
        (
            "  call: {by: ae, with: [ae], next: won}\n",
            "2:25 schema `ae` already does this step (`by`). | Leave it out of `with`.",
        ),
        (
            "  call: {next: deal}\n  deal: {wait_for: [call, other], next: won}\n"
            "  other: {next: won}\n",
            "3:27 schema `deal` waits for `other`, but no result of `other` leads to `deal`. | "
            "Let a result of `other` go `to: deal`, or wait for less.",
        ),
        (
            "  call: {next: {a: {to: [deal, other]}}}\n  deal: {wait_for: [call], next: won}\n"
            "  other: {next: deal}\n",
            "3:20 schema `other` leads to `deal`, but `deal` does not wait for it. | "
            "`wait_for` lists every step with a transition here: add `other`.",
        ),
        (
            "  call: {run: buying, next: {ok: won}}\n",
            "2:15 unknown-name There is no process called `buying`. | Name its file under `use:`.",
        ),
        (
            "  call: {next: {a: {to: won, when: amout > 5}, b: {to: lost, otherwise: true}}}\n",
            "2:36 unknown-name There is no field called `amout`. | Did you mean `amount`?",
        ),
        (
            "  call: {captures: {note: {mean: 5}}, next: won}\n",
            "2:27 schema `note` is a text: salesflow only knows whether it is filled. | "
            "Write `note: filled`.",
        ),
        (
            "  call: {timeout: {after: 2d, result: slow}, next: {slow: {to: lost, at_most: 2}}}\n",
            "2:70 schema `call.slow` comes from the timeout, it is not chosen: `at_most` means "
            "nothing here. | Lead it to a decision step (one without `by`) and put the "
            "condition there.",
        ),
        (
            "  won: {next: lost}\n  call: {next: won}\n",
            None,
        ),
    ],
)
def test_one_mistake_is_one_finding(steps: str, finding: str | None) -> None:
    found = wrong(steps)
    if finding is None:
        assert [row.split(" |")[0].split(" ", 1)[1] for row in found] == [
            "schema `won` is used twice: sources, steps and outcomes share their names."
        ]
    else:
        assert found == [finding]


BLOCK = """\
  call: {next: papers}
  papers:
    parallel:
      law: {steps: {draft: {by: legal, next: %s}}}
      buy: {steps: {order: {by: team, next: done}}}
    next: {done: won}
"""


@pytest.mark.parametrize(
    ("target", "finding"),
    [
        (
            "lost",
            "5:46 schema `lost` is an outcome: a branch leads to its own steps, `done` or `leave`."
            " | Write `leave`, and let the block's `next` send this result to `lost`.",
        ),
        (
            "call",
            "5:46 schema `call` is a step outside this branch: a branch leads to its own steps, "
            "`done` or `leave`."
            " | Write `leave`, and let the block's `next` send this result to `call`.",
        ),
        (
            "leaf",
            "5:46 unknown-name There is no step in this branch called `leaf`. | "
            "Did you mean `leave`?",
        ),
    ],
)
def test_branches_stay_inside(target: str, finding: str) -> None:
    assert wrong(BLOCK % target) == [finding]


def test_a_branch_does_not_leave_with_the_result_done() -> None:
    assert wrong(BLOCK % "leave") == [
        "5:46 schema `draft` leaves the block with the result `done`, which means that it is done."
        " | Name the result after the reason: `refused: leave`."
    ]


def test_steps_of_a_branch_have_no_stage() -> None:
    assert wrong(BLOCK.replace("{by: legal,", "{by: legal, stage: early,") % "done") == [
        "5:40 schema A step inside a branch has no stage: a deal cannot be in several at once."
        " | Give `papers`, the block, the stage."
    ]


def test_a_block_is_built_with_branches_and_nodes() -> None:
    process = api.loads(f"{HEAD}{SOURCES}steps:\n{BLOCK % 'done'}")
    block = process.steps["papers"]
    assert isinstance(block, Block)
    assert block.branches["law"].start == "papers.law.draft"
    assert list(process.nodes) == ["call", "papers", "papers.law.draft", "papers.buy.order"]
    assert process.nodes["papers.law.draft"].path == "steps.papers.parallel.law.steps.draft"


def test_all_mistakes_are_reported_in_one_run() -> None:
    found = wrong("  call: {by: nobody, stage: none_such, requires: [x], next: {a: b, c: d}}\n")
    assert len(found) == 5


def test_more_branches_wanted_than_there_are() -> None:
    steps = BLOCK.replace("    next:", "    join: {at_least: 3}\n    next:") % "done"
    assert wrong(steps) == [
        "7:11 schema `papers` waits for 3 branches, but has only 2. | "
        "Write `join: all`, or at most `{at_least: 2}`."
    ]


def test_objectives_and_policies_name_what_exists() -> None:
    more = (
        "policies: {p1: {precedence: [cal, won]}, p2: {different_person: [call, won]}}\n"
        "objectives:\n"
        "  fast: {measure: time, from: call, at_most: 20%}\n"
        "  rate: {measure: win_rate, at_least: 3}\n"
        "  busy: {measure: utilization, of: aee, at_most: 80%}\n"
        "touchpoints: {t: {from: sales, to: buyer}, u: {from: ae, to: legal}}\n"
    )
    found = [
        row.split(" | ")[0].split(" ", 1)[1]
        for row in wrong("  call: {by: ae, next: won}\n", more=more)
    ]
    assert found == [
        "unknown-name There is no step, result, branch or outcome called `cal`.",
        "unknown-name There is no step called `won`.",
        "bad-unit `time` is not measured in such values as `20%`.",
        "bad-unit `win_rate` is not measured in such values as `3`.",
        "unknown-name There is no role, step or touchpoint called `aee`.",
        "schema `buyer` is external: handoffs look through it to the next department of ours.",
        "unknown-name `ae` is a role: a touchpoint is between departments.",
    ]


def test_without_departments_everyone_named_is_a_department() -> None:
    process = api.loads(
        "salesflow: 1\nprocess: p\nsources: {i: {start: a, department: marketing}}\n"
        "steps: {a: {by: sales, with: [engineer], next: won}}\noutcomes: {won: {kind: won}}\n"
    )
    assert set(process.departments) == {"sales", "engineer", "marketing"}
    assert process.roles["sales"].department == "sales"
    assert not process.people.declared
