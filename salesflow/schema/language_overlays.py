"""What a variant, a scenario and a tests file say."""

from collections.abc import Mapping
from functools import cache

from salesflow.schema.language_bridges import objective
from salesflow.schema.language_head import common, head, key, map_of, other_kinds
from salesflow.schema.language_process import locked_key
from salesflow.schema.language_values import (
    deal_value,
    known_id,
    path_id,
    paths,
    result_id,
)
from salesflow.schema.shapes import Anything, Key, MapOf, Record, Text

_PART = "[A-Za-z][A-Za-z0-9_-]{0,63}"


@cache
def variant() -> Record:
    """A variant document."""
    return Record(
        name="variant",
        expected="a variant",
        description="A process that differs from another one in a few places.",
        keys={
            **head("variant", "Variant", "The id of this variant.", "enterprise_dach"),
            **_changes("The process or variant that is changed"),
            "locked": locked_key(),
        },
        elsewhere=_elsewhere(),
    )


@cache
def scenario() -> Record:
    """A scenario document."""
    return Record(
        name="scenario",
        expected="a scenario",
        description="A what-if for simulation.",
        keys={
            **head("scenario", "Scenario", "The id of this scenario.", "fourth_counsel"),
            **_changes("The process or variant that is simulated"),
            "expect": key(
                map_of("objectives", objective()),
                "Expected",
                says="Objectives that are expected to be met in this scenario.",
                like={"win_rate": {"measure": "win_rate", "at_least": "20%"}},
            ),
        },
        elsewhere={
            **_elsewhere(),
            "objectives": "Write what you expect under `expect:`.",
        },
    )


def _elsewhere() -> Mapping[str, str]:
    parts = (
        "steps",
        "sources",
        "outcomes",
        "stages",
        "touchpoints",
        "policies",
        "departments",
    )
    told = dict.fromkeys((*parts, "data", "calendars"), "Write it below `change:`.")
    return {**other_kinds(), **told}


def of_key(title: str) -> Key:
    """The file that is meant."""
    file = Text(
        expected="a file name such as `enterprise.salesflow.yaml`",
        pattern=r"[\s\S]*\S[\s\S]*",
        examples=("enterprise.salesflow.yaml",),
    )
    return key(
        file,
        "Of",
        says=f"{title}: its file, relative to this one.",
        like="enterprise.salesflow.yaml",
        required=True,
    )


def _changes(title: str) -> Mapping[str, Key]:
    place = Text(
        expected="ids joined by dots such as `steps.respond.sla`",
        pattern=rf"{_PART}(?:\.{_PART})*",
        examples=("steps.respond.sla",),
    )
    change = MapOf(
        expected="a map of changes such as `{steps.respond.sla: {within: 1bh}}`",
        key=place,
        value=Anything(),
        examples=({"steps.respond.sla": {"within": "1bh", "target": "90%"}},),
    )
    return {
        "of": of_key(title),
        "change": key(
            change,
            "Changes",
            says="What is different, in the shape of the process; dotted keys are allowed: one "
            "lever, one line.",
            like={"departments.legal.roles.counsel.people": 4},
        ),
        "remove": key(
            paths(),
            "Removes",
            says="Paths of the parts that are left out.",
            like=["steps.nurture.next.re_engaged"],
        ),
    }


@cache
def tests() -> Record:
    """A tests document."""
    return Record(
        name="tests",
        expected="a tests file",
        description="Deals and where they must go.",
        keys={
            **head("tests", "Tests", "The id of these tests.", "enterprise_tests"),
            "of": of_key("The process or variant that is tested"),
            "cases": key(
                map_of("cases", case()),
                "Cases",
                says="Deals by id, each with where it must go.",
                like={"small_deal": case().examples[0]},
                required=True,
            ),
        },
        elsewhere=other_kinds(),
    )


@cache
def case() -> Record:
    """One deal and where it must go."""
    values = MapOf(
        expected="a map of fields with their values, such as `{amount: 40000}`",
        key=known_id(),
        value=deal_value(),
        examples=({"amount": 40000, "region": "NORDICS"},),
    )
    takes = MapOf(
        expected="a map of steps with their results, such as `{discovery: fit}`",
        key=path_id(),
        value=result_id(),
        examples=({"discovery": "fit", "paper_process": "done"},),
    )
    return Record(
        name="case",
        expected="a case such as `{deal: {amount: 40000}, ends: won}`",
        description="A deal and where it must go.",
        keys={
            **common(),
            "source": key(
                known_id(),
                "Source",
                says="Where the deal comes from; needed when there are several sources.",
                like="inbound",
            ),
            "deal": key(
                values,
                "Deal",
                says="Fields that are filled from the start, with their values.",
                like={"amount": 40000, "discount": "5%", "region": "NORDICS"},
            ),
            "takes": key(
                takes,
                "Takes",
                says="For a step, block or run the result with which it ends; all else is tried "
                "in every way.",
                like={"discovery": "fit", "validate": "criteria_met"},
            ),
            "ends": key(
                known_id(),
                "Ends",
                says="The outcome that the deal must reach, on every way.",
                like="won",
            ),
            "never": key(
                paths().replace(
                    name="",
                    expected="a list of steps, branches or results",
                    examples=(["approve_discount"],),
                ),
                "Never",
                says="Steps, branches or results that must not happen, on any way.",
                like=["approve_discount", "paper_process.purchasing"],
            ),
            "with": key(
                values,
                "With",
                says="Fields and the values they must have at the end, on every way.",
                like={"loss_reason": "no_budget"},
            ),
        },
        examples=({"deal": {"amount": 40000}, "ends": "won"},),
    )
