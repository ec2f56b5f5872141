"""What a process says at its top, and its stages, sources and outcomes."""

from collections.abc import Mapping
from functools import cache

from salesflow.schema.language_bridges import objectives_key, policies_key, touchpoints_key
from salesflow.schema.language_organization import organization_keys
from salesflow.schema.language_spreads import field_spread
from salesflow.schema.language_steps import steps
from salesflow.schema.language_values import (
    common,
    cost,
    count,
    date,
    elapsed,
    head,
    ids,
    key,
    known_id,
    map_of,
    paths,
    share,
    text,
    word,
)
from salesflow.schema.shapes import Either, Key, ListOf, MapOf, Option, Record, Text

OUTCOME_KINDS = ("won", "lost", "disqualified", "done", "failed")


@cache
def process() -> Record:
    """A process document."""
    return Record(
        name="process",
        expected="a process",
        description="A sales process: where deals come from, the steps they go through, and how "
        "they end.",
        keys={
            **head("process", "Process", "The id of this process.", "enterprise"),
            **_about(),
            **_flow(),
            "touchpoints": touchpoints_key(),
            "policies": policies_key(),
            "objectives": objectives_key(),
            "locked": locked_key(),
            **organization_keys(),
        },
        elsewhere={
            "change": "Changes belong to a variant or a scenario: a file of its own with "
            "`variant:` and `of:`.",
            "cases": "Cases belong to a tests file: a file of its own with `tests:` and `of:`.",
            "roles": "Roles stand in departments: `departments: {sales: {roles: …}}`.",
            "start": "Where deals start is said by a source: `sources: {inbound: {start: …}}`.",
        },
    )


def locked_key() -> Key:
    """Parts that variants may not change."""
    return key(
        paths(),
        "Locked",
        says="Paths that variants may not change, with all that is below them.",
        like=["steps.paper_process.parallel.legal"],
    )


def _about() -> Mapping[str, Key]:
    return {
        "goal": key(
            text(),
            "Goal",
            says="What the process is there to reach, in one sentence.",
            like="Win large accounts without discounting below 80 percent of list",
        ),
        "use": use_key(),
        "value": key(
            known_id(),
            "Worth of a deal",
            says="The money field that is the deal's worth.",
            like="amount",
        ),
        "start_date": key(
            date(),
            "Start date",
            says="The day on which simulated time begins; 2026-01-05, a Monday, if left out.",
            like="2026-01-05",
        ),
    }


def use_key() -> Key:
    """Files that belong to the process."""
    files = ListOf(
        expected="a list of files such as `[acme.salesflow.yaml]`",
        item=Text(expected="a file name such as `acme.salesflow.yaml`", pattern=r"[\s\S]*\S[\s\S]*"),
        examples=(["acme.salesflow.yaml"],),
    )
    return key(
        files,
        "Uses",
        says="The files of the organization and of the processes that are run, relative to this "
        "file.",
        like=["acme.salesflow.yaml", "procurement.salesflow.yaml"],
    )


def _flow() -> Mapping[str, Key]:
    return {
        "stages": key(
            map_of("stages", stage()),
            "Stages",
            says="How the flow shows in the CRM, ordered by the chance to win.",
            like={"validation": {"win_chance": "40%", "max_age": "45d"}},
        ),
        "sources": key(
            map_of("sources", source()),
            "Sources",
            says="Where deals come from; each deal comes from exactly one source.",
            like={"inbound": {"start": "call"}},
            required=True,
        ),
        "steps": key(
            steps(),
            "Steps",
            says="What happens with a deal. Each step ends with a named result, and each result "
            "goes somewhere.",
            like={"call": {"by": "sales", "next": {"interested": "demo", "not_a_fit": "lost"}}},
            required=True,
        ),
        "outcomes": key(
            map_of("outcomes", outcome()),
            "Outcomes",
            says="How a deal can end.",
            like={"won": {"kind": "won"}, "lost": {"kind": "lost"}},
            required=True,
        ),
    }


