"""What a process says at its top, and its stages, sources and outcomes."""

from collections.abc import Mapping
from functools import cache

from salesflow.schema.language_bridges import (
    objectives_key,
    policies_key,
    touchpoints_key,
)
from salesflow.schema.language_head import common, head, key, map_of, other_kinds
from salesflow.schema.language_organization import organization_keys
from salesflow.schema.language_sources import source
from salesflow.schema.language_steps import steps
from salesflow.schema.language_values import (
    date,
    elapsed,
    ids,
    known_id,
    paths,
    share,
    text,
    word,
)
from salesflow.schema.shapes import Key, ListOf, MapOf, Record, Text

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
            **other_kinds(),
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
        item=Text(
            expected="a file name such as `acme.salesflow.yaml`",
            pattern=r"[\s\S]*\S[\s\S]*",
        ),
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
            like={
                "call": {
                    "by": "sales",
                    "next": {"interested": "demo", "not_a_fit": "lost"},
                }
            },
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
                says="How such an end counts: won, lost, disqualified (left before it was a real "
                "chance), or done and failed, meant for sub-processes.",
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
