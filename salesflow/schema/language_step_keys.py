"""The keys of steps: who does them, how long they take, what they need, and their limits."""

from collections.abc import Mapping
from functools import cache

from salesflow.schema.language_head import key
from salesflow.schema.language_results import captures
from salesflow.schema.language_spreads import effort, waiting
from salesflow.schema.language_values import (
    duration,
    ids,
    known_id,
    result_id,
    share,
    word,
)
from salesflow.schema.shapes import Key, ListOf, Record, Shape


@cache
def people_keys() -> Mapping[str, Key]:
    """Who does the work, and what comes of it."""
    helpers = ids().replace(name="", examples=(["account_executive"],))
    return {
        "by": key(
            known_id(),
            "Done by",
            says="The role (or the department without roles) that does the step.",
            like="account_executive",
        ),
        "with": key(
            helpers,
            "Together with",
            says="Roles that take part the whole time; work starts when all are free.",
            like=["sales_engineer"],
        ),
        "facing": key(
            word("customer", "internal"),
            "Facing",
            says="`customer` if the effort counts as selling time, else `internal` (if left out).",
            like="customer",
        ),
        "captures": key(
            captures(),
            "Captures",
            says="Fields that are filled when the work is complete. The map form says with what.",
            like=["success_criteria"],
        ),
    }


@cache
def time_keys() -> Mapping[str, Key]:
    """How long work takes."""
    return {
        "effort": key(
            effort(),
            "Hands-on time",
            says="How long the people work on it, in their office hours: s, min or h.",
            like={"min": "1h", "usual": "3h", "max": "6h"},
        ),
        "wait": key(
            waiting(),
            "Waiting time",
            says="Time that passes after the work without anybody of ours being busy.",
            like={"median": "5d", "p90": "15d"},
        ),
        "escalate": key(
            _escalation(),
            "Escalation",
            says="After how long another role may take the work too, until it is started.",
            like={"after": "7bd", "by": "sales_director"},
        ),
    }


@cache
def step_keys() -> Mapping[str, Key]:
    """What work, blocks and runs all take."""
    return {
        "stage": key(
            known_id(),
            "Stage",
            says="The stage that a deal enters with this step. Without it the stage stays.",
            like="validation",
        ),
        "requires": key(
            ids(),
            "Requires",
            says="Fields that must be filled when a deal enters. It is checked, and never "
            "changes the way a deal takes.",
            like=["metrics", "champion"],
        ),
        "sla": key(
            _sla(),
            "Service level",
            says="How fast the step should be complete, and for which share of the deals. It is "
            "only measured.",
            like={"within": "1bd", "target": "90%"},
        ),
        "timeout": key(
            _timeout(),
            "Timeout",
            says="How long after entry the step is broken off, and with which result.",
            like={"after": "45d", "result": "stalled"},
        ),
        "wait_for": key(
            _meeting(),
            "Waits for",
            says="All steps that lead here, if the step starts only when a deal has arrived from "
            "each of them.",
            like=["negotiate", "security_review"],
        ),
    }


def next_key(shape: Shape) -> Key:
    """Where a deal goes from a step."""
    return key(
        shape,
        "Next",
        says="How the step can end and where each result leads; `next: propose` if there is only "
        "one way on.",
        like={"fit": "validate", "no_fit": "lost"},
    )


@cache
def _meeting() -> ListOf:
    return ids().replace(
        name="",
        least=1,
        expected="a list of steps",
        examples=(["negotiate", "security_review"],),
    )


@cache
def _sla() -> Record:
    return Record(
        name="sla",
        expected="a service level such as `{within: 1bd, target: 90%}`",
        description="How fast a step should be complete.",
        keys={
            "within": key(
                duration(),
                "Within",
                says="The longest time from entering the step to its completion.",
                like="1bd",
                required=True,
            ),
            "target": key(
                share(),
                "Target",
                says="The share of deals that should keep the limit.",
                like="90%",
            ),
        },
        examples=({"within": "1bd", "target": "90%"},),
    )


@cache
def _timeout() -> Record:
    return Record(
        name="timeout",
        expected="a timeout such as `{after: 45d, result: stalled}`",
        description="When a step is broken off.",
        keys={
            "after": key(
                duration(),
                "After",
                says="How long after entry the step is broken off.",
                like="45d",
                required=True,
            ),
            "result": key(
                result_id(),
                "Result",
                says="The result that is then taken; it must stand in `next`.",
                like="stalled",
                required=True,
            ),
        },
        elsewhere={"to": "Name a `result`, and say in `next` where it leads."},
        examples=({"after": "45d", "result": "stalled"},),
    )


@cache
def _escalation() -> Record:
    return Record(
        name="escalation",
        expected="an escalation such as `{after: 7bd, by: sales_director}`",
        description="When another role may take the work too.",
        keys={
            "after": key(
                duration(),
                "After",
                says="How long after entry the other role may take the work.",
                like="7bd",
                required=True,
            ),
            "by": key(
                known_id(),
                "By",
                says="The role that may then take it too; whoever is free first does it.",
                like="sales_director",
                required=True,
            ),
        },
        examples=({"after": "7bd", "by": "sales_director"},),
    )