@cache
def stage() -> Record:
    """A stage of the CRM."""
    systems = MapOf(
        expected="names by system, such as `{salesforce: Qualification}`",
        key=known_id(),
        value=text(),
        examples=({"salesforce": "Qualification"},),
    )
    return Record(
        name="stage",
        expected="a stage such as `{win_chance: 40%}`",
        description="How a part of the flow shows in the CRM.",
        keys={
            **common(),
            "win_chance": key(
                share(),
                "Chance to win",
                says="The share of deals in this stage that is expected to be won.",
                like="40%",
            ),
            "max_age": key(
                elapsed(),
                "Longest stay",
                says="How long a deal should stay in the stage at most. It is only measured.",
                like="45d",
            ),
            "crm": key(
                systems,
                "Name in the CRM",
                says="How the stage is called in each system.",
                like={"salesforce": "Solution Validation"},
            ),
        },
        examples=({"win_chance": "40%"},),
    )


@cache
def source() -> Record:
    """Where deals come from."""
    given = MapOf(
        expected="a map of fields such as `{company: filled}`",
        key=known_id(),
        value=field_spread(),
        examples=({"company": "filled"},),
    )
    return Record(
        name="source",
        expected="a source such as `{start: call}`",
        description="Where deals come from.",
        keys={
            **common(),
            "start": key(
                known_id(),
                "First step",
                says="The step where deals of this source begin.",
                like="call",
                required=True,
            ),
            "department": key(
                known_id(),
                "Department",
                says="The department that hands these deals to the first step.",
                like="marketing",
            ),
            "arrivals": key(
                arrivals(),
                "Arrivals",
                says="How many deals come: a rate, or a batch at a fixed rhythm. Needed to "
                "simulate.",
                like="30 per week",
            ),
            "cost": key(
                cost(),
                "Cost per deal",
                says="What one deal of this source costs, in the organization's currency.",
                like=40,
            ),
            "gives": key(
                given,
                "Gives",
                says="Fields that are filled when the deal comes, and with what.",
                like={"company": "filled", "amount": {"median": 60000, "p90": 220000}},
            ),
        },
        elsewhere={"next": "Write the first step: `start: …`."},
        examples=({"start": "call"},),
    )


@cache
def arrivals() -> Either:
    """How deals come."""
    from salesflow.quantities import RATE_PATTERN

    rate = Text(
        name="rate",
        expected="a rate such as `30 per week`",
        description="How many on average: per hour, day, week, month or year.",
        pattern=RATE_PATTERN,
        unit="rate",
        rule="bad-unit",
        examples=("30 per week",),
    )
    random = Record(
        expected="arrivals such as `{rate: 30 per week, calendar: emea}`",
        keys={
            "rate": key(
                rate,
                "Rate",
                says="How many deals come on average; they come at random.",
                like="30 per week",
                required=True,
            ),
            "calendar": key(
                known_id(),
                "Calendar",
                says="Deals come only while this calendar is open, as many per week.",
                like="emea",
            ),
        },
        elsewhere=dict.fromkeys(("every", "batch"), _ONE_WAY),
    )
    rhythm = Record(
        expected="arrivals such as `{every: 13w, batch: 80}`",
        keys={
            "every": key(
                elapsed(), "Every", says="The time between two batches.", like="13w", required=True
            ),
            "batch": key(
                count(1), "Batch", says="How many deals come at once; 1 if left out.", like=80
            ),
        },
        elsewhere={"calendar": "A calendar belongs to a rate: `{rate: 30 per week, calendar: …}`."},
    )
    return Either(
        name="arrivals",
        expected="`30 per week`, `{rate: 30 per week, calendar: emea}` or `{every: 13w, batch: 80}`",
        description="How many deals come.",
        options=(
            Option(kind="text", shape=rate),
            Option(kind="map", having=("rate",), shape=random),
            Option(kind="map", having=("every", "batch"), shape=rhythm),
        ),
        rule="bad-unit",
        examples=("30 per week", {"every": "13w", "batch": 80}),
    )


_ONE_WAY = "Deals come by a `rate`, or in a `batch` every so long; write one of the two."


@cache
def outcome() -> Record:
    """How a deal ends."""
    return Record(
        name="outcome",
        expected="an outcome such as `{kind: won}`",
        description="How a deal can end.",
        keys={
            **common(),
            "kind": key(
                word(*OUTCOME_KINDS),
                "Kind",
                says="won, lost, disqualified (left before it was a real chance), or done and "
                "failed, meant for sub-processes.",
                like="won",
                required=True,
            ),
            "requires": key(
                ids(),
                "Requires",
                says="Fields that must be filled when a deal ends so.",
                like=["contract"],
            ),
        },
        examples=({"kind": "won"},),
    )
