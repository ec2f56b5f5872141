"""What is promised, demanded and measured: touchpoints, policies and objectives."""

from functools import cache

from salesflow.schema.language_head import common, key, map_of
from salesflow.schema.language_values import (
    duration,
    expression,
    ids,
    known_id,
    path_id,
    share,
    word,
)
from salesflow.schema.rules import ExactlyOne
from salesflow.schema.shapes import Either, Key, ListOf, Number, Option, Record

MEASURES = (
    "win_rate",
    "win_value",
    "throughput",
    "time",
    "waiting",
    "utilization",
    "selling_time",
    "attainment",
    "cost_per_won",
    "rework",
    "open_deals",
    "stuck",
)
STATISTICS = ("mean", "median", "p90", "p95")
_PAIRS = ("precedence", "response", "not_both", "different_person")
_SINGLES = ("never", "at_most_once")


def touchpoints_key() -> Key:
    """The bridges between departments."""
    return key(
        map_of("touchpoints", touchpoint()),
        "Touchpoints",
        says="The bridges between departments: what a deal must bring along when it moves from "
        "one to the other, and how fast it is taken up.",
        like={"sales_to_legal": touchpoint().examples[0]},
    )


def policies_key() -> Key:
    """Rules over the order of events."""
    return key(
        map_of("policies", policy()),
        "Policies",
        says="Rules that hold on every path, in every simulated deal and every real one.",
        like={"four_eyes": policy().examples[0]},
    )


def objectives_key() -> Key:
    """Bounds on measures."""
    return key(
        map_of("objectives", objective()),
        "Objectives",
        says="What the process should reach, one bound each; judged after simulation and on "
        "real deals.",
        like={"win_rate": objective().examples[0]},
    )


@cache
def touchpoint() -> Record:
    """The contract for handoffs."""
    return Record(
        name="touchpoint",
        expected="a touchpoint such as `{from: sales, to: legal, requires: [quote]}`",
        description="The contract for handoffs from one department to another.",
        keys={
            **common(),
            "from": key(
                known_id(),
                "From",
                says="The department that gives.",
                like="sales",
                required=True,
            ),
            "to": key(
                known_id(),
                "To",
                says="The department that receives.",
                like="legal",
                required=True,
            ),
            "at": key(
                path_id(),
                "Only at",
                says="Narrows the contract to one step, branch or block where the deal arrives.",
                like="security_review",
            ),
            "requires": key(
                ids(),
                "Requires",
                says="Fields that must be filled whenever a deal crosses here.",
                like=["quote", "champion"],
            ),
            "returns": key(
                ids(),
                "Returns",
                says="Fields that the receiving department must have filled when it hands the "
                "deal on.",
                like=["security_report"],
            ),
            "accept_within": key(
                duration(),
                "Accept within",
                says="How soon after the crossing work must start.",
                like="1bd",
            ),
            "target": key(
                share(),
                "Target",
                says="The share of crossings that should keep `accept_within`.",
                like="90%",
            ),
        },
        examples=({"from": "sales", "to": "legal", "requires": ["quote"]},),
    )


@cache
def policy() -> Record:
    """A rule over the order of events."""
    pair = ListOf(
        name="pair",
        expected="two steps, results or outcomes, such as `[sign.signed, handover]`",
        item=path_id(),
        least=2,
        most=2,
        different=False,
        examples=(["sign.signed", "handover"],),
    )
    says = {
        "precedence": "The second never happens unless the first has happened before.",
        "response": "Whenever the first happens, the second follows.",
        "not_both": "A deal never has both.",
        "different_person": "The two steps are never done by the same person.",
        "never": "This never happens.",
        "at_most_once": "This happens at most once for a deal.",
    }
    kinds = {
        kind: key(
            pair if kind in _PAIRS else path_id(),
            kind.replace("_", " ").capitalize(),
            says=text,
            like=["approval", "won"] if kind in _PAIRS else "sign.signed",
        )
        for kind, text in says.items()
    }
    return Record(
        name="policy",
        expected="a policy such as `{response: [sign.signed, handover]}`",
        description="A rule that holds for every deal.",
        keys={
            **common(),
            **kinds,
            "when": key(
                expression(),
                "Only when",
                says="The policy binds only deals of which this is true.",
                like="amount >= 100000",
            ),
        },
        rules=(
            ExactlyOne(
                keys=(*_PAIRS, *_SINGLES),
                what="The kind of the policy",
                example="For example `{response: [sign.signed, handover]}`.",
            ),
        ),
        elsewhere={
            "before": "Write `precedence: [a, b]`: b never happens unless a has happened before.",
            "after": "Write `response: [a, b]`: whenever a happens, b follows.",
        },
        examples=({"different_person": ["propose", "approve_discount"]},),
    )


@cache
def objective() -> Record:
    """A bound on a measure."""
    return Record(
        name="objective",
        expected="an objective such as `{measure: win_rate, at_least: 20%}`",
        description="A bound on a measure.",
        keys={
            **common(),
            "measure": key(
                word(*MEASURES),
                "Measure",
                says="What is measured, for example win_rate, time, utilization or attainment.",
                like="win_rate",
                required=True,
            ),
            "from": key(
                path_id(),
                "From",
                says="Only deals that reach this count, from then on; all from their arrival if "
                "left out.",
                like="discovery",
            ),
            "to": key(
                path_id(),
                "To",
                says="Where the time ends; at the deal's end if left out.",
                like="won",
            ),
            "of": key(
                path_id(),
                "Of",
                says="The role, step or touchpoint that is measured.",
                like="counsel",
            ),
            "statistic": key(
                word(*STATISTICS),
                "Statistic",
                says="mean (if left out), median, p90 (nine of ten stay below it) or p95.",
                like="p90",
            ),
            "at_least": key(
                _bound(), "At least", says="The measure must not be lower.", like="20%"
            ),
            "at_most": key(
                _bound(), "At most", says="The measure must not be higher.", like="150d"
            ),
        },
        rules=(
            ExactlyOne(
                keys=("at_least", "at_most"),
                what="The bound",
                example="For example `at_least: 20%`.",
            ),
        ),
        elsewhere={
            name: f"Write `measure: {name}`, and the bound as `at_least` or `at_most`."
            for name in MEASURES
        },
        examples=({"measure": "win_rate", "at_least": "20%"},),
    )


@cache
def _bound() -> Either:
    text = share().replace(
        name="",
        expected="a share such as `20%`, a time such as `150d`, or a number",
        description="",
        pattern=f"{share().pattern}|{duration().pattern}",
        unit="bound",
        examples=("20%", "150d"),
    )
    return Either(
        name="bound",
        expected="a share such as `20%`, a time such as `150d`, or a number",
        description="A share, a time or a number, as the measure asks.",
        options=(
            Option(kind="text", shape=text),
            Option(kind="number", shape=Number(expected="a number")),
        ),
        rule="bad-unit",
        examples=("20%", "150d"),
    )
