"""Departments and the roles in them: who works, how many, and how they take work."""

from collections.abc import Mapping
from functools import cache

from salesflow.schema.language_head import common, key, map_of
from salesflow.schema.language_values import cost, count, known_id, share, word, yes_no
from salesflow.schema.rules import Needs
from salesflow.schema.shapes import Either, Key, Option, Record

QUEUE_ORDERS = ("oldest", "newest", "largest", "earliest_deadline")


@cache
def department() -> Either:
    """A department with roles, or one that is itself a role."""
    shared = {
        **common(),
        "calendar": key(
            known_id(),
            "Calendar",
            says="The calendar of this department and, unless they name their own, of its roles. "
            "Without one it works always.",
            like="emea",
        ),
        "external": key(
            yes_no(),
            "External",
            says="True for the buyer or a partner: time passes there, but nobody of ours works.",
            like=True,
        ),
    }
    inside = "A department with `roles` has its people there: write it in one of its roles."
    with_roles = Record(
        name="department_with_roles",
        expected="a department with `roles`",
        description="A department and the roles in it.",
        keys={
            **shared,
            "roles": key(
                map_of("roles", role()),
                "Roles",
                says="The roles of this department. A department without roles is itself one.",
                like={"counsel": {"people": 2, "cost_per_hour": 120}},
                required=True,
            ),
        },
        elsewhere=dict.fromkeys(_work_keys(), inside),
    )
    alone = Record(
        name="department_alone",
        expected="a department",
        description="A department that is itself a role.",
        keys={**shared, **_work_keys()},
        rules=(_place_needs_keeping(),),
    )
    return Either(
        name="department",
        expected="a department such as `{calendar: emea, roles: {counsel: {people: 2}}}`",
        description="A department and the roles in it; without roles it is itself a role.",
        options=(
            Option(kind="map", having=("roles",), shape=with_roles),
            Option(kind="map", shape=alone),
        ),
        examples=({"calendar": "emea", "roles": {"counsel": {"people": 2}}},),
    )


@cache
def role() -> Record:
    """Who does a kind of work."""
    own = key(
        known_id(),
        "Calendar",
        says="The calendar of this role; without it the department's.",
        like="emea",
    )
    return Record(
        name="role",
        expected="a role such as `{people: 2}`",
        description="People who do the same kind of work.",
        keys={**common(), "calendar": own, **_work_keys()},
        rules=(_place_needs_keeping(),),
        elsewhere={"external": "Whole departments are external: write it in the department."},
        examples=({"people": 2, "cost_per_hour": 120},),
    )


def _place_needs_keeping() -> Needs:
    return Needs(
        key="max_open_deals",
        other="keeps_deal",
        why="It limits the deals that one person keeps: add `keeps_deal: true`.",
    )


@cache
def _work_keys() -> Mapping[str, Key]:
    """How many work in a role, and how they take work."""
    present = share().replace(
        name="share_of_time",
        expected="a share above 0% and up to 100%, such as `34%`",
        pattern=rf"(?!0+(?:\.0+)?%)(?:{share().pattern})",
    )
    return {
        "people": key(
            count(),
            "People",
            says="How many people have this role. Needed to simulate a role of ours.",
            like=3,
        ),
        "cost_per_hour": key(
            cost(),
            "Cost per hour",
            says="What an hour of one person costs, in the organization's currency.",
            like=85,
        ),
        "available": key(
            present,
            "Available for this process",
            says="The share of each open minute that a person gives this process; all if left out.",
            like="34%",
        ),
        "keeps_deal": key(
            yes_no(),
            "Keeps the deal",
            says="True if the first person of the role on a deal keeps it until the deal ends.",
            like=True,
        ),
        "max_open_deals": key(
            count(1),
            "Most open deals",
            says="How many deals one person keeps at most; a new deal waits for a free place. "
            "Needs `keeps_deal`.",
            like=25,
        ),
        "takes_first": key(
            word(*QUEUE_ORDERS),
            "Takes first",
            says="Which waiting work a person takes first: oldest (if left out), newest, largest, "
            "or earliest_deadline.",
            like="oldest",
        ),
    }
